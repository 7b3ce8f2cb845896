using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Attempts;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Tests.Correlation;

/// <summary>What is kept where there is more than there is room for, and what a value is exactly at its bound.</summary>
public class BoundsTests
{
    [Fact]
    public void A_channel_keeps_so_many_of_each_class_and_says_when_it_may_have_dropped_some()
    {
        ImmutableArray<FlowSummary> flows = [.. Enumerable.Range(0, 40).Select(Flow)];
        ChannelFacts full = Fold(flows.Select(flow => new ChannelFacts
        {
            Key = Example.ChannelKey,
            Random = [flow],
            Weak = [flow],
            Records = [flow],
            Claims = [new(flow.Day, flow.Key, Example.Owner.Key)],
            Exchanges = [new(Example.ChannelKey, flow, flow.Seen)],
            Marks = [new(Example.ChannelKey, DetectionId.Create("AN0404", $"{flow.Day}", null, new(2026, 1, 1)), Example.Detection("AN0400"), 1, Stands: true)],
        }));
        Assert.Equal(
            [14, 2, 4, 2, 10, 16],
            [full.Random.Length, full.Weak.Length, full.Records.Length, full.Exchanges.Length, full.Claims.Length, full.Marks.Length]);

        // The latest days.
        Assert.Equal(Enumerable.Range(0, 14).Select(day => Example.Day + 39 - day), full.Random.Select(flow => flow.Day));
        ChannelFacts few = new() { Key = Example.ChannelKey };
        Assert.Equal([false, true], [.. new[] { 13, 14 }.Select(count => (few with { Random = flows[..count] }).ForgetsDays)]);
        Assert.Equal([false, true], [.. new[] { 1, 2 }.Select(count => (few with { Weak = flows[..count] }).ForgetsDays)]);
        Assert.Equal([false, true], [.. new[] { 3, 4 }.Select(count => (few with { Records = flows[..count] }).ForgetsDays)]);
    }

    [Fact]
    public void A_process_keeps_so_much_of_everything_and_says_when_it_may_have_dropped_some()
    {
        ProcessFacts full = Fold(Enumerable.Range(0, 40).Select(number => new ProcessFacts
        {
            Key = Example.Process.Key,
            Modules = [new() { Name = $"{number:00}" }],
            Destinations = [new() { Key = new(Example.Day + number, Example.ChannelKey.DestinationIp, 1, 6), Connections = Example.Seen(number) }],
            Injections = [new() { Source = $"{number:00}" }],
            Flows = [Flow(number)],
            Transfers = [Example.Transfer with { Out = number }],
            Exchanges = [new(Example.ChannelKey, Flow(number), Example.Seen(number))],
            Sources = [IpAddress.Parse($"10.0.0.{40 - number}")],
        }));
        Assert.Equal(
            [16, 11, 2, 6, 3, 3, 2],
            [full.Modules.Length, full.Destinations.Length, full.Injections.Length, full.Flows.Length, full.Transfers.Length, full.Exchanges.Length, full.Sources.Length]);
        Assert.Equal(["10.0.0.1", "10.0.0.2"], full.Sources.Select(source => source.ToString()));
        Assert.Equal([39L, 38, 37], full.Transfers.Select(transfer => transfer.Out));
        Assert.Equal(Example.Day + 39, full.Destinations[0].Key.Day);
        Assert.True(full.ForgetsDays);
        Assert.False((full with { Destinations = full.Destinations[..10] }).ForgetsDays);
    }

    [Fact]
    public void What_the_journal_says_of_a_process_counts_with_what_it_was_told()
    {
        ProcessFacts facts = Example.Process with { Flows = [Flow(3), Flow(1)], Exchanges = [new(ChannelKey.Of(Flow(2)), Flow(2), Example.Seen(2)), new(ChannelKey.Of(Flow(1)), Flow(1) with { Handshake = Handshake.Established }, Example.Seen(1))] };
        Assert.Equal([3, 2, 1], facts.NetworkFlows.Select(flow => flow.Day - Example.Day));
        Assert.Equal(Handshake.Established, facts.NetworkFlows[2].Handshake);
        Assert.Equal(facts.Flows, (facts with { Exchanges = [] }).NetworkFlows);
    }

