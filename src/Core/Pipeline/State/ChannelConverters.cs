using System.Collections.Immutable;
using System.Text.Json;
using CipherWatch.Core.Correlation.Attempts;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>
/// <c>v</c> schema, <c>k</c> channel, <c>f</c> flows with payload that may be evidence, <c>w</c> those under a lower threshold, <c>r</c>
/// flows that nothing explains, <c>s</c> when flows began, packed, <c>x</c> flows with a key exchange, <c>c</c> claims, packed, <c>m</c>
/// marks of processes, packed.
/// </summary>
/// <remarks>In schema 1 <c>f</c> were all its flows; <c>s</c> is there since schema 3.</remarks>
internal sealed class ChannelFactsConverter : FactsConverter<ChannelFacts>
{
    public static readonly ChannelFactsConverter Instance = new();

    protected override ChannelFacts Empty => new() { Key = default };

    protected override int MaxSchema => ChannelFacts.CurrentSchema;

    protected override int SchemaOf(ChannelFacts facts) => facts.SchemaVersion;

    protected override ChannelFacts Set(ChannelFacts facts, string field, ref Utf8JsonReader reader) => field switch
    {
        SchemaField => facts with { SchemaVersion = reader.GetInt32() },
        "k" => facts with { Key = Known<ChannelKey>(ChannelKey.TryParse(reader.GetString(), out ChannelKey key) ? key : null) },
        "f" => facts with { Random = reader.GetFlows() },
        "w" => facts with { Weak = reader.GetFlows() },
        "r" => facts with { Records = reader.GetFlows() },
        "s" => facts with { Starts = PackedFacts.ReadStarts(reader.GetBytesFromBase64()) },
        "x" => facts with { Exchanges = reader.GetExchanges() },
        "c" => facts with { Claims = PackedFacts.ReadClaims(reader.GetBytesFromBase64()) },
        "m" => facts with { Marks = [.. PackedFacts.ReadMarks(reader.GetBytesFromBase64())] },
        _ => Unknown(facts, ref reader),
    };

    protected override ChannelFacts Finish(ChannelFacts facts) =>
        facts.SchemaVersion > 1 ? facts with { SchemaVersion = ChannelFacts.CurrentSchema } : Upcast(facts);

    protected override void WriteFields(Utf8JsonWriter writer, ChannelFacts facts)
    {
        writer.WriteNumber(SchemaField, facts.SchemaVersion);
        writer.WriteString("k", facts.Key.ToString());
        writer.WriteFlows("f", facts.Random);
        writer.WriteFlows("w", facts.Weak);
        writer.WriteFlows("r", facts.Records);
        writer.WriteExchanges("x", facts.Exchanges);
        if (!facts.Starts.IsEmpty)
        {
            writer.WriteBase64String("s", PackedFacts.Pack(facts.Starts));
        }

        if (!facts.Claims.IsEmpty)
        {
            writer.WriteBase64String("c", PackedFacts.Pack(facts.Claims));
        }

        if (!facts.Marks.IsEmpty)
        {
            writer.WriteBase64String("m", PackedFacts.Pack(facts.Marks));
        }
    }

    /// <summary>Sorts the flows of schema 1 into the classes that are kept apart since.</summary>
    private static ChannelFacts Upcast(ChannelFacts former)
    {
        ChannelFacts facts = new() { Key = former.Key, Marks = former.Marks };
        foreach (FlowSummary flow in former.Random)
        {
            ChannelFacts one = new() { Key = former.Key };
            facts = facts.Merge(!flow.Payloads.IsEmpty ? one with { Random = [flow] }
                : flow.Handshake >= Handshake.Hello ? one with { Exchanges = [ExchangeFacts.Of(former.Key, flow)] }
                : one with { Records = [flow] });
        }

        return facts;
    }
}

/// <summary><c>v</c> schema, <c>k</c> address of the source, <c>a</c> attempts, packed.</summary>
internal sealed class AttemptFactsConverter : FactsConverter<AttemptFacts>
{
    public static readonly AttemptFactsConverter Instance = new();

    protected override AttemptFacts Empty => new() { SourceIp = default };

    protected override int MaxSchema => AttemptFacts.CurrentSchema;

    protected override int SchemaOf(AttemptFacts facts) => facts.SchemaVersion;

