using System.Globalization;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;

namespace CipherWatch.Cli.Runs;

/// <summary>Members of the shipped lists as a settings file writes them.</summary>
internal static class ShippedLists
{
    public static string Of(ProcessPattern pattern) =>
        $"{{ \"image\": {Text(pattern.Image.Pattern)}{Member("signer", pattern.Signer)}{Member("host", pattern.Host)} }}";

    public static string Of(TrustedLibrary pair) =>
        $"{{ \"process\": {Text(pair.Process.Pattern)}, \"library\": {Text(pair.Library.Pattern)} }}";

    public static string Of(DestinationPattern pattern) => Text(
        pattern.Name is { } name ? name.Pattern
        : pattern.PrefixLength == (pattern.Network.IsV4 ? 32 : 128) ? pattern.Network.ToString()
        : string.Create(CultureInfo.InvariantCulture, $"{pattern.Network}/{pattern.PrefixLength}"));

    public static string Of(DestinationScope scope) => Text(EntryText.Of(scope));

    /// <summary>The ports of a profile, which are its name.</summary>
    public static string Name(PortProfile profile) => string.Create(
        CultureInfo.InvariantCulture,
        $"{profile.FirstPort}{(profile.FirstPort == profile.LastPort ? string.Empty : $"-{profile.LastPort}")}/{Protocols.Name(profile.Protocol)}");

    public static string Of(PortProfile profile) => $"[{string.Join(", ", profile.Expected.Select(Text))}]";

    private static string Member(string name, Glob? glob) => glob is { } pattern ? $", \"{name}\": {Text(pattern.Pattern)}" : string.Empty;

    private static string Text(string value) => SettingsEntry.Quoted(value);
}