    [Fact]
    public void A_flow_by_its_name_keeps_four_days_and_four_owners()
    {
        FlowFacts full = Fold(Enumerable.Range(0, 9).Select(number => new FlowFacts
        {
            Id = Example.Named.Id,
            Days = [Flow(number)],
            Owners = [new(ProcessKey.FromGuid("ws1", $"{number}"), Example.Seen(number))],
        }));
        Assert.Equal((4, 4, Example.Day + 8), (full.Days.Length, full.Owners.Length, full.Days[0].Day));
    }

    [Fact]
    public void A_summary_keeps_three_names_six_samples_and_twelve_records()
    {
        FlowSummary full = Fold(Enumerable.Range(0, 40).Select(number => Flow(0) with
        {
            Applications = [$"{number:00}"],
            Payloads = [Example.Payload with { SampleId = (ulong)(100 - number), Observation = Example.Id(number) }],
            Deltas = [new((ulong)number, number, null)],
        }));
        Assert.Equal(["00", "01", "02"], full.Applications);
        Assert.Equal((6, 61UL), (full.Payloads.Length, full.Payloads[0].SampleId));
        Assert.Equal((12, 39L + 38 + 37 + 36 + 35 + 34 + 33 + 32 + 31 + 30 + 29 + 28), (full.Deltas.Length, full.Told(full.Key).FirstBytes));
        Assert.Null(full.Told(full.Key).SecondBytes);
        Assert.Empty(full.Told(full.Key).Deltas);
    }

    [Fact]
    public void A_summary_tells_something_by_payload_handshake_or_name()
    {
        FlowSummary bare = Flow(0);
        Assert.False(bare.IsTelling);
        Assert.All(
            [bare with { Payloads = [Example.Payload] }, bare with { Handshake = Handshake.Unseen }, bare with { Applications = ["tls"] }],
            flow => Assert.True(flow.IsTelling));
    }

    [Fact]
    public void The_end_with_the_higher_port_opened_it_until_a_record_says_otherwise()
    {
        // 10.0.0.5 orders first.
        FlowSummary high = Between(50_000, 443), low = Between(443, 50_000), same = Between(500, 500);
        Assert.Equal([true, false, true], [high.InitiatorIsFirst, low.InitiatorIsFirst, same.InitiatorIsFirst]);
        Assert.Equal([false, true], [(high with { SecondInitiates = true }).InitiatorIsFirst, (low with { FirstInitiates = true }).InitiatorIsFirst]);
        Assert.Equal([false, true, true], [high.IsTurned, (high with { SecondInitiates = true }).IsTurned, (low with { FirstInitiates = true }).IsTurned]);
        FlowSummary both = high with { FirstInitiates = true, SecondInitiates = true, FirstBytes = 1, SecondBytes = 2 };
        Assert.Equal((true, 1L, 2L, (ushort)443), (both.InitiatorIsFirst, both.BytesOut, both.BytesIn, both.DestinationPort));
        Assert.Equal((2L, 1L, (ushort)443), ((low with { FirstBytes = 1, SecondBytes = 2 }).BytesOut, (low with { FirstBytes = 1, SecondBytes = 2 }).BytesIn, low.DestinationPort));
        Assert.Equal([FlowEnd.First, FlowEnd.Second, FlowEnd.First, FlowEnd.Unknown], [high.EndOf(FlowEnd.Initiator), high.EndOf(FlowEnd.Responder), high.EndOf(FlowEnd.First), high.EndOf(FlowEnd.Unknown)]);
        Assert.Equal([FlowEnd.Second, FlowEnd.First], [low.EndOf(FlowEnd.Initiator), low.EndOf(FlowEnd.Responder)]);
        Assert.Equal(new(high.DestinationIp, high.SourceIp, 50_000, 6), ChannelKey.Reverse(high));
        Assert.Equal(new(low.DestinationIp, low.SourceIp, 50_000, 6), ChannelKey.Reverse(low));
    }

