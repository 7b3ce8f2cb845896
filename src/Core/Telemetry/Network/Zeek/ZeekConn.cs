using System.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>Entries of conn.log: counters, duration, service, and what the history says of the flow's start.</summary>
internal static class ZeekConn
{
    /// <summary>
    /// Counters are believed while missed bytes are at most one in this many. Zeek fills gaps from sequence numbers, so that
    /// beyond a few per cent of loss the counts of the two directions no longer compare.
    /// </summary>
    private const int BytesPerMissedByte = 20;

    /// <summary>Reads one entry.</summary>
    public static RecordResult Normalize(in ZeekRecord record, in ZeekEntry entry, RecordContext context)
    {
        if (ProtocolOf(record, entry) is not { } protocol)
        {
            return ZeekRecord.IsUnknown(record[ZeekField.Proto].Of(record.Text)) ? RecordResult.Skipped(SourceNames.Zeek)
                : ZeekRecord.Broken(record.Values.Fault ?? (record[ZeekField.Proto].HasValue
                    ? "'proto' is not recognised as an IP protocol." : "Zeek conn entry without 'proto'."));
        }

        ZeekHistory history = ZeekHistory.Of(record[ZeekField.History].Of(record.Text));
        string? application = ZeekServices.Application(record[ZeekField.Service].Of(record.Text));
        long? bytesOut = Bytes(record, ZeekField.OrigBytes, ZeekField.OrigIpBytes, history.OriginatorUnseen);
        long? bytesIn = Bytes(record, ZeekField.RespBytes, ZeekField.RespIpBytes, unseen: false);
        long missed = record.Count(ZeekField.MissedBytes) ?? 0;
        bool counted = missed <= ((bytesOut ?? 0) + (bytesIn ?? 0)) / BytesPerMissedByte;
        FlowFields flow = new(entry.Ends(protocol))
        {
            InitiatorKnown = true,
            BytesOut = counted ? bytesOut : null,
            BytesIn = counted ? bytesIn : null,
            PacketsOut = history.OriginatorUnseen ? null : record.Count(ZeekField.OrigPkts),
            PacketsIn = record.Count(ZeekField.RespPkts),
            DurationMs = Duration(record),
            Application = application,
            Handshake = ZeekServices.HandshakeOf(application, protocol, history with { HasGaps = history.HasGaps || missed > 0 }),
        };
        return record.Emit(record.Observe("conn", entry, flow), context);
    }

    /// <summary>The protocol's number; null where Zeek says only that it is none it knows.</summary>
    private static byte? ProtocolOf(in ZeekRecord record, in ZeekEntry entry)
    {
        if (record.Count(ZeekField.IpProto, byte.MaxValue) is { } number)
        {
            return (byte)number;
        }

        byte? named = record[ZeekField.Proto].Protocol(record.Text);

        // Zeek writes icmp for both versions.
        return named == IcmpTypes.Icmp && !entry.Source.IsV4 ? IcmpTypes.IcmpV6 : named;
    }

    /// <summary>Payload bytes of one side; null where they were not seen, or where there are more than its packets could carry.</summary>
    private static long? Bytes(in ZeekRecord record, ZeekField payload, ZeekField packets, bool unseen)
    {
        long? bytes = unseen ? null : record.Count(payload);
        return record.Count(packets) is { } carried && bytes > carried ? null : bytes;
    }

    private static long? Duration(in ZeekRecord record)
    {
        // An interval is seconds with a fraction; it is read as a time since the epoch, which is exact.
        FieldSpan duration = record[ZeekField.Duration];
        return Timestamps.TryParseEpochSeconds(duration.Of(record.Text), out DateTimeOffset end)
            ? end.ToUnixTimeMilliseconds()
            : record.Real(ZeekField.Duration) is { } seconds ? seconds is >= 0 and < int.MaxValue ? (long)(seconds * 1000)
                : record.Wrong(ZeekField.Duration, "no time span")
            : null;
    }
}

