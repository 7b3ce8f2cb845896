using System.Text;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Baseline;

namespace CipherWatch.Cli.Runs;

/// <summary>Writes proposals as a settings file for a person to review: each with its reason as a comment beside it.</summary>
internal static class ProposedSettings
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
            text.Append("\n  \"").Append(name).Append("\": ").Append(Value(name, [.. proposals[name].Select(Entry)])).Append(",\n");
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>
    /// A settings file with the proposals: what stands there, its comments among it, stays byte for byte, and each proposal is a line of
    /// its own with its reason. A proposal for a plain value takes its place and says what stood there.
    /// </summary>
    /// <param name="json">The file, which is known to be valid settings.</param>
    /// <param name="result">What was learned.</param>
    public static byte[] AddedTo(byte[] json, BaselineResult result)
    {
        foreach (IGrouping<string, Proposal> setting in result.Proposals.GroupBy(proposal => proposal.Setting))
        {
            SettingsEntry[] entries = [.. setting.Select(Entry)];
            json = IsPlain(entries, setting.Key)
                ? SettingsText.Set(json, entries[^1] with { Key = setting.Key })
                : SettingsText.Add(json, setting.Key, entries, [.. Shipped(setting.Key)]);
        }

        return json;
    }

    /// <summary>Members of the shipped list of a setting: a list that a file names replaces it.</summary>
    private static IEnumerable<SettingsEntry> Shipped(string name)
    {
        DetectionSettings shipped = DetectionSettings.Default;
        return name switch
        {
            nameof(DetectionSettings.AllowedCryptoProcesses) =>
                shipped.AllowedCryptoProcesses.Select(each => Member(ShippedLists.Of(each))),
            nameof(DetectionSettings.TrustedCryptoLibs) => shipped.TrustedCryptoLibs.Select(each => Member(ShippedLists.Of(each))),
            nameof(DetectionSettings.DoHResolvers) => shipped.DoHResolvers.Select(each => Member(ShippedLists.Of(each))),
            nameof(DetectionSettings.AllowedMgmtHosts) => shipped.AllowedMgmtHosts.Select(each => Member(ShippedLists.Of(each))),
            nameof(DetectionSettings.PortProfiles) => shipped.PortProfiles.Select(
                each => new SettingsEntry(ShippedLists.Of(each), ShippedLists.Name(each))),
            _ => [],
        };

        static SettingsEntry Member(string json) => new(json);
    }

    /// <summary>The value of a setting: what is shipped, then what is proposed, each with its reason.</summary>
    private static string Value(string setting, SettingsEntry[] own)
    {
        if (IsPlain(own, setting))
        {
            return $"{own[^1].Json} /* {own[^1].Reason} */";
        }

        bool isObject = own[0].Key is not null;
        StringBuilder text = new(isObject ? "{\n" : "[\n");
        foreach (SettingsEntry member in Shipped(setting).Concat(own))
        {
            text.Append("    ").Append(member.Line(comma: true)).Append('\n');
        }

        return text.Append(isObject ? "  }" : "  ]").ToString();
    }

    private static SettingsEntry Entry(Proposal proposal) => new(proposal.Json, proposal.Key, Line(proposal.Reason));

    private static bool IsPlain(SettingsEntry[] own, string setting) => own[0].Key is null
        && setting is not (nameof(DetectionSettings.AllowedCryptoProcesses) or nameof(DetectionSettings.TrustedCryptoLibs)
            or nameof(DetectionSettings.DoHResolvers) or nameof(DetectionSettings.AllowedMgmtHosts)
            or nameof(DetectionSettings.Proxies));

    /// <summary>Text that stays in its comment.</summary>
    private static string Line(string text) => SettingsEntry.CommentText(Views.VisibleText.Of(text));
}
