using CipherWatch.Core.Ingestion;

namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>Reads export datagrams: NetFlow v5 and v9, and IPFIX.</summary>
/// <remarks>
/// Every data record is a record of the input. A datagram with data whose template has not come yet waits for it to the end of
/// its input, and is then a dead letter as a whole, to be replayed behind its exporter's templates. One that holds templates
/// alone is a record that is skipped.
/// </remarks>
internal sealed class DatagramReader(IngestionCounts counts, RecordContext context, IDeadLetterSink deadLetters)
{
    private const string NoTemplate =
        "Export datagram with data whose template has not been seen: replay it behind its exporter's template datagrams.";

    private const string Broken = "Export datagram whose sets do not add up: it was cut short or damaged.";

    /// <summary>Bytes of datagrams that wait, at most; the oldest then wait no longer.</summary>
    private const int MostWaitingBytes = 4 << 20;

    private readonly TemplateStore _templates = new();
    private readonly LinkedList<(RecordOrigin Origin, byte[] Bytes)> _waiting = [];
    private int _waitingBytes;

    /// <summary>Reads one whole datagram.</summary>
    public void Read(ReadOnlySpan<byte> datagram, RecordOrigin origin)
    {
        DatagramHeader header = DatagramHeader.Of(datagram);
        if (header.Version == DatagramFrame.V5)
        {
            DatagramRecords.ReadV5(datagram, header, context, counts);
            return;
        }

        if (!TryTemplates(datagram, header, out bool learned, out bool hasData))
        {
            Reject(origin, datagram, Broken);
            return;
        }

        if (learned)
        {
            ReadWaiting();
        }

        if (!hasData)
        {
            counts.Add(RecordResult.Skipped(SourceNames.Netflow));
            context.Receiver.RecordDone();
        }
        else if (!TryData(datagram, header, origin))
        {
            Wait(origin, datagram);
        }
    }

    /// <summary>Ends an input: what still waits has waited in vain.</summary>
    public void Finish()
    {
        while (_waiting.First is { } first)
        {
            Reject(first.Value.Origin, first.Value.Bytes, NoTemplate);
            Drop(first);
        }
    }

    private bool TryTemplates(ReadOnlySpan<byte> datagram, in DatagramHeader header, out bool learned, out bool hasData)
    {
        learned = false;
        hasData = false;
        int templates = header.Version == DatagramFrame.V9 ? 0 : 2;
        DatagramSets sets = new(datagram, header);
        while (sets.Next())
        {
            if (sets.Id >= DatagramFrame.FirstDataSet)
            {
                hasData = true;
            }
            else if (sets.Id != templates && sets.Id != templates + 1)
            {
                return false;
            }
            else if (!Template.TryReadAll(sets.Content, sets.Id != templates, header, _templates))
            {
                return false;
            }
            else
            {
                learned = true;
            }
        }

        return !sets.IsBroken;
    }

    /// <summary>Reads the data of a datagram; false where a template is missing, and then none of it has been read.</summary>
    private bool TryData(ReadOnlySpan<byte> datagram, in DatagramHeader header, RecordOrigin origin)
    {
        DatagramSets sets = new(datagram, header);
        while (sets.Next())
        {
            if (sets.Id >= DatagramFrame.FirstDataSet && _templates.Find(header, sets.Id) is null)
            {
                return false;
            }
        }

        bool whole = true;
        sets = new(datagram, header);
        while (sets.Next())
        {
            whole &= sets.Id < DatagramFrame.FirstDataSet
                || DatagramRecords.TryRead(sets.Content, _templates.Find(header, sets.Id)!, header, context, counts);
        }

        if (!whole)
        {
            Reject(origin, datagram, Broken);
        }

        return true;
    }

    private void ReadWaiting()
    {
        for (LinkedListNode<(RecordOrigin Origin, byte[] Bytes)>? node = _waiting.First; node is not null;)
        {
            LinkedListNode<(RecordOrigin Origin, byte[] Bytes)>? next = node.Next;
            if (TryData(node.Value.Bytes, DatagramHeader.Of(node.Value.Bytes), node.Value.Origin))
            {
                Drop(node);
            }

            node = next;
        }
    }

    private void Wait(RecordOrigin origin, ReadOnlySpan<byte> datagram)
    {
        _waiting.AddLast((origin, datagram.ToArray()));
        _waitingBytes += datagram.Length;
        while (_waitingBytes > MostWaitingBytes && _waiting.First is { } oldest)
        {
            Reject(oldest.Value.Origin, oldest.Value.Bytes, NoTemplate);
            Drop(oldest);
        }
    }

    private void Drop(LinkedListNode<(RecordOrigin Origin, byte[] Bytes)> node)
    {
        _waitingBytes -= node.Value.Bytes.Length;
        _waiting.Remove(node);
    }

    private void Reject(RecordOrigin origin, ReadOnlySpan<byte> datagram, string reason)
    {
        counts.Add(RecordResult.DeadLettered(SourceNames.Netflow, reason));
        deadLetters.Write(new(origin, SourceNames.Netflow, reason, 0, datagram.ToArray()));
        context.Receiver.RecordDone();
    }
}