/// <summary>
/// What conn.log's <c>history</c> says: one letter for each kind of packet in the order first seen, upper case from the
/// originator, lower case from the responder.
/// </summary>
internal readonly record struct ZeekHistory
{
    /// <summary>Zeek swapped the two sides, because it first saw what looked like an answer (<c>^</c>).</summary>
    public bool Flipped { get; init; }

    /// <summary>A SYN and a SYN-ACK were captured: whatever was sent first was seen.</summary>
    public bool StartSeen { get; init; }

    /// <summary>Either side sent payload.</summary>
    public bool HasPayload { get; init; }

    /// <summary>Payload was missing from the capture.</summary>
    public bool HasGaps { get; init; }

    /// <summary>The entry is of a capture that saw the responder alone, so that the originator's counters of 0 mean nothing.</summary>
    public bool OriginatorUnseen { get; init; }

    /// <summary>Reads a history; the default value where there is none.</summary>
    public static ZeekHistory Of(ReadOnlySpan<byte> history)
    {
        // One bit a letter, whatever its case: what follows is asked of sets.
        uint letters = 0;
        bool originator = false;
        foreach (byte letter in history)
        {
            letters |= char.IsAsciiLetter((char)letter) ? Letter(letter) : 0;
            originator |= char.IsAsciiLetterUpper((char)letter);
        }

        bool originatorUnseen = history is [(byte)'^', ..] && !originator;
        return new()
        {
            Flipped = history is [(byte)'^', ..],
            StartSeen = (letters & Letter((byte)'S')) != 0 && (letters & Letter((byte)'H')) != 0 && !originatorUnseen,
            HasPayload = (letters & Letter((byte)'D')) != 0,
            HasGaps = (letters & Letter((byte)'G')) != 0,
            OriginatorUnseen = originatorUnseen,
        };
    }

    private static uint Letter(byte letter) => 1U << ((letter | 0x20) - 'a');
}

/// <summary>What conn.log's <c>service</c> says: the protocols that Zeek's analysers confirmed on the flow.</summary>
internal static class ZeekServices
{
    /// <summary>Services that exchange keys themselves: where several are named, the first of these is what the flow is.</summary>
    private static readonly string[] KeyExchanging = ["quic", "dtls", "ssl", "ssh", "ipsec", "wireguard", "openvpn", "rdp"];

    /// <summary>The application of a flow, by the name used here; null where no analyser found one.</summary>
    /// <param name="service">One name, or several separated by commas; with <c>-</c> before it, one whose analyser gave up.</param>
    public static string? Application(ReadOnlySpan<byte> service)
    {
        if (service.IndexOf((byte)',') < 0)
        {
            return service.IsEmpty || service[0] == (byte)'-' ? null : Named(ApplicationNames.Of(service));
        }

        string? first = null;
        string? exchanging = null;
        int rank = KeyExchanging.Length;
        foreach (Range range in service.Split((byte)','))
        {
            ReadOnlySpan<byte> name = service[range];
            if (name.IsEmpty || name[0] == (byte)'-')
            {
                continue;
            }

            int place = Rank(name);
            if (place < rank)
            {
                rank = place;
                exchanging = KeyExchanging[place];
            }

            first ??= ApplicationNames.Of(name);
        }

        return Named(exchanging ?? first);
    }

    /// <summary>What the entry says of the key exchange.</summary>
    /// <remarks>
    /// That a service exchanges keys is known once its analyser confirmed it; how far the exchange went is for its own log to
    /// say. That there was none is said only where the first payload was surely seen and no analyser made anything of it.
    /// </remarks>
    public static Handshake HandshakeOf(string? application, byte protocol, ZeekHistory history)
    {
        if (application is not null)
        {
            return application is "tls" || Array.IndexOf(KeyExchanging, application) >= 0 ? Handshake.Hello
                : Handshake.Unknown;
        }

        return !history.HasPayload || protocol != Protocols.Tcp ? Handshake.Unknown
            : history.StartSeen && !history.HasGaps ? Handshake.None
            : Handshake.Unseen;
    }

    /// <summary>Zeek's name of TLS is of another age.</summary>
    public static string? Named(string? service) => service == "ssl" ? "tls" : service;

    private static int Rank(ReadOnlySpan<byte> name)
    {
        for (int place = 0; place < KeyExchanging.Length; place++)
        {
            if (Ascii.EqualsIgnoreCase(name, KeyExchanging[place]))
            {
                return place;
            }
        }

        return KeyExchanging.Length;
    }
}
