using System.Text;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Correlation.Facts;

/// <summary>
/// Values of which a state keeps one. Where records disagree the smallest wins: arbitrary, but the same in any order of arrival.
/// </summary>
public static class Register
{
    /// <summary>The ordinally smaller text; unknown gives way to known.</summary>
    public static string? Merge(string? left, string? right) =>
        left is null ? right : right is null || string.CompareOrdinal(left, right) <= 0 ? left : right;

    /// <summary>The text of more bytes, of equally many the ordinally smaller: what is kept never shrinks.</summary>
    public static string? MergeLonger(string? left, string? right) =>
        left is null || right is null || left == right ? left ?? right
            : Encoding.UTF8.GetByteCount(left) - Encoding.UTF8.GetByteCount(right) is not 0 and var more ? (more > 0 ? left : right)
            : Merge(left, right);

    /// <summary>The smaller number; unknown gives way to known.</summary>
    public static int? Merge(int? left, int? right) => left is { } a && right is { } b ? Math.Min(a, b) : left ?? right;

    /// <summary>The platform that stands first among them; unknown gives way to known.</summary>
    public static TelemetryPlatform? Merge(TelemetryPlatform? left, TelemetryPlatform? right) =>
        left is { } a && right is { } b ? (a <= b ? a : b) : left ?? right;

    /// <summary>
    /// A name before a number, else the smaller. Some renderings of an event name the account where others number it, and a reader
    /// that sees both may tell of either: what is kept must not depend on which it was.
    /// </summary>
    public static string? MergeAccount(string? left, string? right) =>
        left is not null && right is not null && IsNumber(left) != IsNumber(right) ? (IsNumber(left) ? right : left) : Merge(left, right);

    private static bool IsNumber(string text) => !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    /// <summary>False where either says so: one record that speaks against it is enough.</summary>
    public static bool? MergeAll(bool? left, bool? right) => left is { } a && right is { } b ? a && b : left ?? right;

    /// <summary>The larger counter: sources report the same counter as it grows, and adding would count a repetition twice.</summary>
    public static long? MergeCounter(long? left, long? right) => left is { } a && right is { } b ? Math.Max(a, b) : left ?? right;
}
