using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;
using CipherWatch.Core.Telemetry.Xml;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>Reads a Sysmon event's data in whichever way its rendering carries it.</summary>
internal static class SysmonData
{
    /// <summary>The names of event data, for scans of objects that hold nothing else.</summary>
    public static readonly FieldNames Names = FieldNames.Of<SysmonField>();

    /// <summary>Data at the record's top level.</summary>
    /// <param name="header">What stands beside it.</param>
    /// <param name="record">The record.</param>
    /// <param name="places">Where the record has each <see cref="SysmonField"/>.</param>
    /// <param name="message">The rendered description, for what is missing beside it.</param>
    /// <param name="context">Where observations go.</param>
    public static RecordResult Flat(
        in SysmonHeader header, in JsonRecord record, ReadOnlySpan<int> places, FieldSpan message, RecordContext context)
    {
        Span<FieldSpan> fields = stackalloc FieldSpan[SysmonEvent.FieldCount];
        for (int field = 0; field < fields.Length; field++)
        {
            fields[field] = record[places[field]];
        }

        if (!message.IsText || fields[(int)SysmonField.ProcessId].HasValue || header.EventId == 8)
        {
            return Map(header, record.Text, fields, context);
        }

        // What reads names whatever their case keeps the recorder's ProcessID for both.
        using UnescapedText description = new(record.Text, message);
        Span<FieldSpan> described = stackalloc FieldSpan[SysmonEvent.FieldCount];
        described.Clear();
        DescriptionLines.Read(description.Bytes, Names, described);
        FieldSpan pid = described[(int)SysmonField.ProcessId];
        if (pid.TryInteger(description.Bytes, out _) && record.Text.IndexOf(pid.Of(description.Bytes)) is >= 0 and var at)
        {
            // The digits stand in the record as they do in its text.
            fields[(int)SysmonField.ProcessId] = new(at, pid.Length, FieldForm.Plain);
        }

        return Map(header, record.Text, fields, context);
    }

    /// <summary>
    /// Data in one field: a JSON object by name, an array by position, or text that holds XML (by name, or <c>Param</c> elements
    /// by position), JSON, or the rendered description.
    /// </summary>
    public static RecordResult In(in SysmonHeader header, ReadOnlySpan<byte> text, FieldSpan data, RecordContext context)
    {
        if (data.IsText)
        {
            using UnescapedText unescaped = new(text, data);
            return InText(header, unescaped.Bytes, context);
        }

        Span<FieldSpan> fields = stackalloc FieldSpan[SysmonEvent.FieldCount];
        fields.Clear();
        if (data.Form == FieldForm.Object)
        {
            Named(text, data.Start, fields);
        }
        else if (data.Form == FieldForm.Array)
        {
            Span<FieldSpan> inserts = stackalloc FieldSpan[SysmonLayout.MaxInserts];
            int count = Elements(text, data.Start, inserts);
            SysmonLayout.Place(header.EventId, text, inserts[..count], fields);
        }

        return Map(header, text, fields, context);
    }

    /// <summary>
    /// Fills slots from an object by name. Converters of XML write the <c>Data</c> elements as an array of objects instead, each
    /// with its name as an attribute.
    /// </summary>
    public static void Named(ReadOnlySpan<byte> text, int start, Span<FieldSpan> fields)
    {
        JsonRecord record = JsonRecord.Scan(text, start, Names, fields);
        if (record.Has((int)SysmonField.UtcTime) || record.Has((int)SysmonField.ProcessGuid))
        {
            return;
        }

        Span<FieldSpan> slots = stackalloc FieldSpan[ConvertedXml.DataNames.Count];
        FieldSpan data = SysmonHeader.First(JsonRecord.Scan(text, start, ConvertedXml.DataNames, slots).Fields);
        if (data.Form == FieldForm.Array)
        {
            ConvertedXml.NamedElements(text, data.Start, Names, fields);
        }
    }

    private static RecordResult InText(in SysmonHeader header, ReadOnlySpan<byte> text, RecordContext context)
    {
        Span<FieldSpan> fields = stackalloc FieldSpan[SysmonEvent.FieldCount];
        fields.Clear();
        int start = text.IndexOfAnyExcept(" \t\r\n"u8);
        switch (start < 0 ? 0 : text[start])
        {
            case (byte)'<' when text.IndexOf("<Data"u8) < 0 || text.IndexOf("<Param"u8) >= 0:
                Span<FieldSpan> inserts = stackalloc FieldSpan[SysmonLayout.MaxInserts];
                int count = XmlText.Values(text, "Param"u8, inserts);
                SysmonLayout.Place(header.EventId, text, inserts[..count], fields);
                break;
            case (byte)'<':
                XmlText.NamedData(text, Names, fields);
                break;
            case (byte)'{':
                Named(text, start, fields);
                break;
            default:
                DescriptionLines.Read(text, Names, fields);
                break;
        }

        return Map(header, text, fields, context);
    }

    private static RecordResult Map(
        in SysmonHeader header, ReadOnlySpan<byte> text, ReadOnlySpan<FieldSpan> fields, RecordContext context) =>
        SysmonMapper.Map(new() { Header = header, Text = text, Fields = fields }, context);

    private static int Elements(ReadOnlySpan<byte> text, int start, Span<FieldSpan> elements)
    {
        JsonScanner scanner = JsonScanner.OverArray(text, start);
        int count = 0;
        while (count < elements.Length && scanner.NextElement(out FieldSpan element))
        {
            // .NET writes an object around each value.
            elements[count++] = ConvertedXml.Text(text, element);
        }

        return count;
    }
}

/// <summary>Reads the description that Windows renders of an event: a title, then <c>Name: value</c> a line.</summary>
internal static class DescriptionLines
{
    /// <summary>Fills the slots of the names asked for; of a name that stands twice, the first counts.</summary>
    public static void Read(ReadOnlySpan<byte> text, FieldNames names, Span<FieldSpan> fields)
    {
        int at = 0;
        while (at < text.Length)
        {
            int length = text[at..].IndexOfAny((byte)'\r', (byte)'\n');
            int end = length < 0 ? text.Length : at + length;
            int colon = text[at..end].IndexOf(": "u8);
            if (colon > 0 && names.Find(text.Slice(at, colon)) is >= 0 and var index && fields[index].Form == FieldForm.Absent)
            {
                int value = at + colon + 2;
                fields[index] = new(value, end - value, FieldForm.Plain);
            }

            at = end + 1;
        }
    }
}
