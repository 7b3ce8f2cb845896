using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>
/// What the unified log said before: the entry whose further lines may follow, and the connections that lines name by number.
/// </summary>
internal sealed class MacState(RecordContext context) : IOpenEntry
{
    /// <summary>The state of a run.</summary>
    public static readonly ReaderState<MacState> State = new(context => new(context));

    /// <summary>Bytes of an entry that are kept until its last line: a connection's sums take one thousand.</summary>
    private const int MaxEntry = 16384;

    private byte[] _entry = new byte[2048];
    private int _length;
    private RecordResult _outcome;

    /// <summary>The connections.</summary>
    public MacConnections Connections { get; } = new();

    /// <summary>What is known of connections by their local ends.</summary>
    public MacLocalEnds LocalEnds { get; } = new();

    /// <summary>Begins an entry that says nothing, or was read already: its further lines are of its outcome.</summary>
    public void Open(RecordResult outcome)
    {
        context.OpenEntry = this;
        _outcome = outcome;
    }

    /// <summary>Begins an entry whose further lines say more.</summary>
    public void Await(ReadOnlySpan<byte> line)
    {
        Open(RecordResult.Observed(SourceNames.UnifiedLog));
        _length = 0;
        Append(line);
    }

    /// <inheritdoc/>
    public RecordResult Continue(ReadOnlySpan<byte> line)
    {
        if (_length > 0)
        {
            Append("\n"u8);
            Append(line);
        }

        return _outcome;
    }

    /// <inheritdoc/>
    public void Close()
    {
        if (_length > 0 && UnifiedLogHead.TryRead(_entry.AsSpan(0, _length), out MacEntry entry))
        {
            _length = 0;
            MacObservations.Read(entry, context);
        }

        _length = 0;
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, MaxEntry - _length)];
        if (_length + text.Length > _entry.Length)
        {
            Array.Resize(ref _entry, Math.Min(MaxEntry, Math.Max(_entry.Length * 2, _length + text.Length)));
        }

        text.CopyTo(_entry.AsSpan(_length));
        _length += text.Length;
    }
}
