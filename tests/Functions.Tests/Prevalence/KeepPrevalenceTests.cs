using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Pipeline.Journal;
using CipherWatch.Core.Pipeline.State;
using CipherWatch.Functions.Activities;
using CipherWatch.Functions.Prevalence;
using CipherWatch.Functions.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace CipherWatch.Functions.Tests.Prevalence;

/// <summary>A process says the same with each batch: it is kept once, and again where keeping it failed or it would be forgotten.</summary>
public class KeepPrevalenceTests
{
    private readonly FakeTimeProvider _clock = new(new(2026, 3, 2, 12, 30, 0, TimeSpan.Zero));
    private readonly PrevalenceStore _store = new();

    [Fact]
    public async Task The_same_words_are_kept_once()
    {
        KeepPrevalence keep = new(_store, new(_clock));
        await keep.RunAsync(Words((1, 5, 10), (2, 5, 10)), CancellationToken.None);
        await keep.RunAsync(Words((2, 5, 10)), CancellationToken.None);
        Assert.Equal(1, _store.Kept);

        // Another host, another program, an earlier day.
        foreach ((ulong, ulong, int) word in ((ulong, ulong, int)[])[(1, 6, 10), (3, 5, 10), (1, 5, 9)])
        {
            int before = _store.Kept;
            await keep.RunAsync(Words((2, 5, 10), word), CancellationToken.None);
            await keep.RunAsync(Words(word), CancellationToken.None);
            Assert.Equal(before + 1, _store.Kept);
        }

        Assert.Equal(PackedPrevalence.Pack(Words((1, 5, 9), (2, 5, 10), (1, 6, 10), (3, 5, 10))), PackedPrevalence.Pack(_store.Facts));
    }

    [Fact]
    public async Task In_the_next_period_they_are_kept_again()
    {
        KeepPrevalence keep = new(_store, new(_clock));
        await keep.RunAsync(Words((1, 5, 10)), CancellationToken.None);
        _clock.Advance(TimeSpan.FromDays(PrevalenceRow.PeriodDays));
        await keep.RunAsync(Words((1, 5, 10)), CancellationToken.None);
        Assert.Equal(2, _store.Kept);
    }

    [Fact]
    public async Task What_could_not_be_kept_is_tried_again()
    {
        RecentWords recent = new(_clock);
        await Assert.ThrowsAsync<IOException>(() => new KeepPrevalence(new Broken(), recent).RunAsync(Words((1, 5, 10)), CancellationToken.None));
        await new KeepPrevalence(_store, recent).RunAsync(Words((1, 5, 10)), CancellationToken.None);
        Assert.Equal(1, _store.Kept);
    }

    private static PrevalenceFacts Words(params (ulong Key, ulong Host, int Day)[] words)
    {
        PrevalenceFacts facts = new();
        facts.Add(words.Select(static word => new PrevalenceWord(word.Key, word.Host, word.Day)));
        return facts;
    }

    private sealed class Broken : IPrevalenceStore
    {
        public Task KeepAsync(PrevalenceFacts words, CancellationToken cancellationToken) => throw new IOException("out");

        public Task FindAsync(JournalQuery query, CancellationToken cancellationToken) => throw new IOException("out");

        public Task<int> FoldAsync(CancellationToken cancellationToken) => throw new IOException("out");
    }
}
