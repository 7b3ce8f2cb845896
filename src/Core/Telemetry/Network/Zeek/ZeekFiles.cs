using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>
/// Entries of files.log, where Zeek's entropy analyser was told to look at files: an entropy with the length behind it, of the
/// body alone and not of the headers around it.
/// </summary>
internal static class ZeekFiles
{
    /// <summary>Reads one entry; one without an entropy says nothing here.</summary>
    public static RecordResult Normalize(in ZeekRecord record, DateTimeOffset time, RecordContext context)
    {
        if (record.Real(ZeekField.Entropy) is not { } entropy || record.Count(ZeekField.SeenBytes, int.MaxValue) is not { } seen
            || seen == 0)
        {
            return record.Values.Fault is { } fault ? ZeekRecord.Broken(fault) : RecordResult.Skipped(SourceNames.Zeek);
        }

        // Older versions name the connection only by its uid.
        string? uid = record.String(ZeekField.Uid) ?? FirstUid(record);
        ZeekEntry? entry = record.Entry(time);
        if (uid is null && entry is null)
        {
            return ZeekRecord.Broken("Zeek files entry without a connection: neither uid nor conn_uids.");
        }

        string? fuid = record.String(ZeekField.Fuid);
        PayloadDirection direction = !record[ZeekField.IsOrig].HasValue ? PayloadDirection.Unknown
            : record.IsTrue(ZeekField.IsOrig) ? PayloadDirection.Out : PayloadDirection.In;
        ContentHash content = new(stackalloc byte[128]);
        content.Add(uid);
        content.Add(fuid);
        content.Add(seen);
        return record.Emit(new()
        {
            Kind = ObservationKind.Payload,
            Source = SourceNames.Zeek,
            Platform = TelemetryPlatform.Network,
            Time = time,
            Flow = entry is { } known ? new(known.Ends(Protocols.Tcp)) { InitiatorKnown = true } : null,
            Payload = new()
            {
                Length = (int)seen,
                Direction = direction,
                Score = PayloadScorer.ScoreEntropy(entropy, (int)seen),
                SampleId = (ulong)content.Finish(),
            },
            FlowUid = uid,
        }, context);
    }

    /// <summary>The first of a set, as text: <c>["C1","C2"]</c> in JSON, <c>C1,C2</c> in the separated rendering.</summary>
    private static string? FirstUid(in ZeekRecord record)
    {
        ReadOnlySpan<byte> set = record[ZeekField.ConnUids].Of(record.Text).TrimStart("[\" "u8);
        int end = set.IndexOfAny("\",]"u8);
        ReadOnlySpan<byte> first = end < 0 ? set : set[..end];
        return first.IsEmpty ? null : System.Text.Encoding.UTF8.GetString(first);
    }
}
