using System.Runtime.InteropServices;

namespace CipherWatch.Core.Correlation.Prevalence;

/// <summary>
/// On how many hosts programs were seen, by whom they call: a set of <see cref="PrevalenceWord"/>, bounded. The same word twice says the
/// same, and order means nothing.
/// </summary>
/// <remarks>
/// Bounded by rank of the keys alone. Of keys from <see cref="Limit"/> on nothing is known, which is not that they are rare; of those
/// before it all is known that was said.
/// </remarks>
/// <param name="maxEntries">Keys kept: the smallest.</param>
public sealed class PrevalenceFacts(int maxEntries = PrevalenceFacts.MaxEntries)
{
    /// <summary>Keys that a run keeps: some 40 MB.</summary>
    public const int MaxEntries = 1 << 18;

    private readonly Dictionary<ulong, PrevalenceEntry> _entries = [];
    private ulong _limit = ulong.MaxValue;

    /// <summary>Hosts in sight: those of which anything was said.</summary>
    public HostsInSight Hosts { get; private set; } = HostsInSight.None;

    /// <summary>Keys from here on gave way to others; the largest number where none did.</summary>
    public ulong Limit
    {
        get
        {
            Trim(maxEntries);
            return _limit;
        }
    }

    /// <summary>Whether it holds nothing.</summary>
    public bool IsEmpty => Hosts.IsEmpty && _entries.Count == 0 && _limit == ulong.MaxValue;

    /// <summary>The entries, by key.</summary>
    public IReadOnlyList<KeyValuePair<ulong, PrevalenceEntry>> Entries
    {
        get
        {
            Trim(maxEntries);
            return [.. _entries.OrderBy(static entry => entry.Key)];
        }
    }

    /// <summary>Adds what was said of one program and destination.</summary>
    public void Add(PrevalenceWord word)
    {
        Hosts = Hosts.Add(word);
        Add(word.Key, PrevalenceEntry.Of(word.Host, word.Day));
    }

    /// <summary>Adds words.</summary>
    public void Add(IEnumerable<PrevalenceWord> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        foreach (PrevalenceWord word in words)
        {
            Add(word);
        }
    }

    /// <summary>Adds all that another set holds.</summary>
    public void Add(PrevalenceFacts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        AddHosts(other.Hosts);
        Restrict(other.Limit);
        foreach ((ulong key, PrevalenceEntry entry) in other._entries)
        {
            Add(key, entry);
        }
    }

    /// <summary>Adds hosts in sight.</summary>
    public void AddHosts(HostsInSight hosts) => Hosts = Hosts.Merge(hosts);

    /// <summary>Adds one entry.</summary>
    public void Add(ulong key, PrevalenceEntry entry)
    {
        if (key >= _limit)
        {
            return;
        }

        ref PrevalenceEntry known = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, key, out bool isKnown);
        known = isKnown ? known.Merge(entry) : entry;

        // Seldom: each time half of them go.
        Trim(2 * maxEntries);
    }

    /// <summary>Forgets keys from a limit on: another set that is merged into this one lost them.</summary>
    public void Restrict(ulong limit)
    {
        if (limit < _limit)
        {
            _limit = limit;
            foreach (ulong key in _entries.Keys.Where(key => key >= limit).ToArray())
            {
                _entries.Remove(key);
            }
        }
    }

    /// <summary>
    /// What is known of a word's key, its own host among the hosts; null where nothing is, because keys like it gave way to others.
    /// </summary>
    public PrevalenceFact? Find(AskedWord asked)
    {
        PrevalenceWord word = asked.Word;
        if (word.Key >= Limit)
        {
            return null;
        }

        PrevalenceEntry own = PrevalenceEntry.Of(word.Host, word.Day);
        PrevalenceEntry all = _entries.TryGetValue(word.Key, out PrevalenceEntry known) ? known.Merge(own) : own;

        // Both may be estimates: a program is on no more hosts than there are.
        long inSight = Hosts.Add(word).Count(word.Key);
        return new(word.Key, asked.Latest, Math.Min(all.Count, inSight), all.FirstDay, all.ManySince, inSight);
    }

    private void Trim(int above)
    {
        if (_entries.Count > above && _entries.Count > maxEntries)
        {
            Restrict(_entries.Keys.Order().ElementAt(maxEntries));
        }
    }
}