    [Fact]
    public void A_clock_near_a_zone_step_is_in_that_zone_and_the_rest_is_lag()
    {
        const long Hour = 3_600_000, Lag = 120_000;
        Assert.Equal([Hour, Hour, Hour + Lag + 1, 0, 0, -Hour], [Off(Hour + Lag), Off(Hour - Lag), Off(Hour + Lag + 1), Off(Lag), Off(0), Off(-Hour + 3000)]);
        Assert.Equal(Hour + Hour / 4, Off(Hour + (Hour / 4) + 5));

        // Of an even number of samples the lower of the two in the middle.
        Assert.Equal(Hour, Clock(Hour, Hour, 5 * Hour, 5 * Hour).OffsetMs(FactClock.Record));
        Assert.Equal(2 * Hour, Clock(5 * Hour, Hour, 2 * Hour).OffsetMs(FactClock.Record));
        Assert.Equal((0L, 0L), (Clock(Hour).OffsetMs(FactClock.Event), Clock(Hour).OffsetMs(FactClock.RecordLocal)));
        Assert.Equal(DateTimeOffset.UnixEpoch, Clock(Hour).Resolve(new(FactClock.Record, Hour)));

        static long Off(long delta) => Clock(delta).OffsetMs(FactClock.Record);
    }

    [Fact]
    public void Connections_have_a_clock_of_their_own_that_a_recorder_of_both_shows()
    {
        const long Hour = 3_600_000;
        HostClock clock = new() { Samples = [new(FactClock.Record, 1, Example.Id(1), 3 * Hour), new(FactClock.Record, 3, Example.Id(2), Hour)] };
        Assert.Equal((3 * Hour, 2 * Hour), (clock.OffsetMs(FactClock.Record), clock.OffsetMs(FactClock.ConnectionEvent)));
        HostClock local = new() { Samples = [.. clock.Samples.Select(sample => sample with { Clock = FactClock.RecordLocal })] };
        Assert.Equal((3 * Hour, 2 * Hour), (local.OffsetMs(FactClock.RecordLocal), local.OffsetMs(FactClock.ConnectionEvent)));
        HostClock connections = new() { Samples = [clock.Samples[1]] };
        Assert.Equal((Hour, 0L), (connections.OffsetMs(FactClock.Record), connections.OffsetMs(FactClock.ConnectionEvent)));
    }

    [Fact]
    public void A_clock_keeps_five_samples_of_a_kind_and_thirty_five_in_all()
    {
        HostClock one = Fold(Enumerable.Range(1, 9).Select(number => Sample(FactClock.Record, 1, number)));
        Assert.Equal(Enumerable.Range(1, 5).Select(Example.Id), one.Samples.Select(sample => sample.Id));
        HostClock all = Fold(Enumerable.Range(1, 90).Select(number => Sample(FactClock.Record, number % 9, number)));
        Assert.Equal(35, all.Samples.Length);
        HostClock two = Fold([.. Enumerable.Range(1, 9).Select(number => Sample(FactClock.Record, 1, number)), .. Enumerable.Range(1, 9).Select(number => Sample(FactClock.RecordLocal, 1, number))]);
        Assert.Equal(10, two.Samples.Length);
        Assert.False(one.Equals(two));
        Assert.False(one.Equals(null));
        Assert.True(one.Equals(new HostClock { Samples = [.. one.Samples] }));
    }

