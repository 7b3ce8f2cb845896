using CipherWatch.Core.Telemetry.Formats;
using CipherWatch.Core.Telemetry.Network.Datagrams;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Ingestion;

/// <summary>Cuts inputs of export datagrams (NetFlow, IPFIX) into datagrams, and accounts for what becomes of them.</summary>
internal sealed class DatagramDrain
{
    private readonly IngestionCounts _counts;
    private readonly RecordContext _context;
    private readonly IDeadLetterSink _deadLetters;
    private readonly DatagramReader _reader;
    private string _input = string.Empty;
    private string _sender = string.Empty;
    private long _offset;

    /// <summary>A drain that has seen no input.</summary>
    public DatagramDrain(IngestionCounts counts, RecordContext context, IDeadLetterSink deadLetters, DatagramTemplates templates)
    {
        (_counts, _context, _deadLetters) = (counts, context, deadLetters);
        _reader = new(templates, context, Account);
    }

    /// <inheritdoc cref="RecordReader.Trace"/>
    public RecordTrace? Trace { get; set; }

    /// <summary>Whether an input is of datagrams: it opens with one, or datagrams were asked for.</summary>
    public bool Reads(ReadOnlySpan<byte> head) =>
        _context.Format == FormatTable.Datagrams.Name || (_context.Format is null && FormatTable.Datagrams.Opens(head));

    /// <summary>Starts a new input.</summary>
    /// <param name="input">What to call it in dead letters.</param>
    /// <param name="sender">Who sent it, where more is known than its name.</param>
    public void Begin(string input, string? sender = null) => (_input, _sender, _offset) = (input, sender ?? input, 0);

    /// <summary>
    /// Reads all whole datagrams of a buffer; returns the bytes used. What stands behind the last one and is none is a dead letter.
    /// </summary>
    /// <param name="buffer">The bytes that follow those used before.</param>
    /// <param name="final">No more bytes will come: all of it is used.</param>
    public int Drain(ReadOnlySpan<byte> buffer, bool final)
    {
        int used = 0;
        while (FlowDatagram.TryRead(buffer[used..], out FlowDatagram header))
        {
            ReadOnlySpan<byte> rest = buffer[used..];
            int length = header.Length(rest);
            bool mayGoOn = length == rest.Length && header.Version == FlowDatagram.V9 && !final;
            if (length > rest.Length || mayGoOn)
            {
                break;
            }

            Trace?.Invoke(RecordResult.Observed(SourceNames.Netflow), _offset + used, length);
            _reader.Read(rest[..length], header, _sender, new(_input, 0, _offset + used));
            used += length;
        }

        if (final && used < buffer.Length)
        {
            const string Reason = "An export datagram (NetFlow or IPFIX) that is cut short, or bytes behind the last one that are none.";
            RecordResult result = RecordResult.DeadLettered(SourceNames.Netflow, Reason);
            Trace?.Invoke(result, _offset + used, buffer.Length - used);
            Account(result, new(_input, 0, _offset + used), buffer[used..]);
            used = buffer.Length;
        }

        _offset += used;
        return used;
    }

    /// <summary>Reads what waited for its template, or accounts for it: the run has ended.</summary>
    public void Finish() => _reader.Finish();

    private void Account(in RecordResult result, in RecordOrigin place, ReadOnlySpan<byte> raw)
    {
        _counts.Add(result);
        if (result.Outcome == RecordOutcome.DeadLettered)
        {
            _deadLetters.Write(new(place, result.Source, result.Reason!, 0, raw.ToArray()));
        }

        _context.Receiver.RecordDone();
    }
}
