using System.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>What every observation of one ESXi record has in common: host, time and program.</summary>
internal readonly record struct EsxiEvent
{
    /// <summary>The lower-case first label of the host's name.</summary>
    public required string Host { get; init; }

    /// <summary>Its full name, where it has more than one label.</summary>
    public string? Fqdn { get; init; }

    /// <summary>The host's own time; null where only the recorder's is known.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The time of the record around it: the row's, the collector's or the file's.</summary>
    public DateTimeOffset? RecordTime { get; init; }

    /// <summary>The record's time was written without a zone.</summary>
    public bool RecordTimeIsLocal { get; init; }

    /// <summary>The program whose line it is, by <see cref="EsxiPrograms.Name"/>.</summary>
    public required string Program { get; init; }

    /// <summary>One of <see cref="SourceNames"/>.</summary>
    public string Source { get; init; } = SourceNames.Esxi;

    /// <summary>An event of nothing yet.</summary>
    public EsxiEvent()
    {
    }

    /// <summary>
    /// The program as a process. Its facts merge by host and program: lines name a thread, a world is a thread too, and both change
    /// while the daemon stays.
    /// </summary>
    public ProcessFields? Process(ReadOnlySpan<byte> user = default, int? pid = null) =>
        Program is "" or "-" && user.IsEmpty && pid is null ? null : new()
        {
            Key = Program is "" or "-" ? null : ProcessKey.FromGuid(Host, Program),
            Pid = pid,
            Image = Program is "" or "-" ? null : Program,
            User = user.IsEmpty ? null : Encoding.UTF8.GetString(user),
        };

    /// <summary>An observation of this record.</summary>
    public Observation Build(ObservationKind kind, ProcessFields? process, FlowFields? flow = null, string? uid = null) => new()
    {
        Kind = kind,
        Source = Source,
        Platform = TelemetryPlatform.Esxi,
        Time = Time,
        RecordTime = RecordTime,
        RecordTimeIsLocal = RecordTimeIsLocal,
        Host = Host,
        HostFqdn = Fqdn,
        Process = process,
        Flow = flow,
        FlowUid = uid,
    };
}
