using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Folding;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Correlation.Flow;

public class CounterDeltaTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Records_that_count_since_the_last_add_up_and_a_repeated_one_counts_once()
    {
        FlowSummary day = Fold([Record(1, 1000, 10), Record(2, 500, 20), Record(1, 1000, 10)]);

        Assert.Equal((1500, 30), (day.BytesOut, day.BytesIn));
    }

    [Fact]
    public void Records_that_count_from_the_start_do_not() =>
        Assert.Equal(1000, Fold([Record(1, 500, null, deltas: false), Record(2, 1000, null, deltas: false)]).BytesOut);

    [Fact]
    public void Halves_of_a_conversation_add_up_each_for_its_own_end()
    {
        FlowSummary day = Fold([Record(1, 1000, null), Record(2, 70, null, back: true), Record(3, 1000, null)]);

        Assert.Equal((2000, 70), (day.BytesOut, day.BytesIn));
    }

    [Fact]
    public void One_half_alone_says_nothing_of_the_other_end() => Assert.Null(Fold([Record(1, 1000, null)]).BytesIn);

    [Fact]
    public void The_payload_of_a_record_does_not_count_its_bytes_again()
    {
        Observation flow = Record(1, 1000, 10);
        Observation payload = flow with
        {
            Kind = ObservationKind.Payload,
            Payload = new() { Length = 100, SampleId = 1, Score = new() { Length = 100 } },
        };

        Assert.Equal(1000, Fold([flow, payload]).BytesOut);
    }

    [Fact]
    public void Beyond_what_is_kept_the_sum_is_that_of_the_largest_records()
    {
        FlowSummary day = Fold([.. Enumerable.Range(1, 100).Select(index => Record((ulong)index, index, null))]);

        Assert.Equal(Enumerable.Range(100 - CounterDelta.Capacity + 1, CounterDelta.Capacity).Sum(), day.BytesOut);
    }

    [Property]
    public void What_was_said_of_some_records_is_never_more_than_of_all(uint[] counts, int cut)
    {
        Observation[] records = [.. counts.Select((count, index) => Record((ulong)index, count, count / 2))];
        if (records.Length == 0)
        {
            return;
        }

        Observation[] some = [.. records.Take(1 + (int)((uint)cut % records.Length))];

        // A process that was told of some of them and then of all holds what it would hold had it been told of all at once.
        Assert.Equal(Fold(records).BytesOut, Fold(some).Merge(Fold(records)).BytesOut);
    }

    [Property]
    public void Order_grouping_and_repetition_do_not_matter(uint[] counts, int cut)
    {
        ImmutableArray<CounterDelta>[] records = [.. counts.Select((count, index) => ImmutableArray.Create(CounterDelta.Of((ulong)(index % 40), count % 7, 1)!.Value))];
        ImmutableArray<CounterDelta> forth = records.Aggregate(ImmutableArray<CounterDelta>.Empty, CounterDelta.Merge);
        ImmutableArray<CounterDelta> back = records.Concat(records).Reverse().Aggregate(ImmutableArray<CounterDelta>.Empty, CounterDelta.Merge);
        int at = records.Length == 0 ? 0 : (int)((uint)cut % records.Length);
        ImmutableArray<CounterDelta> halves = CounterDelta.Merge(
            records[at..].Aggregate(ImmutableArray<CounterDelta>.Empty, CounterDelta.Merge),
            records[..at].Aggregate(ImmutableArray<CounterDelta>.Empty, CounterDelta.Merge));

        Assert.Equal(forth.AsSpan(), back.AsSpan());
        Assert.Equal(forth.AsSpan(), halves.AsSpan());
    }

    private static FlowSummary Fold(IEnumerable<Observation> records)
    {
        FlowSummary flow = Assert.Single(records.Select(record => FlowObservationFacts.OfChannel(record, FlowRoute.Record)!)
            .Aggregate(static (left, right) => left.Merge(right)).Flows);
        return flow.Told(flow.Key);
    }

    private static Observation Record(ulong id, long? bytesOut, long? bytesIn, bool deltas = true, bool back = false)
    {
        IpAddress inside = IpAddress.Parse("10.1.0.5");
        IpAddress outside = IpAddress.Parse("203.0.113.9");
        return new()
        {
            Discriminator = $"{id}",
            Kind = ObservationKind.Flow,
            Source = SourceNames.Netflow,
            Platform = TelemetryPlatform.Network,
            Time = Noon,
            Flow = new()
            {
                SrcIp = back ? outside : inside,
                SrcPort = back ? (ushort)443 : (ushort)50_000,
                DstIp = back ? inside : outside,
                DstPort = back ? (ushort)50_000 : (ushort)443,
                Protocol = Protocols.Tcp,
                BytesOut = bytesOut,
                BytesIn = bytesIn,
                CountersAreDeltas = deltas,
                Handshake = Handshake.None,
            },
        };
    }

    [Fact]
    public void A_record_without_counters_is_none_and_with_one_it_is() => Assert.Equal(
        [null, new CounterDelta(1, 5, null), new CounterDelta(1, null, 0)],
        [CounterDelta.Of(1, null, null), CounterDelta.Of(1, 5, null), CounterDelta.Of(1, null, -3)]);

    [Fact]
    public void No_record_is_believed_to_count_more_than_64_pebibytes() =>
        Assert.Equal(new CounterDelta(1, 1L << 56, 1L << 56), CounterDelta.Of(1, long.MaxValue, 1L << 56));
}