    [Fact]
    public void Attempts_are_counted_exactly_while_all_fit_and_estimated_beyond()
    {
        AttemptFacts few = Fold(Enumerable.Range(1, AttemptFacts.MaxAttempts - 1).Select(Attempt));
        Assert.Equal(AttemptFacts.MaxAttempts - 1, few.Count(Example.Day));
        AttemptFacts many = Fold(Enumerable.Range(1, 2000).Select(Attempt));
        Assert.Equal(AttemptFacts.MaxAttempts, many.Attempts.Length);
        Assert.InRange(many.Count(Example.Day), 1500, 2600);

        // A later day crowds an earlier one out of the sample; what is left of it is a lower bound.
        AttemptFacts later = many.Merge(new() { SourceIp = many.SourceIp, Attempts = [many.Attempts[0] with { Day = Example.Day + 1 }] });
        Assert.Equal((1L, AttemptFacts.MaxAttempts), (later.Count(Example.Day + 1), later.Attempts.Length));
        Assert.Equal(0, few.Count(Example.Day + 1));
        Assert.Equal(few.Count(Example.Day), few.Count(Example.Day, Example.ChannelKey) + few.Count(Example.Day, Example.ChannelKey with { DestinationPort = 1 }));
        Assert.Equal(0, few.Count(Example.Day + 1, Example.ChannelKey));
        Assert.Equal(0, few.Count(Example.Day, Example.ChannelKey with { Protocol = 17 }));
        Assert.Equal(0, few.Count(Example.Day, Example.ChannelKey with { DestinationIp = Example.ChannelKey.SourceIp }));
    }

    [Fact]
    public void A_full_sample_takes_what_ranks_before_its_last_and_nothing_after()
    {
        AttemptFacts full = Fold(Enumerable.Range(1, 500).Select(Attempt));
        Assert.Same(full, full.Merge(new() { SourceIp = full.SourceIp }));
        Assert.Same(full, full.Merge(new() { SourceIp = full.SourceIp, Attempts = [full.Attempts[^1] with { Hash = full.Attempts[^1].Hash + 1 }] }));
        AttemptFacts taken = full.Merge(new() { SourceIp = full.SourceIp, Attempts = [full.Attempts[^1] with { Hash = full.Attempts[^1].Hash - 1 }] });
        Assert.Equal((AttemptFacts.MaxAttempts, full.Attempts[^1].Hash - 1), (taken.Attempts.Length, taken.Attempts[^1].Hash));
        Assert.Equal(taken.Attempts, new AttemptFacts { SourceIp = full.SourceIp, Attempts = [taken.Attempts[^1]] }.Merge(full).Attempts);
    }

    [Fact]
    public void A_pair_of_addresses_is_the_same_from_either_end()
    {
        IpAddress one = IpAddress.Parse("10.0.0.1"), two = IpAddress.Parse("10.0.0.2"), three = IpAddress.Parse("10.0.0.3");
        AddressPair pair = AddressPair.Of(two, one);
        Assert.Equal((one, two, pair, pair), (pair.First, pair.Second, AddressPair.Of(one, two), AddressPair.Of(new ChannelKey(two, one, 1, 6))));
        Assert.Equal(AddressPair.Of(one, one), AddressPair.Of(FlowKey.Create(one, 1, one, 2, 6)));
        Assert.True(AddressPair.TryParse(pair.ToString(), out AddressPair read));
        Assert.Equal(pair, read);
        Assert.All([null, "", "10.0.0.1", "10.0.0.1|x", "x|10.0.0.1", "10.0.0.1|10.0.0.2|10.0.0.3"], text => Assert.False(AddressPair.TryParse(text, out _)));
        AssertOrdered(AddressPair.Of(one, two), AddressPair.Of(one, three), static (a, b) => [a < b, a > b, a <= b, a >= b]);
        AssertOrdered(AddressPair.Of(one, three), AddressPair.Of(two, three), static (a, b) => [a < b, a > b, a <= b, a >= b]);
        AssertOrdered(new ChannelKey(one, two, 1, 6), new(one, two, 2, 6), static (a, b) => [a < b, a > b, a <= b, a >= b]);
        AssertOrdered(new DestinationKey(2, one, 1, 6), new(1, one, 1, 6), static (a, b) => [a < b, a > b, a <= b, a >= b]);
    }

