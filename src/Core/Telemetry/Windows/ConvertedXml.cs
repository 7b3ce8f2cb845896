using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>Reads what converters make of XML elements with attributes in JSON: each tool marks attributes and text its own way.</summary>
internal static class ConvertedXml
{
    /// <summary>The array of <c>Data</c> elements.</summary>
    public static readonly FieldNames DataNames = new("Data", "data");

    private static readonly FieldNames TextNames = new("#text", "$t", "Text", "content", "Value", "value");
    private static readonly FieldNames Attributes = new("#attributes", "$");
    private static readonly FieldNames NameNames = new("Name", "@Name", "-Name");

    /// <summary>The text of an element: the field itself, or what its object holds as text.</summary>
    public static FieldSpan Text(ReadOnlySpan<byte> text, FieldSpan field)
    {
        if (field.Form != FieldForm.Object)
        {
            return field;
        }

        Span<FieldSpan> slots = stackalloc FieldSpan[TextNames.Count];
        return SysmonHeader.First(JsonRecord.Scan(text, field.Start, TextNames, slots).Fields);
    }

    /// <summary>An attribute of an element, by the spellings of its name.</summary>
    public static FieldSpan Attribute(ReadOnlySpan<byte> text, FieldSpan element, FieldNames spellings)
    {
        if (element.Form != FieldForm.Object)
        {
            return default;
        }

        Span<FieldSpan> slots = stackalloc FieldSpan[spellings.Count];
        FieldSpan direct = SysmonHeader.First(JsonRecord.Scan(text, element.Start, spellings, slots).Fields);
        if (direct.HasValue)
        {
            return direct;
        }

        Span<FieldSpan> inner = stackalloc FieldSpan[Attributes.Count];
        FieldSpan attributes = SysmonHeader.First(JsonRecord.Scan(text, element.Start, Attributes, inner).Fields);
        return attributes.Form == FieldForm.Object
            ? SysmonHeader.First(JsonRecord.Scan(text, attributes.Start, spellings, slots).Fields)
            : default;
    }

    /// <summary>Fills slots from a list of pairs, each an object of one name and its value.</summary>
    private static void Pairs(ReadOnlySpan<byte> text, int start, FieldNames names, Span<FieldSpan> fields)
    {
        JsonScanner pairs = new(text, start);
        while (pairs.Next(out FieldSpan name, out FieldSpan value))
        {
            if (names.Find(name.Of(text)) is >= 0 and var index)
            {
                fields[index] = JsonScalars.Settle(text, value);
            }
        }
    }

    /// <summary>Fills slots from an array of elements that carry their name as an attribute, or as the name of their only value.</summary>
    public static void NamedElements(ReadOnlySpan<byte> text, int start, FieldNames names, Span<FieldSpan> fields)
    {
        JsonScanner scanner = JsonScanner.OverArray(text, start);
        while (scanner.NextElement(out FieldSpan element))
        {
            FieldSpan name = Attribute(text, element, NameNames);
            if (name.HasValue)
            {
                if (names.Find(name.Of(text)) is >= 0 and var index)
                {
                    fields[index] = Text(text, element);
                }
            }
            else if (element.Form == FieldForm.Object)
            {
                Pairs(text, element.Start, names, fields);
            }
        }
    }
}
