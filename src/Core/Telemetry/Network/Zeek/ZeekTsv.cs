using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>Zeek logs as separated values: header lines set what the lines below them mean.</summary>
internal static class ZeekTsv
{
    /// <summary>What the header lines of the log being read have said.</summary>
    private static readonly ReaderState<ZeekLogState> State = new(() => new());

    private const string BeforeFields = "Zeek log line before its #fields line: the columns are not known.";

    /// <summary>Takes a header line (<c>#fields</c> and its like); false when the line is none.</summary>
    public static bool TakesHeader(ReadOnlySpan<byte> line, RecordContext context)
    {
        ZeekLogState log = context.Of(State);
        if (Directive(line, "#separator"u8, (byte)' ', out ReadOnlySpan<byte> value))
        {
            log.Header = new() { Separator = SeparatorOf(value) };
            return true;
        }

        byte separator = log.Header?.Separator ?? (byte)'\t';
        if (Directive(line, "#close"u8, separator, out _))
        {
            log.Header = null;
            return true;
        }

        if (Directive(line, "#fields"u8, separator, out value))
        {
            (log.Header ??= new()).SetColumns(value);
        }
        else if (Directive(line, "#path"u8, separator, out value))
        {
            (log.Header ??= new()).Path = Encoding.UTF8.GetString(value);
        }
        else if (Directive(line, "#unset_field"u8, separator, out value))
        {
            (log.Header ??= new()).Unset = value.ToArray();
        }
        else if (Directive(line, "#empty_field"u8, separator, out value))
        {
            (log.Header ??= new()).Empty = value.ToArray();
        }
        else
        {
            return Directive(line, "#set_separator"u8, separator, out _) || Directive(line, "#open"u8, separator, out _)
                || Directive(line, "#types"u8, separator, out _);
        }

        return true;
    }

    /// <summary>Reads one line of the log whose header was read before; false when the line is not of that log.</summary>
    public static bool TryNormalize(ReadOnlySpan<byte> line, RecordContext context, out RecordResult result)
    {
        bool isOurs = context.Of(State).Header is { } header && (header.Columns.Length == 1 || line.Contains(header.Separator));
        result = isOurs ? Normalize(line, context.Of(State).Header!, context) : default;
        return isOurs;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private static RecordResult Normalize(ReadOnlySpan<byte> line, ZeekHeader header, RecordContext context)
    {
        if (header.Columns.Length == 0)
        {
            return RecordResult.DeadLettered(SourceNames.Zeek, BeforeFields);
        }

        if (header.Log == ZeekLog.Other)
        {
            return RecordResult.Skipped(SourceNames.Zeek);
        }

        Span<FieldSpan> fields = stackalloc FieldSpan[ZeekFields.Names.Count];
        int columns = ZeekColumns.Find(line, header, fields);
        return columns == header.Columns.Length
            ? new ZeekRecord
            {
                Text = line,
                Fields = fields,
                Places = ZeekColumns.Places,
                Values = context.Values(line),
                Escaped = true,
            }.Normalize(header.Log, context)
            : RecordResult.DeadLettered(SourceNames.Zeek, string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"Zeek log line with {columns} columns where its header names {header.Columns.Length}."));
    }

    private static bool Directive(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, byte separator, out ReadOnlySpan<byte> value)
    {
        bool matches = line.StartsWith(name) && line.Length > name.Length && line[name.Length] == separator;
        value = matches ? line[(name.Length + 1)..] : default;
        return matches;
    }

    /// <summary>The separator is written as <c>\x09</c>, or as it is.</summary>
    private static byte SeparatorOf(ReadOnlySpan<byte> value) =>
        value is [(byte)'\\', (byte)'x', _, _] && Utf8Parser.TryParse(value[2..], out byte hex, out int used, 'x') && used == 2 ? hex
        : value.Length == 1 ? value[0]
        : (byte)'\t';
}

/// <summary>The header of the Zeek log being read; null outside one.</summary>
internal sealed class ZeekLogState : IInputState
{
    /// <summary>Columns, separator and path, as the lines above said.</summary>
    public ZeekHeader? Header { get; set; }

    /// <inheritdoc/>
    public void BeginInput() => Header = null;
}