    [Theory]
    [InlineData(null, 2, 2)]
    [InlineData(2, null, 2)]
    [InlineData(2, 3, 2)]
    [InlineData(3, 2, 2)]
    public void Of_two_numbers_the_smaller_is_kept_and_of_two_counters_the_larger(int? left, int? right, int kept)
    {
        Assert.Equal(kept, Register.Merge(left, right));
        Assert.Equal(left is null || right is null ? kept : 3, Register.MergeCounter(left, right));
        Assert.Equal((TelemetryPlatform?)kept, Register.Merge((TelemetryPlatform?)left, (TelemetryPlatform?)right));
        Assert.Equal($"{kept}", Register.Merge(left?.ToString(System.Globalization.CultureInfo.InvariantCulture), right?.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_flow_named_by_its_id_tells_its_channel_by_what_its_samples_are()
    {
        FlowFacts named = Example.Named with { Owners = [Example.Owner], Days = [Example.Summary, Flow(-1) with { Handshake = Handshake.None }] };
        ChannelFacts[] told = [.. FlowHops.ToChannels(named)];
        Assert.Equal(4, told.Length);
        Assert.Equal(ChannelKey.Of(told[0].Random[0]), told[0].Key);
        Assert.Equal((1, 1), (told[0].Random.Length, told.Count(facts => facts.Records.Length == 1)));
        Assert.Equal([Example.Day, Example.Day - 1], told.SelectMany(facts => facts.Claims).Select(claim => claim.Day));
        Assert.All(told.SelectMany(facts => facts.Claims), claim => Assert.Equal(Example.Owner.Key, claim.Owner));
        Assert.Empty(FlowHops.ToChannels(named with { Key = null }));
    }

    [Fact]
    public void The_owner_of_a_flow_is_told_what_the_network_saw_of_it()
    {
        FlowClaim claim = new(Example.Day, Example.Summary.Key, Example.Owner.Key);
        ChannelFacts channel = new() { Key = Example.ChannelKey, Random = [Example.Summary], Claims = [claim] };
        ProcessFacts told = Assert.Single(FlowHops.ToProcesses(channel));
        Assert.Equal((Example.Owner.Key, null, 1), (told.Key, told.Platform, told.Flows.Length));
        Assert.Empty(told.Flows[0].Applications);
        Assert.Empty(FlowHops.ToProcesses(channel with { Claims = [claim with { Flow = Flow(5).Key }] }));
        Assert.Empty(FlowHops.ToProcesses(channel with { Claims = [] }));
        Assert.Empty(FlowHops.ToProcesses(channel with { Random = [], Records = [Flow(0) with { Key = Example.Summary.Key }] }));
    }

    private static void AssertOrdered<T>(T small, T large, Func<T, T, bool[]> operators)
    {
        Assert.Equal([true, false, true, false], operators(small, large));
        Assert.Equal([false, true, false, true], operators(large, small));
        Assert.Equal([false, false, true, true], operators(small, small));
    }

    private static T Fold<T>(IEnumerable<T> facts)
        where T : IMergeable<T> => facts.Aggregate(static (left, right) => left.Merge(right));

    private static FlowSummary Flow(int day) => Between((ushort)(50_000 + Math.Abs(day)), 8444) with { Day = Example.Day + day, Seen = Example.Seen(day) };

    private static FlowSummary Between(ushort first, ushort second) => new()
    {
        Key = FlowKey.Create(IpAddress.Parse("10.0.0.5"), first, IpAddress.Parse("203.0.113.9"), second, 6),
        Day = Example.Day,
    };

    private static HostClock Clock(params long[] deltas) =>
        Fold(deltas.Select((delta, number) => new HostClock { Samples = [new(FactClock.Record, 1, Example.Id(number), delta)] }));

    private static HostClock Sample(FactClock clock, int code, int number) => new() { Samples = [new(clock, code, Example.Id(number), 0)] };

    private static AttemptFacts Attempt(int number)
    {
        ContentHash hash = new(stackalloc byte[16]);
        hash.Add(number);
        return new()
        {
            SourceIp = Example.ChannelKey.SourceIp,
            Attempts = [new(Example.Day, (ulong)(hash.Finish() >> 64), Example.ChannelKey.DestinationIp, (ushort)(number % 3 == 0 ? 1 : 8444), 6, 0)],
        };
    }
}
