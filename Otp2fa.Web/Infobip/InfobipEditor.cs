using System.Text.Json;

namespace Otp2fa.Web.Infobip;

/// <summary>Reads and writes the applications and templates of the account, for <c>infobip provision</c>.</summary>
internal sealed class InfobipEditor(InfobipManagement management)
{
    public async Task<
        ReadAnswer<IReadOnlyList<SetupEntry<ApplicationFacts>>>
    > ListApplicationsAsync(CancellationToken stop) =>
        ReadRules.Judge<List<ApplicationResponse>, IReadOnlyList<SetupEntry<ApplicationFacts>>>(
            await management.ListApplicationsAsync(stop),
            InfobipJson.Default.ListApplicationResponse,
            all =>
                all.TrueForAll(one => one?.ApplicationId.Value is not null)
                    ?
                    [
                        .. all.Select(one => new SetupEntry<ApplicationFacts>(
                            one.ApplicationId.Value!,
                            ReadRules.FactsOf(one)
                        )),
                    ]
                    : null
        );

    /// <summary>Those of messages; the list of an application holds those of e-mail as well.</summary>
    /// <param name="applicationId">Whose.</param>
    /// <param name="stop">Gives it up.</param>
    public async Task<ReadAnswer<IReadOnlyList<SetupEntry<TemplateFacts>>>> ListTemplatesAsync(
        string applicationId,
        CancellationToken stop
    ) =>
        ReadRules.Judge<List<TemplateResponse>, IReadOnlyList<SetupEntry<TemplateFacts>>>(
            await management.ListTemplatesAsync(applicationId, stop),
            InfobipJson.Default.ListTemplateResponse,
            all =>
                [
                    .. all.Where(one =>
                            one is { MessageId.Value: not null, MessageText.Value: not null }
                        )
                        .Select(one => new SetupEntry<TemplateFacts>(
                            one.MessageId.Value!,
                            ReadRules.FactsOf(one)
                        )),
                ]
        );

    /// <param name="id">Null to make a new one.</param>
    /// <param name="request">What it is to be like.</param>
    /// <returns>As Infobip has it now.</returns>
    public async Task<ReadAnswer<SetupEntry<ApplicationFacts>>> SaveApplicationAsync(
        string? id,
        ApplicationRequest request
    )
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(
            request,
            InfobipJson.Default.ApplicationRequest
        );
        return ReadRules.Judge(
            id is null
                ? await management.CreateApplicationAsync(json)
                : await management.UpdateApplicationAsync(id, json),
            InfobipJson.Default.ApplicationResponse,
            body => EntryOf(body.ApplicationId, id, ReadRules.FactsOf(body))
        );
    }

    /// <param name="applicationId">Whose.</param>
    /// <param name="id">Null to make a new one.</param>
    /// <param name="request">What it is to be like.</param>
    /// <returns>As Infobip has it now.</returns>
    public async Task<ReadAnswer<SetupEntry<TemplateFacts>>> SaveTemplateAsync(
        string applicationId,
        string? id,
        TemplateRequest request
    )
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(
            request,
            InfobipJson.Default.TemplateRequest
        );
        return ReadRules.Judge(
            id is null
                ? await management.CreateTemplateAsync(applicationId, json)
                : await management.UpdateTemplateAsync(applicationId, id, json),
            InfobipJson.Default.TemplateResponse,
            body => EntryOf(body.MessageId, id, ReadRules.FactsOf(body))
        );
    }

    // An answer about another one is not believed, and a new one must have an id.
    private static SetupEntry<T>? EntryOf<T>(WireText named, string? asked, T facts)
        where T : class =>
        (named.Value ?? asked) is { Length: > 0 } id && (asked is null || id == asked)
            ? new SetupEntry<T>(id, facts)
            : null;
}
