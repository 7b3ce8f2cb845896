using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Proxies;

/// <summary>
/// Records in ArcSight's Common Event Format, bare or behind a syslog head: those of proxies, by what they ask for. All others are skipped.
/// </summary>
/// <remarks>
/// Source: the format's implementation standard. Proxies write the origin server as <c>dst</c>, not themselves, so the other end of the
/// client's connection stays unnamed; <c>src</c> and, where it is logged, <c>spt</c> are what joins. In the extension a value goes to the
/// next <c>name=</c>; <c>\=</c>, <c>\\</c> and <c>\n</c> stand for themselves.
/// </remarks>
internal static class CefLine
{
    /// <summary>How far into a line the head of syslog may reach.</summary>
    private const int MaxHeadBytes = 256;

    /// <summary>Fields between the bars of the head: device, version, event and severity.</summary>
    private const int HeadFields = 7;

    private static readonly string[] Dates =
        ["MMM dd yyyy HH:mm:ss", "MMM d yyyy HH:mm:ss", "MMM dd yyyy HH:mm:ss.fff", "MMM d yyyy HH:mm:ss.fff"];

    private static readonly RecordResult Skipped = RecordResult.Skipped(SourceNames.Cef);

    private static readonly FieldNames Names = FieldNames.Of(
        (CefField.Source, "src"),
        (CefField.SourcePort, "spt"),
        (CefField.TargetHost, "dhost"),
        (CefField.TargetPort, "dpt"),
        (CefField.Request, "request"),
        (CefField.Method, "requestMethod"),
        (CefField.Received, "rt"),
        (CefField.Began, "start"),
        (CefField.Ended, "end"),
        (CefField.Action, "act"),
        (CefField.In, "in"),
        (CefField.Out, "out"));

    /// <summary>Whether a line holds such a record.</summary>
    public static bool Fits(ReadOnlySpan<byte> line) => At(line) >= 0;

    /// <summary>Reads the record in a line.</summary>
    public static RecordResult Normalize(ReadOnlySpan<byte> line, RecordContext context)
    {
        ReadOnlySpan<byte> record = line[At(line)..];
        int extension = Extension(record);
        if (extension < 0)
        {
            return Broken("CEF record whose head has fewer than seven fields.");
        }

        ReadOnlySpan<byte> pairs = record[extension..];
        Span<FieldSpan> fields = stackalloc FieldSpan[Names.Count];
        Find(pairs, fields);

        // What names no address asked of a proxy is another product's record.
        ReadOnlySpan<byte> request = fields[(int)CefField.Request].Of(pairs);
        ReadOnlySpan<byte> method = fields[(int)CefField.Method].Of(pairs);
        ReadOnlySpan<byte> host = fields[(int)CefField.TargetHost].Of(pairs);
        if ((request.IsEmpty && method.IsEmpty) || fields[(int)CefField.Source].Length == 0)
        {
            return Skipped;
        }

        if (FieldText.InvalidUtf8At(record) >= 0)
        {
            return Broken("CEF record: not UTF-8.");
        }

        FieldValues values = context.Values(pairs);
        IpAddress? source = values.Address(fields[(int)CefField.Source]);
        ushort? port = values.Port(fields[(int)CefField.SourcePort]);
        ushort? targetPort = values.Port(fields[(int)CefField.TargetPort]);
        ProxyCounters counters = new(values.Count(fields[(int)CefField.Out]), values.Count(fields[(int)CefField.In]), null);
        LoggedTime? time = Time(pairs, fields, values) ?? (context.InputTime is { } input ? new LoggedTime(input, HasZone: true) : null);
        if (values.Fault is { } fault)
        {
            return Broken("CEF record: " + fault);
        }

        if (!TryTarget(method, request, host, targetPort, out RequestTarget target) || IsRefused(fields[(int)CefField.Action].Of(pairs)))
        {
            return Skipped;
        }

        return time is { } at
            ? ProxiedFlows.Emit(SourceNames.Cef, source!.Value, port ?? 0, target, at, counters, context)
            : Broken("CEF record without a time: rt, start or end.");
    }

    /// <summary>Offset of the record in a line; −1 where there is none.</summary>
    private static int At(ReadOnlySpan<byte> line)
    {
        int at = line[..Math.Min(line.Length, MaxHeadBytes)].IndexOf("CEF:"u8);
        ReadOnlySpan<byte> version = at < 0 ? default : line[(at + 4)..].TrimStart((byte)' ');
        return version is [>= (byte)'0' and <= (byte)'9', (byte)'|', ..] ? at : -1;
    }

