using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Proxies;

/// <summary>Emits what a proxy's own log says: who asked it for whom.</summary>
internal static class ProxiedFlows
{
    /// <summary>Emits one request. The proxy's own address is no part of most logs: that end stays unnamed.</summary>
    /// <param name="source">Name of the source.</param>
    /// <param name="client">Who asked.</param>
    /// <param name="clientPort">From which port; 0 where it is not logged.</param>
    /// <param name="target">For whom.</param>
    /// <param name="time">When the request began.</param>
    /// <param name="counters">Bytes and duration, as far as they are logged.</param>
    /// <param name="context">Where it goes.</param>
    public static RecordResult Emit(
        string source, IpAddress client, ushort clientPort, RequestTarget target, LoggedTime time, ProxyCounters counters,
        RecordContext context)
    {
        context.Emit(new()
        {
            Kind = ObservationKind.Flow,
            Source = source,
            Platform = TelemetryPlatform.Network,
            Time = time.HasZone ? time.Written : null,
            RecordTime = time.HasZone ? null : time.Written,
            RecordTimeIsLocal = !time.HasZone,
            Discriminator = "proxy",
            Flow = new()
            {
                SrcIp = client,
                SrcPort = clientPort,
                DstIp = default,
                DstPort = 0,
                Protocol = Protocols.Tcp,
                IsPartial = true,
                InitiatorKnown = true,
                IsProxied = true,
                ServerName = target.Host,
                ServerPort = target.Port,
                BytesOut = counters.Sent,
                BytesIn = counters.Received,
                DurationMs = counters.DurationMs,
            },
        });
        return RecordResult.Observed(source);
    }
}

/// <summary>A time as a proxy's log writes it.</summary>
/// <param name="Written">The time; taken as UTC where no zone is written.</param>
/// <param name="HasZone">Whether it says how far it is from UTC, or is an epoch.</param>
internal readonly record struct LoggedTime(DateTimeOffset Written, bool HasZone);

/// <summary>What a proxy counted of one request.</summary>
/// <param name="Sent">Bytes from the client.</param>
/// <param name="Received">Bytes to the client.</param>
/// <param name="DurationMs">How long it took.</param>
internal readonly record struct ProxyCounters(long? Sent, long? Received, long? DurationMs);
