using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Protocols;

/// <summary>First bytes that both ends of a connection to a place send.</summary>
internal delegate Payload Exchange(SimulationRandom random, Destination destination);

/// <summary>What is spoken at a place.</summary>
/// <param name="Transport">tcp or udp.</param>
/// <param name="Zeek">The service that Zeek names; <c>-</c> where it names none.</param>
/// <param name="Suricata">The <c>app_proto</c> that Suricata names; <c>failed</c> where it names none.</param>
/// <param name="Speak">Makes the first bytes.</param>
internal sealed record WireProtocol(string Transport, string Zeek, string Suricata, Exchange Speak)
{
    /// <summary>Whether a sensor names it.</summary>
    public bool IsNamed => Zeek != "-";

    /// <summary>Whether it is TLS from the first byte on, which sensors log apart.</summary>
    public bool IsTls => Zeek == "ssl";
}
