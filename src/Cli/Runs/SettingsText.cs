using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Baseline;

namespace CipherWatch.Cli.Runs;

/// <summary>Writes proposals as a settings file for a person to review: each with its reason as a comment beside it.</summary>
internal static class SettingsText
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file. Members of the file merged into come first, as they are; a proposal for a plain value takes its place.</summary>
    /// <param name="merged">The file merged into; null for none.</param>
    /// <param name="result">What was learned.</param>
    public static string Of(JsonObject? merged, BaselineResult result)
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
        foreach (string name in (merged ?? []).Select(member => member.Key).Union(SettingRow.All.Select(row => row.Name)))
        {
            Proposal[] own = [.. proposals[name]];
            if (own.Length == 0 && merged?.ContainsKey(name) != true)
            {
                continue;
            }

            text.Append("\n  \"").Append(name).Append("\": ");
            Append(text, merged?[name], Defaults(name, own, merged), own);
            text.Append(",\n");
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>A list that a file names replaces the shipped one: it is written out before what is added to it.</summary>
    private static IEnumerable<string> Defaults(string name, Proposal[] own, JsonObject? merged) =>
        own.Length == 0 || merged?.ContainsKey(name) == true ? [] : name switch
        {
            nameof(DetectionSettings.AllowedCryptoProcesses) => DetectionSettings.Default.AllowedCryptoProcesses.Select(ShippedLists.Of),
            nameof(DetectionSettings.TrustedCryptoLibs) => DetectionSettings.Default.TrustedCryptoLibs.Select(ShippedLists.Of),
            nameof(DetectionSettings.DoHResolvers) => DetectionSettings.Default.DoHResolvers.Select(ShippedLists.Of),
            nameof(DetectionSettings.AllowedMgmtHosts) => DetectionSettings.Default.AllowedMgmtHosts.Select(ShippedLists.Of),
            nameof(DetectionSettings.PortProfiles) => DetectionSettings.Default.PortProfiles.Select(ShippedLists.Of),
            _ => [],
        };

    private static void Append(StringBuilder text, JsonNode? value, IEnumerable<string> shipped, Proposal[] own)
    {
        if (own.Length == 0)
        {
            text.Append(value!.ToJsonString(Plain));
            return;
        }

        bool isObject = own[0].Key is not null, isList = !isObject && IsList(own[0].Setting);
        if (!isObject && !isList)
        {
            text.Append(own[^1].Json).Append(" /* ").Append(Line(own[^1].Reason)).Append(" */");
            return;
        }

        IEnumerable<string> before = value switch
        {
            JsonArray array => array.Select(member => member?.ToJsonString(Plain) ?? "null"),
            JsonObject members => members.Where(member => !own.Any(proposal => proposal.Key == member.Key))
                .Select(member => $"\"{JsonEncodedText.Encode(member.Key)}\": {member.Value?.ToJsonString(Plain) ?? "null"}"),
            _ => shipped,
        };
        text.Append(isObject ? "{\n" : "[\n");
        foreach (string member in before)
        {
            text.Append("    ").Append(member).Append(",\n");
        }

        foreach (Proposal proposal in own)
        {
            text.Append("    ").Append(proposal.Key is { } key ? $"\"{JsonEncodedText.Encode(key)}\": "
                : string.Empty).Append(proposal.Json)
                .Append(", // ").Append(Line(proposal.Reason)).Append('\n');
        }

        text.Append(isObject ? "  }" : "  ]");
    }

    private static bool IsList(string setting) => setting is nameof(DetectionSettings.AllowedCryptoProcesses)
        or nameof(DetectionSettings.TrustedCryptoLibs) or nameof(DetectionSettings.DoHResolvers) or nameof(
            DetectionSettings.AllowedMgmtHosts);

    /// <summary>Text that stays in its comment.</summary>
    private static string Line(string text) =>
        Views.VisibleText.Of(text).ReplaceLineEndings(" ").Replace("*/", "* /", StringComparison.Ordinal);
}
