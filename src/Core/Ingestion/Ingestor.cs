using CipherWatch.Core.Telemetry;

namespace CipherWatch.Core.Ingestion;

/// <summary>The one way in: bytes of a file, an event or a request become observations, each record accounted for.</summary>
/// <remarks>Not safe for concurrent use; one instance serves any number of inputs, one after another.</remarks>
public sealed class Ingestor
{
    /// <summary>The longest record that is held at once, bytes. Longer ones are dead letters in parts.</summary>
    public const int MaxRecordBytes = 32 << 20;

    private const int FirstBufferBytes = 256 << 10;
    private const string TooLong =
        "Record longer than 32 MiB: no telemetry record is. The input is probably not one record a line; it is kept in parts.";

    private readonly RecordReader _reader;

    /// <summary>Reads into a receiver, with dead letters to a sink.</summary>
    public Ingestor(IObservationReceiver receiver, IDeadLetterSink deadLetters)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        ArgumentNullException.ThrowIfNull(deadLetters);
        _reader = new(Counts, new RecordContext(receiver, Counts), deadLetters);
    }

    /// <summary>All that was read so far.</summary>
    public IngestionCounts Counts { get; } = new();

    /// <summary>Reads one body (an event, a request) whole.</summary>
    /// <param name="body">Its bytes, not compressed.</param>
    /// <param name="input">What to call it in dead letters.</param>
    public void Read(ReadOnlySpan<byte> body, string input)
    {
        _reader.Begin(input);
        Counts.Bytes += body.Length;
        if (ContentSniffer.Unreadable(body) is { } reason)
        {
            _reader.Reject(body, reason, 0);
            return;
        }

        _reader.Drain(body, final: true);
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">Bytes, already decompressed. UTF-16 with a byte order mark is read as the text it is.</param>
    /// <param name="input">What to call it in dead letters.</param>
    /// <param name="cancellationToken">Stops between reads; what was read so far stands.</param>
    /// <exception cref="IOException">The stream failed; all whole records up to there have been read, and the rest accounted for.</exception>
    public void Read(Stream stream, string input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _reader.Begin(input);
        using RecordBuffer buffer = new(FirstBufferBytes, MaxRecordBytes);
        bool first = true;
        string? unreadable = null;
        int part = 0;
        bool more = true;
        while (more)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                more = buffer.Fill(stream, out int read);
                Counts.Bytes += read;
            }
            catch (Exception exception) when (exception is IOException or InvalidDataException)
            {
                // A file that is cut short still holds whole records, and its last piece is not to vanish.
                buffer.Used(_reader.Drain(buffer.Held, final: true));
                throw;
            }

            if (first)
            {
                unreadable = ContentSniffer.Unreadable(buffer.Held);
                if (ContentSniffer.Utf16(buffer.Held) is { } encoding)
                {
                    using Stream text = ContentSniffer.Transcode(buffer.Held.ToArray(), stream, encoding);
                    Read(text, input, cancellationToken);
                    return;
                }

                first = false;
            }

            if (unreadable is not null)
            {
                _reader.Reject(buffer.Held, unreadable, part++);
                buffer.Used(buffer.Held.Length);
                continue;
            }

            part = part > 0 ? EndOversize(buffer, part) : part;
            if (part == 0)
            {
                buffer.Used(_reader.Drain(buffer.Held, final: !more));
                if (buffer.IsFull)
                {
                    _reader.Reject(buffer.Held, TooLong, part++);
                    buffer.Used(buffer.Held.Length);
                }
            }
        }
    }

    /// <summary>Keeps a further part of a record that is too long, up to its line's end; 0 when the line has ended.</summary>
    private int EndOversize(RecordBuffer buffer, int part)
    {
        int end = buffer.Held.IndexOf((byte)'\n');
        int length = end < 0 ? buffer.Held.Length : end + 1;
        if (length > 0)
        {
            _reader.Reject(buffer.Held[..length], TooLong, part);
            buffer.Used(length);
        }

        return end < 0 ? part + 1 : 0;
    }
}
