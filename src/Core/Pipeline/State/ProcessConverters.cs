using System.Collections.Immutable;
using System.Text.Json;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.State;

/// <summary><c>n</c> name, <c>p</c> path, <c>l</c> loads, <c>t</c> the latest, packed.</summary>
internal sealed class ModuleFactsConverter : FactsConverter<ModuleFacts>
{
    public static readonly ModuleFactsConverter Instance = new();

    protected override ModuleFacts Empty => new() { Name = string.Empty };

    protected override ModuleFacts Set(ModuleFacts facts, string field, ref Utf8JsonReader reader) => field switch
    {
        "n" => facts with { Name = reader.GetString()! },
        "p" => facts with { Path = reader.GetString() },
        "l" => facts with { Loads = reader.GetSightings() },
        "t" => facts with { Latest = PackedFacts.ReadTimes(reader.GetBytesFromBase64()) },
        _ => Unknown(facts, ref reader),
    };

    protected override void WriteFields(Utf8JsonWriter writer, ModuleFacts facts)
    {
        writer.WriteString("n", facts.Name);
        writer.WriteKnown("p", facts.Path);
        writer.WriteSightings("l", facts.Loads);
        if (!facts.Latest.IsEmpty)
        {
            FactWriter packed = new();
            PackedFacts.Write(ref packed, facts.Latest);
            writer.WriteBase64String("t", packed.Written);
        }
    }
}

/// <summary><c>k</c> day, address, port and protocol, packed, <c>n</c> name, <c>h</c> handshake, <c>c</c> connections.</summary>
internal sealed class DestinationFactsConverter : FactsConverter<DestinationFacts>
{
    public static readonly DestinationFactsConverter Instance = new();

    protected override DestinationFacts Empty => new() { Key = default };

    protected override DestinationFacts Set(DestinationFacts facts, string field, ref Utf8JsonReader reader)
    {
        switch (field)
        {
            case "k":
                FactReader packed = new(reader.GetBytesFromBase64());
                return facts with { Key = PackedFacts.ReadDestination(ref packed) };
            case "n":
                return facts with { Name = reader.GetString() };
            case "h":
                return facts with { Handshake = (Handshake)reader.GetInt32() };
            case "c":
                return facts with { Connections = reader.GetSightings() };
            default:
                return Unknown(facts, ref reader);
        }
    }

    protected override void WriteFields(Utf8JsonWriter writer, DestinationFacts facts)
    {
        FactWriter key = new();
        PackedFacts.Write(ref key, facts.Key);
        writer.WriteBase64String("k", key.Written);
        writer.WriteKnown("n", facts.Name);
        writer.WriteKnown("h", facts.Handshake == Handshake.Unknown ? null : (int)facts.Handshake);
        writer.WriteSightings("c", facts.Connections);
    }
}

/// <summary><c>p</c> path of the program, <c>t</c> threads it started.</summary>
internal sealed class InjectionFactsConverter : FactsConverter<InjectionFacts>
{
    public static readonly InjectionFactsConverter Instance = new();

    protected override InjectionFacts Empty => new() { Source = string.Empty };

    protected override InjectionFacts Set(InjectionFacts facts, string field, ref Utf8JsonReader reader) => field switch
    {
        "p" => facts with { Source = reader.GetString()! },
        "t" => facts with { Threads = reader.GetSightings() },
        _ => Unknown(facts, ref reader),
    };

    protected override void WriteFields(Utf8JsonWriter writer, InjectionFacts facts)
    {
        writer.WriteString("p", facts.Source);
        writer.WriteSightings("t", facts.Threads);
    }
}

