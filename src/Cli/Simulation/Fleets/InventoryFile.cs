using System.Text.Json;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Fleets;

/// <summary>
/// The addresses of a fleet's hosts as a settings file, as an organisation's inventory has them: records of auditd and osquery name their
/// host and not its address, which is what a sensor sees.
/// </summary>
internal static class InventoryFile
{
    /// <summary>Writes it, and closes the stream.</summary>
    public static void Write(Stream stream, IEnumerable<SimulatedHost> hosts)
    {
        using (stream)
        using (Utf8JsonWriter writer = new(stream, new() { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("HostAddresses");
            foreach (SimulatedHost host in hosts.OrderBy(host => host.Name, StringComparer.Ordinal))
            {
                writer.WriteStartArray(host.Name);
                writer.WriteStringValue(host.Address);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.Flush();
        }
    }
}
