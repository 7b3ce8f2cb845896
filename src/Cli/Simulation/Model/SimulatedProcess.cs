using CipherWatch.Cli.Simulation.Truth;

namespace CipherWatch.Cli.Simulation.Model;

/// <summary>A running program.</summary>
internal sealed class SimulatedProcess
{
    public required SimulatedHost Host { get; init; }

    /// <summary>Sysmon's GUID of it, in braces and upper case as Sysmon writes it; empty on other platforms.</summary>
    public required string Guid { get; init; }

    /// <summary>Its number; on ESXi that of its world.</summary>
    public required int Pid { get; init; }

    public required SimulatedProgram Program { get; init; }

    /// <summary>Image of its parent.</summary>
    public required string Parent { get; init; }

    public required int ParentPid { get; init; }

    public required string User { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>What it is in truth.</summary>
    public required TruthLabel Label { get; init; }

    /// <summary>Connections it has opened: on macOS they are numbered within their process.</summary>
    public int Connections { get; set; }

    /// <summary>Where it first connected to; null as long as it has not.</summary>
    public Destination? FirstDestination { get; set; }

    /// <summary>The ground truth holds it already.</summary>
    public bool IsReported { get; set; }
}
