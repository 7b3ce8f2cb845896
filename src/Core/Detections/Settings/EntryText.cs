using System.Globalization;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>Members of settings in a few words, for a person.</summary>
public static class EntryText
{
    /// <summary>A process that is allowed.</summary>
    public static string Of(ProcessPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return Joined([("", pattern.Image.Pattern), ("signer ", pattern.Signer?.Pattern), ("host ", pattern.Host?.Pattern)]);
    }

    /// <summary>A process and a library.</summary>
    public static string Of(TrustedLibrary pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return $"{pair.Process} with {pair.Library}";
    }

    /// <summary>A destination, as a settings file writes it.</summary>
    public static string Of(DestinationPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return pattern.Name is { } name ? name.Pattern
            : pattern.PrefixLength == (pattern.Network.IsV4 ? 32 : 128) ? pattern.Network.ToString()
            : string.Create(CultureInfo.InvariantCulture, $"{pattern.Network}/{pattern.PrefixLength}");
    }

    /// <summary>A destination with its port, as a settings file writes it.</summary>
    public static string Of(DestinationScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        string where = Of(scope.Where);
        bool brackets = scope.Port is not null && scope.Where.Name is null && !scope.Where.Network.IsV4;
        string port = scope.Port is { } number ? string.Create(CultureInfo.InvariantCulture, $":{number}") : string.Empty;
        string transport = scope.Protocol is { } protocol ? "/" + Protocols.Name(protocol) : string.Empty;
        return (brackets ? $"[{where}]" : where) + port + transport;
    }

    /// <summary>A suppression.</summary>
    public static string Of(Suppression suppression)
    {
        ArgumentNullException.ThrowIfNull(suppression);
        return Joined(
        [
            ("detection ", suppression.DetectionId?.ToString()),
            ("process ", suppression.Process?.Pattern),
            ("host ", suppression.Host?.Pattern),
            ("signer ", suppression.Signer?.Pattern),
            ("hash ", suppression.Hash),
            ("destination ", suppression.Destination is { } destination ? Of(destination) : null),
            ("evidence ", suppression.Evidence),
        ]);
    }

    private static string Joined(IEnumerable<(string Label, string? Text)> parts) =>
        string.Join(", ", parts.Where(part => part.Text is not null).Select(part => part.Label + part.Text));
}
