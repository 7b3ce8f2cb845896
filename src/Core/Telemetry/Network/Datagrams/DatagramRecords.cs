using System.Buffers.Binary;
using CipherWatch.Core.Ingestion;

namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>Reads the records of data sets: each is a record of the input.</summary>
internal static class DatagramRecords
{
    private const byte LongLength = 255;

    /// <summary>Reads the records of a v5 datagram.</summary>
    public static void ReadV5(ReadOnlySpan<byte> datagram, in DatagramHeader header, RecordContext context, IngestionCounts counts)
    {
        for (int at = header.Length; at < datagram.Length; at += DatagramFrame.V5Record)
        {
            ReadOnlySpan<byte> record = datagram.Slice(at, DatagramFrame.V5Record);
            DatagramFlow flow = new(header);
            flow.Take(FlowElement.Source, record[..4]);
            flow.Take(FlowElement.Destination, record[4..8]);
            flow.Take(FlowElement.Packets, record[16..20]);
            flow.Take(FlowElement.Bytes, record[20..24]);
            flow.Take(FlowElement.StartUptime, record[24..28]);
            flow.Take(FlowElement.EndUptime, record[28..32]);
            flow.Take(FlowElement.SourcePort, record[32..34]);
            flow.Take(FlowElement.DestinationPort, record[34..36]);
            flow.Take(FlowElement.Protocol, record[38..39]);
            Done(flow.TryEmit(context), context, counts);
        }
    }

    /// <summary>Reads the records of one data set; false where its last one is cut.</summary>
    public static bool TryRead(ReadOnlySpan<byte> content, Template template, in DatagramHeader header, RecordContext context, IngestionCounts counts)
    {
        while (content.Length >= template.LeastBytes)
        {
            DatagramFlow flow = new(header);
            int used = 0;
            foreach (TemplateField field in template.Fields)
            {
                if (!TryLength(content, field, ref used, out int length))
                {
                    return false;
                }

                flow.Take(field.Element, content.Slice(used, length));
                used += length;
            }

            // What an exporter says of itself is of no flow.
            Done(!template.IsOptions && flow.TryEmit(context), context, counts);
            content = content[Math.Max(used, 1)..];
        }

        return true;
    }

    private static bool TryLength(ReadOnlySpan<byte> content, TemplateField field, ref int used, out int length)
    {
        length = field.Length;
        if (length == TemplateField.Variable)
        {
            if (used >= content.Length)
            {
                return false;
            }

            length = content[used++];
            if (length == LongLength)
            {
                if (content.Length - used < 2)
                {
                    return false;
                }

                length = BinaryPrimitives.ReadUInt16BigEndian(content[used..]);
                used += 2;
            }
        }

        return length <= content.Length - used;
    }

    private static void Done(bool emitted, RecordContext context, IngestionCounts counts)
    {
        counts.Add(emitted ? RecordResult.Observed(SourceNames.Netflow) : RecordResult.Skipped(SourceNames.Netflow));
        context.Receiver.RecordDone();
    }
}
