using CipherWatch.Core.Correlation.Attempts;
using CipherWatch.Core.Identity;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Correlation.Attempts;

public class AttemptFactsTests
{
    private const int Day = 20_000;
    private static readonly IpAddress Source = IpAddress.Parse("10.0.0.5");
    private static readonly IpAddress Called = IpAddress.Parse("203.0.113.9");

    [Fact]
    public void Hundreds_of_calls_to_one_port_stand_out_in_a_scan()
    {
        AttemptFacts facts = Fold([.. Enumerable.Range(0, 300).Select(call => One(call, Called, 4444)), .. Enumerable.Range(300, 2_700).Select(call => One(call, Scanned(call), 445))]);

        Assert.Equal(AttemptFacts.MaxAttempts, facts.Attempts.Length);
        Assert.InRange(facts.Count(Day), 2_200, 4_200);

        // A tenth of the attempts is a tenth of the sample, give or take.
        Assert.InRange(facts.Count(Day, new(Source, Called, 4444, 6)), 100, 700);
    }

    [Fact]
    public void Few_are_counted_exactly()
    {
        AttemptFacts facts = Fold([.. Enumerable.Range(0, 40).Select(call => One(call, Called, 4444)), One(1, Called, 4444)]);

        Assert.Equal((40, 40), (facts.Count(Day), facts.Count(Day, new(Source, Called, 4444, 6))));
    }

    [Property]
    public void Order_and_repetition_do_not_matter(int[] calls)
    {
        AttemptFacts[] all = [.. calls.Select(call => One(call, Scanned(call), (ushort)call))];
        if (all.Length > 0)
        {
            Assert.Equal(Fold(all).Attempts, Fold([.. all.Reverse(), .. all]).Attempts);
        }
    }

    [Fact]
    public void What_ranks_after_all_that_is_kept_folds_away_for_nothing()
    {
        AttemptFacts full = Fold([.. Enumerable.Range(0, 3_000).Select(call => One(call, Called, 4444))]);
        Attempt last = full.Attempts[^1];
        AttemptFacts late = new() { SourceIp = Source, Attempts = [last with { Hash = last.Hash + 1 }] };

        Assert.Same(full, full.Merge(late));
    }

    private static AttemptFacts Fold(IEnumerable<AttemptFacts> facts) => facts.Aggregate(static (left, right) => left.Merge(right));

    private static AttemptFacts One(int call, IpAddress destination, ushort port)
    {
        ContentHash hash = new(stackalloc byte[16]);
        hash.Add(call);
        return new() { SourceIp = Source, Attempts = [new(Day, (ulong)hash.Finish(), destination, port, 6, call)] };
    }

    private static IpAddress Scanned(int call) => IpAddress.FromBytes([10, (byte)(call >> 16), (byte)(call >> 8), (byte)call]);

    [Theory]
    [InlineData(AttemptFacts.MaxAttempts - 1, 0, null)]
    [InlineData(AttemptFacts.MaxAttempts, 0, Day)]
    [InlineData(AttemptFacts.MaxAttempts - 1, 1, Day)]
    [InlineData(1, AttemptFacts.MaxAttempts - 1, Day)]
    [InlineData(1, AttemptFacts.MaxAttempts - 2, null)]
    public void Days_are_whole_from_the_one_behind_the_earliest_once_all_room_is_taken(int today, int before, int? whole)
    {
        AttemptFacts facts = new()
        {
            SourceIp = Source,
            Attempts =
            [
                .. Enumerable.Range(1, today).Select(call => new Attempt(Day, (ulong)call, Called, 445, 6, call)),
                .. Enumerable.Range(1, before).Select(call => new Attempt(Day - 1, (ulong)call, Called, 445, 6, call)),
            ],
        };
        Assert.Equal(whole, facts.FirstWholeDay);
    }

    [Fact]
    public void The_last_that_is_kept_told_again_is_of_the_earlier_time()
    {
        AttemptFacts full = Fold([.. Enumerable.Range(100, 300).Select(call => One(call, Called, 4444))]);
        AttemptFacts again = new() { SourceIp = Source, Attempts = [full.Attempts[^1] with { Ms = 1 }] };
        Assert.Equal((1, 1), (full.Merge(again).Attempts[^1].Ms, again.Merge(full).Attempts[^1].Ms));
    }

    [Fact]
    public void A_day_without_attempts_between_is_whole_where_the_earliest_is_not() => Assert.Equal(
        Day - 2,
        new AttemptFacts
        {
            SourceIp = Source,
            Attempts = [new(Day, 1, Called, 445, 6, 1), .. Enumerable.Range(1, AttemptFacts.MaxAttempts - 1).Select(call => new Attempt(Day - 3, (ulong)call, Called, 445, 6, call))],
        }.FirstWholeDay);
}