/// <summary>
/// <c>v</c> schema, <c>k</c> key, <c>o</c> platform, <c>q</c> full host name, <c>i</c> pid, <c>g</c> GUID, <c>p</c> image,
/// <c>l</c> command line, <c>r</c> parent's image, <c>u</c> user, <c>h</c> hash, <c>s</c> starts, <c>e</c> ends, <c>w</c> runs, <c>x0</c>
/// when the latest that was forgotten began, <c>z</c> the image seen first, <c>y</c> signed and <c>n</c> unsigned loads of the image,
/// <c>b</c> signer, <c>m</c> modules, <c>d</c> destinations, <c>d0</c> names of those, packed, <c>d1</c> when the last connections
/// began, packed, <c>d2</c> prevalence, packed, <c>t</c> bytes of connections, packed, <c>j</c> injections, <c>f</c> flows, <c>c</c>
/// clocks, <c>x</c> flows with a key exchange, <c>a</c> addresses it connects from.
/// </summary>
internal sealed class ProcessFactsConverter : FactsConverter<ProcessFacts>
{
    public static readonly ProcessFactsConverter Instance = new();

    /// <summary>How a platform that is not known is written; Windows is not written at all.</summary>
    private const int UnknownPlatform = (int)TelemetryPlatform.Network;

    protected override ProcessFacts Empty => new() { Key = default, Platform = TelemetryPlatform.Windows };

    protected override int MaxSchema => ProcessFacts.CurrentSchema;

    protected override int SchemaOf(ProcessFacts facts) => facts.SchemaVersion;

    protected override ProcessFacts Set(ProcessFacts facts, string field, ref Utf8JsonReader reader) => field switch
    {
        SchemaField => facts with { SchemaVersion = reader.GetInt32() },
        "k" => facts with { Key = Known<ProcessKey>(ProcessKey.TryParse(reader.GetString(), out ProcessKey key) ? key : null) },
        "o" => facts with { Platform = reader.GetInt32() is var platform and not UnknownPlatform ? (TelemetryPlatform)platform : null },
        "q" => facts with { HostFqdn = reader.GetString() },
        "i" => facts with { Pid = reader.GetInt32() },
        "g" => facts with { Guid = reader.GetString() },
        "p" => facts with { Image = reader.GetString() },
        "l" => facts with { CommandLine = reader.GetString() },
        "r" => facts with { ParentImage = reader.GetString() },
        "u" => facts with { User = reader.GetString() },
        "h" => facts with { Hash = reader.GetString() },
        "s" => facts with { Starts = reader.GetSightings() },
        "e" => facts with { Ends = reader.GetSightings() },
        "w" => facts with { Runs = ImageRunConverter.Instance.ReadArray(ref reader) },
        "x0" => facts with { ForgottenRun = reader.GetSightings().First?.Time },
        "z" => facts with { FirstSeen = ImageRunConverter.Instance.Read(ref reader) },
        "y" => facts with { SignedLoads = reader.GetSightings() },
        "n" => facts with { UnsignedLoads = reader.GetSightings() },
        "b" => facts with { Signer = reader.GetString() },
        "m" => facts with { Modules = ModuleFactsConverter.Instance.ReadArray(ref reader) },
        "d" => facts with { Destinations = DestinationFactsConverter.Instance.ReadArray(ref reader) },
        "d0" => facts with { Names = PackedFacts.ReadNames(reader.GetBytesFromBase64()) },
        "d1" => facts with { ConnectionStarts = PackedFacts.ReadConnectionStarts(reader.GetBytesFromBase64()) },
        "d2" => facts with { Prevalence = PackedFacts.ReadPrevalence(reader.GetBytesFromBase64()) },
        "t" => facts with { Transfers = ReadTransfers(ref reader) },
        "j" => facts with { Injections = InjectionFactsConverter.Instance.ReadArray(ref reader) },
        "f" => facts with { Flows = reader.GetFlows() },
        "c" => facts with { Clock = reader.GetClock() },
        "x" => facts with { Exchanges = reader.GetExchanges() },
        "a" => facts with { Sources = ReadAddresses(ref reader) },
        _ => Unknown(facts, ref reader),
    };

