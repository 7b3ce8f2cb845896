using System.Text;
using CipherWatch.Core.Telemetry.Formats;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Ingestion;

/// <summary>Reads one stream through a buffer into the record reader, finding first how its bytes are encoded.</summary>
internal sealed class StreamDrain(
    RecordReader reader,
    DatagramDrain datagrams,
    EventLogDrain eventLogs,
    TableDrain tables,
    IngestionCounts counts,
    CancellationToken cancellationToken) : IDisposable
{
    private const int FirstBufferBytes = 256 << 10;

    /// <summary>Length of the parts in which content is kept that is no record, bytes.</summary>
    private const int MaxPartBytes = 1 << 20;

    private const string TooLong =
        "Record longer than 32 MiB: no telemetry record is. The input is probably not one record a line; it is kept in parts.";

    private const string Damaged =
        "gzip that is damaged or cut short: what came out of it before was read; its bytes are kept from shortly before the damage.";

    private const string DamagedBody = "The gzip body is damaged or cut short: what could be read of it has been read.";
    private const string Behind = "Bytes behind the end of the gzip data that are none.";

    private readonly RecordBuffer _buffer = new(FirstBufferBytes, RecordLimits.MaxRecordBytes);

    /// <summary>The whole body, where it is held. Compressed and damaged, it is kept as it came, because it may be mended.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Reads the stream to its end, or to where it fails; then what failed is thrown.</summary>
    public void Read(Stream stream)
    {
        EndingStream source = new(stream);
        Read(source, mayUnzip: true, mayTranscode: true);
        source.ThrowIfFailed();
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();

    private void Read(Stream stream, bool mayUnzip, bool mayTranscode)
    {
        bool more = _buffer.Fill(stream, ContentSniffer.MaxHeadBytes);
        if (mayUnzip && ContentSniffer.IsGzip(_buffer.Held))
        {
            Unzip(stream, mayTranscode);
            return;
        }

        if (datagrams.Reads(_buffer.Held))
        {
            counts.Bytes += _buffer.Held.Length;
            DrainDatagrams(stream, more);
            return;
        }

        if (eventLogs.Reads(_buffer.Held))
        {
            counts.Bytes += _buffer.Held.Length;
            DrainEventLog(stream, more);
            return;
        }

        if (mayTranscode && ContentSniffer.Utf16(_buffer.Held) is { } encoding)
        {
            bool bigEndian = encoding.Equals(Encoding.BigEndianUnicode);
            using Utf16Stream utf8 = new(Whole(stream), bigEndian);
            reader.Spread.AsTheyCame = raw => Utf16Text.Of(raw.Span, bigEndian);
            Read(utf8, mayUnzip: false, mayTranscode: false);
            return;
        }

        if (FormatTable.Captures.Opens(_buffer.Held))
        {
            using HeadStream capture = Whole(stream);
            reader.ReadCapture(capture, cancellationToken);
            return;
        }

        counts.Bytes += _buffer.Held.Length;
        if (ContentSniffer.Unreadable(_buffer.Held) is { } reason)
        {
            Reject(stream, reason, more);
            return;
        }

        if (TableDrain.Reads(_buffer.Held))
        {
            DrainTable(stream, more);
            return;
        }

        Drain(stream, more);
    }

    private void Unzip(Stream stream, bool mayTranscode)
    {
        using HeadStream packed = Whole(stream);
        using CompressedStream compressed = new(packed);
        using SalvagingStream gzip = new(compressed);
        using EndingStream plain = new(gzip);
        Read(plain, mayUnzip: false, mayTranscode);
        if (!plain.HasFailed)
        {
            // Tapes and disks pad with zeros; anything else may be data whose header is damaged.
            _buffer.Fill(packed, ContentSniffer.MaxHeadBytes);
            using HeadStream rest = Whole(packed);
            Keep(rest.IsPadding ? Stream.Null : rest, compressed.End, Behind);
        }
        else if (!Body.IsEmpty)
        {
            reader.Restart(0);
            reader.Reject(Body.Span, DamagedBody, 0);
        }
        else
        {
            using Stream rest = compressed.FromLast();
            Keep(rest, compressed.LastAt, Damaged);
        }
    }

    /// <summary>Keeps what is compressed and cannot be decompressed.</summary>
    private void Keep(Stream packed, long offset, string reason)
    {
        long plain = counts.Bytes;
        reader.Restart(offset);
        Reject(packed, reason, more: true);
        counts.Bytes = plain;
    }

    private void DrainTable(Stream stream, bool more)
    {
        while (true)
        {
            int used = tables.Drain(_buffer.Held, final: !more || _buffer.IsFull);
            _buffer.Used(used);
            if (!more)
            {
                return;
            }

            more = Refill(stream, used == 0 ? _buffer.Held.Length * 2 : 0);
        }
    }

    private void DrainDatagrams(Stream stream, bool more)
    {
        while (true)
        {
            _buffer.Used(datagrams.Drain(_buffer.Held, final: !more || _buffer.IsFull));
            if (!more)
            {
                return;
            }

            more = Refill(stream, _buffer.Held.Length * 2);
        }
    }

    private void DrainEventLog(Stream stream, bool more)
    {
        while (true)
        {
            _buffer.Used(eventLogs.Drain(_buffer.Held, final: !more));
            if (!more)
            {
                return;
            }

            more = Refill(stream, FirstBufferBytes);
        }
    }

    private void Drain(Stream stream, bool more)
    {
        while (true)
        {
            int used = reader.Drain(_buffer.Held, final: !more);
            _buffer.Used(used);
            if (used == 0 && _buffer.IsFull)
            {
                int piece = reader.DrainFull(_buffer.Held);
                _buffer.Used(piece);
                more = piece > 0 ? more : SkipLine(stream, more);
                continue;
            }

            if (!more)
            {
                return;
            }

            // Nothing was whole: look again only at twice as much, so that a long record is not read through at every kilobyte.
            more = Refill(stream, used == 0 ? _buffer.Held.Length * 2 : 0);
        }
    }

    /// <summary>Keeps a record that is too long, in parts, up to its line's end; returns whether the stream has more.</summary>
    private bool SkipLine(Stream stream, bool more)
    {
        int part = 0;
        reader.Reject(_buffer.Held, TooLong, part++);
        _buffer.Used(_buffer.Held.Length);
        while (true)
        {
            more = more && Refill(stream, MaxPartBytes);
            int length = Math.Min(_buffer.Held.Length, MaxPartBytes);
            int end = _buffer.Held[..length].IndexOf((byte)'\n');
            length = end < 0 ? length : end + 1;
            if (length > 0)
            {
                reader.Reject(_buffer.Held[..length], TooLong, part++);
                _buffer.Used(length);
            }

            if (end >= 0 || (!more && _buffer.Held.IsEmpty))
            {
                return more;
            }
        }
    }

    /// <summary>Keeps all of an input that cannot be read, in parts.</summary>
    private void Reject(Stream stream, string reason, bool more)
    {
        int part = 0;
        while (more || !_buffer.Held.IsEmpty)
        {
            more = more && (_buffer.Held.Length >= MaxPartBytes || Refill(stream, MaxPartBytes));
            int length = Math.Min(_buffer.Held.Length, MaxPartBytes);
            if (length > 0)
            {
                reader.Reject(_buffer.Held[..length], reason, part++);
                _buffer.Used(length);
            }
        }
    }

    private bool Refill(Stream stream, int wanted)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int held = _buffer.Held.Length;
        bool more = _buffer.Fill(stream, wanted);
        counts.Bytes += _buffer.Held.Length - held;
        return more;
    }

    /// <summary>The stream with the bytes that were looked at.</summary>
    private HeadStream Whole(Stream stream)
    {
        HeadStream whole = new(_buffer.Held.ToArray(), stream);
        _buffer.Used(_buffer.Held.Length);
        return whole;
    }
}
