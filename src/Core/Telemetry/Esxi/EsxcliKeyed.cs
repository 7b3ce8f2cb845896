using System.Buffers.Text;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>
/// The keyvalue formatter: <c>IpConnection[0].CCAlgo.string=newreno</c>, a field a line. The names come in alphabetical order, so that
/// the world's name, the last of them, completes a row.
/// </summary>
internal static class EsxcliKeyed
{
    /// <summary>Reads a line from behind <c>IpConnection[</c> on.</summary>
    public static RecordResult Read(ReadOnlySpan<byte> line, EsxcliListing listing, RecordContext context)
    {
        int equals = line.IndexOf((byte)'=');
        if (!Utf8Parser.TryParse(line, out long index, out int used) || equals < 0 || !line[used..].StartsWith("]."u8))
        {
            return RecordResult.DeadLettered(SourceNames.Esxcli, "esxcli keyvalue line without index, field and value.");
        }

        ReadOnlySpan<byte> name = line[(used + 2)..equals];
        name = name.IndexOf((byte)'.') is >= 0 and var dot ? name[..dot] : name;
        if (listing.Row.Index != index)
        {
            listing.Row.Clear();
            listing.Row.Index = index;
        }

        if (EsxcliFields.Of(name) is not { } field)
        {
            return RecordResult.Skipped(SourceNames.Esxcli);
        }

        listing.Row.Set(field, line[(equals + 1)..]);
        if (field != EsxcliField.WorldName)
        {
            return RecordResult.Skipped(SourceNames.Esxcli);
        }

        RecordResult result = EsxcliConnection.Read(listing.Row, listing.Host, listing.Time, context);
        listing.Row.Clear();
        return result;
    }
}
