using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;

namespace Otp2fa.InfobipSimulator.Assumptions;

/// <summary>
/// A member of <see cref="SimulatorAssumptions"/> as text, for the command line, the control address and the page. Read
/// from the record itself, so that no member can be forgotten in any of them.
/// </summary>
internal sealed class AssumptionSwitch
{
    private readonly PropertyInfo member;

    private AssumptionSwitch(PropertyInfo member, string description)
    {
        this.member = member;
        Description = description;
        Name = Spelt(member.Name);
        Positions =
            member.PropertyType == typeof(bool)
                ? ["true", "false"]
                : [.. Enum.GetNames(member.PropertyType).Select(Spelt)];
        Default = Read(new SimulatorAssumptions());
    }

    public static IReadOnlyList<AssumptionSwitch> All { get; } =
    [
        .. typeof(SimulatorAssumptions)
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(member => (member, note: member.GetCustomAttribute<DescriptionAttribute>()))
            .Where(pair => pair.note is not null)
            .Select(pair => new AssumptionSwitch(pair.member, pair.note!.Description)),
    ];

    /// <summary>The member's name in words with hyphens.</summary>
    public string Name { get; }

    public string Description { get; }

    /// <summary>Every value the switch takes.</summary>
    public IReadOnlyList<string> Positions { get; }

    public string Default { get; }

    /// <summary>Moves the switch of a name; the problem is a sentence, and nothing is moved then.</summary>
    public static string? Problem(
        SimulatorAssumptions assumptions,
        string name,
        string position,
        out SimulatorAssumptions moved
    )
    {
        moved = assumptions;
        var named = All.FirstOrDefault(candidate =>
            string.Equals(candidate.Name, name, StringComparison.OrdinalIgnoreCase)
        );
        if (named is null)
        {
            return $"There is no switch {name}.";
        }

        if (!named.TryMove(assumptions, position, out var changed))
        {
            return $"The switch {named.Name} is one of {string.Join(", ", named.Positions)}.";
        }

        moved = changed;
        return null;
    }

    public string Read(SimulatorAssumptions assumptions) =>
        Spelt(member.GetValue(assumptions)!.ToString()!);

    /// <summary>The assumptions with this switch moved; none when the text is no position of it.</summary>
    private bool TryMove(
        SimulatorAssumptions assumptions,
        string position,
        [NotNullWhen(true)] out SimulatorAssumptions? moved
    )
    {
        moved = null;
        var index = Positions
            .ToList()
            .FindIndex(known => string.Equals(known, position, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
        {
            return false;
        }

        moved = assumptions with { };
        member.SetValue(
            moved,
            member.PropertyType == typeof(bool)
                ? index == 0
                : Enum.GetValues(member.PropertyType).GetValue(index)
        );
        return true;
    }

    private static string Spelt(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
