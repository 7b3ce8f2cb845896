using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Cli.Runs;

/// <summary>All settings as a settings file, shipped values written out: reading it gives the same settings.</summary>
internal static class EffectiveSettings
{
    private const int FullWeight = 100;

    /// <summary>The file, without its last end of line.</summary>
    public static string Json(DetectionSettings settings)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(
            stream, new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, settings);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, DetectionSettings settings)
    {
        writer.WriteStartObject();
        writer.WriteString(nameof(settings.TimeWindow), settings.TimeWindow.ToString("c", CultureInfo.InvariantCulture));
        Raw(writer, nameof(settings.AllowedCryptoProcesses), settings.AllowedCryptoProcesses.Select(ShippedLists.Of));
        writer.WriteNumber(nameof(settings.EntropyThreshold), settings.EntropyThreshold);
        if (settings.PayloadEntropyThreshold is { } threshold)
        {
            writer.WriteNumber(nameof(settings.PayloadEntropyThreshold), threshold);
        }

        Raw(writer, nameof(settings.TrustedCryptoLibs), settings.TrustedCryptoLibs.Select(ShippedLists.Of));
        writer.WriteNumber(nameof(settings.TrafficAsymmetryRatio), settings.TrafficAsymmetryRatio);
        Raw(writer, nameof(settings.DoHResolvers), settings.DoHResolvers.Select(ShippedLists.Of));
        Raw(writer, nameof(settings.AllowedMgmtHosts), settings.AllowedMgmtHosts.Select(ShippedLists.Of));
        Raw(writer, nameof(settings.Proxies), settings.Proxies.Select(ShippedLists.Of));
        writer.WriteStartObject(nameof(settings.PortProfiles));
        foreach (PortProfile profile in settings.PortProfiles)
        {
            writer.WriteStartArray(ShippedLists.Name(profile));
            foreach (string expected in profile.Expected)
            {
                writer.WriteStringValue(expected);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteNumber(nameof(settings.TrafficVolumeThreshold), settings.TrafficVolumeThreshold);
        WriteModules(writer, settings);
        writer.WriteStartObject(nameof(settings.HostAddresses));
        foreach ((string host, System.Collections.Immutable.ImmutableArray<IpAddress> addresses) in settings.HostAddresses)
        {
            writer.WriteStartArray(host);
            foreach (IpAddress address in addresses)
            {
                writer.WriteStringValue(address.ToString());
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        Raw(writer, nameof(settings.Suppressions), settings.Suppressions.Select(Entry));
        writer.WriteStartObject(nameof(settings.EvidenceWeights));
        foreach (EvidenceKind kind in EvidenceKind.All)
        {
            writer.WriteNumber(kind.Name, settings.EvidenceWeights.GetValueOrDefault(kind.Name, kind.Weight));
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteModules(Utf8JsonWriter writer, DetectionSettings settings)
    {
        writer.WriteStartObject(nameof(settings.CryptoModules));
        foreach ((TelemetryPlatform platform, System.Collections.Immutable.ImmutableArray<CryptoModule> modules) in settings.CryptoModules)
        {
            Raw(writer, platform.Word(), modules.Select(module => module.Weight == FullWeight
                ? Text(module.Name.Pattern)
                : string.Create(
                    CultureInfo.InvariantCulture, $"{{ \"name\": {Text(module.Name.Pattern)}, \"weight\": {module.Weight} }}")));
        }

        writer.WriteEndObject();
    }

    private static string Entry(Suppression suppression) => SuppressionDraft.Json(new (string Name, string? Value)[]
    {
        ("detectionId", suppression.DetectionId?.ToString()),
        ("process", suppression.Process?.Pattern),
        ("host", suppression.Host?.Pattern),
        ("signer", suppression.Signer?.Pattern),
        ("hash", suppression.Hash),
        ("destination", suppression.Destination is { } destination ? EntryText.Of(destination) : null),
        ("evidence", suppression.Evidence),
        ("reason", suppression.Reason),
        ("author", suppression.Author),
        ("expires", suppression.Expires is { } expires ? ObservationJson.Iso(expires) : null),
    }.Where(member => member.Value is not null).Select(member => (member.Name, member.Value!)));

    private static void Raw(Utf8JsonWriter writer, string name, IEnumerable<string> entries)
    {
        writer.WriteStartArray(name);
        foreach (string entry in entries)
        {
            writer.WriteRawValue(entry);
        }

        writer.WriteEndArray();
    }

    private static string Text(string value) => SettingsEntry.Quoted(value);
}
