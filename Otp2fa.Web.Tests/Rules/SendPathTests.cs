using Mono.Cecil;
using Mono.Cecil.Cil;
using Otp2fa.Web.Infobip;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Rules;

/// <summary>
/// There is one way to a code, and it passes the gate: who calls what is read from the built site, so that a second way
/// cannot be added unseen.
/// </summary>
[Trait("Covers", "R26")]
public sealed class SendPathTests
{
    private static readonly IReadOnlyList<(MethodDefinition Caller, MethodReference Called)> Calls =
        ReadCalls();

    [Theory]
    [InlineData(nameof(InfobipClient.SendPinAsync), "InfobipPinProvider")]
    [InlineData(nameof(InfobipClient.CallWithPinAsync), "InfobipPinProvider")]
    [InlineData(nameof(InfobipClient.CallAgainWithPinAsync), "InfobipPinProvider")]
    // The probe asks for a PIN that does not exist.
    [InlineData(nameof(InfobipClient.ResendPinAsync), "InfobipPinProvider, InfobipProbe")]
    [InlineData(nameof(InfobipClient.VerifyPinAsync), "InfobipPinProvider, InfobipProbe")]
    public void A_call_of_the_client_that_costs_something_has_these_callers_only(
        string method,
        string callers
    )
    {
        Assert.Equal(callers, CallersOf(nameof(InfobipClient), method));
    }

    /// <summary>Beside it stands an operator's command, whose code is for nobody's account.</summary>
    [Theory]
    [InlineData(nameof(IPinProvider.SendAsync), "PinSender, SendTest")]
    [InlineData(nameof(IPinProvider.ResendAsync), "PinSender")]
    public void The_provider_is_asked_to_send_by_the_sender_only(string method, string callers)
    {
        Assert.Equal(callers, CallersOf(nameof(IPinProvider), method));
    }

    [Fact]
    public void The_provider_is_asked_to_check_by_the_checker_only()
    {
        Assert.Equal(
            "PinChecker, SendTest",
            CallersOf(nameof(IPinProvider), nameof(IPinProvider.VerifyAsync))
        );
    }

    [Theory]
    [InlineData(nameof(PinSender.StartAsync))]
    [InlineData(nameof(PinSender.ResendAsync))]
    public void Each_way_in_to_the_sender_passes_the_gate_before_anything_is_sent(string method)
    {
        var calls = Calls
            .Where(call => OwnerOf(call.Caller) == nameof(PinSender))
            .Where(call => MethodOf(call.Caller) == method)
            .Select(call => call.Called.Name)
            .ToList();

        var gate = calls.IndexOf(nameof(SendGate.PassAsync));
        var sends = calls.FindIndex(name => name is "SendNewAsync" or nameof(PinMeters.TimeAsync));
        Assert.InRange(gate, 0, sends - 1);
    }

    [Fact]
    public void What_sends_a_new_code_is_called_after_the_gate_only()
    {
        Assert.Equal(
            [nameof(PinSender.ResendAsync), nameof(PinSender.StartAsync)],
            Calls
                .Where(call => call.Called.Name == "SendNewAsync")
                .Select(call => MethodOf(call.Caller))
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
    }

    private static string CallersOf(string type, string method) =>
        string.Join(
            ", ",
            Calls
                .Where(call => call.Called.DeclaringType.Name == type && call.Called.Name == method)
                .Select(call => OwnerOf(call.Caller))
                .Distinct()
                .Order(StringComparer.Ordinal)
        );

    // An asynchronous method and a lambda become nested types; the type that a person wrote is the outermost.
    private static string OwnerOf(MethodDefinition method)
    {
        var type = method.DeclaringType;
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type.Name;
    }

    // "<StartAsync>d__3" and "<StartAsync>b__3_0" stand for StartAsync.
    private static string MethodOf(MethodDefinition method)
    {
        var name = method.DeclaringType.DeclaringType is null
            ? method.Name
            : method.DeclaringType.Name;
        return name.StartsWith('<') ? name[1..name.IndexOf('>', StringComparison.Ordinal)] : name;
    }

    private static List<(MethodDefinition, MethodReference)> ReadCalls()
    {
        using var site = AssemblyDefinition.ReadAssembly(typeof(Program).Assembly.Location);
        return
        [
            .. site
                .MainModule.GetTypes()
                .SelectMany(type => type.Methods)
                .Where(method => method.HasBody)
                .SelectMany(method =>
                    method
                        .Body.Instructions.Where(instruction =>
                            instruction.OpCode == OpCodes.Call
                            || instruction.OpCode == OpCodes.Callvirt
                            || instruction.OpCode == OpCodes.Ldftn
                        )
                        .Select(instruction => (method, (MethodReference)instruction.Operand))
                ),
        ];
    }
}
