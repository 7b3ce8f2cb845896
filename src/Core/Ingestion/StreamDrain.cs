using System.IO.Compression;
using System.Runtime.ExceptionServices;
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

    private readonly RecordBuffer _buffer = new(FirstBufferBytes, RecordLimits.MaxRecordBytes);
    private ExceptionDispatchInfo? _failure;

    /// <summary>Reads the stream to its end, or to where it fails; then what failed is thrown.</summary>
    public void Read(Stream stream)
    {
        Read(stream, mayUnzip: true, mayTranscode: true);
        _failure?.Throw();
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();

    private void Read(Stream stream, bool mayUnzip, bool mayTranscode)
    {
        bool more = Fill(stream, ContentSniffer.MaxHeadBytes);
        if (mayUnzip && ContentSniffer.IsGzip(_buffer.Held))
        {
            using GZipStream plain = new(Whole(stream), CompressionMode.Decompress);
            Read(plain, mayUnzip: false, mayTranscode);
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
        bool more = Fill(stream, wanted);
        counts.Bytes += _buffer.Held.Length - held;
        return more;
    }

    /// <summary>Reads on; a stream that fails ends there, so that its whole records are read and its last piece is not lost.</summary>
    private bool Fill(Stream stream, int wanted)
    {
        try
        {
            return _buffer.Fill(stream, wanted);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            _failure ??= ExceptionDispatchInfo.Capture(exception);
            return false;
        }
    }

    /// <summary>The stream with the bytes that were looked at; nothing behind them where it has failed.</summary>
    private HeadStream Whole(Stream stream)
    {
        HeadStream whole = new(_buffer.Held.ToArray(), _failure is null ? stream : Stream.Null);
        _buffer.Used(_buffer.Held.Length);
        return whole;
    }
}
