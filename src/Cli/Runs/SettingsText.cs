using System.Text;
using System.Text.Json;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Baseline;

namespace CipherWatch.Cli.Runs;

/// <summary>Writes proposals as a settings file for a person to review: each with its reason as a comment beside it.</summary>
internal static class SettingsText
{
    /// <summary>The file.</summary>
    /// <param name="result">What was learned.</param>
    public static string Of(BaselineResult result)
    {
        StringBuilder text = new();
        text.Append(
            "{\n  // Proposed from telemetry that was taken for benign. Review every line: what is allowed here is not reported.\n");
        foreach (Refusal refusal in result.Refusals)
        {
            text.Append("  // Not proposed for ").Append(refusal.Setting).Append(": ").Append(Line(refusal.What)).Append(": ").Append(
                Line(refusal.Why)).Append('\n');
        }

        ILookup<string, Proposal> proposals = result.Proposals.ToLookup(proposal => proposal.Setting, StringComparer.Ordinal);
        foreach (string name in SettingRow.All.Select(row => row.Name).Where(proposals.Contains))
        {
            text.Append("\n  \"").Append(name).Append("\": ").Append(Value([.. proposals[name]], Shipped(name))).Append(",\n");
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>Members of the shipped list of a setting: a list that a file names replaces it.</summary>
    public static IEnumerable<string> Shipped(string name) => name switch
    {
        nameof(DetectionSettings.AllowedCryptoProcesses) => DetectionSettings.Default.AllowedCryptoProcesses.Select(ShippedLists.Of),
        nameof(DetectionSettings.TrustedCryptoLibs) => DetectionSettings.Default.TrustedCryptoLibs.Select(ShippedLists.Of),
        nameof(DetectionSettings.DoHResolvers) => DetectionSettings.Default.DoHResolvers.Select(ShippedLists.Of),
        nameof(DetectionSettings.AllowedMgmtHosts) => DetectionSettings.Default.AllowedMgmtHosts.Select(ShippedLists.Of),
        nameof(DetectionSettings.PortProfiles) => DetectionSettings.Default.PortProfiles.Select(ShippedLists.Of),
        _ => [],
    };

    /// <summary>The value of a setting that the file did not have: what is shipped, then what is proposed, each with its reason.</summary>
    public static string Value(Proposal[] own, IEnumerable<string> shipped)
    {
        bool isObject = own[0].Key is not null;
        if (!isObject && !IsList(own[0].Setting))
        {
            return $"{own[^1].Json} /* {Line(own[^1].Reason)} */";
        }

        StringBuilder text = new(isObject ? "{\n" : "[\n");
        foreach (string member in shipped.Select(member => member + ",").Concat(own.Select(Member)))
        {
            text.Append("    ").Append(member).Append('\n');
        }

        return text.Append(isObject ? "  }" : "  ]").ToString();
    }

    /// <summary>A proposal as a member of its list or object, with its reason.</summary>
    public static string Member(Proposal proposal) =>
        $"{(proposal.Key is { } key ? $"\"{JsonEncodedText.Encode(key)}\": " : string.Empty)}{proposal.Json}, // {Line(proposal.Reason)}";

    private static bool IsList(string setting) => setting is nameof(DetectionSettings.AllowedCryptoProcesses)
        or nameof(DetectionSettings.TrustedCryptoLibs) or nameof(DetectionSettings.DoHResolvers) or nameof(
            DetectionSettings.AllowedMgmtHosts);

    /// <summary>Text that stays in its comment.</summary>
    public static string Line(string text) =>
        Views.VisibleText.Of(text).ReplaceLineEndings(" ").Replace("*/", "* /", StringComparison.Ordinal);
}
