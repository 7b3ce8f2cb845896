using System.Diagnostics;
using System.Globalization;

namespace CipherWatch.DeliveryWorker;

/// <summary>Places in a worker's work at which it can die.</summary>
internal enum DeathPlace
{
    /// <summary>An entity's operation has come and has not run.</summary>
    BeforeOperation,

    /// <summary>An operation has run; its state is not stored.</summary>
    AfterOperation,

    /// <summary>Detections have come to be published.</summary>
    BeforePublishing,

    /// <summary>Detections are in the table; the orchestration does not know.</summary>
    AfterPublishing,

    /// <summary>A batch's first orchestration is to be started: its flows are in the journal.</summary>
    BeforeStart,

    /// <summary>An orchestration is started; the partition's checkpoint has not moved.</summary>
    AfterStart,

    /// <summary>An orchestration is being replayed.</summary>
    InOrchestration,
}

/// <summary>A place and how often it is passed before the worker dies there.</summary>
internal sealed record PlannedDeath(DeathPlace Place, int Passing)
{
    /// <summary>Reads it; null where there is none.</summary>
    public static PlannedDeath? Parse(string text) => text.Split(':') is [var place, var passing]
        ? new(Enum.Parse<DeathPlace>(place), int.Parse(passing, CultureInfo.InvariantCulture))
        : null;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Place}:{Passing}");
}

/// <summary>Ends the process where it is planned, as a machine that is taken away does: nothing is flushed, nothing is caught.</summary>
internal sealed class Reaper(PlannedDeath? planned)
{
    private int _passed;

    /// <summary>Passes a place, or dies there.</summary>
    public void Pass(DeathPlace place)
    {
        if (planned?.Place == place && Interlocked.Increment(ref _passed) == planned.Passing)
        {
            Process.GetCurrentProcess().Kill();
            new ManualResetEventSlim().Wait();
        }
    }
}
