using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Telemetry.Linux.Audit;

namespace CipherWatch.Core.Telemetry;

/// <summary>Whether a line of text is of a format.</summary>
internal delegate bool LineFits(ReadOnlySpan<byte> line);

/// <summary>Makes observations of a line. Total: whatever the bytes, it returns an outcome and does not throw.</summary>
internal delegate RecordResult LineNormalize(ReadOnlySpan<byte> line, RecordContext context);

/// <summary>One format of lines of text.</summary>
/// <param name="Name">The name that <c>--format</c> takes.</param>
/// <param name="Fits">Tells it from the others.</param>
/// <param name="Normalize">Reads it.</param>
internal sealed record LineFormat(string Name, LineFits Fits, LineNormalize Normalize);

/// <summary>The formats of lines of text that no header announces, the first that fits wins.</summary>
internal static class LineFormats
{
    public static readonly LineFormat[] All =
    [
        new("auditd", AuditLine.Fits, AuditLine.Normalize),
    ];

    /// <summary>Reads a line by the format that it fits; false when it fits none.</summary>
    public static bool TryNormalize(ReadOnlySpan<byte> line, RecordContext context, out RecordResult result)
    {
        foreach (LineFormat format in All)
        {
            if ((context.Format is null || format.Name == context.Format) && format.Fits(line))
            {
                result = format.Normalize(line, context);
                return true;
            }
        }

        result = default;
        return false;
    }
}
