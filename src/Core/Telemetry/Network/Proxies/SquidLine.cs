using System.Buffers.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Proxies;

/// <summary>
/// Squid's access.log: its native format, which Apache Traffic Server writes too, and its <c>common</c> and <c>combined</c> ones, which are
/// told from a web server's by the result at their end. Bare, or behind the head of a syslog line.
/// </summary>
/// <remarks>
/// Source: Squid's documentation of <c>logformat</c>. The time is that of the request's end, of a tunnel when it closed: native lines have
/// the duration too. Neither the client's port nor the proxy's address is in the built-in formats; a port behind the client, as sites add
/// with <c>%&gt;a:%&gt;p</c> or <c>%&gt;a/%&gt;p</c>, is read.
/// </remarks>
internal static class SquidLine
{
    private static readonly RecordResult Skipped = RecordResult.Skipped(SourceNames.Squid);

    /// <summary>How far into a line the head of syslog may reach.</summary>
    private const int MaxHeadBytes = 160;

    /// <summary>Whether a line is one of them.</summary>
    public static bool Fits(ReadOnlySpan<byte> line) => IsEntry(line) || Entry(line) > 0;

    /// <summary>Reads a line that is one of them.</summary>
    public static RecordResult Normalize(ReadOnlySpan<byte> line, RecordContext context)
    {
        line = IsEntry(line) ? line : line[Entry(line)..];
        if (FieldText.InvalidUtf8At(line) >= 0)
        {
            return Broken("Squid log line: not UTF-8.");
        }

        return IsNative(line) ? Native(line, context) : Common(line, context);
    }

    /// <summary>Offset of the entry behind a syslog head that names Squid; 0 where there is none.</summary>
    private static int Entry(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> head = line[..Math.Min(line.Length, MaxHeadBytes)];
        int name = head.IndexOf("squid"u8);
        int colon = name < 0 ? -1 : head[name..].IndexOf(": "u8);
        return colon >= 0 && IsEntry(line[(name + colon + 2)..]) ? name + colon + 2 : 0;
    }

    private static bool IsEntry(ReadOnlySpan<byte> text) => IsNative(text) || IsCommon(text);

    /// <summary>An epoch with milliseconds, and in the fourth place a result with its status.</summary>
    private static bool IsNative(ReadOnlySpan<byte> text)
    {
        if (text.Length < 14 || (uint)(text[0] - '0') > 9 || text[10] != (byte)'.')
        {
            return false;
        }

        Words words = new(text);
        words.Next();
        words.Next();
        words.Next();
        return IsResult(words.Next(), (byte)'/');
    }

    /// <summary>A line of the common format whose last or, with agent and referrer, last word is a result with its hierarchy.</summary>
    private static bool IsCommon(ReadOnlySpan<byte> text)
    {
        int time = text[..Math.Min(text.Length, MaxHeadBytes)].IndexOf(" ["u8);
        return time > 0 && text[(text.LastIndexOf((byte)' ') + 1)..] is var last && IsResult(last, (byte)':');
    }

    /// <summary>Squid's word for what it did: <c>TCP_TUNNEL/200</c>, <c>TCP_MISS_ABORTED/000</c>, <c>NONE/400</c>.</summary>
    private static bool IsResult(ReadOnlySpan<byte> word, byte separator)
    {
        int at = word.IndexOf(separator);
        return at > 0 && (word.StartsWith("TCP_"u8) || word.StartsWith("UDP_"u8) || word.StartsWith("NONE"u8) || word.StartsWith("ERR_"u8));
    }

    private static RecordResult Native(ReadOnlySpan<byte> line, RecordContext context)
    {
        Words words = new(line);
        ReadOnlySpan<byte> time = words.Next();
        ReadOnlySpan<byte> elapsed = words.Next();
        ReadOnlySpan<byte> client = words.Next();
        ReadOnlySpan<byte> result = words.Next();
        ReadOnlySpan<byte> bytes = words.Next();
        ReadOnlySpan<byte> method = words.Next();
        ReadOnlySpan<byte> url = words.Next();
        if (url.IsEmpty)
        {
            return Broken("Squid log line that ends before its URL.");
        }

        if (!Timestamps.TryParseEpochSeconds(time, out DateTimeOffset ended))
        {
            return Broken("Squid log line: its time is no epoch.");
        }

        if (!TryCount(elapsed, out long? duration))
        {
            return Broken("Squid log line: the elapsed time is no whole number of milliseconds.");
        }

        if (!TryCount(bytes, out long? received))
        {
            return Broken("Squid log line: the bytes are no whole number.");
        }

        bool fits = duration is null || duration < (ended - DateTimeOffset.UnixEpoch).TotalMilliseconds;
        return fits
            ? Request(client, result, method, url, new(ended.AddMilliseconds(-duration ?? 0), HasZone: true), received, duration, context)
            : Broken("Squid log line: the elapsed time is longer than time itself.");
    }

