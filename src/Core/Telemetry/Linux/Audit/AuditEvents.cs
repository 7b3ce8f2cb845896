using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>Puts the records of audit events together, by host, time and serial, in whatever order they come.</summary>
/// <remarks>
/// Nothing says when an event is whole: auditd keeps the record that ends it out of its log, and records of several events
/// interleave. So events wait until the run ends, or until many others have begun since. An event that turns out to be of no use
/// is forgotten at once, and so are the records of it that still come. What waits is bounded, whatever the input.
/// </remarks>
internal sealed class AuditEvents(RecordContext context) : IRunState
{
    /// <summary>The events of a run.</summary>
    public static readonly ReaderState<AuditEvents> State = new(context => new(context));

    /// <summary>Events that wait at most: some ten megabytes, and hours of a desktop's execs and connections.</summary>
    public const int MaxWaiting = 16 << 10;

    private const int Forgotten = 1 << 10;

    /// <summary>Records of other events that may stand between the records of one: processors write into one log.</summary>
    private const int Interleaved = 64;

    private readonly Dictionary<(long Ticks, long Serial), AuditEvent> _waiting = [];
    private readonly AuditEvent[] _ring = new AuditEvent[MaxWaiting];
    private readonly Stack<AuditEvent> _free = new();
    private readonly (AuditStamp Stamp, ulong Host)[] _forgotten = new (AuditStamp, ulong)[Forgotten];
    private byte[] _lastNode = [];
    private ulong _lastHost;
    private int _first;
    private int _count;
    private long _found;

    /// <summary>Kinds of the sockets that descriptors stand for.</summary>
    public DescriptorTable<ulong> Sockets { get; } = new();

    /// <summary>Libraries that descriptors stand for.</summary>
    public DescriptorTable<string> Libraries { get; } = new();

    /// <summary>Whether records of the event may still come: none of the many since was another's.</summary>
    public bool IsRecent(AuditEvent known) => _found - known.FoundAt <= Interleaved;

    /// <summary>The event that a record is part of, begun if need be; null when the event is known to be of no use.</summary>
    /// <param name="stamp">When, and which.</param>
    /// <param name="node">The host, as written; empty where not known: then any event of that stamp is the one.</param>
    public AuditEvent? Find(AuditStamp stamp, ReadOnlySpan<byte> node)
    {
        _found++;
        if (node.IsEmpty)
        {
            // Its observation is made at the end of the run, when nobody knows which input it is of.
            context.NoteUnnamedHost();
        }

        if (Known(stamp, node) is { } known)
        {
            known.FoundAt = _found;

            // Of a host's names the fullest is kept, whichever comes first.
            if (!known.IsFull
                && (node.Length > known.Node.Length || (node.Length == known.Node.Length && node.SequenceCompareTo(known[known.Node]) < 0)))
            {
                known.Node = known.Add(node);
            }

            return known;
        }

        (AuditStamp forgotten, ulong host) = _forgotten[Slot(stamp)];
        if (forgotten == stamp && (node.IsEmpty || host == 0 || host == HostHash(node)))
        {
            return null;
        }

        if (_count == MaxWaiting)
        {
            Leave(_ring[_first]);
            _first = (_first + 1) % MaxWaiting;
            _count--;
        }

        AuditEvent begun = _free.TryPop(out AuditEvent? used) ? used : new();
        begun.Begin(stamp, node);
        begun.FoundAt = _found;
        _ring[(_first + _count++) % MaxWaiting] = begun;
        _waiting.TryGetValue((stamp.Ticks, stamp.Serial), out AuditEvent? other);
        begun.Next = other;
        _waiting[(stamp.Ticks, stamp.Serial)] = begun;
        return begun;
    }

    /// <summary>The event that waits under a stamp, or null.</summary>
    public AuditEvent? Known(AuditStamp stamp, ReadOnlySpan<byte> node)
    {
        if (_count == 0 || !_waiting.TryGetValue((stamp.Ticks, stamp.Serial), out AuditEvent? known))
        {
            return null;
        }

        while (known is not null && !(node.IsEmpty || known.Node.Length == 0 || IsHost(known[known.Node], node)))
        {
            known = known.Next;
        }

        return known;
    }

