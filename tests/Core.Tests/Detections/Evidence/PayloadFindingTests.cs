using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Accumulation;
using CipherWatch.Core.Randomness.Flow;
using CipherWatch.Core.Tests.Correlation;

namespace CipherWatch.Core.Tests.Detections.Evidence;

public class PayloadFindingTests
{
    private const double Threshold = 7.2;

    [Theory]
    [InlineData(Handshake.Unknown, false)]
    [InlineData(Handshake.Unseen, false)]
    [InlineData(Handshake.None, false)]
    [InlineData(Handshake.Hello, true)]
    [InlineData(Handshake.Resumed, true)]
    [InlineData(Handshake.Established, true)]
    public void Random_payload_counts_unless_keys_were_exchanged(Handshake handshake, bool exchanged)
    {
        PayloadFinding finding = PayloadFinding.Of(Flow(Sample(1, FlowEnd.First)) with { Handshake = handshake }, Threshold);
        Assert.Equal((exchanged, !exchanged), (finding.HasKeyExchange, finding.IsRandom));
    }

    [Theory]
    [InlineData(FlowEnd.First, FlowEnd.Second, true)]
    [InlineData(FlowEnd.First, FlowEnd.First, false)]
    [InlineData(FlowEnd.Second, FlowEnd.Second, false)]
    [InlineData(FlowEnd.Initiator, FlowEnd.Responder, true)]
    [InlineData(FlowEnd.Initiator, FlowEnd.First, false)]
    [InlineData(FlowEnd.First, FlowEnd.Unknown, true)]
    public void Two_short_directions_confirm_each_other_and_one_does_not(FlowEnd first, FlowEnd second, bool confirmed)
    {
        // 64 bytes each: less than what one direction alone must have.
        PayloadFinding finding = PayloadFinding.Of(Flow(Sample(1, first, 64), Sample(2, second, 64)), Threshold);
        Assert.True(finding.IsRandom);
        Assert.Equal(confirmed, finding.Payload.IsConfirmed);
        Assert.Equal(2, finding.Payload.Random.Samples);
    }

    [Theory]
    [InlineData(FlowEvidence.AloneFrom - 1, false)]
    [InlineData(FlowEvidence.AloneFrom, true)]
    public void One_direction_is_enough_from_so_many_bytes(int bytes, bool confirmed) =>
        Assert.Equal(confirmed, PayloadFinding.Of(Flow(Sample(1, FlowEnd.First, bytes)), Threshold).Payload.IsConfirmed);

    [Theory]
    [InlineData(7.2, true)]
    [InlineData(7.3, false)]
    public void A_sample_passes_from_the_threshold_on(double threshold, bool random) =>
        Assert.Equal(random, PayloadFinding.Of(Flow(Sample(1, FlowEnd.First, score: 7.2)), threshold).IsRandom);

    [Fact]
    public void No_payload_is_nothing() => Assert.False(PayloadFinding.Of(Flow(), Threshold).IsRandom);

    [Fact]
    public void What_is_found_in_any_sample_is_found_of_the_flow()
    {
        PayloadFinding finding = PayloadFinding.Of(
            Flow(Sample(1, FlowEnd.First) with { EcbRepeats = 2 }, Sample(2, FlowEnd.Second) with { EcbRepeats = 3 }, Sample(3, FlowEnd.First) with { XorKeyLength = 4 }),
            Threshold);
        Assert.Equal((4, 5, false), (finding.Payload.XorKeyLength, finding.Payload.EcbRepeats, finding.IsRandom));
    }

    private static FlowSummary Flow(params PayloadFact[] payloads) => Example.Summary with
    {
        Handshake = Handshake.Unknown,
        SecondInitiates = false,
        Payloads = [.. payloads],
    };

    private static PayloadFact Sample(ulong id, FlowEnd speaker, int bytes = 512, double score = 7.9) => new()
    {
        SampleId = id,
        Speaker = speaker,
        Sampled = bytes,
        Verdict = PayloadVerdict.Encrypted,
        Score = (int)Math.Round(score * SampleFact.Units),
        Z = 0,
        Observation = Example.Id((int)id),
    };
}
