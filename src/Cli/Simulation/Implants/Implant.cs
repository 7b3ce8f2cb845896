using System.Globalization;
using CipherWatch.Cli.Simulation.Behaviour;
using CipherWatch.Cli.Simulation.Model;
using CipherWatch.Cli.Simulation.Protocols;
using CipherWatch.Cli.Simulation.Truth;

namespace CipherWatch.Cli.Simulation.Implants;

/// <summary>
/// One implant of a fleet. What it is like (names, ports, intervals) depends on the seed and its number, and stays over the days.
/// </summary>
internal sealed class Implant
{
    private readonly ulong _seed;

    /// <summary>An implant on its host.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="number">Its number within the fleet.</param>
    /// <param name="seed">The fleet's seed.</param>
    /// <param name="host">Where it runs.</param>
    /// <param name="relay">Of kinds of two, the host that it goes through.</param>
    /// <param name="isSampled">The site's sensor exports first bytes.</param>
    public Implant(ImplantKind kind, int number, ulong seed, SimulatedHost host, SimulatedHost? relay, bool isSampled)
    {
        (Kind, Number, _seed, Host, Relay) = (kind, number, seed, host, relay);
        string family = string.Create(CultureInfo.InvariantCulture, $"{kind.Name}-{number:000}");
        IEnumerable<string> shows = kind.Shows.Where(evidence => isSampled || evidence != ImplantKind.Payload);
        Label = new(kind.IsControl ? "attack" : "c2", family, kind.Name, string.Join(',', shows));
    }

    /// <summary>Its kind.</summary>
    public ImplantKind Kind { get; }

    /// <summary>Its number within the fleet.</summary>
    public int Number { get; }

    /// <summary>Where it runs.</summary>
    public SimulatedHost Host { get; }

    /// <summary>Of kinds of two, the host that it goes through.</summary>
    public SimulatedHost? Relay { get; }

    /// <summary>What its processes are in truth.</summary>
    public TruthLabel Label { get; }

    /// <summary>What a tool of the attackers' is in truth that does not talk to the server: counted neither way.</summary>
    public TruthLabel Tool => Label with { Label = "attack" };

    /// <summary>Numbers that are the same every day.</summary>
    public SimulationRandom Traits() => SimulationRandom.Of(_seed, Number, 77);

    /// <summary>Its server.</summary>
    public Destination Server(WireProtocol protocol, params IReadOnlyList<int> ports) =>
        Places.CommandAndControl(Number, SimulationRandom.Of(_seed, Number, 78).Pick(ports), protocol);

    /// <summary>A name that its files carry: harmless words, as attackers choose them.</summary>
    public string Word(int which) => SimulationRandom.Of(_seed, Number, 79, which).Pick(Names);

    private static readonly string[] Names =
    [
        "audiorelay", "cloudsync", "diskhelper", "fontcache", "gpuassist", "hidservice", "imgviewer", "javahelper", "keymonitor",
        "linkagent", "mediaindex",
        "netassist", "oemtools", "pdfhelper", "quickstart", "readertray", "svcupdate", "telesvc", "uisettings", "winsat", "xmlnotify",
        "zipindex",
    ];
}
