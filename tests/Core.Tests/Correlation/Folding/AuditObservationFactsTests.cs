using CipherWatch.Core.Correlation.Audit;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Folding;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Tests.Correlation.Folding;

/// <summary>What one part of an audit event says of it, and what the parts say together.</summary>
public class AuditObservationFactsTests
{
    private static readonly Observation Part = new()
    {
        Kind = ObservationKind.Connection,
        Source = SourceNames.Auditd,
        Platform = TelemetryPlatform.Linux,
        Time = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero),
        Host = "ws1",
        EventSerial = 5,
        IsPartial = true,
        Process = new() { Key = ProcessKey.FromPid("ws1", 7, startUnixMs: null), Pid = 7, Image = "/tmp/x" },
        Flow = new() { SrcIp = default, SrcPort = 0, DstIp = IpAddress.Parse("203.0.113.9"), DstPort = 8444, Protocol = 17, Direction = FlowDirection.Outbound },
    };

    [Fact]
    public void A_call_tells_its_transport_unless_that_was_assumed_and_another_part_tells_none()
    {
        Assert.Equal(17, Of(Part).Protocol);
        Assert.Null(Of(Part with { Flow = Part.Flow! with { IsProtocolAssumed = true } }).Protocol);
        Assert.Null(Of(Part with { Process = null }).Protocol);
    }

    [Theory]
    [InlineData("/usr/lib/", "/usr/lib/", null)]
    [InlineData("/usr/lib/x", null, "/usr/lib/x")]
    [InlineData("libcrypto.so.3", null, "libcrypto.so.3")]
    public void A_path_is_a_folder_or_a_file_by_how_it_ends(string path, string? directory, string? file)
    {
        AuditEventFacts facts = Of(Part with { Kind = ObservationKind.ModuleLoad, Flow = null, Module = new() { Path = path } });
        Assert.Equal((directory, file), (facts.Directory, facts.Path));
    }

    [Theory]
    [InlineData(false, 17)]
    [InlineData(true, 6)]
    public void A_connection_whose_transport_no_part_tells_is_taken_for_tcp(bool assumed, byte protocol)
    {
        ProcessFacts process = Assert.Single(AuditObservationFacts.ToProcesses(Of(Part with { Flow = Part.Flow! with { IsProtocolAssumed = assumed } })));
        Assert.Equal(new(20_514, IpAddress.Parse("203.0.113.9"), 8444, protocol), Assert.Single(process.Destinations).Key);
    }

    [Fact]
    public void Of_two_addresses_the_smaller_is_kept()
    {
        AuditEventFacts one = Of(Part), other = Of(Part with { Flow = Part.Flow! with { DstIp = IpAddress.Parse("203.0.113.8") } });
        Assert.Equal((IpAddress.Parse("203.0.113.8"), IpAddress.Parse("203.0.113.8")), (one.Merge(other).Ip, other.Merge(one).Ip));
    }

    private static AuditEventFacts Of(Observation part) => AuditObservationFacts.Of(part)!;

    [Fact]
    public void A_call_from_outside_has_its_peer_at_the_other_end_and_opens_no_connection()
    {
        AuditEventFacts inbound = Of(Part with
        {
            Flow = Part.Flow! with { SrcIp = Part.Flow.DstIp, SrcPort = 40_000, DstIp = default, DstPort = 22, Direction = FlowDirection.Inbound },
        });
        Assert.Equal((IpAddress.Parse("203.0.113.9"), 40_000), (inbound.Ip!.Value, inbound.Port!.Value));
        Assert.Empty(AuditObservationFacts.ToProcesses(inbound));
    }

    [Fact]
    public void A_time_of_the_recorders_local_clock_stays_one()
    {
        ProcessFacts process = Assert.Single(AuditObservationFacts.ToProcesses(Of(Part with { Time = null, RecordTime = Part.Time, RecordTimeIsLocal = true })));
        Assert.Equal(new(FactClock.RecordLocal, Part.Time!.Value.ToUnixTimeMilliseconds()), Assert.Single(process.Destinations).Connections.First!.Value.Time);
    }
}
