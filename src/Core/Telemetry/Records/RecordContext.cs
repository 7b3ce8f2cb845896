using System.Runtime.CompilerServices;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Telemetry.Records;

/// <summary>What a normaliser needs beside the record: where observations go, and what the stream said before.</summary>
/// <param name="receiver">Where observations go.</param>
/// <param name="counts">Counts them.</param>
/// <param name="index">The top-level fields of all JSON formats.</param>
/// <param name="format">The format that every record is read as; null to find it from content.</param>
internal sealed class RecordContext(IObservationReceiver receiver, IngestionCounts counts, TopLevelIndex index, string? format = null)
{
    private readonly List<FieldSlots> _slots = [];
    private object?[] _states = [];

    /// <summary>The format that every record is read as, one of the table of formats; null to find it from content.</summary>
    public string? Format { get; } = format;

    /// <summary>What a format's reader keeps from record to record: made when it is first asked for.</summary>
    public TState Of<TState>(ReaderState<TState> state)
        where TState : class
    {
        if (_states.Length <= state.Place)
        {
            Array.Resize(ref _states, state.Place + 1);
        }

        // Asked for at every line of some formats. No other state has this place, and so no other type stands there.
        return Unsafe.As<TState>(_states[state.Place] ??= state.Create());
    }

    /// <summary>Forgets what readers keep of one input: another begins.</summary>
    public void BeginInput()
    {
        foreach (object? state in _states)
        {
            (state as IInputState)?.BeginInput();
        }
    }

    /// <summary>How many records the one being read is wrapped in.</summary>
    public int Depth { get; set; }

    /// <summary>Slots for the fields of a record at this depth; those of the records around it stay as they are.</summary>
    public FieldSlots Slots()
    {
        while (_slots.Count <= Depth)
        {
            _slots.Add(new(index));
        }

        return _slots[Depth];
    }

    /// <summary>Where observations go.</summary>
    public IObservationReceiver Receiver { get; } = receiver;

    /// <summary>Hands an observation on.</summary>
    public void Emit(Observation observation)
    {
        counts.Observations++;
        if (observation.Kind == ObservationKind.ModuleLoad)
        {
            counts.ModuleLoads++;
        }

        Receiver.Receive(observation);
    }

    /// <summary>Counts a library load that no analytic has a use for, without making an observation of it.</summary>
    public void CountUnwantedModule()
    {
        counts.Observations++;
        counts.ModuleLoads++;
    }
}
