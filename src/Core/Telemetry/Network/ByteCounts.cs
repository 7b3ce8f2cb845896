using System.Globalization;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network;

/// <summary>Reads a byte histogram written as a JSON array of 256 counts.</summary>
internal static class ByteCounts
{
    /// <summary>Reads the counts; false where the field is no such array.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, FieldSpan field, Span<uint> counts, out int total) =>
        Read(text, field, counts, out total) is null;

    /// <summary>Reads the counts; returns what is wrong, or null.</summary>
    /// <param name="text">The record.</param>
    /// <param name="field">The array.</param>
    /// <param name="counts">256 cells.</param>
    /// <param name="total">Their sum, bytes.</param>
    public static string? Read(ReadOnlySpan<byte> text, FieldSpan field, Span<uint> counts, out int total)
    {
        total = 0;
        if (field.Form != FieldForm.Array)
        {
            return "must be an array of 256 counts";
        }

        int cells = 0;
        long sum = 0;
        JsonScanner elements = JsonScanner.OverArray(text, field.Start);
        while (elements.NextElement(out FieldSpan element))
        {
            if (element.Form != FieldForm.Number || !element.TryInteger(text, out long count) || count is < 0 or > uint.MaxValue)
            {
                return string.Create(
                    CultureInfo.InvariantCulture, $"has a count, number {cells}, that is no whole number from 0 to 4294967295");
            }

            if (cells < counts.Length)
            {
                counts[cells] = (uint)count;
            }

            sum += count;
            cells++;
        }

        if (cells != counts.Length)
        {
            return string.Create(CultureInfo.InvariantCulture, $"has {cells} counts, not 256");
        }

        total = (int)Math.Min(sum, int.MaxValue);
        return sum is 0 or > int.MaxValue ? "must add up to 1 byte at least and 2147483647 at most" : null;
    }
}
