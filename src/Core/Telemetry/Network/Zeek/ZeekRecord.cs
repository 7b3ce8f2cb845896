using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>One entry of a Zeek log, found in either rendering: the fields are spans by Zeek's own names.</summary>
internal readonly ref struct ZeekRecord
{
    /// <summary>The bytes that the fields are spans of.</summary>
    public required ReadOnlySpan<byte> Text { get; init; }

    /// <summary>The fields of the record.</summary>
    public required ReadOnlySpan<FieldSpan> Fields { get; init; }

    /// <summary>Where among them each <see cref="ZeekField"/> stands.</summary>
    public required ReadOnlySpan<int> Places { get; init; }

    /// <summary>Reads values, and keeps what is wrong with them.</summary>
    public required FieldValues Values { get; init; }

    /// <summary>Whether odd bytes are written as <c>\x0a</c>, as the separated rendering does.</summary>
    public bool Escaped { get; init; }

    /// <summary>A field's span.</summary>
    public FieldSpan this[ZeekField field] => Fields[Places[(int)field]];

    /// <summary>Makes the observation of one entry of a log that is read.</summary>
    public RecordResult Normalize(ZeekLog log, RecordContext context)
    {
        if (FieldText.InvalidUtf8At(Text) is >= 0 and var at)
        {
            return Broken(string.Create(CultureInfo.InvariantCulture, $"Not UTF-8 at byte {at} of the record."));
        }

        if (!TryTime(this[ZeekField.Ts].Of(Text), out DateTimeOffset time))
        {
            return Broken("Zeek log entry without a time: 'ts' is missing or is no time.");
        }

        if (log == ZeekLog.Files)
        {
            return ZeekFiles.Normalize(this, time, context);
        }

        // Most queries have no answer that is an address outside: told before anything else is read.
        IReadOnlyList<IpAddress> answers = log == ZeekLog.Dns && this[ZeekField.Query].HasValue
            ? NameAnswers.Of(this[ZeekField.Answers].Of(Text)) : [];
        if ((log == ZeekLog.Dns && answers.Count == 0)
            || (log is ZeekLog.Weird or ZeekLog.Violation && !this[ZeekField.OrigH].HasValue))
        {
            return RecordResult.Skipped(SourceNames.Zeek);
        }

        if (!TryAddress(ZeekField.OrigH, out IpAddress source) || !TryAddress(ZeekField.RespH, out IpAddress destination))
        {
            return Broken(Values.Fault ?? "Zeek log entry without both addresses: id.orig_h and id.resp_h.");
        }

        if (Count(ZeekField.OrigP, ushort.MaxValue) is not { } sourcePort
            || Count(ZeekField.RespP, ushort.MaxValue) is not { } destinationPort)
        {
            return Broken(Values.Fault ?? "Zeek log entry without both ports: id.orig_p and id.resp_p.");
        }

        ZeekEntry entry = new(time, source, (ushort)sourcePort, destination, (ushort)destinationPort);
        return log switch
        {
            ZeekLog.Conn => ZeekConn.Normalize(this, entry, context),
            ZeekLog.Weird => ZeekFlowLogs.Weird(this, entry, context),
            ZeekLog.Dns => ZeekFlowLogs.Dns(this, entry, answers, context),
            ZeekLog.Violation => ZeekFlowLogs.Violation(this, entry, context),
            _ => ZeekFlowLogs.Application(log, this, entry, context),
        };
    }

    /// <summary>The flow an entry names; null where it does not name one whole.</summary>
    public ZeekEntry? Entry(DateTimeOffset time) =>
        TryAddress(ZeekField.OrigH, out IpAddress source) && TryAddress(ZeekField.RespH, out IpAddress destination)
        && Count(ZeekField.OrigP, ushort.MaxValue) is { } sourcePort && Count(ZeekField.RespP, ushort.MaxValue) is { } destinationPort
            ? new ZeekEntry(time, source, (ushort)sourcePort, destination, (ushort)destinationPort)
            : null;

    /// <summary>The observation of an entry about a flow, with an id that the other rendering of the entry has too.</summary>
    /// <remarks>
    /// Zeek writes an entry when its flow is over; what joins with other telemetry is when the flow began, by the sensor's clock.
    /// The time of writing is therefore left out.
    /// </remarks>
    /// <param name="log">The log: entries of two logs about one flow at one time are two observations.</param>
    /// <param name="entry">What the entry starts with.</param>
    /// <param name="flow">What it says of the flow.</param>
    public Observation Observe(string log, in ZeekEntry entry, FlowFields flow) => new()
    {
        Kind = ObservationKind.Flow,
        Source = SourceNames.Zeek,
        Platform = TelemetryPlatform.Network,
        Time = entry.Time,
        Flow = flow,
        Discriminator = log,
        FlowUid = String(ZeekField.Uid),
    };

    /// <summary>Whether Zeek says of a transport that it is none it knows.</summary>
    public static bool IsUnknown(ReadOnlySpan<byte> transport) => transport.StartsWith("unknown"u8);

    /// <summary>Says that a value cannot be what its field says, by the name that the record has for it.</summary>
    public long? Wrong(ZeekField field, string what) =>
        Escaped ? Values.Wrong(ZeekFields.NameOf(field), what) : Values.Wrong(this[field], what);

    /// <summary>A dead letter of this source.</summary>
    public static RecordResult Broken(string reason) => RecordResult.DeadLettered(SourceNames.Zeek, reason);

    /// <summary>A field as text; null where it has no value.</summary>
    public string? String(ZeekField field) =>
        this[field].Text(Text) is not { } text ? null
        : Escaped && this[field].Of(Text).Contains((byte)'\\') ? ZeekEscapes.Undo(text)
        : text;

    /// <summary>A field as a count within a range; null where it is none.</summary>
    public long? Count(ZeekField field, long max = long.MaxValue) =>
        this[field].TryInteger(Text, out long number) && number >= 0 && number <= max ? number
        : None(field, "no whole number in its range");

    /// <summary>A field as a number; null where it has none.</summary>
    public double? Real(ZeekField field)
    {
        if (this[field].TryDouble(Text, out double number))
        {
            return number;
        }

        None(field, "no number");
        return null;
    }

    /// <summary>Whether a boolean field is true: <c>T</c> or <c>true</c>.</summary>
    public bool IsTrue(ZeekField field)
    {
        bool? value = this[field].Of(Text) switch
        {
            [(byte)'T'] => true,
            [(byte)'F'] => false,
            _ => this[field].Boolean(Text),
        };
        if (value is null && Values.IsThere(this[field]))
        {
            Wrong(field, "neither true nor false");
        }

        return value is true;
    }

    /// <summary>A field as an address; false where it is none.</summary>
    public bool TryAddress(ZeekField field, out IpAddress address)
    {
        address = default;
        if (this[field].HasValue && IpAddress.TryParse(this[field].Of(Text), out address))
        {
            return true;
        }

        None(field, "no IP address");
        return false;
    }

    /// <summary>Emits an observation, unless some value of its entry cannot be what its field says.</summary>
    public RecordResult Emit(Observation observation, RecordContext context)
    {
        if (Values.Fault is { } fault)
        {
            return Broken(fault);
        }

        context.Emit(observation);
        return RecordResult.Observed(SourceNames.Zeek);
    }

    /// <summary>Of a field that is not what it should be: nothing where it says nothing, else a fault.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private long? None(ZeekField field, string what) => Values.IsThere(this[field]) ? Wrong(field, what) : null;

    /// <summary>Reads a time in each of Zeek's JSON settings: epoch seconds, epoch milliseconds, ISO 8601; false when it is none.</summary>
    private static bool TryTime(ReadOnlySpan<byte> text, out DateTimeOffset time) =>
        Timestamps.TryParsePlainSeconds(text, out time) || TryOddTime(text, out time);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryOddTime(scoped ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        // A whole number of so many digits counts milliseconds: as seconds it would be later than the year 5000.
        const int MinMillisecondDigits = 12;
        Span<byte> plain = stackalloc byte[DecimalNumber.MaxBytes];
        if (text.ContainsAny("eE"u8) && DecimalNumber.TryExpand(text, plain, out int expanded))
        {
            text = plain[..expanded];
        }

        int point = text.IndexOf((byte)'.');
        int whole = point < 0 ? text.Length : point;
        if (whole >= MinMillisecondDigits && Utf8Parser.TryParse(text[..whole], out long milliseconds, out int used) && used == whole)
        {
            time = default;
            return milliseconds <= long.MaxValue / TimeSpan.TicksPerMillisecond
                && Timestamps.TryFromUnixTicks(milliseconds * TimeSpan.TicksPerMillisecond, out time);
        }

        return Timestamps.TryParseEpochSeconds(text, out time) || Timestamps.TryParse(text, out time);
    }
}

