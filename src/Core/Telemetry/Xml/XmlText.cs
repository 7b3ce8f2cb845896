using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Xml;

/// <summary>Finds the few elements of a Windows event that matter, over its bytes: a full XML reader costs ten times as much.</summary>
/// <remarks>Quotes may be single or double. Text of an element that holds markup is not looked into.</remarks>
internal static class XmlText
{
    private static ReadOnlySpan<byte> CdataOpen => "<![CDATA["u8;

    /// <summary>Text of the first element of a name; no value where there is none.</summary>
    public static FieldSpan ElementField(ReadOnlySpan<byte> xml, ReadOnlySpan<byte> name)
    {
        int tag = FindTag(xml, name);
        return tag < 0 ? default : Content(xml, tag, out _);
    }

    /// <summary>Value of an attribute of the first element of a name; no value where there is none.</summary>
    public static FieldSpan AttributeField(ReadOnlySpan<byte> xml, ReadOnlySpan<byte> element, ReadOnlySpan<byte> attribute)
    {
        int tag = FindTag(xml, element);
        int end = tag < 0 ? -1 : xml[tag..].IndexOf((byte)'>');
        if (end < 0)
        {
            return default;
        }

        ReadOnlySpan<byte> value = AttributeValue(xml.Slice(tag, end), attribute, out int offset);
        return Field(value, tag + offset);
    }

    /// <summary>Fills the slots of the <c>Data Name='…'</c> elements whose names are asked for.</summary>
    public static void NamedData(ReadOnlySpan<byte> xml, FieldNames names, Span<FieldSpan> fields)
    {
        int at = 0;
        while (xml[at..].IndexOf("<Data"u8) is var found and >= 0)
        {
            at += found + 5;
            int end = xml[at..].IndexOf((byte)'>');
            if (end < 0)
            {
                return;
            }

            if (!IsNameEnd(xml[at]))
            {
                continue;
            }

            ReadOnlySpan<byte> tag = xml.Slice(at, end);
            if (names.Find(AttributeValue(tag, "Name"u8, out _)) is >= 0 and var index)
            {
                fields[index] = Content(xml, at, out at);
            }
            else
            {
                at += end + 1;
            }
        }
    }

    /// <summary>Texts of all elements of a name, in order; returns how many fit.</summary>
    public static int Values(ReadOnlySpan<byte> xml, ReadOnlySpan<byte> name, Span<FieldSpan> values)
    {
        int at = 0;
        int count = 0;
        while (count < values.Length && FindTag(xml[at..], name) is var tag and >= 0)
        {
            values[count++] = Content(xml, at + tag, out at);
        }

        return count;
    }

    /// <summary>The text of the element in whose opening tag <paramref name="tag"/> stands; no value where it is empty.</summary>
    private static FieldSpan Content(ReadOnlySpan<byte> xml, int tag, out int end)
    {
        int open = xml[tag..].IndexOf((byte)'>');
        end = open < 0 ? xml.Length : tag + open + 1;
        if (open < 0 || (open > 0 && xml[tag + open - 1] == (byte)'/'))
        {
            return default;
        }

        int start = end;
        if (xml[start..].StartsWith(CdataOpen))
        {
            start += CdataOpen.Length;
            int cdata = xml[start..].IndexOf("]]>"u8);
            end = cdata < 0 ? xml.Length : start + cdata;
            return cdata <= 0 ? default : new(start, cdata, FieldForm.Plain);
        }

        int length = xml[start..].IndexOf((byte)'<');
        end = length < 0 ? xml.Length : start + length;
        return length <= 0 ? default : Field(xml.Slice(start, length), start);
    }

    private static FieldSpan Field(ReadOnlySpan<byte> value, int offset) => value.IsEmpty ? default
        : new(offset, value.Length, value.Contains((byte)'&') ? FieldForm.XmlEscaped : FieldForm.Plain);

    private static ReadOnlySpan<byte> AttributeValue(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> attribute, out int offset)
    {
        offset = 0;
        int at = 0;
        while (tag[at..].IndexOf(attribute) is var found and >= 0)
        {
            int start = at + found;
            int quoteAt = start + attribute.Length;
            at = quoteAt;
            bool whole = start > 0 && tag[start - 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
            if (!whole || tag[quoteAt..] is not [(byte)'=', (byte)'"' or (byte)'\'', ..])
            {
                continue;
            }

            offset = quoteAt + 2;
            int length = tag[offset..].IndexOf(tag[quoteAt + 1]);
            return length < 0 ? default : tag.Slice(offset, length);
        }

        return default;
    }

    /// <summary>Offset behind the name of the first tag of that name, or −1.</summary>
    private static int FindTag(ReadOnlySpan<byte> xml, ReadOnlySpan<byte> name)
    {
        int at = 0;
        while (xml[at..].IndexOf((byte)'<') is var found and >= 0)
        {
            at += found + 1;
            ReadOnlySpan<byte> rest = xml[at..];
            if (rest.StartsWith(name) && rest.Length > name.Length && IsNameEnd(rest[name.Length]))
            {
                return at + name.Length;
            }
        }

        return -1;
    }

    private static bool IsNameEnd(byte next) => next is (byte)'>' or (byte)' ' or (byte)'/' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
