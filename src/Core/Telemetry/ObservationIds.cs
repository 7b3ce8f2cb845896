using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry;

/// <summary>Hashes what an observation means: kind, host, the event's own time, process and kind fields; nothing of its envelope.</summary>
internal static class ObservationIds
{
    /// <summary>Scratch space that holds the fields of most observations, bytes.</summary>
    public const int Scratch = 512;

    /// <summary>Begins the id of an observation; the fields that its kind is told apart by are for the caller to add.</summary>
    /// <param name="scratch">The caller's scratch space, <see cref="Scratch"/> bytes.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="host">The event's own host.</param>
    /// <param name="time">The event's own clock.</param>
    /// <param name="process">The process it is about.</param>
    public static ObservationHash Begin(
        Span<byte> scratch, ObservationKind kind, string? host, DateTimeOffset? time, ProcessFields? process = null)
    {
        ObservationHash hash = new(scratch);
        hash.Add((int)kind);
        hash.Add(host);

        // Microseconds: what every source that is joined has in common.
        hash.Add(time is { } at ? at.Ticks / TimeSpan.TicksPerMicrosecond : -1);
        Add(ref hash, process);
        return hash;
    }

    /// <summary>The id of what a source says of a flow, by all it says.</summary>
    public static ObservationId OfFlow(FlowFields flow, string? host, DateTimeOffset? time, ProcessFields? process = null)
    {
        ObservationHash hash = Begin(stackalloc byte[Scratch], ObservationKind.Flow, host, time, process);
        Network.FlowContent.Add(ref hash, flow);
        return hash.Finish();
    }

    /// <summary>The id of a payload sample of a flow.</summary>
    public static ObservationId OfPayload(FlowFields flow, DateTimeOffset? time, PayloadFields payload)
    {
        ObservationHash hash = Begin(stackalloc byte[Scratch], ObservationKind.Payload, host: null, time);
        Add(ref hash, flow);
        hash.Add((long)payload.SampleId);
        return hash.Finish();
    }

    /// <summary>Adds a process: its GUID where it has one, else what else names it.</summary>
    public static void Add(ref ObservationHash hash, ProcessFields? process)
    {
        hash.Add(process?.Guid);
        hash.Add(process?.Pid ?? -1);
        hash.Add(process?.Image, ignoreCase: true);
    }

    /// <summary>Adds both ends of a flow and its protocol.</summary>
    public static void Add(ref ObservationHash hash, FlowFields flow)
    {
        hash.Add(flow.SrcIp);
        hash.Add(flow.SrcPort);
        hash.Add(flow.DstIp);
        hash.Add(flow.DstPort);
        hash.Add(flow.Protocol);
    }
}
