using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Captures.Packets;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Telemetry.Network;
using static CipherWatch.Core.Tests.Telemetry.Captures.CaptureBuilder;

namespace CipherWatch.Core.Tests.Telemetry.Captures;

/// <summary>A capture among the inputs of the pipeline.</summary>
public class CaptureObservationsTests
{
    [Fact]
    public void A_capture_is_read_like_any_other_input()
    {
        NetworkReading reading = NetworkReading.Of(new CaptureBuilder().Open()
            .Tcp(true, 1001, TcpFlags.Acknowledge, RandomBytes(600)).Tcp(false, 5001, TcpFlags.Acknowledge, RandomBytes(700, 7))
            .Frame(Ethernet([0, 1, 8, 0, 6, 4, 0, 1], 0x0806)).Pcap());

        Assert.Equal((2, 1, 1), (reading.Counts.Records, reading.Counts.Observed, reading.Counts.Skipped));
        Assert.Equal([ObservationKind.Flow, ObservationKind.Payload, ObservationKind.Payload], reading.Observations.Select(seen => seen.Kind));
        Assert.All(reading.Observations, seen => Assert.Equal((SourceNames.Capture, Handshake.None), (seen.Source, seen.Flow!.Handshake)));
        Assert.Equal([PayloadDirection.Out, PayloadDirection.In], reading.Observations.Skip(1).Select(seen => seen.Payload!.Direction));
        Assert.All(reading.Observations.Skip(1), seen => Assert.Equal(PayloadVerdict.Encrypted, seen.Payload!.Score.Verdict));
    }

    [Fact]
    public void The_body_of_a_request_is_judged_apart_from_its_headers()
    {
        NetworkReading reading = NetworkReading.Of(new CaptureBuilder().Open()
            .Tcp(true, 1001, TcpFlags.Acknowledge, [.. "POST /a HTTP/1.1\r\nHost: www.example.org\r\nContent-Length: 900\r\n\r\n"u8, .. RandomBytes(900)]).Pcapng());

        Assert.Equal([PayloadVerdict.Protocol, PayloadVerdict.Encrypted], reading.Observations.Skip(1).Select(seen => seen.Payload!.Score.Verdict));
        Assert.Equal(900, reading.Observations[2].Payload!.Length);
    }

    [Fact]
    public void A_capture_that_is_cut_keeps_its_flows_and_leaves_a_dead_letter()
    {
        byte[] bytes = new CaptureBuilder().Open().Pcap();

        NetworkReading reading = NetworkReading.Of(bytes.AsSpan(0, bytes.Length - 5));

        Assert.Equal((1, 1), (reading.Counts.Observed, reading.Counts.DeadLettered));
        Assert.Contains("cut short", reading.Letters[0].Reason, StringComparison.Ordinal);
    }
}
