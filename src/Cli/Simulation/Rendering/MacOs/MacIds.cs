using System.Globalization;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering.MacOs;

/// <summary>Identifiers and redactions as macOS writes them.</summary>
internal static class MacIds
{
    private const ulong Odd = 0x9e3779b97f4a7c15;

    /// <summary>The UUID of a connection, or of one of its paths.</summary>
    public static string Uuid(NetworkFlow flow, uint part)
    {
        ulong second = (flow.Id + part) * Odd;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(uint)flow.Id:X8}-{(ushort)(flow.Id >> 32):X4}-4{(flow.Id >> 48) & 0xfff:X3}-8{second & 0xfff:X3}-{second >> 16:X12}");
    }

    /// <summary>Eight digits that stand for a text where it is redacted.</summary>
    public static string Hash(string text)
    {
        ulong hash = Odd;
        foreach (char character in text)
        {
            hash = (hash ^ character) * Odd;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(uint)(hash >> 32):x8}");
    }

    /// <summary>Whether the host logs without redaction, as a profile for developers lets it.</summary>
    public static bool IsClear(SimulatedHost host) => host.IsOneIn(4);

    /// <summary>The other end of a connection, as Network.framework writes it.</summary>
    public static string Endpoint(SimulatedHost host, Destination destination)
    {
        string shown = (IsClear(host), destination.Name) switch
        {
            (true, { } name) => name,
            (true, null) => destination.Address,
            (false, { } name) => "Hostname#" + Hash(name),
            _ => "IPv4#" + Hash(destination.Address),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{shown}:{destination.Port}");
    }

    /// <summary>The address that a connection reached, as Network.framework writes it.</summary>
    public static string Reached(SimulatedHost host, Destination destination) => string.Create(
        CultureInfo.InvariantCulture, $"{(IsClear(host) ? destination.Address : "IPv4#" + Hash(destination.Address))}:{destination.Port}");

    /// <summary>An address as the kernel writes it.</summary>
    public static string Kernel(SimulatedHost host, string address, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"{(IsClear(host) ? address : "<IPv4-redacted>")}:{port}");
}
