using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using CipherWatch.Core.Correlation.Prevalence;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>The packed form of what processes were told of prevalence.</summary>
internal static partial class PackedFacts
{
    /// <summary>What a process was told, as bytes.</summary>
    public static byte[] Pack(ImmutableArray<PrevalenceFact> facts)
    {
        FactWriter packed = new();
        packed.Number((ulong)facts.Length);
        int day = 0;
        foreach (PrevalenceFact fact in facts)
        {
            packed.Hash(fact.Key);
            packed.Signed((long)fact.Day - day);
            packed.Number((ulong)fact.Hosts);
            packed.Signed(fact.Since);
            packed.Signed(fact.ManySince == int.MaxValue ? -1 : (long)fact.ManySince - fact.Since);
            packed.Number((ulong)fact.InSight);
            day = fact.Day;
        }

        return packed.Written.ToArray();
    }

    /// <summary>What a process was told, from its bytes.</summary>
    public static ImmutableArray<PrevalenceFact> ReadPrevalence(ReadOnlySpan<byte> bytes)
    {
        FactReader packed = new(bytes);
        int count = packed.Count();
        ImmutableArray<PrevalenceFact>.Builder facts = ImmutableArray.CreateBuilder<PrevalenceFact>(count);
        long day = 0;
        for (int index = 0; index < count; index++)
        {
            ulong key = packed.Hash();
            day += packed.Signed();
            long hosts = (long)packed.Number();
            int since = packed.Int();
            long later = packed.Signed();
            facts.Add(new(key, (int)day, hosts, since, later < 0 ? int.MaxValue : (int)(since + later), (long)packed.Number()));
        }

        return facts.MoveToImmutable();
    }
}

/// <summary>
/// The packed form of prevalence: the hosts in sight; those of entries, each once; the limit; the entries by key, with the places of their
/// hosts and the days of each.
/// </summary>
public static class PackedPrevalence
{
    /// <summary>As bytes.</summary>
    public static byte[] Pack(PrevalenceFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        IReadOnlyList<KeyValuePair<ulong, PrevalenceEntry>> entries = facts.Entries;
        ImmutableArray<ulong> hosts =
            [.. entries.SelectMany(static entry => entry.Value.Hosts).Select(static host => host.Hash).Distinct().Order()];
        FactWriter packed = new();
        Write(ref packed, facts.Hosts.ByImage);
        Write(ref packed, facts.Hosts.BySigner);
        Write(ref packed, hosts);
        packed.Hash(facts.Limit);
        packed.Number((ulong)entries.Count);
        int day = 0;
        foreach ((ulong key, PrevalenceEntry entry) in entries)
        {
            packed.Hash(key);
            packed.Number((ulong)entry.Hosts.Length);
            foreach (SeenHost host in entry.Hosts)
            {
                packed.Number((ulong)hosts.BinarySearch(host.Hash));
                packed.Signed((long)host.FirstDay - day);
                day = host.FirstDay;
            }
        }

        return packed.Written.ToArray();
    }

    /// <summary>Adds what bytes say to facts.</summary>
    /// <exception cref="JsonException">They are cut short or hold what was never written.</exception>
    public static void Read(ReadOnlySpan<byte> bytes, PrevalenceFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        FactReader packed = new(bytes);
        ImmutableArray<ulong> byImage = ReadHosts(ref packed);
        facts.AddHosts(new(byImage, ReadHosts(ref packed)));
        ImmutableArray<ulong> hosts = ReadHosts(ref packed);
        facts.Restrict(packed.Hash());
        long day = 0;
        for (int left = packed.Count(); left > 0; left--)
        {
            ulong key = packed.Hash();
            SeenHost[] of = new SeenHost[packed.Count()];
            for (int index = 0; index < of.Length; index++)
            {
                ulong host = hosts[packed.OneOf(hosts.Length)];
                day += packed.Signed();
                of[index] = new(host, (int)day);
            }

            if (of.Length > 0)
            {
                facts.Add(key, new(ImmutableArray.Create(of)));
            }
        }
    }

    private static void Write(ref FactWriter packed, ImmutableArray<ulong> hosts)
    {
        packed.Number((ulong)hosts.Length);
        foreach (ulong host in hosts)
        {
            packed.Hash(host);
        }
    }

    private static ImmutableArray<ulong> ReadHosts(ref FactReader packed)
    {
        int count = packed.Count();
        ImmutableArray<ulong>.Builder hosts = ImmutableArray.CreateBuilder<ulong>(count);
        for (int index = 0; index < count; index++)
        {
            hosts.Add(packed.Hash());
        }

        return hosts.MoveToImmutable();
    }
}

/// <summary>Prevalence as base64 of its packed form.</summary>
internal sealed class PrevalenceFactsConverter : JsonConverter<PrevalenceFacts>
{
    /// <inheritdoc/>
    public override PrevalenceFacts Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        PrevalenceFacts facts = new();
        PackedPrevalence.Read(reader.GetBytesFromBase64(), facts);
        return facts;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, PrevalenceFacts value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(PackedPrevalence.Pack(value));
}
