using System.Buffers.Binary;
using System.Text;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Folding;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Pipeline.Journal;

/// <summary>
/// One observation of a flow as the journal keeps it: 46 bytes and more, written without allocation, read when it is asked for.
/// </summary>
/// <remarks>
/// Little-endian: length of the entry (2), ends, ports (2 each), protocol, day (4), handshake, flags, clock, milliseconds (8), observation
/// (16); then, where the flags say so, application and server name (length and UTF-8), the process whose connection it is (8), the port
/// that a proxy was asked for (2) and the payload sample. An address takes 4 or 16 bytes.
/// </remarks>
internal static class JournalEntry
{
    /// <summary>Longest entry, bytes.</summary>
    public const int MaxBytes = 256;

    private const int IsV6 = 1;
    private const int FirstInitiates = 2;
    private const int SecondInitiates = 4;
    private const int HasApplication = 8;
    private const int HasServerName = 16;
    private const int HasPayload = 32;
    private const int HasOwner = 64;
    private const int IsProxied = 128;

    /// <summary>Writes what an observation says of its flow; returns how many bytes, 0 where it has no time.</summary>
    public static int Write(Span<byte> entry, Observation observation)
    {
        if (FactTime.Of(observation) is not { } time)
        {
            return 0;
        }

        FlowFields flow = observation.Flow!;
        ObservationId id = observation.Id;
        bool connection = observation.Kind == ObservationKind.Connection;
        IpAddress source = connection ? observation.SourceOf(flow) : flow.SrcIp;
        FlowKey key = FlowKey.Create(source, flow.SrcPort, flow.DstIp, flow.DstPort, flow.Protocol);
        bool sourceIsFirst = key.FirstIp == source && key.FirstPort == flow.SrcPort;

        // A host's record of its own connection says who opened it.
        bool oriented = connection || flow.InitiatorKnown || flow.Direction != FlowDirection.Unknown;
        string? application = connection ? null : BoundedText.Head(flow.Application, BoundedText.FileName);
        string? server = connection ? null : BoundedText.Tail(flow.ServerName, BoundedText.HostName);
        bool v6 = !key.FirstIp.IsV4 || !key.SecondIp.IsV4;
        int flags = (v6 ? IsV6 : 0) | (oriented ? sourceIsFirst ? FirstInitiates : SecondInitiates : 0) | (application is null ? 0
            : HasApplication)
            | (server is null ? 0 : HasServerName) | (observation.Payload is null ? 0 : HasPayload)
            | (connection ? HasOwner : 0) | (flow.IsProxied ? IsProxied : 0);
        EntryWriter writer = new(entry[sizeof(ushort)..]);
        writer.Byte((byte)flags);
        writer.Address(key.FirstIp, v6);
        writer.Address(key.SecondIp, v6);
        writer.Number(key.FirstPort, sizeof(ushort));
        writer.Number(key.SecondPort, sizeof(ushort));
        writer.Byte(key.Protocol);
        writer.Number(time.Day, sizeof(int));
        writer.Byte((byte)(connection ? Handshake.Unknown : flow.Handshake));
        writer.Byte((byte)time.Clock);
        writer.Number(time.Ms, sizeof(long));
        writer.Id(id);
        writer.Text(application);
        writer.Text(server);
        if (connection)
        {
            writer.Number((long)OwnerOf(observation.Process!.Key!.Value), sizeof(long));
        }

        if (flow.IsProxied)
        {
            writer.Number(flow.ServerPort, sizeof(ushort));
        }

        if (observation.Payload is { } fields)
        {
            PayloadFact payload = FlowObservationFacts.Payload(
                fields, id, sourceIsFirst ? FlowEnd.First : FlowEnd.Second, sourceIsFirst ? FlowEnd.Second : FlowEnd.First);
            writer.Number((long)payload.SampleId, sizeof(long));
            writer.Byte((byte)payload.Speaker);
            writer.Byte((byte)payload.Verdict);
            writer.Number(payload.Sampled, sizeof(int));
            writer.Number(payload.Score, sizeof(int));
            writer.Number(payload.Z, sizeof(int));
            writer.Number(payload.CompressionZ, sizeof(int));
            writer.Number(payload.XorKeyLength, sizeof(int));
            writer.Number(payload.EcbRepeats, sizeof(int));
        }

        int length = sizeof(ushort) + writer.Length;
        BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)length);
        return length;
    }

    /// <summary>
    /// Writes that a name resolved to an address: an entry of the asking host's, or of a process whose host's address the record lacks, and
    /// of no protocol. Returns how many bytes, 0 where it has no time.
    /// </summary>
    public static int WriteAnswer(Span<byte> entry, Observation observation, IpAddress answer)
    {
        if (FactTime.Of(observation) is not { } time || BoundedText.Tail(observation.QueryName, BoundedText.HostName) is not { } name)
        {
            return 0;
        }

        FlowKey key = FlowKey.Create(observation.Flow?.SrcIp ?? default, 0, answer, 0, 0);
        bool v6 = !key.FirstIp.IsV4 || !key.SecondIp.IsV4;
        ProcessKey? owner = observation.Process?.Key;
        EntryWriter writer = new(entry[sizeof(ushort)..]);
        writer.Byte((byte)((v6 ? IsV6 : 0) | (key.SecondIp == answer ? FirstInitiates : SecondInitiates) | HasServerName
            | (owner is null ? 0 : HasOwner)));
        writer.Address(key.FirstIp, v6);
        writer.Address(key.SecondIp, v6);
        writer.Number(0, sizeof(ushort));
        writer.Number(0, sizeof(ushort));
        writer.Byte(0);
        writer.Number(time.Day, sizeof(int));
        writer.Byte((byte)Handshake.Unknown);
        writer.Byte((byte)time.Clock);
        writer.Number(time.Ms, sizeof(long));
        writer.Id(observation.Id);
        writer.Text(name);
        if (owner is { } process)
        {
            writer.Number((long)OwnerOf(process), sizeof(long));
        }

        int length = sizeof(ushort) + writer.Length;
        BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)length);
        return length;
    }

    /// <summary>A process as entries name it: a hash of its key, never 0.</summary>
    [System.Runtime.CompilerServices.SkipLocalsInit]
    public static ulong OwnerOf(ProcessKey process)
    {
        const int MaxStack = 256;
        int size = Encoding.UTF8.GetMaxByteCount(process.Value.Length);
        Span<byte> bytes = size <= MaxStack ? stackalloc byte[MaxStack] : new byte[size];
        return (ulong)SipHash.Hash128(bytes[..Encoding.UTF8.GetBytes(process.Value, bytes)], 0, 0) | 1;
    }

    /// <summary>The length of the entry that a span begins with; 0 where none does.</summary>
    public static int Length(ReadOnlySpan<byte> bytes) =>
        bytes.Length > sizeof(ushort) && BinaryPrimitives.ReadUInt16LittleEndian(bytes) is var length
            && length <= bytes.Length ? length : 0;

    /// <summary>The addresses of an entry.</summary>
    public static AddressPair Pair(ReadOnlySpan<byte> entry)
    {
        EntryReader reader = new(entry[sizeof(ushort)..]);
        bool v6 = (reader.Byte() & IsV6) != 0;
        return AddressPair.Of(reader.Address(v6), reader.Address(v6));
    }

    /// <summary>The flow of an entry.</summary>
    public static FlowKey Key(ReadOnlySpan<byte> entry)
    {
        EntryReader reader = new(entry[sizeof(ushort)..]);
        return Key(ref reader, (reader.Byte() & IsV6) != 0);
    }

    /// <summary>What an entry says of its flow.</summary>
    public static FlowSummary Read(ReadOnlySpan<byte> entry) => ReadMention(entry).Flow;

    /// <summary>What an entry says.</summary>
    public static JournalMention ReadMention(ReadOnlySpan<byte> entry)
    {
        EntryReader reader = new(entry[sizeof(ushort)..]);
        int flags = reader.Byte();
        FlowKey key = Key(ref reader, (flags & IsV6) != 0);
        int day = (int)reader.Number(sizeof(int));
        Handshake handshake = (Handshake)reader.Byte();
        FactTime time = new((FactClock)reader.Byte(), reader.Number(sizeof(long)));
        ObservationId id = reader.Id();
        string? application = (flags & HasApplication) != 0 ? reader.Text() : null;
        string? server = (flags & HasServerName) != 0 ? reader.Text() : null;
        ulong owner = (flags & HasOwner) != 0 ? (ulong)reader.Number(sizeof(long)) : 0;
        ushort? port = (flags & IsProxied) != 0 ? (ushort)reader.Number(sizeof(ushort)) : null;
        FlowSummary flow = new()
        {
            Key = key,
            Day = day,
            Seen = Sightings.Of(id, time),
            FirstInitiates = (flags & FirstInitiates) != 0,
            SecondInitiates = (flags & SecondInitiates) != 0,
            Handshake = handshake,
            Applications = application is null ? [] : [application],
            ServerName = server,
            Payloads = (flags & HasPayload) == 0 ? [] :
            [
                new()
                {
                    SampleId = (ulong)reader.Number(sizeof(long)),
                    Speaker = (FlowEnd)reader.Byte(),
                    Verdict = (Randomness.PayloadVerdict)reader.Byte(),
                    Sampled = (int)reader.Number(sizeof(int)),
                    Score = (int)reader.Number(sizeof(int)),
                    Z = (int)reader.Number(sizeof(int)),
                    CompressionZ = (int)reader.Number(sizeof(int)),
                    XorKeyLength = (int)reader.Number(sizeof(int)),
                    EcbRepeats = (int)reader.Number(sizeof(int)),
                    Observation = id,
                },
            ],
        };
        return new(flow, owner, port);
    }

    private static FlowKey Key(ref EntryReader reader, bool v6)
    {
        IpAddress first = reader.Address(v6);
        IpAddress second = reader.Address(v6);
        return FlowKey.Create(first, (ushort)reader.Number(sizeof(ushort)), second, (ushort)reader.Number(sizeof(ushort)), reader.Byte());
    }
}
