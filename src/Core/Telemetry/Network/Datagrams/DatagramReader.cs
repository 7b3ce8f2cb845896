using System.Buffers.Binary;
using System.Globalization;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>Accounts for what became of a piece of a datagram.</summary>
/// <param name="result">What became of it.</param>
/// <param name="place">Where it stood.</param>
/// <param name="raw">Where it is a dead letter, a datagram of its own that holds it and can be sent again.</param>
internal delegate void DatagramAccount(in RecordResult result, in RecordOrigin place, ReadOnlySpan<byte> raw);

/// <summary>
/// Reads export datagrams: each flow of a data set is a record, and so is each template. Data is held until the end of the run, as far
/// as memory is set aside for it: its template may come after it, and so may options data with the exporter's start and sampling.
/// </summary>
internal sealed class DatagramReader(DatagramTemplates templates, RecordContext context, DatagramAccount account)
{
    private static readonly RecordResult Observed = RecordResult.Observed(SourceNames.Netflow);
    private static readonly RecordResult Skipped = RecordResult.Skipped(SourceNames.Netflow);
    private readonly Queue<HeldSet> _held = [];
    private int _heldBytes;

    /// <summary>Bytes of data that are held: a burst of minutes, and no more than a record may be long.</summary>
    public int MaxHeldBytes { get; init; } = RecordLimits.MaxRecordBytes;

    /// <summary>Reads one whole datagram.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="header">Its header.</param>
    /// <param name="exporter">Who sent it, as far as is known: its templates are of that one.</param>
    /// <param name="place">Where it stands.</param>
    public void Read(ReadOnlySpan<byte> bytes, FlowDatagram header, string exporter, in RecordOrigin place)
    {
        if (header.RecordBytes > 0)
        {
            ReadFixed(bytes, header, place);
            return;
        }

        int at = header.HeaderBytes;
        if (at == bytes.Length)
        {
            account(Skipped, place, default);
        }

        while (at < bytes.Length)
        {
            int length = bytes.Length - at < FlowDatagram.SetHeaderBytes ? 0 : U16(bytes[(at + 2)..]);
            if (length < FlowDatagram.SetHeaderBytes || at + length > bytes.Length)
            {
                Reject(
                    bytes,
                    header,
                    bytes[at..],
                    place,
                    "Export datagram with a set that is longer than what is left of it, or has no length: cut on its way.");
                return;
            }

            ReadSet(bytes, header, bytes.Slice(at, length), exporter, place);
            at += length;
        }
    }

    /// <summary>Reads what was held, by what is known by now, and accounts for the rest.</summary>
    public void Finish()
    {
        // Options data first: it tells of the flows beside it, wherever it stood.
        foreach (HeldSet held in _held.Where(held => TemplateOf(held) is { IsOptions: true }))
        {
            Release(held);
        }

        foreach (HeldSet held in _held.Where(held => TemplateOf(held) is not { IsOptions: true }))
        {
            Release(held);
        }

        _held.Clear();
        _heldBytes = 0;
    }

    private void ReadFixed(ReadOnlySpan<byte> bytes, FlowDatagram header, in RecordOrigin place)
    {
        const int IntervalBits = 0x3fff;
        int sampling = header.Version == FlowDatagram.V5 ? U16(bytes[22..]) & IntervalBits : 0;
        for (int at = header.HeaderBytes; at < bytes.Length; at += header.RecordBytes)
        {
            FlowValues.OfFixed(bytes.Slice(at, header.RecordBytes), header, sampling).Emit(header.Exported, context);
            account(Observed, place, default);
        }
    }