/// <summary>What every entry about a connection starts with.</summary>
/// <param name="Time">When it began.</param>
/// <param name="Source">Originator's address.</param>
/// <param name="SourcePort">Originator's port; the type of an ICMP message.</param>
/// <param name="Destination">Responder's address.</param>
/// <param name="DestinationPort">Responder's port; the code of an ICMP message.</param>
internal readonly record struct ZeekEntry(
    DateTimeOffset Time, IpAddress Source, ushort SourcePort, IpAddress Destination, ushort DestinationPort)
{
    /// <summary>The flow it is about.</summary>
    public FlowEnds Ends(byte protocol) => new(Source, SourcePort, Destination, DestinationPort, protocol);
}

/// <summary>Undoes the <c>\x0a</c> escapes of Zeek's separated logs. Total: what is no valid escape is kept as it stands.</summary>
internal static class ZeekEscapes
{
    /// <summary>The text that a field stands for; its escaped bytes are UTF-8.</summary>
    public static string Undo(string text)
    {
        if (!text.Contains("\\x", StringComparison.Ordinal))
        {
            return text;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int written = 0;
        for (int at = 0; at < bytes.Length; at++)
        {
            if (bytes[at] == '\\' && at + 3 < bytes.Length && bytes[at + 1] == 'x'
                && byte.TryParse(bytes.AsSpan(at + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                bytes[written++] = value;
                at += 3;
            }
            else
            {
                bytes[written++] = bytes[at];
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, written);
    }
}
