using System.Collections.Immutable;
using System.Text.Json;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>The packed form of flows that a channel or a process holds, and of key exchanges.</summary>
internal static partial class PackedFacts
{
    private const int FirstOpened = 1;
    private const int SecondOpened = 2;
    private const int HasFirstBytes = 4;
    private const int HasSecondBytes = 8;
    private const int HasServerName = 16;
    private const int Loose = 32;
    private const int HasDuration = 64;
    private const int FlowFlags = 128;

    /// <summary>Writes flows, packed, where there are any.</summary>
    public static void WriteFlows(this Utf8JsonWriter json, string field, ImmutableArray<FlowSummary> flows)
    {
        if (flows.IsEmpty)
        {
            return;
        }

        FactWriter packed = new();
        packed.Number((ulong)flows.Length);
        foreach (FlowSummary flow in flows)
        {
            Write(ref packed, flow);
        }

        json.WriteBase64String(field, packed.Written);
    }

    /// <summary>Reads flows, packed, or as the array of objects that they were in earlier schemas.</summary>
    public static ImmutableArray<FlowSummary> GetFlows(this ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.StartArray)
        {
            return FlowSummaryConverter.Instance.ReadArray(ref json);
        }

        FactReader packed = new(json.GetBytesFromBase64());
        int count = packed.Count();
        ImmutableArray<FlowSummary>.Builder flows = ImmutableArray.CreateBuilder<FlowSummary>(count);
        for (int index = 0; index < count; index++)
        {
            flows.Add(ReadSummary(ref packed));
        }

        return flows.MoveToImmutable();
    }

    /// <summary>Writes key exchanges, packed, where there are any.</summary>
    public static void WriteExchanges(this Utf8JsonWriter json, string field, ImmutableArray<ExchangeFacts> exchanges)
    {
        if (exchanges.IsEmpty)
        {
            return;
        }

        FactWriter packed = new();
        packed.Number((ulong)exchanges.Length);
        foreach (ExchangeFacts exchange in exchanges)
        {
            packed.Address(exchange.Channel.SourceIp);
            packed.Address(exchange.Channel.DestinationIp);
            packed.Number(exchange.Channel.DestinationPort);
            packed.Number(exchange.Channel.Protocol);
            Write(ref packed, exchange.Flow);
            Write(ref packed, exchange.Span);
        }

        json.WriteBase64String(field, packed.Written);
    }

    /// <summary>Reads packed key exchanges.</summary>
    public static ImmutableArray<ExchangeFacts> GetExchanges(this ref Utf8JsonReader json)
    {
        FactReader packed = new(json.GetBytesFromBase64());
        int count = packed.Count();
        ImmutableArray<ExchangeFacts>.Builder exchanges = ImmutableArray.CreateBuilder<ExchangeFacts>(count);
        for (int index = 0; index < count; index++)
        {
            ChannelKey channel = new(packed.Address(), packed.Address(), packed.Port(), packed.Protocol());
            exchanges.Add(new(channel, ReadSummary(ref packed), ReadSightings(ref packed)));
        }

        return exchanges.MoveToImmutable();
    }

    private static void Write(ref FactWriter packed, FlowSummary flow)
    {
        Write(ref packed, flow.Key, flow.Day);
        int flags = (flow.FirstInitiates ? FirstOpened : 0) | (flow.SecondInitiates ? SecondOpened : 0) | (flow.FirstBytes is null ? 0
            : HasFirstBytes)
            | (flow.SecondBytes is null ? 0 : HasSecondBytes) | (flow.ServerName is null ? 0 : HasServerName)
            | (flow.IsLoose ? Loose : 0) | (flow.DurationMs is null ? 0 : HasDuration);
        packed.Number((ulong)flags);
        packed.Number((ulong)flow.Handshake);
        Write(ref packed, flow.Seen);
        if (flow.FirstBytes is { } first)
        {
            packed.Signed(first);
        }

        if (flow.SecondBytes is { } second)
        {
            packed.Signed(second);
        }

        if (flow.DurationMs is { } duration)
        {
            packed.Signed(duration);
        }

        if (flow.ServerName is { } server)
        {
            packed.Text(server);
        }

        packed.Number((ulong)flow.Applications.Length);
        foreach (string application in flow.Applications)
        {
            packed.Text(application);
        }

        PackedDeltas.Write(ref packed, flow.Deltas);
        Write(ref packed, flow.Payloads);
    }

    private static FlowSummary ReadSummary(ref FactReader packed)
    {
        (FlowKey key, int day) = ReadFlow(ref packed);
        int flags = packed.OneOf(FlowFlags);
        FlowSummary flow = new()
        {
            Key = key,
            Day = day,
            FirstInitiates = (flags & FirstOpened) != 0,
            SecondInitiates = (flags & SecondOpened) != 0,
            IsLoose = (flags & Loose) != 0,
            Handshake = (Handshake)packed.OneOf((int)Handshake.Established + 1),
            Seen = ReadSightings(ref packed),
            FirstBytes = (flags & HasFirstBytes) != 0 ? packed.Signed() : null,
            SecondBytes = (flags & HasSecondBytes) != 0 ? packed.Signed() : null,
            DurationMs = (flags & HasDuration) != 0 ? packed.Signed() : null,
            ServerName = (flags & HasServerName) != 0 ? packed.Text() : null,
        };
        int count = packed.Count();
        ImmutableArray<string>.Builder applications = ImmutableArray.CreateBuilder<string>(count);
        for (int index = 0; index < count; index++)
        {
            applications.Add(packed.Text());
        }

        return flow with
        {
            Applications = applications.MoveToImmutable(),
            Deltas = PackedDeltas.Read(ref packed),
            Payloads = ReadPayloads(
            ref packed)
        };
    }
}
