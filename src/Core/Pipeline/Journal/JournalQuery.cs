using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.Journal;

/// <summary>A flow that is asked for.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Day">Its day, days since the Unix epoch.</param>
/// <param name="Class">As what the asker keeps it.</param>
public readonly record struct AskedFlow(
    [property: JsonPropertyName("f")] FlowKey Flow, [property: JsonPropertyName("d")] int Day, [property: JsonPropertyName(
        "c")] FlowRoute Class);

/// <summary>A channel that is asked for.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Day">The day, days since the Unix epoch.</param>
public readonly record struct AskedChannel([property: JsonPropertyName("k")] ChannelKey Channel, [property: JsonPropertyName("d")] int Day);

/// <summary>What the journal is asked for by one entity.</summary>
public sealed record JournalAsk
{
    /// <summary>Flows of which it wants all that is known.</summary>
    [JsonPropertyName("f")]
    public ImmutableArray<AskedFlow> Flows { get; init; } = [];

    /// <summary>Channels of which it wants to know whether keys were exchanged on a day.</summary>
    [JsonPropertyName("c")]
    public ImmutableArray<AskedChannel> Channels { get; init; } = [];

    /// <summary>
    /// The process whose connections on the channels it wants the names of, as <see cref="JournalEntry.OwnerOf"/> names it; 0 for none.
    /// </summary>
    [JsonPropertyName("o")]
    public ulong Owner { get; init; }

    /// <summary>The Community ID of a flow of which it wants to know the ends.</summary>
    [JsonPropertyName("n")]
    public string? Name { get; init; }