    protected override void WriteFields(Utf8JsonWriter writer, ProcessFacts facts)
    {
        writer.WriteNumber(SchemaField, facts.SchemaVersion);
        writer.WriteString("k", facts.Key.ToString());
        int platform = facts.Platform is { } known ? (int)known : UnknownPlatform;
        writer.WriteKnown("o", platform == (int)TelemetryPlatform.Windows ? null : platform);
        writer.WriteKnown("q", facts.HostFqdn);
        writer.WriteKnown("i", facts.Pid);
        writer.WriteKnown("g", facts.Guid);
        writer.WriteKnown("p", facts.Image);
        writer.WriteKnown("l", facts.CommandLine);
        writer.WriteKnown("r", facts.ParentImage);
        writer.WriteKnown("u", facts.User);
        writer.WriteKnown("h", facts.Hash);
        writer.WriteSightings("s", facts.Starts);
        writer.WriteSightings("e", facts.Ends);
        ImageRunConverter.Instance.WriteArray(writer, "w", facts.Runs);
        writer.WriteSightings("x0", facts.ForgottenRun is { } forgotten ? Sightings.Of(default, forgotten) : Sightings.None);
        if (facts.FirstSeen is { } first)
        {
            writer.WritePropertyName("z");
            ImageRunConverter.Instance.Write(writer, first);
        }

        writer.WriteSightings("y", facts.SignedLoads);
        writer.WriteSightings("n", facts.UnsignedLoads);
        writer.WriteKnown("b", facts.Signer);
        ModuleFactsConverter.Instance.WriteArray(writer, "m", facts.Modules);
        DestinationFactsConverter.Instance.WriteArray(writer, "d", facts.Destinations);
        if (!facts.Names.IsEmpty)
        {
            writer.WriteBase64String("d0", PackedFacts.Pack(facts.Names));
        }

        if (!facts.ConnectionStarts.IsEmpty)
        {
            writer.WriteBase64String("d1", PackedFacts.Pack(facts.ConnectionStarts));
        }

        if (!facts.Prevalence.IsEmpty)
        {
            writer.WriteBase64String("d2", PackedFacts.Pack(facts.Prevalence));
        }

        WriteTransfers(writer, facts);
        InjectionFactsConverter.Instance.WriteArray(writer, "j", facts.Injections);
        writer.WriteFlows("f", facts.Flows);
        writer.WriteClock("c", facts.Clock);
        writer.WriteExchanges("x", facts.Exchanges);
        if (!facts.Sources.IsEmpty)
        {
            writer.WriteString("a", string.Join('|', facts.Sources));
        }
    }

    private static ImmutableArray<TransferFact> ReadTransfers(ref Utf8JsonReader reader)
    {
        FactReader packed = new(reader.GetBytesFromBase64());
        return PackedFacts.ReadTransfers(ref packed);
    }

    private static void WriteTransfers(Utf8JsonWriter writer, ProcessFacts facts)
    {
        if (!facts.Transfers.IsEmpty)
        {
            FactWriter packed = new();
            PackedFacts.Write(ref packed, facts.Transfers);
            writer.WriteBase64String("t", packed.Written);
        }
    }

    /// <summary>
    /// Schema 2 had neither sources nor exchanges, schema 3 no runs, schema 4 no names, schema 5 no starts of connections, schema 6 no
    /// prevalence: what it holds is read as it is, and what it says of a number's image stands in for starts that it did not tell apart.
    /// </summary>
    protected override ProcessFacts Finish(ProcessFacts facts) => facts with { SchemaVersion = ProcessFacts.CurrentSchema };

    private static ImmutableArray<IpAddress> ReadAddresses(ref Utf8JsonReader reader) =>
        [.. reader.GetString()!.Split('|').Select(text => Known<IpAddress>(IpAddress.TryParse(text, out IpAddress ip) ? ip : null))];
}
