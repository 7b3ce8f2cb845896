using CipherWatch.Cli.Simulation.Protocols;

namespace CipherWatch.Cli.Simulation.Model;

/// <summary>Somewhere to connect to.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Port">Its port.</param>
/// <param name="Protocol">What is spoken there.</param>
/// <param name="Name">Its name; null where it has none.</param>
internal sealed record Destination(string Address, int Port, WireProtocol Protocol, string? Name = null)
{
    /// <summary>tcp or udp.</summary>
    public string Transport => Protocol.Transport;
}
