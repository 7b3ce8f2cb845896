using System.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Linux.Syslog;

/// <summary>Makes observations of what a daemon's line says.</summary>
/// <remarks>
/// The entity is the daemon of its host, not the process: sshd forks for every connection, and many lines come without a number, or
/// once with and once without.
/// </remarks>
internal static class DaemonObservations
{
    /// <summary>Hands on a connection.</summary>
    public static bool Connection(in DaemonLine line, FlowFields flow, RecordContext context)
    {
        if (!IsSound(line, context))
        {
            return false;
        }

        context.Emit(Of(line, ObservationKind.Connection, context) with { Flow = flow });
        return true;
    }

    /// <summary>Hands on the use of a cipher of which no key exchange comes before.</summary>
    public static bool Cipher(in DaemonLine line, string routine, ReadOnlySpan<byte> algorithm, RecordContext context)
    {
        if (!IsSound(line, context))
        {
            return false;
        }

        ModuleFields module = new() { Path = routine, Algorithm = algorithm.IsEmpty ? null : Encoding.UTF8.GetString(algorithm) };
        context.Emit(Of(line, ObservationKind.CryptoUse, context) with { Module = module });
        return true;
    }

    /// <summary>A flow of which the peer is known, and perhaps the host's own end.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="own">The host's own end; of no port where it is not known.</param>
    /// <param name="direction">Who opened it; unknown where the line does not say, and then the peer is written second.</param>
    /// <param name="protocol">The transport; null where it is not said.</param>
    /// <param name="usual">The transport that is usual then.</param>
    public static FlowFields Flow(Peer peer, Peer own, FlowDirection direction, byte? protocol, byte usual = Protocols.Tcp)
    {
        bool inbound = direction == FlowDirection.Inbound;
        return new()
        {
            SrcIp = inbound ? peer.Ip : own.Ip,
            SrcPort = inbound ? peer.Port : own.Port,
            DstIp = inbound ? own.Ip : peer.Ip,
            DstPort = inbound ? own.Port : peer.Port,
            Protocol = protocol ?? usual,
            IsProtocolAssumed = protocol is null,
            IsPartial = own == default,
            InitiatorKnown = direction != FlowDirection.Unknown,
            Direction = direction,
        };
    }

    /// <summary>Whether all that was read of a line can be what it says.</summary>
    private static bool IsSound(in DaemonLine line, RecordContext context) => line.Pid == SyslogHeader.NoNumber
        ? context.Wrong("pid", "no whole number")
        : context.Fault is null;

    private static Observation Of(in DaemonLine line, ObservationKind kind, RecordContext context)
    {
        (string? host, string? fqdn) = context.Of(HostCache.State).Of(line.Host);
        string program = Encoding.UTF8.GetString(line.Program);
        return new()
        {
            Kind = kind,
            Source = SourceNames.Syslog,
            Platform = TelemetryPlatform.Linux,
            Time = line.Time,
            RecordTime = line.LocalTime,
            RecordTimeIsLocal = line.LocalTime is not null,
            Host = host,
            HostFqdn = fqdn,
            Discriminator = program,
            Process = new()
            {
                Key = ProcessKey.FromGuid(host ?? ProcessKey.UnnamedHost, program.ToLowerInvariant()),
                Pid = line.Pid >= 0 ? line.Pid : null,
                Image = line.Path.IsEmpty ? program : Encoding.UTF8.GetString(line.Path),
                BootId = line.Boot.IsEmpty ? null : Encoding.UTF8.GetString(line.Boot),
            },
        };
    }
}
