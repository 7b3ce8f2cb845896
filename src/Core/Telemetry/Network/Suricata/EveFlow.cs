using System.Buffers.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Suricata;

/// <summary>What an event says of its flow: counters, application, key exchange.</summary>
internal static class EveFlow
{
    private const byte Syn = 0x02;

    /// <summary>The flow's observation.</summary>
    public static Observation Of(in EveEvent @event, in JsonRecord record, in JsonRecord counters, in FieldValues values)
    {
        DateTimeOffset? start = values.Time(counters[(int)EveFlowField.Start]);
        DateTimeOffset? end = values.Time(counters[(int)EveFlowField.End]);
        string? application = Application(@event.Type, record);
        bool half = @event.Type == EveType.Netflow;
        bool proxied = Proxied(@event.Type, record, out RequestTarget target);
        return new()
        {
            Kind = ObservationKind.Flow,
            Source = SourceNames.Suricata,
            Platform = TelemetryPlatform.Network,
            Time = start ?? @event.Recorded,
            Discriminator = EveTypes.Word(@event.Type),
            FlowUid = values.Text(record[EveFields.FlowId]),
            Flow = new(@event.Ends)
            {
                InitiatorKnown = @event.InitiatorKnown,
                BytesOut = values.Count(counters[(int)(half ? EveFlowField.Bytes : EveFlowField.BytesToServer)]),
                BytesIn = half ? null : values.Count(counters[(int)EveFlowField.BytesToClient]),
                PacketsOut = values.Count(counters[(int)(half ? EveFlowField.Pkts : EveFlowField.PktsToServer)]),
                PacketsIn = half ? null : values.Count(counters[(int)EveFlowField.PktsToClient]),
                DurationMs = start is { } from && end is { } to && to >= from ? (long)(to - from).TotalMilliseconds : null,
                Application = application,
                Handshake = KeyExchangeOf(@event, application, record, values),
                ServerName = proxied ? target.Host : ServerName(@event.Type, record),
                IsProxied = proxied,
                ServerPort = target.Port,
            },
        };
    }

    private static string? Application(EveType type, in JsonRecord record)
    {
        if (type is EveType.Tls or EveType.Ssh or EveType.Quic or EveType.Http)
        {
            return EveTypes.Word(type);
        }

        ReadOnlySpan<byte> name = record[EveFields.AppProto] is { Form: FieldForm.Plain } field ? field.Of(record.Text) : default;
        return name.IsEmpty || name is [(byte)'-'] || name.SequenceEqual("failed"u8) || name.SequenceEqual("unknown"u8) ? null
            : ApplicationNames.Of(name);
    }

    private static Handshake KeyExchangeOf(in EveEvent @event, string? application, in JsonRecord record, in FieldValues values)
    {
        switch (@event.Type)
        {
            case EveType.Tls:
                return OfTls(Detail(record, EveFields.Tls, stackalloc FieldSpan[EveFields.DetailNames.Count]), values);
            case EveType.Quic:
                return Detail(record, EveFields.Quic, stackalloc FieldSpan[EveFields.DetailNames.Count])
                    .Has((int)EveDetailField.ServerFingerprint) ? Handshake.Established : Handshake.Hello;
            case EveType.Ssh:
                return Handshake.Hello;
            case EveType.Anomaly:
                return Handshake.Unseen;
            case EveType.Flow when application is null:
                return OfUnrecognised(@event, record, values);
        }

        return application is not null && KeyExchange.IsExchanging(application) ? Handshake.Hello : Handshake.Unknown;
    }

    /// <summary>A tls event is written when the handshake is over, or when it ended before the version was settled.</summary>
    private static Handshake OfTls(in JsonRecord tls, in FieldValues values) =>
        values.Boolean(tls[(int)EveDetailField.SessionResumed]) is true ? Handshake.Resumed
        : !tls.Has((int)EveDetailField.Version) || tls[(int)EveDetailField.Version].Is(tls.Text, "UNDETERMINED"u8) ? Handshake.Hello
        : Handshake.Established;

    /// <summary>
    /// A flow whose application was looked for in vain (<c>failed</c>) had no key exchange that Suricata knows, if its start was
    /// captured and nothing of it is missing.
    /// </summary>
    private static Handshake OfUnrecognised(in EveEvent @event, in JsonRecord record, in FieldValues values)
    {
        if (@event.Packet.Protocol != Protocols.Tcp)
        {
            return Handshake.Unknown;
        }

        JsonRecord tcp = Detail(record, EveFields.Tcp, stackalloc FieldSpan[EveFields.DetailNames.Count]);
        bool startSeen = (Flags(tcp, EveDetailField.FlagsToServer, values) & Flags(tcp, EveDetailField.FlagsToClient, values) & Syn) != 0;
        bool gap = values.Boolean(tcp[(int)EveDetailField.GapToServer]) is true
            | values.Boolean(tcp[(int)EveDetailField.GapToClient]) is true;
        return !record[EveFields.AppProto].Is(record.Text, "failed"u8) ? Handshake.Unknown
            : startSeen && !gap ? Handshake.None
            : Handshake.Unseen;
    }

    /// <summary>A request that asks for an authority or a whole URL is one to a proxy.</summary>
    private static bool Proxied(EveType type, in JsonRecord record, out RequestTarget target)
    {
        target = default;
        if (type != EveType.Http)
        {
            return false;
        }

        JsonRecord http = Detail(record, EveFields.Http, stackalloc FieldSpan[EveFields.DetailNames.Count]);
        FieldSpan url = http[(int)EveDetailField.Url];
        if (url.Form != FieldForm.JsonEscaped)
        {
            return url.HasValue && RequestTarget.TryParse(http[(int)EveDetailField.Method].Of(http.Text), url.Of(http.Text), out target);
        }

        // The slashes of a URL may be escaped.
        using UnescapedText text = new(http.Text, url);
        return RequestTarget.TryParse(http[(int)EveDetailField.Method].Of(http.Text), text.Bytes, out target);
    }

    private static string? ServerName(EveType type, in JsonRecord record)
    {
        int place = type switch { EveType.Tls => EveFields.Tls, EveType.Quic => EveFields.Quic, _ => EveFields.Http };
        if (!record.Has(place))
        {
            return null;
        }

        JsonRecord detail = Detail(record, place, stackalloc FieldSpan[EveFields.DetailNames.Count]);
        return detail[(int)(place == EveFields.Http ? EveDetailField.Hostname : EveDetailField.Sni)].Text(detail.Text);
    }

    private static JsonRecord Detail(in JsonRecord record, int field, Span<FieldSpan> fields) =>
        record.Nested(field, EveFields.DetailNames, fields);

    private static byte Flags(in JsonRecord tcp, EveDetailField field, in FieldValues values)
    {
        if (Utf8Parser.TryParse(tcp[(int)field].Of(tcp.Text), out byte flags, out int used, 'x') && used == tcp[(int)field].Length)
        {
            return flags;
        }

        if (values.IsThere(tcp[(int)field]))
        {
            values.Wrong(tcp[(int)field], "no TCP flags in hexadecimal");
        }

        return 0;
    }
}