    /// <summary>Offset of the extension behind the head's bars, of which an escaped one is none; −1 where there are fewer.</summary>
    private static int Extension(ReadOnlySpan<byte> record)
    {
        int bars = 0;
        for (int at = 0; at < record.Length; at++)
        {
            if (record[at] == (byte)'\\')
            {
                at++;
            }
            else if (record[at] == (byte)'|' && ++bars == HeadFields)
            {
                return at + 1;
            }
        }

        return -1;
    }

    /// <summary>
    /// Finds the pairs that are read: a name is what stands between a blank and a sign of equality that is not escaped. A sign with no
    /// blank before it since the value began is the value's own: some write URLs without escapes.
    /// </summary>
    private static void Find(ReadOnlySpan<byte> pairs, Span<FieldSpan> fields)
    {
        (int place, int start, int blank) = (-1, 0, -1);
        for (int at = 0; at < pairs.Length; at++)
        {
            switch (pairs[at])
            {
                case (byte)'\\':
                    at++;
                    break;
                case (byte)' ':
                    blank = at;
                    break;
                case (byte)'=' when blank >= start || start == 0:
                    Take(pairs, fields, place, start, Math.Max(start, blank));
                    (place, start) = (Names.Find(pairs[(blank + 1)..at]), at + 1);
                    break;
            }
        }

        Take(pairs, fields, place, start, pairs.Length);
    }

    private static void Take(ReadOnlySpan<byte> pairs, Span<FieldSpan> fields, int place, int start, int end)
    {
        if (place >= 0)
        {
            int length = pairs[start..end].TrimEnd((byte)' ').Length;
            fields[place] = new(start, length, FieldForm.Plain);
        }
    }

    /// <summary>When the request began: its start, else when it was received by the device, else its end.</summary>
    private static LoggedTime? Time(ReadOnlySpan<byte> pairs, ReadOnlySpan<FieldSpan> fields, FieldValues values)
    {
        foreach (CefField field in (ReadOnlySpan<CefField>)[CefField.Began, CefField.Received, CefField.Ended])
        {
            FieldSpan span = fields[(int)field];
            if (!values.IsThere(span))
            {
                continue;
            }

            ReadOnlySpan<byte> text = span.Of(pairs);
            if (LooseTime.TryParse(text, out DateTimeOffset time, out bool hasZone) || TryDate(text, out time, out hasZone))
            {
                return new(time, hasZone);
            }

            values.Wrong(Names[(int)field], "no time");
        }

        return null;
    }

    /// <summary>Reads the format's own dates: <c>Mar 10 2026 09:41:00.123 UTC</c>, with or without fraction and zone.</summary>
    private static bool TryDate(ReadOnlySpan<byte> text, out DateTimeOffset time, out bool hasZone)
    {
        time = default;
        hasZone = text.EndsWith(" UTC"u8) || text.EndsWith(" GMT"u8) || text.EndsWith("Z"u8);
        text = hasZone ? text[..text.LastIndexOfAny(" Z"u8)] : text;
        Span<char> written = stackalloc char[32];
        return text.Length <= written.Length && System.Text.Ascii.ToUtf16(text, written, out int length)
            == System.Buffers.OperationStatus.Done && DateTimeOffset.TryParseExact(
                written[..length], Dates,
                System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out time);
    }

    private static bool TryTarget(
        ReadOnlySpan<byte> method, ReadOnlySpan<byte> request, ReadOnlySpan<byte> host, ushort? port, out RequestTarget target)
    {
        // Some write the URL without its scheme, some the path alone beside the host.
        if (RequestTarget.TryParse(method, request, out target))
        {
            return true;
        }

        int path = request.IndexOf((byte)'/');
        return (!host.IsEmpty && RequestTarget.TryAuthority(host, port ?? 0, out target))
            || (path != 0 && RequestTarget.TryAuthority(path < 0 ? request : request[..path], port ?? 0, out target));
    }

    /// <summary>What the proxy refused called nobody.</summary>
    private static bool IsRefused(ReadOnlySpan<byte> action) =>
        FieldText.StartsWithAny(action, "block", "den", "drop", "reset", "reject", "tcp_denied");

    private static RecordResult Broken(string reason) => RecordResult.DeadLettered(SourceNames.Cef, reason);
}

/// <summary>The fields of the extension that are read.</summary>
internal enum CefField
{
    Source,
    SourcePort,
    TargetHost,
    TargetPort,
    Request,
    Method,
    Received,
    Began,
    Ended,
    Action,
    In,
    Out,
}
