using System.Runtime.CompilerServices;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry.Observations;

/// <summary>Hashes what an observation means: kind, host, the event's own time, process and kind fields; nothing of its envelope.</summary>
internal static class ObservationIds
{
    private const int Absent = -1;

    /// <summary>Bytes that hold the fields of most observations.</summary>
    private const int Scratch = 512;

    /// <summary>The id of an observation.</summary>
    [SkipLocalsInit]
    public static ObservationId Of(Observation observation)
    {
        ObservationHash hash = new(stackalloc byte[Scratch]);
        hash.Add((int)observation.Kind);
        hash.Add(observation.Host);

        // Microseconds: what every source that is joined has in common. A connection that its host names by a uid is the same one
        // whenever it is told of, however much is known of it by then, and so is a port that is listened on.
        bool lasts = observation.Kind == ObservationKind.Listen
            || (observation is { FlowUid: not null, Platform: not TelemetryPlatform.Network }
                && observation.Kind is ObservationKind.Connection or ObservationKind.Flow);
        hash.Add(lasts ? Absent : (observation.Time ?? observation.RecordTime)?.Ticks / TimeSpan.TicksPerMicrosecond ?? Absent);

        // Of a daemon's log line the program is what is said for certain: number and path come with some renderings only.
        Add(ref hash, observation.Source == SourceNames.Syslog ? null : observation.Process, observation.Platform);
        hash.Add(observation.Discriminator);
        if (observation.EventSerial is { } serial)
        {
            hash.Add(serial);
        }

        switch (observation.Kind)
        {
            case ObservationKind.ModuleLoad or ObservationKind.CryptoUse:
                hash.Add(observation.Module?.Path, ignoreCase: true);
                break;
            case ObservationKind.Connection or ObservationKind.Flow when lasts:
                hash.Add(observation.FlowUid);
                break;
            case ObservationKind.Connection or ObservationKind.Listen:
                AddEnds(ref hash, observation.Flow);
                break;
            case ObservationKind.Flow:
                hash.Add(observation.FlowUid);
                AddEnds(ref hash, observation.Flow);
                AddContent(ref hash, observation.Flow);
                break;
            case ObservationKind.Payload:
                hash.Add(observation.FlowUid);
                AddEnds(ref hash, observation.Flow);
                Add(ref hash, observation.Payload);
                break;
            case ObservationKind.Dns:
                hash.Add(observation.QueryName, ignoreCase: true);
                if (observation.Flow is { } query)
                {
                    AddEnds(ref hash, query);
                }

                break;
            case ObservationKind.Injection:
                Add(ref hash, observation.Target, observation.Platform);
                break;
        }

        return hash.Finish();
    }

    /// <summary>Adds a process: its GUID where it has one, and what else names it.</summary>
    private static void Add(ref ObservationHash hash, ProcessFields? process, TelemetryPlatform platform)
    {
        if (process is null)
        {
            hash.Add(Absent);
            return;
        }

        hash.Add(process.Guid);
        hash.Add(process.Pid ?? Absent);

        // The unified log as text names a process where it gives its path as JSON.
        bool byName = platform == TelemetryPlatform.MacOs && process.Image is not null;
        hash.Add(byName ? process.Image![(process.Image!.LastIndexOf('/') + 1)..] : process.Image, ignoreCase: true);
    }

    private static void AddEnds(ref ObservationHash hash, FlowFields? flow)
    {
        if (flow is null)
        {
            hash.Add(Absent);
            return;
        }

        hash.Add(flow.SrcIp);
        hash.Add(flow.DstIp);

        // Where it is not part of the record, whether it is known depends on other records.
        byte protocol = flow.IsPartial ? (byte)0 : flow.Protocol;
        hash.Add(((long)protocol << 32) | ((long)flow.SrcPort << 16) | flow.DstPort);
    }

    /// <summary>Adds what a record says of a flow: two records that say different things are two observations.</summary>
    private static void AddContent(ref ObservationHash hash, FlowFields? flow)
    {
        if (flow is null)
        {
            return;
        }

        hash.Add(flow.BytesOut ?? Absent);
        hash.Add(flow.BytesIn ?? Absent);
        hash.Add(flow.PacketsOut ?? Absent);
        hash.Add(flow.PacketsIn ?? Absent);
        hash.Add(flow.DurationMs ?? Absent);
        hash.Add(flow.Application);
        hash.Add(flow.RuledOut);
        hash.Add((int)flow.Handshake);
        hash.Add(flow.ServerName);
        if (flow.IsProxied)
        {
            hash.Add(flow.ServerPort);
        }
    }

    private static void Add(ref ObservationHash hash, PayloadFields? payload)
    {
        if (payload is null)
        {
            hash.Add(Absent);
            return;
        }

        hash.Add((int)payload.Direction);
        hash.Add(payload.Offset ?? Absent);
        hash.Add(payload.Length);
        hash.Add((long)payload.SampleId);
    }
}
