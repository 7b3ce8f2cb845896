using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry;

/// <summary>Adds the fields that one kind of observation is told apart by.</summary>
internal delegate void HashFields(ref ContentHash hash);

/// <summary>Hashes what an observation means: kind, host, the event's own time, process and kind fields; nothing of its envelope.</summary>
internal static class ObservationIds
{
    /// <summary>The id of an observation.</summary>
    public static ObservationId Create(ObservationKind kind, string? host, DateTimeOffset? time, ProcessFields? process, HashFields fields)
    {
        ContentHash hash = new(stackalloc byte[512]);
        hash.Add((int)kind);
        hash.Add(host);

        // Microseconds: what every source that is joined has in common.
        hash.Add(time is { } at ? at.Ticks / TimeSpan.TicksPerMicrosecond : -1);
        Add(ref hash, process);
        fields(ref hash);
        return new(hash.Finish());
    }

    /// <summary>Adds a process: its GUID where it has one, else what else names it.</summary>
    public static void Add(ref ContentHash hash, ProcessFields? process)
    {
        hash.Add(process?.Guid);
        hash.Add(process?.Pid ?? -1);
        hash.Add(process?.Image, ignoreCase: true);
    }

    /// <summary>Adds both ends of a flow and its protocol.</summary>
    public static void Add(ref ContentHash hash, FlowFields flow)
    {
        hash.Add(flow.SrcIp);
        hash.Add(flow.SrcPort);
        hash.Add(flow.DstIp);
        hash.Add(flow.DstPort);
        hash.Add(flow.Protocol);
    }
}
