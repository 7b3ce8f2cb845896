using System.Buffers.Binary;

namespace CipherWatch.Core.Identity;

/// <summary>
/// A flow by its Community ID v1 (seed 0): what is left of the 5-tuple where a sensor gives no more, so that host, network and
/// payload meet on it whichever of the two each of them names.
/// </summary>
/// <param name="High">First eight bytes of the SHA-1 hash.</param>
/// <param name="Middle">The eight after them.</param>
/// <param name="Low">The last four.</param>
public readonly record struct FlowId(ulong High, ulong Middle, uint Low) : IComparable<FlowId>
{
    private const string Version = "1:";
    private const int HashBytes = 20;

    /// <summary>The id of a 5-tuple.</summary>
    public static FlowId Of(in FlowKey key)
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        key.CommunityHash(hash);
        return FromHash(hash);
    }

    /// <summary>Reads a Community ID: <c>1:</c> and 28 characters of base64; false when it is none.</summary>
    public static bool TryParse(string? communityId, out FlowId id)
    {
        Span<byte> hash = stackalloc byte[HashBytes + 1];
        bool valid = communityId is not null && communityId.StartsWith(Version, StringComparison.Ordinal)
            && Convert.TryFromBase64Chars(communityId.AsSpan(Version.Length), hash, out int written) && written == HashBytes;
        id = valid ? FromHash(hash) : default;
        return valid;
    }

    /// <summary>Reads an id back from <see cref="ToString"/>; false when it is none.</summary>
    public static bool TryParseHex(string? text, out FlowId id)
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        bool valid = text?.Length == HashBytes * 2
            && Convert.FromHexString(text, hash, out _, out _) == System.Buffers.OperationStatus.Done;
        id = valid ? FromHash(hash) : default;
        return valid;
    }

    /// <inheritdoc/>
    public int CompareTo(FlowId other)
    {
        int order = High.CompareTo(other.High);
        order = order != 0 ? order : Middle.CompareTo(other.Middle);
        return order != 0 ? order : Low.CompareTo(other.Low);
    }

    /// <summary>The hash as 40 hex digits, for entity ids: base64 holds characters that storage keys may not.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{High:x16}{Middle:x16}{Low:x8}");

    /// <summary>Whether the left id orders before the right.</summary>
    public static bool operator <(FlowId left, FlowId right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left id orders after the right.</summary>
    public static bool operator >(FlowId left, FlowId right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left id does not order after the right.</summary>
    public static bool operator <=(FlowId left, FlowId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left id does not order before the right.</summary>
    public static bool operator >=(FlowId left, FlowId right) => left.CompareTo(right) >= 0;

    private static FlowId FromHash(ReadOnlySpan<byte> hash) => new(
        BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash[8..]), BinaryPrimitives.ReadUInt32BigEndian(
            hash[16..]));
}
