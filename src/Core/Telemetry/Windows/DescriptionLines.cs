using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

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
