using System.Globalization;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Fleets;

/// <summary>
/// One place of a fleet: hosts behind one network sensor. A fleet is simulated site by site, so that memory holds one at a time.
/// </summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Hosts">Its hosts.</param>
internal sealed record FleetSite(int Number, IReadOnlyList<SimulatedHost> Hosts)
{
    /// <summary>Hosts of a site.</summary>
    public const int MaxHosts = 50;

    /// <summary>Every other site has Suricata, the rest Zeek.</summary>
    private const int SuricataEvery = 2;

    /// <summary>One site in four has a sensor that cannot export first bytes.</summary>
    private const int BlindEvery = 4;

    /// <summary>The sensor's name.</summary>
    public string Sensor => string.Create(CultureInfo.InvariantCulture, $"edge-{Number + 1:00}");

    /// <summary>The sensor is Suricata; else Zeek.</summary>
    public bool HasSuricata => Number % SuricataEvery == SuricataEvery - 1;

    /// <summary>The sensor exports first bytes.</summary>
    public bool IsSampled => Number % BlindEvery != BlindEvery - 1;
}
