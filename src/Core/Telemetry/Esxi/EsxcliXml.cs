using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>
/// The listing as XML, cut into lines anywhere: the xml formatter's <c>&lt;structure typeName="IpConnection"&gt;</c> with named fields, and
/// the API's <c>VimEsxCLInetworkipconnectionlistIpConnection</c> with an element a field.
/// </summary>
internal static class EsxcliXml
{
    private const string NotListing = "XML that is neither a Windows event nor an esxcli listing.";

    private static ReadOnlySpan<byte> Api => "VimEsxCLI"u8;

    private static ReadOnlySpan<byte> ApiRow => "VimEsxCLInetworkipconnectionlistIpConnection"u8;

    private static ReadOnlySpan<byte> Formatter => "typeName=\"IpConnection\""u8;

    /// <summary>The line is of XML elements.</summary>
    public static bool Fits(ReadOnlySpan<byte> line) => line.Length > 2 && line[0] == (byte)'<' && line[^1] == (byte)'>'
        && (char.IsAsciiLetter((char)line[1]) || (line[1] == (byte)'/' && char.IsAsciiLetter((char)line[2])));

    /// <summary>Reads the elements of one line.</summary>
    public static RecordResult Normalize(ReadOnlySpan<byte> line, RecordContext context)
    {
        EsxcliListing listing = context.Of(EsxiState.State).Listing;
        if (IsListing(line))
        {
            listing.IsXml = true;
        }

        if (!listing.IsXml)
        {
            return RecordResult.DeadLettered(SourceNames.Unrecognised, NotListing);
        }

        RecordResult result = RecordResult.Skipped(SourceNames.Esxcli);
        int at = 0;
        while (line[at..].IndexOf((byte)'<') is >= 0 and var open)
        {
            ReadOnlySpan<byte> text = line[at..(at + open)];
            int close = line[(at + open)..].IndexOf((byte)'>');
            if (close < 0)
            {
                break;
            }

            ReadOnlySpan<byte> tag = line.Slice(at + open + 1, close - 1);
            at += open + close + 1;
            if (tag is [(byte)'/', ..])
            {
                Closes(tag[1..], text, listing, context, ref result);
            }
            else
            {
                Opens(tag, listing.Row);
            }
        }

        return result;
    }

    private static void Opens(ReadOnlySpan<byte> tag, EsxcliRow row)
    {
        if (tag.IndexOf(ApiRow) >= 0 || tag.IndexOf(Formatter) >= 0)
        {
            row.Clear();
            row.IsInside = true;
            return;
        }

        int named = tag.IndexOf("name=\""u8);
        ReadOnlySpan<byte> name = named >= 0 ? tag[(named + 6)..] : tag;
        name = name.IndexOfAny((byte)'"', (byte)' ', (byte)'/') is >= 0 and var end ? name[..end] : name;
        name = name[(name.LastIndexOf((byte)':') + 1)..];

        // The formatter puts the value's type between a field's name and its value.
        row.Open = EsxcliFields.Of(name) ?? (named < 0 && IsType(name) ? row.Open : null);
    }

    private static void Closes(
        ReadOnlySpan<byte> name, ReadOnlySpan<byte> text, EsxcliListing listing, RecordContext context, ref RecordResult result)
    {
        EsxcliRow row = listing.Row;
        if (row.IsInside && row.Open is { } field)
        {
            row.Set(field, text);
            row.Open = null;
            return;
        }

        name = name[(name.LastIndexOf((byte)':') + 1)..];
        bool ends = row.IsInside && row.HasAny && !name.SequenceEqual("field"u8) && !IsType(name) && EsxcliFields.Of(name) is null;
        if (!ends)
        {
            return;
        }

        RecordResult read = EsxcliConnection.Read(row, listing.Host, listing.Time, context);
        result = result.Outcome == RecordOutcome.Observed && read.Outcome == RecordOutcome.Skipped ? result : read;
        row.Clear();
    }

    private static bool IsType(ReadOnlySpan<byte> name) => name.SequenceEqual("string"u8) || name.SequenceEqual("integer"u8);

    private static bool IsListing(ReadOnlySpan<byte> line) => line.IndexOf(Api) >= 0 || line.IndexOf("urn:vim25"u8) >= 0
        || line.IndexOf("vmware.com/Products/ESX"u8) >= 0 || line.IndexOf(Formatter) >= 0;
}
