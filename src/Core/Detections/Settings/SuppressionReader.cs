using System.Buffers;
using System.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>Reads one analyst's verdict.</summary>
internal static class SuppressionReader
{
    private const int HashDigits = 64;
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Reads it; null, with the reason noted, where it says nothing that can be matched.</summary>
    public static Suppression? Read(SettingsValue value)
    {
        int mistakes = value.Errors.Count;
        value.KnowsOnly(SettingsShapes.Suppression);
        if (value.Required("reason") is not { } reason)
        {
            return null;
        }

        Suppression suppression = new()
        {
            DetectionId = value.Member("detectionId") is not { } id ? null
                : DetectionId.TryParse(id.Text(), out DetectionId parsed) ? parsed
                : id.Fail<DetectionId?>("32 hex digits"),
            Process = value.Optional("process"),
            Host = value.Optional("host"),
            Signer = value.Optional("signer"),
            Hash = value.Member("hash") is { } hash ? Hash(hash) : null,
            Destination = value.Member("destination") is { } destination ? DestinationReader.Scope(destination) : null,
            Evidence = value.Member("evidence") is not { } kind ? null
                : kind.IsText ? SettingsItems.Evidence(kind.Text()!, kind)
                : kind.Fail<string>("the name of a kind of evidence"),
            Reason = reason,
            Author = value.OptionalText("author"),
            Expires = value.Member("expires") is { } until ? Time(until) : null,
        };
        return suppression.HidesEverything && value.Errors.Count == mistakes
            ? value.Fail<Suppression>(
                "a suppression with at least one of detectionId, process, signer, hash, destination, evidence; it would hide everything")
            : suppression;
    }

    /// <summary>A time, or a date, which is its first moment; null where a text is neither.</summary>
    public static DateTimeOffset? Time(string text)
    {
        const int DateLength = 10;
        string whole = text.Length == DateLength ? text + "T00:00:00Z" : text;
        return Timestamps.TryParse(Encoding.UTF8.GetBytes(whole), out DateTimeOffset time) ? time : null;
    }

    private static DateTimeOffset? Time(SettingsValue value) =>
        Time(value.Text() ?? string.Empty) ?? value.Fail<DateTimeOffset?>("a time such as \"2026-12-31T00:00:00Z\", or a date");

    private static string? Hash(SettingsValue value)
    {
        // As Sysmon writes it, too.
        string text = value.Text() ?? string.Empty;
        int digits = text.StartsWith("SHA256=", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("SHA256:", StringComparison.OrdinalIgnoreCase) ? "SHA256=".Length : 0;
        return text.Length - digits == HashDigits && text.AsSpan(digits).IndexOfAnyExcept(Digits) < 0
            ? text[digits..].ToLowerInvariant()
            : value.Fail<string>("a SHA-256 of 64 hex digits");
    }
}
