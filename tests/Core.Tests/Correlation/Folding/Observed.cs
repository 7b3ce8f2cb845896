using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Tests.Correlation.Folding;

/// <summary>Observations of one connection, by its host and by a sensor.</summary>
internal static class Observed
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly IpAddress Host = IpAddress.Parse("10.0.0.5");
    public static readonly IpAddress Server = IpAddress.Parse("203.0.113.9");

    public static Observation Sample(PayloadDirection direction) => Sensor() with
    {
        Kind = ObservationKind.Payload,
        Payload = new()
        {
            Length = 512,
            SampleId = 3,
            Direction = direction,
            Handshake = Handshake.None,
            Score = new() { Length = 512, Sampled = 512, Score = 7.9, Z = -0.3, Verdict = PayloadVerdict.Encrypted },
        },
    };

    public static Observation Of(ObservationKind kind) => new()
    {
        Kind = kind,
        Source = SourceNames.Sysmon,
        Platform = TelemetryPlatform.Windows,
        Time = Noon,
        Host = "ws1",
        Process = new() { Key = ProcessKey.FromGuid("ws1", "a"), Image = "/x" },
    };

    public static Observation Connection() => Of(ObservationKind.Connection) with
    {
        Flow = Fields() with { Direction = FlowDirection.Outbound, Handshake = Handshake.Hello, ServerName = "c2.example" },
    };

    public static Observation Sensor() => Of(ObservationKind.Flow) with
    {
        Platform = TelemetryPlatform.Network,
        Source = SourceNames.Zeek,
        Host = null,
        Process = null,
        Flow = Fields() with { Application = "tls" },
    };

    public static FlowFields Fields() => new()
    {
        SrcIp = Host,
        SrcPort = 50_100,
        DstIp = Server,
        DstPort = 443,
        Protocol = 6,
        BytesOut = 10,
        BytesIn = 20,
    };
}
