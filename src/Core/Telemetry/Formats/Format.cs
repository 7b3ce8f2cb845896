using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Formats;

/// <summary>One row of the table of formats.</summary>
/// <param name="Name">The name that <c>--format</c> takes, and the folder of the format's golden baselines.</param>
internal abstract record Format(string Name)
{
    /// <summary>Whether it is read whichever format is asked for, and so none to ask for: what only carries other records.</summary>
    public bool IsImplied { get; init; }

    /// <summary>Names of other formats that people ask for by a shipper or a store, whose records this row reads too.</summary>
    public string[] AlsoFor { get; init; } = [];

    /// <summary>Whether records may be read by this row.</summary>
    /// <param name="asked">The format that was asked for; null to find it from content.</param>
    public bool IsOpenTo(string? asked) => asked is null || IsFor(asked);

    private bool IsFor(string asked) => IsImplied || Name == asked || AlsoFor.Contains(asked, StringComparer.Ordinal);
}

/// <summary>Whether a record is of a format, by its top-level fields.</summary>
internal delegate bool JsonFits(in JsonRecord record);

/// <summary>Makes observations of a record. Total: whatever the bytes, it returns an outcome and does not throw.</summary>
internal delegate RecordResult JsonNormalize(in JsonRecord record, RecordContext context);

/// <summary>A format of JSON objects.</summary>
/// <param name="Name">As above.</param>
/// <param name="TopLevel">The top-level fields that it declares.</param>
/// <param name="Fits">Tells it from the others.</param>
/// <param name="Normalize">Reads a record that fits.</param>
internal sealed record JsonFormat(string Name, TopLevelFields TopLevel, JsonFits Fits, JsonNormalize Normalize) : Format(Name)
{
    /// <summary>Whether all its records have a name that tells of changed names: others cost no call.</summary>
    public bool IsTold { get; init; }

    /// <summary>When a record of it need not be looked at to its end; null where it always is.</summary>
    public JsonSkipRule? Skip { get; init; }
}

/// <summary>Whether a line is of a format. Lines are not empty and have no blanks at their end.</summary>
internal delegate bool LineFits(ReadOnlySpan<byte> line);

/// <summary>Makes observations of a line. Total: whatever the bytes, it returns an outcome and does not throw.</summary>
internal delegate RecordResult LineNormalize(ReadOnlySpan<byte> line, RecordContext context);

/// <summary>Both at once, for a format whose lines are told by those above them; false when the line is not of the format.</summary>
internal delegate bool LineTryNormalize(ReadOnlySpan<byte> line, RecordContext context, out RecordResult result);

/// <summary>Takes a line that is no record but a header or a title; false when it is none.</summary>
internal delegate bool LineTakesHeader(ReadOnlySpan<byte> line, RecordContext context);

/// <summary>The header lines of a format.</summary>
/// <param name="First">The byte that they start with, so that other lines cost no call.</param>
/// <param name="Takes">Takes a line that starts so.</param>
internal sealed record LineHeader(byte First, LineTakesHeader Takes);

/// <summary>A format of lines of text.</summary>
/// <param name="Name">As above.</param>
/// <param name="TryNormalize">Tells its lines from the others', and reads them.</param>
internal sealed record LineFormat(string Name, LineTryNormalize TryNormalize) : Format(Name)
{
    /// <summary>A format whose lines are told by themselves.</summary>
    /// <param name="name">As above.</param>
    /// <param name="fits">Tells a line from the others.</param>
    /// <param name="normalize">Reads a line that fits.</param>
    public LineFormat(string name, LineFits fits, LineNormalize normalize)
        : this(name, (ReadOnlySpan<byte> line, RecordContext context, out RecordResult result) =>
        {
            bool isOurs = fits(line);
            result = isOurs ? normalize(line, context) : default;
            return isOurs;
        }) => Fits = fits;

    /// <summary>
    /// The lines that are no records: headers, which say what the lines below them mean, and titles. They are asked for before
    /// records are.
    /// </summary>
    public LineHeader[] Headers { get; init; } = [];

    /// <summary>
    /// What tells at a glance that a line is none of its records, so that it is not asked for it: for speed alone, and never wrong.
    /// Null where every line is shown to it.
    /// </summary>
    public LineGlance? Glance { get; init; }

    /// <summary>Whether its entries go on over lines of any kind: a line of another format ends the entry that stands open.</summary>
    public bool OpensEntries { get; init; }

    /// <summary>Whether a row of JSON reads its lines inside records, because the record says more of them: their host.</summary>
    public bool HasRowForRecords { get; init; }

    /// <summary>Tells a line from the others by itself; null for a format whose lines are told by those above them.</summary>
    public LineFits? Fits { get; init; }
}

/// <summary>Reads one XML element. Total: whatever the bytes, it returns an outcome and does not throw.</summary>
internal delegate RecordResult XmlNormalize(ReadOnlySpan<byte> element, RecordContext context);

/// <summary>The format of the XML elements that are framed, <c>Event</c>.</summary>
/// <param name="Name">As above.</param>
/// <param name="Normalize">Reads an element.</param>
internal sealed record XmlFormat(string Name, XmlNormalize Normalize) : Format(Name);

/// <summary>Whether an input is of a format, by its first bytes.</summary>
internal delegate bool InputOpens(ReadOnlySpan<byte> head);

/// <summary>A format of whole inputs that are not text. What reads one stands in Ingestion, because it frames them too.</summary>
/// <param name="Name">As above.</param>
/// <param name="Opens">Tells it from text, and from the others.</param>
internal sealed record InputFormat(string Name, InputOpens Opens) : Format(Name);