    protected override AttemptFacts Set(AttemptFacts facts, string field, ref Utf8JsonReader reader) => field switch
    {
        SchemaField => facts with { SchemaVersion = reader.GetInt32() },
        "k" => facts with { SourceIp = Known<IpAddress>(IpAddress.TryParse(reader.GetString(), out IpAddress ip) ? ip : null) },
        "a" => facts with { Attempts = PackedFacts.ReadAttempts(reader.GetBytesFromBase64()) },
        _ => Unknown(facts, ref reader),
    };

    protected override void WriteFields(Utf8JsonWriter writer, AttemptFacts facts)
    {
        writer.WriteNumber(SchemaField, facts.SchemaVersion);
        writer.WriteString("k", facts.SourceIp.ToString());
        writer.WriteBase64String("a", PackedFacts.Pack(facts.Attempts));
    }
}

/// <summary>The packed form of claims, of starts and of attempts.</summary>
internal static partial class PackedFacts
{
    /// <summary>Starts as bytes: each by its distance from the one before it, which is later.</summary>
    public static byte[] Pack(ImmutableArray<FlowStart> starts)
    {
        FactWriter packed = new();
        packed.Number((ulong)starts.Length);
        long last = 0;
        foreach (FlowStart start in starts)
        {
            packed.Signed(start.Ms - last);
            packed.Number(start.Port);
            packed.Signed(start.BytesOut ?? -1);
            packed.Signed(start.BytesIn ?? -1);
            last = start.Ms;
        }

        return packed.Written.ToArray();
    }

    /// <summary>Starts from their bytes.</summary>
    public static ImmutableArray<FlowStart> ReadStarts(ReadOnlySpan<byte> bytes)
    {
        FactReader packed = new(bytes);
        int count = packed.Count();
        ImmutableArray<FlowStart>.Builder starts = ImmutableArray.CreateBuilder<FlowStart>(count);
        long ms = 0;
        for (int index = 0; index < count; index++)
        {
            ms += packed.Signed();
            starts.Add(new(ms, packed.Port(), Counter(packed.Signed()), Counter(packed.Signed())));
        }

        return starts.MoveToImmutable();

        static long? Counter(long value) => value < 0 ? null : value;
    }

    /// <summary>Claims as bytes.</summary>
    public static byte[] Pack(ImmutableArray<FlowClaim> claims)
    {
        FactWriter packed = new();
        packed.Number((ulong)claims.Length);
        foreach (FlowClaim claim in claims)
        {
            Write(ref packed, claim.Flow, claim.Day);
            packed.Text(claim.Owner.Value);
        }

        return packed.Written.ToArray();
    }

    /// <summary>Claims from their bytes.</summary>
    public static ImmutableArray<FlowClaim> ReadClaims(ReadOnlySpan<byte> bytes)
    {
        FactReader packed = new(bytes);
        int count = packed.Count();
        ImmutableArray<FlowClaim>.Builder claims = ImmutableArray.CreateBuilder<FlowClaim>(count);
        for (int index = 0; index < count; index++)
        {
            (FlowKey flow, int day) = ReadFlow(ref packed);
            claims.Add(new(day, flow, ProcessKey.TryParse(packed.Text(), out ProcessKey owner) ? owner : throw FactReader.Broken()));
        }

        return claims.MoveToImmutable();
    }

    /// <summary>Attempts as bytes.</summary>
    public static byte[] Pack(ImmutableArray<Attempt> attempts)
    {
        FactWriter packed = new();
        packed.Number((ulong)attempts.Length);
        foreach (Attempt attempt in attempts)
        {
            Write(ref packed, new DestinationKey(attempt.Day, attempt.DestinationIp, attempt.DestinationPort, attempt.Protocol));
            packed.Hash(attempt.Hash);
            packed.Signed(attempt.Ms);
        }

        return packed.Written.ToArray();
    }

    /// <summary>Attempts from their bytes.</summary>
    public static ImmutableArray<Attempt> ReadAttempts(ReadOnlySpan<byte> bytes)
    {
        FactReader packed = new(bytes);
        int count = packed.Count();
        ImmutableArray<Attempt>.Builder attempts = ImmutableArray.CreateBuilder<Attempt>(count);
        for (int index = 0; index < count; index++)
        {
            (int day, IpAddress ip, ushort port, byte protocol, _) = ReadDestination(ref packed);
            attempts.Add(new(day, packed.Hash(), ip, port, protocol, packed.Signed()));
        }

        return attempts.MoveToImmutable();
    }
}
