using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Tests.Correlation;

namespace CipherWatch.Core.Tests.Detections.Evidence;

public class EvidenceListTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_earliest_time_is_that_of_any_evidence_in_any_order()
    {
        EvidenceList list = new(DetectionSettings.Default);
        Assert.Null(list.Earliest);
        list.Add(EvidenceKind.OddPort, "a");
        Assert.Null(list.Earliest);
        list.Add(EvidenceKind.OddPort, "b", Noon);
        Assert.Equal(Noon, list.Earliest);
        list.Add(EvidenceKind.OddPort, "c", Noon.AddHours(-1));
        list.Add(EvidenceKind.OddPort, "d", Noon.AddHours(1));
        list.Add(EvidenceKind.OddPort, "e");
        Assert.Equal(Noon.AddHours(-1), list.Earliest);
    }

    [Fact]
    public void Weights_sum_at_their_share_and_the_settings_come_first()
    {
        EvidenceList list = new(DetectionSettings.Default with { EvidenceWeights = DetectionSettings.Default.EvidenceWeights.SetItem(EvidenceKind.OddPort.Name, 50) });
        list.Add(EvidenceKind.OddPort, "a", percent: 40);
        list.Add(EvidenceKind.UnsignedImage, "b");
        list.Add(EvidenceKind.PayloadXor, "c", percent: 0);
        Assert.Equal(20 + EvidenceKind.UnsignedImage.Weight, list.Sum);
        Assert.Equal([true, true, false, false], [Has(EvidenceKind.OddPort), Has(EvidenceKind.UnsignedImage), Has(EvidenceKind.PayloadXor), Has(EvidenceKind.PayloadEcb)]);
        bool Has(EvidenceKind kind) => list.Has(kind);
    }

    [Fact]
    public void Evidence_is_heaviest_first_then_by_name_and_text_with_the_smallest_observations_once()
    {
        EvidenceList list = new(DetectionSettings.Default);
        list.Add(EvidenceKind.PayloadXor, "b", percent: 0);
        list.Add(EvidenceKind.PayloadEcb, "z", percent: 0);
        list.Add(EvidenceKind.PayloadXor, "a", percent: 0);
        ObservationId[] ids = [.. Enumerable.Range(1, 5).Select(Example.Id).Order()];
        list.Add(EvidenceKind.OddPort, "a", observations: ids.Reverse().Concat(ids));
        Assert.Equal(["oddPort a", "payloadEcb z", "payloadXor a", "payloadXor b"], list.Ordered().Select(piece => $"{piece.Kind} {piece.Detail}"));
        Assert.Equal(ids[..EvidenceList.MaxObservations], list.Ordered()[0].ObservationIds);
    }
}