    private static RecordResult Common(ReadOnlySpan<byte> line, RecordContext context)
    {
        int open = line.IndexOf(" ["u8);
        int close = open < 0 ? -1 : line[open..].IndexOf((byte)']');
        if (close < 0 || !TryCommonTime(line[(open + 2)..(open + close)], out DateTimeOffset time))
        {
            return Broken("Squid log line: what stands in brackets is no time.");
        }

        ReadOnlySpan<byte> rest = line[(open + close + 1)..].TrimStart((byte)' ');
        int end = rest.IsEmpty || rest[0] != (byte)'"' ? -1 : rest[1..].IndexOf((byte)'"');
        if (end < 0)
        {
            return Broken("Squid log line without its request in quotes.");
        }

        Words request = new(rest[1..(end + 1)]);
        ReadOnlySpan<byte> method = request.Next();
        ReadOnlySpan<byte> url = request.Next();
        Words after = new(rest[(end + 2)..]);
        after.Next();
        if (!TryCount(after.Next(), out long? received))
        {
            return Broken("Squid log line: the bytes are no whole number.");
        }

        Words head = new(line);
        return Request(
            head.Next(), line[(line.LastIndexOf((byte)' ') + 1)..], method, url, new(time, HasZone: true), received, null, context);
    }

    private static RecordResult Request(
        ReadOnlySpan<byte> client, ReadOnlySpan<byte> result, ReadOnlySpan<byte> method, ReadOnlySpan<byte> url, LoggedTime time,
        long? received, long? duration, RecordContext context)
    {
        // What was refused or never understood called nobody; a client by its name has no address to join on.
        bool called = result.StartsWith("TCP_"u8) && result.IndexOf("DENIED"u8) < 0;
        if (!called)
        {
            return Skipped;
        }

        if (!TryClient(client, out IpAddress address, out ushort port))
        {
            return IsName(client) ? Skipped
                : Broken("Squid log line: the client is neither an address, with or without a port, nor a name.");
        }

        return RequestTarget.TryParse(method, url, out RequestTarget target)
            ? ProxiedFlows.Emit(SourceNames.Squid, address, port, target, time, new(null, received, duration), context)
            : System.Text.Ascii.EqualsIgnoreCase(method, "CONNECT"u8) ? Broken("Squid log line: CONNECT to what is no host with a port.")
            : url.StartsWith("http://"u8) || url.StartsWith("https://"u8) ? Broken("Squid log line: a URL without a host.")
            : Skipped;
    }

    /// <summary>An address, and its port where the site logs it.</summary>
    private static bool TryClient(ReadOnlySpan<byte> text, out IpAddress address, out ushort port)
    {
        port = 0;
        if (IpAddress.TryParse(text, out address))
        {
            return true;
        }

        int slash = text.IndexOf((byte)'/');
        return slash > 0
            ? IpAddress.TryParse(text[..slash], out address) && EndpointText.TryPort(text[(slash + 1)..], out port)
            : EndpointText.TryParse(text, out address, out port);
    }

    /// <summary>Whether a client is a name, as sites with <c>log_fqdn</c> write it: its last label is no number (RFC 1123 §2.1).</summary>
    private static bool IsName(ReadOnlySpan<byte> client)
    {
        int end = client.IndexOfAny((byte)'/', (byte)':');
        ReadOnlySpan<byte> name = (end < 0 ? client : client[..end]).TrimEnd((byte)'.');
        ReadOnlySpan<byte> last = name[(name.LastIndexOf((byte)'.') + 1)..];
        return last.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0 && client.Count((byte)':') < 2;
    }

    private static bool TryCount(ReadOnlySpan<byte> text, out long? count)
    {
        bool none = text is [(byte)'-'];
        bool read = Utf8Parser.TryParse(text, out long number, out int used) && used == text.Length && number >= 0;
        count = read ? number : null;
        return none || read;
    }

    /// <summary>Reads <c>10/Mar/2026:09:41:00 +0100</c>.</summary>
    private static bool TryCommonTime(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        Span<char> written = stackalloc char[26];
        time = default;
        if (text.Length != written.Length || System.Text.Ascii.ToUtf16(text, written, out int length)
            != System.Buffers.OperationStatus.Done || length != written.Length)
        {
            return false;
        }

        return DateTimeOffset.TryParseExact(
            written, "dd/MMM/yyyy:HH:mm:ss zzz", System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.None, out time);
    }

    private static RecordResult Broken(string reason) => RecordResult.DeadLettered(SourceNames.Squid, reason);

    /// <summary>Words between blanks.</summary>
    private ref struct Words(ReadOnlySpan<byte> text)
    {
        private ReadOnlySpan<byte> _rest = text;

        public ReadOnlySpan<byte> Next()
        {
            _rest = _rest.TrimStart((byte)' ');
            int end = _rest.IndexOf((byte)' ');
            ReadOnlySpan<byte> word = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[end..];
            return word;
        }
    }
}
