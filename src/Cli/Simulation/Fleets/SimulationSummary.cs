using System.Text;
using System.Text.Json;
using CipherWatch.Cli.Simulation.Implants;

namespace CipherWatch.Cli.Simulation.Fleets;

/// <summary>What was simulated, as one object.</summary>
internal static class SimulationSummary
{
    /// <summary>The object.</summary>
    public static string Json(IReadOnlyList<FleetSite> sites, IReadOnlyList<Implant> implants, int days, IReadOnlyList<string> files)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter writer = new(bytes))
        {
            writer.WriteStartObject();
            writer.WriteNumber("hosts", sites.Sum(site => site.Hosts.Count));
            writer.WriteNumber("sites", sites.Count);
            writer.WriteNumber("days", days);
            writer.WriteNumber("bytes", files.Sum(file => new FileInfo(file).Length));
            writer.WriteStartArray("implants");
            foreach (Implant implant in implants)
            {
                writer.WriteStartObject();
                writer.WriteString("kind", implant.Kind.Name);
                writer.WriteString("family", implant.Label.Family);
                writer.WriteString("host", implant.Host.Name);
                if (implant.Relay is { } relay)
                {
                    writer.WriteString("relay", relay.Name);
                }

                writer.WriteString("evidence", implant.Label.Shows);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("files");
            foreach (string file in files)
            {
                writer.WriteStringValue(Path.GetFileName(file));
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
