using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Tests.Correlation;

namespace CipherWatch.Core.Tests.Detections.Evidence;

public class PayloadEvidenceTests
{
    [Theory]
    [InlineData(Handshake.Resumed, Handshake.Established, "resumed")]
    [InlineData(Handshake.Established, Handshake.Resumed, "established")]
    [InlineData(Handshake.None, Handshake.Hello, "hello")]
    public void The_first_flow_on_which_keys_were_exchanged_is_named(Handshake first, Handshake second, string word)
    {
        FlowSummary Flow(ushort port, Handshake handshake) => new()
        {
            Key = FlowKey.Create(Example.ChannelKey.SourceIp, port, Example.ChannelKey.DestinationIp, 8444, 6),
            Day = Example.Day,
            Seen = Example.Seen(port),
            Handshake = handshake,
        };
        EvidenceList evidence = new(DetectionSettings.Default);
        PayloadEvidence payload = PayloadEvidence.Add(evidence, [Flow(1, first), Flow(2, second)], 7.2, _ => false);

        Assert.Equal((false, true, 0), (payload.IsEvidence, payload.HasKeyExchange, payload.RandomFlows));
        EvidencePiece piece = Assert.Single(evidence.Ordered());
        int named = first == Handshake.None ? 2 : 1;
        Assert.Equal(("tlsHandshake", $"Keys were exchanged on the channel ({word}): asymmetric cryptography, T1573.002"), (piece.Kind, piece.Detail));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(Example.Time(named).Ms), piece.Time);
        Assert.Equal([Example.Id(named)], piece.ObservationIds);
    }
}