    private void ReadSet(ReadOnlySpan<byte> datagram, FlowDatagram header, ReadOnlySpan<byte> set, string exporter, in RecordOrigin place)
    {
        ushort id = U16(set);
        TemplateKey key = new(exporter, header.Version, header.Source, id);
        if (id < FlowDatagram.FirstData)
        {
            bool ipfix = header.Version == FlowDatagram.Ipfix;
            bool whole = id is 0 or 1 or 2 or 3 && DatagramTemplate.TryReadAll(
                set[FlowDatagram.SetHeaderBytes..],
                ipfix,
                id == (ipfix ? 3 : 1),
                template => templates.Learn(key with { Id = template.Id }, template));
            if (whole)
            {
                account(Skipped, place, default);
            }
            else
            {
                Reject(datagram, header, set, place, "Export datagram with a set of templates that is broken.");
            }
        }
        else if (templates.Of(key) is { IsOptions: true } template)
        {
            ReadData(datagram, header, set, template, key, place);
        }
        else
        {
            byte[] own = DatagramParts.Of(datagram, header, set);
            _held.Enqueue(new(own, header, key, templates.Of(key), place));
            _heldBytes += own.Length;
            while (_heldBytes > MaxHeldBytes)
            {
                HeldSet oldest = _held.Dequeue();
                _heldBytes -= oldest.Datagram.Length;
                Release(oldest);
            }
        }
    }

    private DatagramTemplate? TemplateOf(in HeldSet held) => held.Template ?? templates.Of(held.Key)
        ?? templates.OnlyOne(held.Key, held.Datagram.Length - held.Header.HeaderBytes - FlowDatagram.SetHeaderBytes);

    private void Release(in HeldSet held)
    {
        if (TemplateOf(held) is { } template)
        {
            ReadData(held.Datagram, held.Header, held.Datagram.AsSpan(held.Header.HeaderBytes), template, held.Key, held.Place);
            return;
        }

        string reason = string.Create(
            CultureInfo.InvariantCulture,
            $"Flow data whose template ({held.Key.Id} of source {held.Key.Source}) was not seen. Put the exporter's template datagram "
            + $"before it, or wait for the exporter to send it again and replay this one.");
        account(RecordResult.DeadLettered(SourceNames.Netflow, reason), held.Place, held.Datagram);
    }

    private void ReadData(
        ReadOnlySpan<byte> datagram, FlowDatagram header, ReadOnlySpan<byte> set, DatagramTemplate template, TemplateKey key,
        in RecordOrigin place)
    {
        ExporterOptions? options = template.IsOptions ? null : templates.OptionsOf(key);
        FlowDatagram known = header with { BootedMs = options?.BootedMs ?? 0 };
        ReadOnlySpan<byte> rest = set[FlowDatagram.SetHeaderBytes..];
        int records = 0;
        while (rest.Length >= template.MinBytes && !rest.IsEmpty)
        {
            if (!DatagramRecord.TryRead(ref rest, known, template, out FlowValues values))
            {
                const string TooLong = "Flow data that does not fit its exporter's template: a record is longer than its set.";
                Reject(datagram, header, set, place, TooLong);
                return;
            }

            bool isFlow = values is { IsFlow: true, IsDenied: false } && !template.IsOptions;
            if (template.IsOptions)
            {
                templates.LearnOptions(key, values);
            }
            else if (isFlow)
            {
                values.SamplingInterval = values.OneIn > 0 ? values.OneIn : options?.SamplingOf(values.SamplerId) ?? 0;
                values.Emit(header.Exported, context);
            }

            account(isFlow ? Observed : Skipped, place, default);
            records++;
        }

        if (records == 0)
        {
            Reject(datagram, header, set, place, "Flow data that does not fit its exporter's template: not one record is in its set.");
        }
    }

    private void Reject(ReadOnlySpan<byte> datagram, FlowDatagram header, ReadOnlySpan<byte> set, in RecordOrigin place, string reason) =>
        account(RecordResult.DeadLettered(SourceNames.Netflow, reason), place, DatagramParts.Of(datagram, header, set));

    private static ushort U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);

    /// <summary>A data set that waits, as a datagram of its own.</summary>
    private readonly record struct HeldSet(
        byte[] Datagram, FlowDatagram Header, TemplateKey Key, DatagramTemplate? Template, RecordOrigin Place);
}
