using CipherWatch.Delivery.Tests.Faults;
using CipherWatch.DeliveryWorker;

namespace CipherWatch.Delivery.Tests.Hosting;

/// <summary>What is delivered, and what goes wrong meanwhile.</summary>
/// <param name="Records">The records, one a line.</param>
internal sealed record RunPlan(IReadOnlyList<string> Records)
{
    /// <summary>Records of a batch.</summary>
    public int BatchSize { get; init; } = 12;

    /// <summary>Partitions that the batches are spread over.</summary>
    public int Partitions { get; init; } = 3;

    /// <summary>Orders the records and the batches; null for the order they come in, each batch once.</summary>
    public int? Seed { get; init; }

    /// <summary>Where workers die, one after another.</summary>
    public IReadOnlyList<PlannedDeath> Deaths { get; init; } = [];

    /// <summary>Workers that the test kills, wherever they are.</summary>
    public int Kills { get; init; }

    /// <summary>Of how many batches of operations one is lost with its worker while the host lives on; 0 for none.</summary>
    public int LostOperations { get; init; }

    /// <summary>What goes wrong between workers and storage.</summary>
    public FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>How the app is broken on purpose.</summary>
    public Sabotage Sabotage { get; init; }

    /// <summary>What clients post over HTTP besides, four at a time.</summary>
    public IReadOnlyList<Post> Posts { get; init; } = [];

    /// <summary>Container and name of the settings' blob; empty for the shipped settings.</summary>
    public string Settings { get; init; } = string.Empty;

    /// <summary>Folder of states that the first workers store in place of what they are told; empty for the app as it is.</summary>
    public string FormerStates { get; init; } = string.Empty;

    /// <summary>Whether entities that asked are looked at again at the end.</summary>
    public bool Looks { get; init; } = true;

    /// <summary>Workers at once.</summary>
    public int Workers { get; init; } = 3;

    /// <summary>How long it may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(10);
}