    /// <summary>Forgets an event that is of no use; its records that waited are skipped, those that still come will be.</summary>
    public void Forget(AuditStamp stamp, ReadOnlySpan<byte> node)
    {
        if (Known(stamp, node) is { } known)
        {
            Forget(known);
        }
        else
        {
            _forgotten[Slot(stamp)] = (stamp, Host(node));
        }
    }

    /// <inheritdoc cref="Forget(AuditStamp, ReadOnlySpan{byte})"/>
    public void Forget(AuditEvent known)
    {
        _forgotten[Slot(known.Stamp)] = (known.Stamp, HostHash(known[known.Node]));
        Account(known, RecordResult.Skipped(known.Source));
        Remove(known);
        known.IsDone = true;

        // The one that was begun last is the usual one: its place is free again.
        int last = (_first + _count - 1) % MaxWaiting;
        if (_ring[last] == known)
        {
            _count--;
            _free.Push(known);
        }
    }

    /// <summary>Makes observations of all that wait, in order of time: the run has ended.</summary>
    public void Finish()
    {
        List<AuditEvent> left = [];
        for (; _count > 0; _count--)
        {
            left.Add(_ring[_first]);
            _first = (_first + 1) % MaxWaiting;
        }

        left.Sort(static (one, other) =>
        {
            int order = one.Stamp.Ticks.CompareTo(other.Stamp.Ticks);
            order = order != 0 ? order : one.Stamp.Serial.CompareTo(other.Stamp.Serial);
            return order != 0 ? order : one[one.Node].SequenceCompareTo(other[other.Node]);
        });
        left.ForEach(Leave);
    }

    /// <summary>An event that waits for nothing, for a record that is whole in itself; to be given back.</summary>
    public AuditEvent Borrow(AuditStamp stamp, ReadOnlySpan<byte> node)
    {
        AuditEvent borrowed = _free.TryPop(out AuditEvent? used) ? used : new();
        borrowed.Begin(stamp, node);
        return borrowed;
    }

    /// <summary>Gives a borrowed event back.</summary>
    public void Return(AuditEvent borrowed) => _free.Push(borrowed);

    /// <summary>A number that stands for a host: of the first label of its name, whatever the case; 0 for none.</summary>
    public static ulong HostHash(ReadOnlySpan<byte> node)
    {
        const ulong Offset = 14_695_981_039_346_656_037;
        const ulong Prime = 1_099_511_628_211;
        ulong hash = node.IsEmpty ? 0 : Offset;
        foreach (byte letter in node)
        {
            if (letter == (byte)'.')
            {
                break;
            }

            hash = (hash ^ Lower(letter)) * Prime;
        }

        return hash;
    }

    /// <summary>As <see cref="HostHash"/>, with the last one remembered: one host's records stand together.</summary>
    private ulong Host(ReadOnlySpan<byte> node)
    {
        if (!node.SequenceEqual(_lastNode))
        {
            (_lastNode, _lastHost) = (node.ToArray(), HostHash(node));
        }

        return _lastHost;
    }

    private void Leave(AuditEvent known)
    {
        if (!known.IsDone)
        {
            bool observed = AuditObservations.Emit(known, this, context);
            Account(known, observed ? RecordResult.Observed(known.Source) : RecordResult.Skipped(known.Source));
            Remove(known);
        }

        _free.Push(known);
    }

    private void Account(AuditEvent known, in RecordResult result)
    {
        for (; known.Records > 0; known.Records--)
        {
            context.Account(result);
        }
    }

    private void Remove(AuditEvent known)
    {
        (long, long) key = (known.Stamp.Ticks, known.Stamp.Serial);
        AuditEvent first = _waiting[key];
        if (first == known && known.Next is null)
        {
            _waiting.Remove(key);
        }
        else if (first == known)
        {
            _waiting[key] = known.Next!;
        }
        else
        {
            AuditEvent before = first;
            while (before.Next != known)
            {
                before = before.Next!;
            }

            before.Next = known.Next;
        }
    }

    private static int Slot(AuditStamp stamp) =>
        (int)((((ulong)stamp.Ticks / TimeSpan.TicksPerMillisecond * 31) + (ulong)stamp.Serial) % Forgotten);

    private static bool IsHost(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) => HostHash(one) == HostHash(other);

    private static byte Lower(byte letter) => letter is >= (byte)'A' and <= (byte)'Z' ? (byte)(letter + 32) : letter;
}
