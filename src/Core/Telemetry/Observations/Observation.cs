using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry.Observations;

/// <summary>One thing that one record says happened, in the field's terms and free of its envelope.</summary>
/// <remarks>
/// Absent means unknown, never empty. Times are UTC. Both clocks are carried, because either may be wrong and which one is
/// is only learned later, from other records of the same host.
/// </remarks>
public sealed record Observation
{
    // Few observations have any of it, and there are millions of them: null where it has none.
    private readonly Rare? _rare;

    /// <summary>
    /// A hash of what the observation means: the same event in another rendering has the same id. It is worked out each time it
    /// is asked for, a tenth of a microsecond, so that reading costs nothing for observations that are never counted.
    /// </summary>
    public ObservationId Id => ObservationIds.Of(this);

    /// <summary>What happened.</summary>
    public required ObservationKind Kind { get; init; }

    /// <summary>Where the record came from: one of <see cref="SourceNames"/>.</summary>
    public required string Source { get; init; }

    /// <summary>The platform whose analytic this feeds.</summary>
    public required TelemetryPlatform Platform { get; init; }

    /// <summary>The event's own clock, as written.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The recorder's clock, as written; a zoneless one is taken as UTC and its offset learned.</summary>
    public DateTimeOffset? RecordTime { get; init; }

    /// <summary>
    /// Whether the connection was under way when its call returned, as those of most programs are. What logs only calls that succeed at
    /// once never shows one; no part of the observation's id.
    /// </summary>
    public bool IsUnderWay { get; init; }

    /// <summary>
    /// The address that the settings give the host, where the record of a connection names none of its own. It is knowledge beside the
    /// record: no part of what the observation means, nor of its id.
    /// </summary>
    public IpAddress HostAddress
    {
        get => _rare?.HostAddress ?? default;
        init => _rare = Rare.Of(value, Target);
    }

    /// <summary>Whether the recorder's clock was written without a zone, and so may be local time.</summary>
    public bool RecordTimeIsLocal { get; init; }

    /// <summary>The source's number for this kind of event (Sysmon's event id), 0 where it has none. Clocks err by it.</summary>
    public int EventCode { get; init; }

    /// <summary>The lower-case first label of the event's own computer name; never the collector's.</summary>
    public string? Host { get; init; }

    /// <summary>The lower-case full computer name, where it has more than one label.</summary>
    public string? HostFqdn { get; init; }

    /// <summary>The process it is about.</summary>
    public ProcessFields? Process { get; init; }

    /// <summary>The library that was mapped or the routine that was called.</summary>
    public ModuleFields? Module { get; init; }

    /// <summary>The flow it is about; src is the initiator.</summary>
    public FlowFields? Flow { get; init; }

    /// <summary>What is known of the flow's bytes.</summary>
    public PayloadFields? Payload { get; init; }

    /// <summary>The name that was resolved (<see cref="ObservationKind.Dns"/>).</summary>
    public string? QueryName { get; init; }

    /// <summary>The addresses outside that the name resolved to; empty where none are, or the record does not say.</summary>
    public IReadOnlyList<IpAddress> Answers { get; init; } = [];

    /// <summary>The process a thread was started in (<see cref="ObservationKind.Injection"/>).</summary>
    public ProcessFields? Target
    {
        get => _rare?.Target;
        init => _rare = Rare.Of(HostAddress, value);
    }

    /// <summary>
    /// What tells the observation from others that say the same of the same moment: the log or type of event it stood in. Null
    /// where nothing is needed.
    /// </summary>
    public string? Discriminator { get; init; }

    /// <summary>
    /// The serial of an audit event, which with host and time names it: restarts at boot. Null where the source has none.
    /// </summary>
    public long? EventSerial { get; init; }

    /// <summary>
    /// The record holds a part of its event, the rest of which is lost or came in another batch: joined to it by host, time and
    /// <see cref="EventSerial"/>.
    /// </summary>
    public bool IsPartial { get; init; }

    /// <summary>The sensor's own name of the flow (Zeek's uid), which joins its records; null where there is none.</summary>
    public string? FlowUid { get; init; }

    /// <summary>The source's address of a flow of the observation: the record's, else the one that the settings give the host.</summary>
    public IpAddress SourceOf(FlowFields flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return flow.SrcIp.IsUnspecified ? HostAddress : flow.SrcIp;
    }

    private sealed record Rare(IpAddress HostAddress, ProcessFields? Target)
    {
        public static Rare? Of(IpAddress hostAddress, ProcessFields? target) =>
            target is null && hostAddress == default ? null : new(hostAddress, target);
    }
}
