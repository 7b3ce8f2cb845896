using CipherWatch.Core.Telemetry.Formats;
using CipherWatch.Core.Telemetry.Network.Datagrams;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Ingestion;

/// <summary>The one way in: bytes of a file, an event or a request become observations, each record accounted for.</summary>
/// <remarks>Not safe for concurrent use; one instance serves any number of inputs, one after another.</remarks>
public sealed class Ingestor
{
    private readonly RecordReader _reader;
    private readonly DatagramDrain _datagrams;
    private readonly EventLogDrain _eventLogs;
    private readonly TableDrain _tables;
    private readonly RecordContext _context;

    /// <summary>Reads into a receiver, with dead letters to a sink.</summary>
    /// <param name="receiver">Takes observations.</param>
    /// <param name="deadLetters">Keeps what could not be used.</param>
    /// <param name="format">One of <see cref="FormatNames"/> to read every record as; null to find it from content.</param>
    /// <param name="templates">Templates that exporters of datagrams sent before; null for a run that begins with none.</param>
    /// <exception cref="ArgumentException">There is no such format.</exception>
    public Ingestor(
        IObservationReceiver receiver, IDeadLetterSink deadLetters, string? format = null, DatagramTemplates? templates = null)
        : this(receiver, deadLetters, format, templates, mayReplay: true)
    {
    }

    private Ingestor(
        IObservationReceiver receiver, IDeadLetterSink deadLetters, string? format, DatagramTemplates? templates, bool mayReplay)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        ArgumentNullException.ThrowIfNull(deadLetters);
        if (format is not null && !FormatNames.All.Contains(format, StringComparer.Ordinal))
        {
            throw new ArgumentException($"There is no format '{format}'.", nameof(format));
        }

        _context = new(receiver, Counts, FormatTable.Index, format)
        {
            Inner = WrappedRecord.Inside,
            Take = record => _reader!.Spread.Take(record),
            Pending = new(Counts, deadLetters),
        };
        templates ??= new() { MayCrossInputs = true };
        Replay replay = new(receiver, deadLetters, Counts);
        _reader = new(Counts, _context, deadLetters)
        {
            Replay = !mayReplay ? null : letter => replay.Read(letter, into
                => new(into, into, format, templates, mayReplay: false) { InputTime = InputTime }),
        };
        _eventLogs = new(Counts, _context, deadLetters);
        _tables = new(Counts, _context, _reader.Spread);
        _datagrams = new(Counts, _context, deadLetters, templates);
    }

    /// <summary>All that was read so far.</summary>
    public IngestionCounts Counts { get; } = new();

    /// <summary>
    /// When the next input was written (a file) or came in (an event): what dates records that have no time, or no year. Null where
    /// it is not known.
    /// </summary>
    public DateTimeOffset? InputTime
    {
        get => _context.InputTime;
        set => _context.InputTime = value;
    }

    /// <inheritdoc cref="RecordReader.Trace"/>
    internal RecordTrace? Trace
    {
        get => _reader.Trace;
        set => (_reader.Trace, _datagrams.Trace, _eventLogs.Trace, _tables.Trace) = (value, value, value, value);
    }

    /// <summary>Reads one body (an event, a request) whole; one compressed with gzip is read through.</summary>
    /// <param name="body">Its bytes.</param>
    /// <param name="input">What to call it in dead letters.</param>
    /// <param name="sender">Who sent it, where more is known than that name: templates of export datagrams are kept by it.</param>
    public void Read(ReadOnlySpan<byte> body, string input, string? sender = null)
    {
        if (_datagrams.Reads(body))
        {
            _datagrams.Begin(input, sender);
            Counts.Bytes += body.Length;
            _datagrams.Drain(body, final: true);
            return;
        }

        if (_eventLogs.Reads(body))
        {
            _eventLogs.Begin(input);
            Counts.Bytes += body.Length;
            _eventLogs.Drain(body, final: true);
            return;
        }

        if (ContentSniffer.IsGzip(body) || ContentSniffer.Utf16(body) is not null || body.Length > RecordLimits.MaxRecordBytes
            || FormatTable.Captures.Opens(body) || ContentSniffer.Unreadable(body) is not null)
        {
            ReadEncoded(body.ToArray(), input);
            return;
        }

        _reader.Begin(input);
        Counts.Bytes += body.Length;
        if (TableDrain.Reads(body))
        {
            _tables.Begin(input);
            _tables.Drain(body, final: true);
            return;
        }

        _reader.Drain(body, final: true);
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">Bytes: text in UTF-8 or UTF-16, a capture, a .evtx, or any of them in gzip.</param>
    /// <param name="input">What to call it in dead letters.</param>
    /// <param name="cancellationToken">Stops between reads; what was read so far stands.</param>
    /// <remarks>What is wrong with the bytes is a dead letter, damaged gzip too: only the stream itself can fail.</remarks>
    /// <exception cref="IOException">The stream failed; all that it gave up to there has been read or accounted for.</exception>
    /// <exception cref="InvalidDataException">It decompresses, and found damage; likewise.</exception>
    public void Read(Stream stream, string input, CancellationToken cancellationToken = default) =>
        Read(stream, input, default, cancellationToken);

    private void Read(Stream stream, string input, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _reader.Begin(input);
        _datagrams.Begin(input);
        _eventLogs.Begin(input);
        _tables.Begin(input);
        using StreamDrain drain = new(_reader, _datagrams, _eventLogs, _tables, Counts, cancellationToken) { Body = body };
        drain.Read(stream);
    }

    /// <summary>
    /// Ends the run: reads what waited for something that came later (data of a flow exporter for its template, records of an audit
    /// event for one another), or accounts for it. Counts are incomplete until this is called.
    /// </summary>
    public void Finish()
    {
        _datagrams.Finish();
        _context.Finish();
    }

    private void ReadEncoded(byte[] body, string input)
    {
        using MemoryStream stream = new(body, writable: false);
        Read(stream, input, body, CancellationToken.None);
    }
}
