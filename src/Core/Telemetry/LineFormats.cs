using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Telemetry.Esxi;
using CipherWatch.Core.Telemetry.MacOs;

namespace CipherWatch.Core.Telemetry;

/// <summary>Whether a line is of a format, by the line alone.</summary>
internal delegate bool LineFits(ReadOnlySpan<byte> line);

/// <summary>Makes observations of a line. Total: whatever the bytes, it returns an outcome and does not throw.</summary>
internal delegate RecordResult LineNormalize(ReadOnlySpan<byte> line, RecordContext context);

/// <summary>One format of text lines.</summary>
/// <param name="Name">The name that <c>--format</c> takes.</param>
/// <param name="Fits">Tells it from the others.</param>
/// <param name="Normalize">Reads it.</param>
/// <param name="Yields">What it claims may as well be a further line of an entry of several lines, and then is.</param>
internal sealed record LineFormat(string Name, LineFits Fits, LineNormalize Normalize, bool Yields = false);

/// <summary>Every format of text lines, the first that fits wins: the most specific tests stand first.</summary>
internal static class LineFormats
{
    /// <summary>The unified log of macOS: the one format whose entries go on over lines of any kind.</summary>
    public const string UnifiedLog = "unified-log";

    public static readonly LineFormat[] All =
    [
        new(UnifiedLog, UnifiedLogText.Fits, UnifiedLogText.Normalize),
        new("esxcli", EsxcliText.Fits, EsxcliText.Normalize),
        new("esxi", EsxiLine.Fits, EsxiLine.Normalize),
        new("esxi", EsxiLine.FitsContinuation, EsxiLine.Normalize, Yields: true),
        new("esxcli", EsxcliXml.Fits, EsxcliXml.Normalize, Yields: true),
    ];

    /// <summary>The format of a line, or null.</summary>
    /// <param name="line">The line, without blanks around it.</param>
    /// <param name="asked">The format that every record is read as; null to find it from content.</param>
    public static LineFormat? Of(ReadOnlySpan<byte> line, string? asked)
    {
        foreach (LineFormat format in All)
        {
            if ((asked is null || format.Name == asked) && format.Fits(line))
            {
                return format;
            }
        }

        return null;
    }
}