    /// <summary>Words of which it wants to know on how many hosts they are said; none in what was asked before there were any.</summary>
    [JsonPropertyName("w")]
    public ImmutableArray<AskedWord> Words { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>What the journal says to one entity that asked.</summary>
public sealed class JournalAnswer
{
    private readonly Dictionary<(FlowKey Flow, int Day), FlowSummary> _flows = [];
    private readonly Dictionary<(ChannelKey Channel, int Day), ExchangeFacts> _exchanges = [];
    private readonly NamedFlows _names = new();

    /// <summary>The flows asked for, as far as the journal knows them.</summary>
    public IReadOnlyDictionary<(FlowKey Flow, int Day), FlowSummary> Flows => _flows;

    /// <summary>Key exchanges of the channels and days asked for.</summary>
    public IEnumerable<ExchangeFacts> Exchanges => _exchanges.Values;

    /// <summary>The ends of the flow asked for by name; null where the journal has not got it.</summary>
    public FlowKey? Named { get; private set; }

    /// <summary>Names of the process's connections, once all of the journal was read.</summary>
    public IEnumerable<NameFacts> Names => _names.Names();

    /// <summary>On how many hosts the words asked for are said, as far as that is known.</summary>
    public IReadOnlyList<PrevalenceFact> Prevalence { get; private set; } = [];

    /// <summary>Whether it says anything.</summary>
    public bool IsEmpty => _flows.Count == 0 && _exchanges.Count == 0 && Named is null && !Names.Any() && Prevalence.Count == 0;

    internal void Take(JournalAsk ask, in JournalMention mention)
    {
        FlowSummary flow = mention.Flow;
        if (ask.Owner != 0)
        {
            _names.Take(mention, ask.Owner);
        }

        if (ask.Flows.Any(asked => asked.Flow == flow.Key && asked.Day == flow.Day))
        {
            _flows[(flow.Key, flow.Day)] = _flows.TryGetValue((flow.Key, flow.Day), out FlowSummary? known) ? known.Merge(flow) : flow;
        }

        if (flow.Handshake >= Handshake.Hello)
        {
            TakeExchange(ask, ChannelKey.Of(flow), flow);
            if (flow.FirstInitiates == flow.SecondInitiates)
            {
                // This entry does not say which end opened it.
                TakeExchange(ask, ChannelKey.Reverse(flow), flow);
            }
        }
    }

    internal void Take(FlowKey key) => Named = key;

    internal void Take(JournalAsk ask, PrevalenceFacts prevalence, int? cut) => Prevalence =
    [
        .. Prevalence,
        .. ask.Words.Where(asked => cut is null || PrevalenceWord.CutOf(asked.Word.Key) == cut).Select(prevalence.Find)
            .OfType<PrevalenceFact>(),
    ];

    private void TakeExchange(JournalAsk ask, ChannelKey channel, FlowSummary flow)
    {
        if (ask.Channels.Contains(new(channel, flow.Day)))
        {
            ExchangeFacts exchange = ExchangeFacts.Of(channel, flow);
            _exchanges[(channel, flow.Day)] = _exchanges.TryGetValue((channel, flow.Day), out ExchangeFacts? known)
                ? known.Merge(exchange) : exchange;
        }
    }
}

/// <summary>Questions to the journal, answered in one pass over it.</summary>
public sealed class JournalQuery
{
    private readonly Dictionary<AddressPair, List<(JournalAsk Ask, JournalAnswer Answer)>> _byPair = [];
    private readonly Dictionary<FlowId, JournalAnswer> _byName = [];
    private readonly List<(JournalAsk Ask, JournalAnswer Answer)> _byWord = [];

    /// <summary>The cuts of what is known of prevalence to read, ascending: those of the programs asked for.</summary>
    public IEnumerable<int> PrevalenceCuts =>
        _byWord.SelectMany(static asked => asked.Ask.Words).Select(static asked => PrevalenceWord.CutOf(asked.Word.Key)).Distinct().Order();

    /// <summary>Whether nothing was asked of flows.</summary>
    public bool IsEmpty => _byPair.Count == 0 && _byName.Count == 0;

    /// <summary>The cuts of a journal to read, ascending: those of the addresses asked for; all, where a name is asked for.</summary>
    public IEnumerable<int> Cuts => _byName.Count > 0
        ? Enumerable.Range(0, FlowJournal.Cuts)
        : _byPair.Keys.Select(FlowJournal.CutOf).Distinct().Order();

    /// <summary>Asks; the answer is whole once all of the journal was read.</summary>
    public JournalAnswer Add(JournalAsk ask)
    {
        ArgumentNullException.ThrowIfNull(ask);
        JournalAnswer answer = new();
        if (FlowId.TryParseHex(ask.Name, out FlowId name))
        {
            // One entity a name: another that asks for the same gets the same answer.
            if (_byName.TryGetValue(name, out JournalAnswer? same))
            {
                return same;
            }

            _byName.Add(name, answer);
        }

        if (!ask.Words.IsEmpty)
        {
            _byWord.Add((ask, answer));
        }

        // A proxy's log does not name its own end, and a host's own record of a name query not the host's address.
        IEnumerable<AddressPair> unnamed = ask.Owner == 0 ? [] : ask.Channels.SelectMany(channel => new[]
        {
            AddressPair.Of(channel.Channel.SourceIp, default), AddressPair.Of(default, channel.Channel.DestinationIp),
        });
        foreach (AddressPair pair in ask.Flows.Select(flow => AddressPair.Of(flow.Flow))
            .Concat(ask.Channels.Select(channel => AddressPair.Of(channel.Channel))).Concat(unnamed).Distinct())
        {
            if (!_byPair.TryGetValue(pair, out List<(JournalAsk Ask, JournalAnswer Answer)>? asks))
            {
                _byPair.Add(pair, asks = []);
            }

            asks.Add((ask, answer));
        }

        return answer;
    }

    /// <summary>Answers what was asked of prevalence, once.</summary>
    /// <param name="prevalence">What is known, with all hosts in sight.</param>
    /// <param name="cut">The cut that it is known of; null for all.</param>
    public void Read(PrevalenceFacts prevalence, int? cut = null)
    {
        ArgumentNullException.ThrowIfNull(prevalence);
        _byWord.ForEach(asked => asked.Answer.Take(asked.Ask, prevalence, cut));
    }

    /// <summary>Reads whole entries from the beginning of a span; returns how many bytes they take.</summary>
    public int Read(ReadOnlySpan<byte> entries)
    {
        int at = 0;
        while (JournalEntry.Length(entries[at..]) is > 0 and var length)
        {
            ReadOnlySpan<byte> entry = entries.Slice(at, length);
            if (_byPair.TryGetValue(JournalEntry.Pair(entry), out List<(JournalAsk Ask, JournalAnswer Answer)>? asks))
            {
                JournalMention mention = JournalEntry.ReadMention(entry);
                asks.ForEach(asked => asked.Answer.Take(asked.Ask, mention));
            }

            if (_byName.Count > 0 && JournalEntry.Key(entry) is var key && _byName.TryGetValue(FlowId.Of(key), out JournalAnswer? named))
            {
                named.Take(key);
            }

            at += length;
        }

        return at;
    }
}
