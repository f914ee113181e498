using Otp2fa.Web.Data;

namespace Otp2fa.Web.Limits;

/// <summary>Which part of a rule has no room.</summary>
internal enum LimitPart
{
    /// <summary>A window is full.</summary>
    Window,

    /// <summary>The last code is unanswered, and another would be too soon.</summary>
    Wait,

    /// <summary>Two uses follow each other faster than anybody types.</summary>
    Spacing,

    /// <summary>So many requests want a use at the same moment that this one found no turn. Says nothing about the limit.</summary>
    Contended,
}

/// <param name="Rule">Which limit.</param>
/// <param name="Part">What of it.</param>
/// <param name="Until">When there is room again, if nobody else takes it.</param>
internal sealed record LimitRefusal(LimitRule Rule, LimitPart Part, DateTimeOffset Until);
