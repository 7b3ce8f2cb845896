namespace CipherWatch.DeliveryWorker;

/// <summary>What a worker process is told by the test that starts it.</summary>
/// <param name="Name">What it is called: the one that takes a dead one's place has its name, as on the same machine.</param>
/// <param name="Storage">Connection string of the storage, by way of the proxy.</param>
/// <param name="TaskHub">Name of the task hub.</param>
/// <param name="Table">Table of the detections.</param>
/// <param name="Events">Folder of the partitions: a folder each, a file a batch.</param>
/// <param name="Death">Where it dies; null where it lives until it is killed.</param>
/// <param name="LostOperations">Of how many batches of operations one is lost with its worker while the host lives on; 0 for none.</param>
/// <param name="Sabotage">How the app is broken on purpose.</param>
/// <param name="Settings">Container and name of the settings' blob; empty for the shipped settings.</param>
/// <param name="FormerStates">
/// Folder with a state a kind, as an earlier version of the app stored it: the worker stores these in place of what it is told.
/// Empty for the app as it is.
/// </param>
internal sealed record WorkerOptions(
    string Name, string Storage, string TaskHub, string Table, string Events, PlannedDeath? Death, int LostOperations, Sabotage Sabotage,
    string Settings = "", string FormerStates = "")
{
    private const string Prefix = "DELIVERY_";

    /// <summary>Reads what <see cref="ToEnvironment"/> wrote.</summary>
    public static WorkerOptions FromEnvironment() => new(
        Read("NAME"), Read("STORAGE"), Read("TASKHUB"), Read("TABLE"), Read("EVENTS"), PlannedDeath.Parse(Read("DEATH")),
        int.Parse(Read("LOST"), System.Globalization.CultureInfo.InvariantCulture), Enum.Parse<Sabotage>(Read("SABOTAGE")),
        Read("SETTINGS"), Read("FORMER"));

    /// <summary>As environment variables of the process.</summary>
    public IEnumerable<(string Name, string Value)> ToEnvironment() =>
    [
        (Prefix + "NAME", Name), (Prefix + "STORAGE", Storage), (Prefix + "TASKHUB", TaskHub), (Prefix + "TABLE", Table), (Prefix + "EVENTS", Events),
        (Prefix + "DEATH", Death?.ToString() ?? string.Empty), (Prefix + "LOST", FormattableString.Invariant($"{LostOperations}")),
        (Prefix + "SABOTAGE", Sabotage.ToString()), (Prefix + "SETTINGS", Settings), (Prefix + "FORMER", FormerStates),
    ];

    private static string Read(string name) => Environment.GetEnvironmentVariable(Prefix + name) ?? string.Empty;
}

/// <summary>Ways to break the app, for tests that look whether the oracle sees it.</summary>
internal enum Sabotage
{
    /// <summary>As it is.</summary>
    None,

    /// <summary>Entities are signalled their facts and then asked, instead of being called with them.</summary>
    Signals,

    /// <summary>What is published has an id of its own each time.</summary>
    UnkeyedDetections,
}
