namespace CipherWatch.Core.Telemetry.Formats;

/// <summary>The formats that a line is shown to, of those of the table, made from what each says of its lines.</summary>
internal static class LineChoice
{
    /// <summary>Formats that have a bit.</summary>
    private const int MaxFormats = 31;

    // One bit a format, in the order of the table: by the first byte of a line, and by the signs in it.
    private static readonly int[] ByFirst = [.. Enumerable.Range(0, 256).Select(first => Of(format => MayBegin(format, (byte)first)))];
    private static readonly int[] BySigns =
        [.. Enumerable.Range(0, (int)LineSigns.All + 1).Select(signs => Of(format => Holds(format, (LineSigns)signs)))];

    /// <summary>The formats that a line may be of, one bit each at its place in the table.</summary>
    /// <param name="line">The line, which is not empty.</param>
    public static int For(ReadOnlySpan<byte> line) => ByFirst[line[0]] | BySigns[(int)LineGlance.SignsIn(line)];

    private static int Of(Predicate<LineFormat> mayBe)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FormatTable.Lines.Length, MaxFormats);
        int bits = 0;
        for (int place = 0; place < FormatTable.Lines.Length; place++)
        {
            bits |= mayBe(FormatTable.Lines[place]) ? 1 << place : 0;
        }

        return bits;
    }

    private static bool MayBegin(LineFormat format, byte first) =>
        format.Glance is not { } glance || glance.MayBe(first, LineSigns.None) || format.Headers.Any(header => header.First == first);

    private static bool Holds(LineFormat format, LineSigns signs) => format.Glance is { } glance && (glance.Holds & signs) != 0;
}
