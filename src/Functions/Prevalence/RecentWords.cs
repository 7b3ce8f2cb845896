using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Prevalence;

namespace CipherWatch.Functions.Prevalence;

/// <summary>
/// What this worker has kept already: a process says the same with each batch that tells of its calls, and a row of what is known costs a
/// request and says nothing.
/// </summary>
/// <remarks>This worker's memory alone: another one, or the same after a restart, keeps it once more, which changes nothing.</remarks>
public sealed class RecentWords(TimeProvider clock)
{
    /// <summary>Words that are remembered, some 25 MB: beyond, all are forgotten and kept once more.</summary>
    private const int MaxWords = 500_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(ulong Key, ulong Host), int> _kept = [];
    private string _period = string.Empty;

    /// <summary>What of some words was not kept in this period; null where all was.</summary>
    public PrevalenceFacts? New(PrevalenceFacts words)
    {
        ArgumentNullException.ThrowIfNull(words);
        PrevalenceFacts rest = new();
        lock (_lock)
        {
            Begin();
            foreach ((ulong key, PrevalenceEntry entry) in words.Entries)
            {
                ImmutableArray<SeenHost> hosts = entry.Hosts.RemoveAll(
                    host => _kept.TryGetValue((key, host.Hash), out int day) && day <= host.FirstDay);
                if (!hosts.IsEmpty)
                {
                    rest.Add(key, new(hosts));
                }
            }
        }

        if (rest.IsEmpty)
        {
            return null;
        }

        rest.AddHosts(words.Hosts);
        return rest;
    }

    /// <summary>Notes that words were kept.</summary>
    public void Add(PrevalenceFacts words)
    {
        ArgumentNullException.ThrowIfNull(words);
        lock (_lock)
        {
            Begin();
            foreach ((ulong key, PrevalenceEntry entry) in words.Entries)
            {
                foreach (SeenHost host in entry.Hosts)
                {
                    _kept[(key, host.Hash)] = Math.Min(host.FirstDay, _kept.GetValueOrDefault((key, host.Hash), int.MaxValue));
                }
            }
        }
    }

    /// <summary>What was kept in an earlier period is said again in this one, or it would be forgotten with the earlier.</summary>
    private void Begin()
    {
        string period = PrevalenceRow.Period(clock.GetUtcNow());
        if (period != _period || _kept.Count > MaxWords)
        {
            _kept.Clear();
            _period = period;
        }
    }
}
