using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.Journal;

/// <summary>
/// The names of a process's connections: those that entries of the journal give to flows that are its own, by address and port; where a
/// record lacks one's port, by address and time.
/// </summary>
internal sealed class NamedFlows
{
    /// <summary>How far apart a connection and a request to a proxy may lie that are joined by their times.</summary>
    public const long MaxApartMs = 5_000;

    /// <summary>Compares a time with one that is looked for: an equal one stands behind it.</summary>
    private static readonly Comparer<long> EarlierFirst = Comparer<long>.Create(static (time, sought) => time < sought ? -1 : 1);

    private readonly List<FlowSummary> _owned = [];
    private readonly List<JournalMention> _named = [];

    /// <summary>Takes an entry: a connection of the process, or what may name one.</summary>
    public void Take(in JournalMention mention, ulong owner)
    {
        if (mention.IsAnswer)
        {
            if (mention.Owner == owner || mention.Owner == 0)
            {
                _named.Add(mention);
            }
        }
        else if (mention.Owner == owner)
        {
            _owned.Add(mention.Flow);
        }
        else if (mention.Owner == 0 && mention.Flow.ServerName is not null
            && (mention.ProxiedPort is not null || mention.Flow.Handshake >= Handshake.Hello))
        {
            _named.Add(mention);
        }
    }

    /// <summary>The names, each with the connections that have it.</summary>
    public IEnumerable<NameFacts> Names()
    {
        if (_owned.Count == 0 || _named.Count == 0)
        {
            yield break;
        }

        ILookup<(int Day, IpAddress Source, ushort Port), FlowSummary> byPort =
            _owned.Where(flow => flow.SourcePort != 0).ToLookup(flow => (flow.Day, flow.SourceIp, flow.SourcePort));
        Dictionary<(int Day, IpAddress Destination), (FlowSummary One, ulong All)> byDestination = [];
        foreach (FlowSummary flow in _owned)
        {
            (int, IpAddress) there = (flow.Day, flow.DestinationIp);
            byDestination[there] = (flow, byDestination.GetValueOrDefault(there).All | Bit(flow));
        }

        FlowSummary[] byTime = [.. _owned.Where(IsUtc).OrderBy(Ms)];
        long[] times = [.. byTime.Select(Ms)];
        foreach (JournalMention mention in _named)
        {
            FlowSummary named = mention.Flow;
            if (mention.IsAnswer)
            {
                if (byDestination.TryGetValue((named.Day, named.DestinationIp), out (FlowSummary One, ulong All) there))
                {
                    // Whichever program of the host asked: only the process's own query is surely its.
                    yield return Of(mention, there.One, isLoose: mention.Owner == 0) with { Connections = there.All };
                }

                continue;
            }

            if (named.SourcePort != 0)
            {
                foreach (FlowSummary owned in byPort[(named.Day, named.SourceIp, named.SourcePort)]
                    .Where(owned => IsSamePeer(owned, named)))
                {
                    yield return Of(mention, owned, isLoose: false);
                }
            }

            // Only requests to proxies: any other flow is known by its ports.
            if (mention.ProxiedPort is null || !IsUtc(named))
            {
                continue;
            }

            // Between two times, so that none is met in the midst of equal ones.
            int at = Array.BinarySearch(times, Ms(named) - MaxApartMs, EarlierFirst);
            for (at = ~at; at < times.Length && times[at] <= Ms(named) + MaxApartMs; at++)
            {
                FlowSummary owned = byTime[at];
                if ((named.SourcePort == 0 || owned.SourcePort == 0) && owned.SourceIp == named.SourceIp && IsSamePeer(owned, named))
                {
                    yield return Of(mention, owned, isLoose: true);
                }
            }
        }
    }

    /// <summary>Whether a record may be of a connection's peer: it is, or the record does not name it.</summary>
    private static bool IsSamePeer(FlowSummary owned, FlowSummary named) => named.DestinationIp.IsUnspecified
        || (owned.DestinationIp == named.DestinationIp && owned.DestinationPort == named.DestinationPort);

    private static NameFacts Of(in JournalMention mention, FlowSummary owned, bool isLoose)
    {
        FactTime time = mention.Flow.Seen.First!.Value.Time;
        string name = BoundedText.Tail(mention.Flow.ServerName!, BoundedText.CalledName);

        // A name outside is one wherever it is; whom a proxy was asked for, and who is inside, belong to an address.
        bool isPlaced = mention.ProxiedPort is not null || (owned.DestinationIp.IsPrivate && !mention.IsAnswer);
        return new()
        {
            // The day of the sensor, as its flows have it.
            Key = isPlaced
                ? new(mention.Flow.Day, owned.DestinationIp, owned.DestinationPort, name)
                : new(mention.Flow.Day, default, 0, name),
            IsAsked = mention.ProxiedPort is not null,
            ServerPort = mention.ProxiedPort ?? 0,
            IsLoose = isLoose,
            Handshake = mention.Flow.Handshake,
            First = time,
            Last = time,
            Connections = Bit(owned),
        };
    }

    private static ulong Bit(FlowSummary owned) => NameFacts.BitOf(owned.Seen.First!.Value.Id);

    private static bool IsUtc(FlowSummary flow) => flow.Seen.First is { Time.Clock: not FactClock.RecordLocal };

    private static long Ms(FlowSummary flow) => flow.Seen.First!.Value.Time.Ms;
}
