using System.Runtime.CompilerServices;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Telemetry.Records;

/// <summary>Reads the record that a text holds; null where it holds none.</summary>
internal delegate RecordResult? InnerRead(ReadOnlySpan<byte> text, RecordContext context);

/// <summary>Reads a record that one around it holds, and accounts for it by itself.</summary>
internal delegate void RecordTake(ReadOnlySpan<byte> record);

/// <summary>What a normaliser needs beside the record: where observations go, and what the stream said before.</summary>
/// <param name="receiver">Where observations go.</param>
/// <param name="counts">Counts them.</param>
/// <param name="index">The top-level fields of all JSON formats.</param>
/// <param name="format">The format that every record is read as; null to find it from content.</param>
internal sealed class RecordContext(IObservationReceiver receiver, IngestionCounts counts, TopLevelIndex index, string? format = null)
{
    private readonly List<FieldSlots> _slots = [];
    private object?[] _states = [];
    private readonly FieldFaults _faults = new();
    private byte[] _carrierHost = [];
    private bool _isInCarrier;
    private bool _isUnnamed;

    /// <summary>The format that every record is read as, one of the table of formats; null to find it from content.</summary>
    public string? Format { get; } = format;

    /// <summary>
    /// The host that a record names which carries a line of text, as written: that of lines which name none themselves. Empty where no
    /// record carries the line, or it names none.
    /// </summary>
    public ReadOnlySpan<byte> CarrierHost => _isInCarrier ? _carrierHost : default;

    /// <summary>Notes the host of the record that carries the lines that are read next.</summary>
    public void BeginCarrier(ReadOnlySpan<byte> host)
    {
        _isInCarrier = true;

        // Records of one host stand together.
        if (!host.SequenceEqual(_carrierHost))
        {
            _carrierHost = host.ToArray();
        }
    }

    /// <summary>The lines of a record have been read.</summary>
    public void EndCarrier() => _isInCarrier = false;

    /// <summary>Reads the record that a text holds, which a line of a host carries; null where it holds none.</summary>
    public RecordResult? InnerOf(ReadOnlySpan<byte> host, ReadOnlySpan<byte> text)
    {
        // Records in texts are JSON objects or XML elements.
        if (text is not [(byte)'{', ..] && !text.Contains((byte)'<'))
        {
            return null;
        }

        if (host.IsEmpty || text is not [(byte)'{', ..])
        {
            return Inner(text, this);
        }

        (byte[] outer, bool wasIn) = (_carrierHost, _isInCarrier);
        BeginCarrier(host);
        RecordResult? result = Inner(text, this);
        _isInCarrier = wasIn;
        _carrierHost = wasIn ? outer : _carrierHost;
        return result;
    }

    /// <summary>Reads the values of a record, nothing being wrong with it so far.</summary>
    public FieldValues Values(ReadOnlySpan<byte> record)
    {
        _faults.First = null;
        return new(record, _faults);
    }

    /// <summary>What is wrong with the record that is read; null while nothing is.</summary>
    public string? Fault => _faults.First;

    /// <summary>
    /// Says that what stands in a line cannot be what its place says, and that nothing was read of it: false. What is said first stands.
    /// </summary>
    /// <param name="name">The name of the place.</param>
    /// <param name="what">What it is not.</param>
    public bool Wrong(string name, string what)
    {
        _faults.First ??= $"'{name}' is {what}.";
        return false;
    }

    /// <summary>What a format's reader keeps from record to record: made when it is first asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TState Of<TState>(ReaderState<TState> state)
        where TState : class
    {
        // Some readers ask at every line. No other state has this place, and so no other type stands there.
        object?[] states = _states;
        int place = state.Place;
        return Unsafe.As<TState>((uint)place < (uint)states.Length && states[place] is { } made ? made : Make(state));
    }

    /// <summary>The entry of several lines that stands open; null where none does.</summary>
    public IOpenEntry? OpenEntry { get; set; }

    /// <summary>Reads the entry that stands open, if one does: it has all its lines.</summary>
    public void CloseEntry()
    {
        IOpenEntry? entry = OpenEntry;
        OpenEntry = null;
        entry?.Close();
    }

    /// <summary>Forgets what readers keep of one input: another begins.</summary>
    public void BeginInput()
    {
        CloseEntry();
        _isUnnamed = false;
        foreach (object? state in _states)
        {
            (state as IInputState)?.BeginInput();
        }
    }

    /// <summary>Notes that the input holds records of a host that it does not name.</summary>
    public void NoteUnnamedHost()
    {
        counts.UnnamedInputs += _isUnnamed ? 0 : 1;
        _isUnnamed = true;
    }

    /// <summary>Ends the run: what waited for other records of its event is read as it is.</summary>
    public void Finish()
    {
        CloseEntry();
        foreach (object? state in _states)
        {
            (state as IRunState)?.Finish();
        }
    }

    /// <summary>Reads the record of another format that a text holds. Without it texts hold none.</summary>
    public InnerRead Inner { get; init; } = (_, _) => null;

    /// <summary>Records that were cut short and wait for what completes them. Without it none may wait.</summary>
    public PendingRecords? Pending { get; init; }

    /// <summary>Takes each record of an envelope. Without it there is nowhere to account for them.</summary>
    public RecordTake Take { get; init; } = _ => { };

    /// <summary>
    /// When the input was written (a file) or came in (an event): what dates records that have no time, or no year. Null where it is
    /// not known.
    /// </summary>
    public DateTimeOffset? InputTime { get; set; }

    /// <summary>The present, for records without a year in an input of unknown time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

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

    /// <summary>Accounts for a record that was held.</summary>
    public void Account(in RecordResult result) => counts.Add(result);

    /// <summary>Hands an observation on.</summary>
    public void Emit(Observation observation)
    {
        counts.Observations++;
        if (observation.Kind == ObservationKind.ModuleLoad)
        {
            counts.ModuleLoads++;
        }

        if (observation is { Platform: not TelemetryPlatform.Network, Host: null or ProcessKey.UnnamedHost, EventSerial: null })
        {
            NoteUnnamedHost();
        }

        Receiver.Receive(observation);
    }

    /// <summary>Counts a library load that no analytic has a use for, without making an observation of it.</summary>
    public void CountUnwantedModule()
    {
        counts.Observations++;
        counts.ModuleLoads++;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private object Make(StatePlace state)
    {
        if (_states.Length <= state.Place)
        {
            Array.Resize(ref _states, state.Place + 1);
        }

        return _states[state.Place] = state.Create(this);
    }
}
