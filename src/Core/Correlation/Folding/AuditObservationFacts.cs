using CipherWatch.Core.Correlation.Audit;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Correlation.Folding;

/// <summary>Puts together what the parts of an audit event say, which came in several batches.</summary>
public static class AuditObservationFacts
{
    /// <summary>What a part says of its event; null where an observation is whole.</summary>
    public static AuditEventFacts? Of(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        if (observation is not { IsPartial: true, EventSerial: { } serial, Platform: TelemetryPlatform.Linux }
            || FactTime.Of(observation) is not { } time)
        {
            return null;
        }

        ProcessFields? process = observation.Process;
        FlowFields? flow = observation.Flow;
        bool isCall = process?.Key is not null;
        bool inbound = flow?.Direction == FlowDirection.Inbound;
        IpAddress? peer = flow is null ? null : inbound ? flow.SrcIp : flow.DstIp;
        bool hasPeer = peer is { IsUnspecified: false };
        string? path = observation.Module?.Path is { Length: > 0 } named && named != ModuleFields.KernelCrypto ? named : null;
        return new()
        {
            Key = new(observation.Host ?? ProcessKey.UnnamedHost, time.Ms, serial),
            Clock = time.Clock,
            Call = isCall ? (int)observation.Kind : null,
            Pid = process?.Pid,
            Image = BoundedText.Head(process?.Image, BoundedText.Path),
            User = BoundedText.Head(process?.User, BoundedText.Name),
            CommandLine = BoundedText.Head(process?.CommandLine, BoundedText.CommandLine),
            Ip = hasPeer ? peer : null,
            Port = hasPeer ? (inbound ? flow!.SrcPort : flow!.DstPort) : null,
            Protocol = isCall && flow is { IsProtocolAssumed: false } ? flow.Protocol : null,
            Direction = isCall && flow is not null ? (int)flow.Direction : null,
            Directory = path is [.., '/'] ? BoundedText.Head(path, BoundedText.Path) : null,
            Path = path is [.., not '/'] ? BoundedText.Head(path, BoundedText.Path) : null,
            Algorithm = BoundedText.Head(observation.Module?.Algorithm, BoundedText.Name),
        };
    }

    /// <summary>What the event adds to its process, once its parts say enough.</summary>
    public static IEnumerable<ProcessFacts> ToProcesses(AuditEventFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return Whole(facts) is { } whole && ObservationFacts.OfProcess(whole) is { } process ? [process] : [];
    }

    /// <summary>The observation that the whole event is, with the id that it has where its records came together.</summary>
    private static Observation? Whole(AuditEventFacts facts)
    {
        if (facts is not { Call: { } call, Pid: { } pid })
        {
            return null;
        }

        DateTimeOffset time = DateTimeOffset.FromUnixTimeMilliseconds(facts.Key.Ms);
        bool isLocal = facts.Clock == FactClock.RecordLocal;
        Observation whole = new()
        {
            Kind = (ObservationKind)call,
            Source = SourceNames.Auditd,
            Platform = TelemetryPlatform.Linux,
            Time = isLocal ? null : time,
            RecordTime = isLocal ? time : null,
            RecordTimeIsLocal = isLocal,
            EventSerial = facts.Key.Serial,

            // The name that stands for none is no part of what an observation means.
            Host = facts.Key.Host == ProcessKey.UnnamedHost ? null : facts.Key.Host,
            Process = new()
            {
                Key = ProcessKey.FromPid(facts.Key.Host, pid, startUnixMs: null),
                Pid = pid,
                Image = facts.Image,
                CommandLine = facts.CommandLine,
                User = facts.User,
            },
        };
        return whole.Kind switch
        {
            ObservationKind.ProcessStart when facts.CommandLine is not null =>
                whole with { Process = whole.Process with { StartTime = time, StartSerial = facts.Key.Serial } },
            ObservationKind.Connection when facts is { Ip: { } ip, Port: { } port } => whole with { Flow = Flow(facts, ip, (ushort)port) },
            ObservationKind.ModuleLoad when facts.Path is { } path => whole with
            {
                Module = new() { Path = path[0] == '/' || facts.Directory is null ? path : facts.Directory + path },
            },
            ObservationKind.CryptoUse when facts.Algorithm is { } algorithm =>
                whole with { Module = new() { Path = ModuleFields.KernelCrypto, Algorithm = algorithm } },
            _ => null,
        };
    }

    private static FlowFields Flow(AuditEventFacts facts, IpAddress ip, ushort port)
    {
        bool inbound = facts.Direction == (int)FlowDirection.Inbound;
        return new()
        {
            SrcIp = inbound ? ip : default,
            SrcPort = inbound ? port : (ushort)0,
            DstIp = inbound ? default : ip,
            DstPort = inbound ? (ushort)0 : port,
            Protocol = (byte)(facts.Protocol ?? Protocols.Tcp),
            IsProtocolAssumed = facts.Protocol is null,
            InitiatorKnown = true,
            IsPartial = true,
            Direction = (FlowDirection)(facts.Direction ?? (int)FlowDirection.Outbound),
        };
    }
}
