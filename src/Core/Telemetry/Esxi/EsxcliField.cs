using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>The fields of a row of <c>esxcli network ip connection list</c>.</summary>
internal enum EsxcliField
{
    /// <summary>Congestion control of a TCP connection.</summary>
    CCAlgo,

    /// <summary>Address and port of the other end.</summary>
    ForeignAddress,

    /// <summary>Address and port of the host.</summary>
    LocalAddress,

    /// <summary><c>tcp</c> or <c>udp</c>.</summary>
    Proto,

    /// <summary>Bytes waiting to be read: a moment's, not a count.</summary>
    RecvQ,

    /// <summary>Bytes waiting to be sent.</summary>
    SendQ,

    /// <summary>TCP state; empty for UDP.</summary>
    State,

    /// <summary>The world, 0 where the kernel holds the connection alone.</summary>
    WorldID,

    /// <summary>Its name, cut at 15 characters.</summary>
    WorldName,
}

/// <summary>Finds fields by their names in every formatter's spelling.</summary>
internal static class EsxcliFields
{
    /// <summary>As the csv, json, keyvalue and xml formatters and the API name them.</summary>
    public static readonly FieldNames Names = FieldNames.Of<EsxcliField>();

    /// <summary>How many there are.</summary>
    public const int Count = 9;

    private const int MaxNameLength = 16;

    /// <summary>The field of a name; a table's has blanks in it (<c>Recv Q</c>, <c>CC Algo</c>).</summary>
    public static EsxcliField? Of(ReadOnlySpan<byte> name)
    {
        Span<byte> bare = stackalloc byte[MaxNameLength];
        int length = 0;
        foreach (byte character in name)
        {
            if (character is (byte)' ' or (byte)'"')
            {
                continue;
            }

            if (length == MaxNameLength)
            {
                return null;
            }

            bare[length++] = character;
        }

        return Names.Find(bare[..length]) is >= 0 and var place ? (EsxcliField)place : null;
    }
}
