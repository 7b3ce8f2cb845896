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
/// (16); then, where the flags say so, application and server name (length and UTF-8) and the payload sample. An address takes 4 or
/// 16 bytes.
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

    /// <summary>Writes what an observation says of its flow; returns how many bytes, 0 where it has no time.</summary>
    public static int Write(Span<byte> entry, Observation observation)
    {
        if (FactTime.Of(observation) is not { } time)
        {
            return 0;
        }

        FlowFields flow = observation.Flow!;
        ObservationId id = observation.Id;
        FlowKey key = flow.Key;
        bool connection = observation.Kind == ObservationKind.Connection;
        bool sourceIsFirst = key.FirstIp == flow.SrcIp && key.FirstPort == flow.SrcPort;

        // A host's record of its own connection says who opened it.
        bool oriented = connection || flow.InitiatorKnown || flow.Direction != FlowDirection.Unknown;
        string? application = connection ? null : BoundedText.Head(flow.Application, BoundedText.FileName);
        string? server = connection ? null : BoundedText.Tail(flow.ServerName, BoundedText.HostName);
        bool v6 = !key.FirstIp.IsV4 || !key.SecondIp.IsV4;
        int flags = (v6 ? IsV6 : 0) | (oriented ? sourceIsFirst ? FirstInitiates : SecondInitiates : 0) | (application is null ? 0
            : HasApplication)
            | (server is null ? 0 : HasServerName) | (observation.Payload is null ? 0 : HasPayload);
        Writer writer = new(entry[sizeof(ushort)..]);
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

    /// <summary>The length of the entry that a span begins with; 0 where none does.</summary>
    public static int Length(ReadOnlySpan<byte> bytes) =>
        bytes.Length > sizeof(ushort) && BinaryPrimitives.ReadUInt16LittleEndian(bytes) is var length
            && length <= bytes.Length ? length : 0;

    /// <summary>The addresses of an entry.</summary>
    public static AddressPair Pair(ReadOnlySpan<byte> entry)
    {
        Reader reader = new(entry[sizeof(ushort)..]);
        bool v6 = (reader.Byte() & IsV6) != 0;
        return AddressPair.Of(reader.Address(v6), reader.Address(v6));
    }

    /// <summary>The flow of an entry.</summary>
    public static FlowKey Key(ReadOnlySpan<byte> entry)
    {
        Reader reader = new(entry[sizeof(ushort)..]);
        return Key(ref reader, (reader.Byte() & IsV6) != 0);
    }

    /// <summary>What an entry says.</summary>
    public static FlowSummary Read(ReadOnlySpan<byte> entry)
    {
        Reader reader = new(entry[sizeof(ushort)..]);
        int flags = reader.Byte();
        FlowKey key = Key(ref reader, (flags & IsV6) != 0);
        int day = (int)reader.Number(sizeof(int));
        Handshake handshake = (Handshake)reader.Byte();
        FactTime time = new((FactClock)reader.Byte(), reader.Number(sizeof(long)));
        ObservationId id = reader.Id();
        string? application = (flags & HasApplication) != 0 ? reader.Text() : null;
        string? server = (flags & HasServerName) != 0 ? reader.Text() : null;
        return new()
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
    }

    private static FlowKey Key(ref Reader reader, bool v6)
    {
        IpAddress first = reader.Address(v6);
        IpAddress second = reader.Address(v6);
        return FlowKey.Create(first, (ushort)reader.Number(sizeof(ushort)), second, (ushort)reader.Number(sizeof(ushort)), reader.Byte());
    }

    private ref struct Writer(Span<byte> bytes)
    {
        private readonly Span<byte> _bytes = bytes;

        public int Length { get; private set; }

        public void Byte(byte value) => _bytes[Length++] = value;

        public void Number(long value, int size)
        {
            for (int index = 0; index < size; index++)
            {
                Byte((byte)(value >> (8 * index)));
            }
        }

        public void Id(ObservationId id)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(_bytes[Length..], id.Value);
            Length += 16;
        }

        /// <summary>An address; one of the fourth version beside one of the sixth in its mapped form.</summary>
        public void Address(IpAddress address, bool v6)
        {
            Span<byte> place = _bytes.Slice(Length, v6 ? 16 : 4);
            if (v6 && address.IsV4)
            {
                place[..10].Clear();
                place[10..12].Fill(0xff);
                address.CopyTo(place[12..]);
            }
            else
            {
                address.CopyTo(place);
            }

            Length += place.Length;
        }

        public void Text(string? text)
        {
            if (text is not null)
            {
                int size = Encoding.UTF8.GetBytes(text, _bytes[(Length + 1)..]);
                _bytes[Length] = (byte)size;
                Length += 1 + size;
            }
        }
    }

    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public byte Byte()
        {
            byte value = _rest[0];
            _rest = _rest[1..];
            return value;
        }

        public long Number(int size)
        {
            long value = 0;
            for (int index = 0; index < size; index++)
            {
                value |= (long)Byte() << (8 * index);
            }

            // Sign of the width that was written.
            int unused = 64 - (8 * size);
            return size == sizeof(ushort) ? value : value << unused >> unused;
        }

        public ObservationId Id()
        {
            ObservationId id = new(BinaryPrimitives.ReadUInt128LittleEndian(_rest));
            _rest = _rest[16..];
            return id;
        }

        public IpAddress Address(bool v6)
        {
            IpAddress address = IpAddress.FromBytes(_rest[..(v6 ? 16 : 4)]);
            _rest = _rest[(v6 ? 16 : 4)..];
            return address;
        }

        public string Text()
        {
            int size = Byte();
            string text = Encoding.UTF8.GetString(_rest[..size]);
            _rest = _rest[size..];
            return text;
        }
    }
}
