using System.Text.Json;
using CipherWatch.Core.Pipeline.Reporting;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Cli.Runs;

/// <summary>
/// The settings of a run in its summary: <c>settings {source, file, version}</c>, <c>suppressions</c> and <c>exemptions</c>
/// <c>[{setting, index, entry, hits, takenAlong, expired, expires, expiresSoon, shipped}]</c>. An entry with no hits matched nothing.
/// </summary>
internal static class SettingsUseJson
{
    /// <summary>Writes the three; nothing where nothing was judged.</summary>
    public static void Write(Utf8JsonWriter writer, RunSummary summary)
    {
        if (summary.Settings is not { } settings)
        {
            return;
        }

        writer.WriteStartObject("settings");
        writer.WriteString("source", settings.Source);
        if (settings.Path is { } file)
        {
            writer.WriteString("file", file);
        }

        writer.WriteString("version", settings.Settings.Version);
        writer.WriteEndObject();
        Write(writer, "suppressions", summary.SettingsUse.Where(entry => entry.IsSuppression));
        Write(writer, "exemptions", summary.SettingsUse.Where(entry => !entry.IsSuppression));
    }

    private static void Write(Utf8JsonWriter writer, string name, IEnumerable<EntryUse> entries)
    {
        writer.WriteStartArray(name);
        foreach (EntryUse entry in entries)
        {
            writer.WriteStartObject();
            writer.WriteString("setting", entry.Setting);
            writer.WriteNumber("index", entry.Index);
            writer.WriteString("entry", entry.Entry);
            writer.WriteNumber("hits", entry.Hits);
            if (entry.IsSuppression)
            {
                writer.WriteNumber("takenAlong", entry.TakenAlong);
                writer.WriteNumber("expired", entry.Expired);
                if (entry.Expires is { } expires)
                {
                    writer.WriteString("expires", ObservationJson.Iso(expires));
                }

                writer.WriteBoolean("expiresSoon", entry.ExpiresSoon);
            }
            else
            {
                writer.WriteBoolean("shipped", entry.IsShipped);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
