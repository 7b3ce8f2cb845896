using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Pipeline.Journal;

/// <summary>
/// Flows that cost no entity: those that something explains, and those that somebody may ask for. Appended to as they are read, and read
/// only for what is about to be published.
/// </summary>
/// <remarks>
/// A set: the same entry twice says the same, and order means nothing. Above <see cref="MaxHeldBytes"/> it goes on in a temporary file,
/// which is gone when the run ends. Nothing is left out.
/// </remarks>
/// <param name="maxHeldBytes">Bytes held in memory.</param>
public sealed class FlowJournal(int maxHeldBytes = FlowJournal.MaxHeldBytes) : IDisposable
{
    /// <summary>Bytes held in memory; more go to a file.</summary>
    public const int MaxHeldBytes = 16 << 20;

    private const int FirstBytes = 4 << 10;
    private byte[] _held = [];
    private int _length;
    private FileStream? _file;

    /// <summary>Entries in it.</summary>
    public long Count { get; private set; }

    /// <summary>Bytes in it.</summary>
    public long Bytes => (_file?.Length ?? 0) + _length;

    /// <summary>What is held in memory: all of a batch's.</summary>
    public ReadOnlySpan<byte> Held => _held.AsSpan(0, _length);

    /// <summary>As many whole entries from the beginning of a span as fit.</summary>
    public static ReadOnlySpan<byte> WholeEntries(ReadOnlySpan<byte> entries, int maxBytes)
    {
        int end = 0;
        while (JournalEntry.Length(entries[end..]) is > 0 and var length && end + length <= maxBytes)
        {
            end += length;
        }

        return entries[..end];
    }

    /// <summary>Cuts of entries by their addresses.</summary>
    public const int Cuts = 64;

    /// <summary>What is held in memory, cut by the entries' addresses: who asks for a flow needs its cut alone.</summary>
    public byte[][] HeldByCut()
    {
        MemoryStream?[] cuts = new MemoryStream?[Cuts];
        ReadOnlySpan<byte> held = Held;
        while (JournalEntry.Length(held) is > 0 and var length)
        {
            (cuts[CutOf(JournalEntry.Pair(held))] ??= new()).Write(held[..length]);
            held = held[length..];
        }

        return [.. cuts.Select(cut => cut?.ToArray() ?? [])];
    }

    /// <summary>The cut of two addresses: the same in every version of the app.</summary>
    internal static int CutOf(AddressPair pair)
    {
        Span<byte> bytes = stackalloc byte[32];
        pair.First.CopyTo(bytes);
        pair.Second.CopyTo(bytes[16..]);
        return (int)(SipHash.Hash128(bytes, 0, 0) % Cuts);
    }

    /// <summary>Adds what an observation says of its flow.</summary>
    public void Add(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        foreach (IpAddress answer in observation.Answers)
        {
            Reserve(JournalEntry.MaxBytes);
            int named = JournalEntry.WriteAnswer(_held.AsSpan(_length), observation, answer);
            _length += named;
            Count += named > 0 ? 1 : 0;
        }

        if (observation.Kind == ObservationKind.Dns)
        {
            return;
        }

        Reserve(JournalEntry.MaxBytes);
        int written = JournalEntry.Write(_held.AsSpan(_length), observation);
        _length += written;
        Count += written > 0 ? 1 : 0;
    }

    /// <summary>Adds all entries of another that is held in memory.</summary>
    public void Add(FlowJournal other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Reserve(other._length);
        other.Held.CopyTo(_held.AsSpan(_length));
        _length += other._length;
        Count += other.Count;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _length = 0;
        Count = 0;
        _file?.Dispose();
        _file = null;
    }

    /// <summary>What it holds that was asked for.</summary>
    public void Find(JournalQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.IsEmpty)
        {
            return;
        }

        if (_file is { } file)
        {
            file.Flush();
            file.Position = 0;
            byte[] buffer = new byte[1 << 20];
            int left = 0;
            while (file.Read(buffer, left, buffer.Length - left) is > 0 and var read)
            {
                int used = query.Read(buffer.AsSpan(0, left + read));
                left = left + read - used;
                buffer.AsSpan(used, left).CopyTo(buffer);
            }
        }

        query.Read(Held);
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();

    private void Reserve(int bytes)
    {
        if (_length + bytes <= _held.Length)
        {
            return;
        }

        if (_length >= maxHeldBytes)
        {
            _file ??= SpillFile.Create();
            _file.Position = _file.Length;
            _file.Write(_held, 0, _length);
            _length = 0;
        }

        int size = Math.Max(_length + bytes, Math.Max(FirstBytes, Math.Min(_held.Length * 2, maxHeldBytes + JournalEntry.MaxBytes)));
        if (size > _held.Length)
        {
            Array.Resize(ref _held, size);
        }
    }
}
