namespace CipherWatch.Core.Telemetry.Xml;

/// <summary>Finds the few elements of a Windows event that matter, over its bytes: a full XML reader costs ten times as much.</summary>
/// <remarks>Quotes may be single or double. Text of an element that holds markup is not looked into.</remarks>
internal static class XmlText
{
    /// <summary>Text of the first element of a name, and its offset; empty where there is none.</summary>
    public static ReadOnlySpan<byte> Element(ReadOnlySpan<byte> xml, ReadOnlySpan<byte> name, out int offset)
    {
        offset = 0;
        int tag = FindTag(xml, name);
        if (tag < 0)
        {
            return default;
        }

        int open = xml[tag..].IndexOf((byte)'>');
        if (open < 0 || (open > 0 && xml[tag + open - 1] == (byte)'/'))
        {
            return default;
        }

        offset = tag + open + 1;
        int close = xml[offset..].IndexOf((byte)'<');
        return close < 0 ? default : xml.Slice(offset, close);
    }

    /// <summary>Value of an attribute of the first element of a name; empty where there is none.</summary>
    public static ReadOnlySpan<byte> Attribute(ReadOnlySpan<byte> xml, ReadOnlySpan<byte> element, ReadOnlySpan<byte> attribute)
    {
        int tag = FindTag(xml, element);
        if (tag < 0)
        {
            return default;
        }

        int end = xml[tag..].IndexOf((byte)'>');
        return end < 0 ? default : AttributeValue(xml.Slice(tag, end), attribute, out _);
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
            at += end + 1;
            if (tag is [.., (byte)'/'] || names.Find(AttributeValue(tag, "Name"u8, out _)) is not (>= 0 and var index))
            {
                continue;
            }

            int close = xml[at..].IndexOf((byte)'<');
            if (close < 0)
            {
                return;
            }

            FieldForm form = xml.Slice(at, close).Contains((byte)'&') ? FieldForm.XmlEscaped : FieldForm.Plain;
            fields[index] = new(at, close, form);
            at += close;
        }
    }

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
