using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Correlation.Channel;

/// <summary>Two addresses, whichever of them opens connections: the channels between them are kept together.</summary>
/// <remarks>
/// Who opened a flow may be learned after the flow was first told of, and decides which channel it belongs to. Between the same two
/// addresses it stays where it is.
/// </remarks>
public readonly record struct AddressPair : IComparable<AddressPair>
{
    private AddressPair(IpAddress first, IpAddress second)
    {
        First = first;
        Second = second;
    }

    /// <summary>The address that orders first.</summary>
    public IpAddress First { get; }

    /// <summary>The other.</summary>
    public IpAddress Second { get; }

    /// <summary>Two addresses in either order.</summary>
    public static AddressPair Of(IpAddress left, IpAddress right) => left <= right ? new(left, right) : new(right, left);

    /// <summary>The ends of a flow.</summary>
    public static AddressPair Of(in FlowKey flow) => Of(flow.FirstIp, flow.SecondIp);

    /// <summary>The ends of a channel.</summary>
    public static AddressPair Of(in ChannelKey channel) => Of(channel.SourceIp, channel.DestinationIp);

    /// <summary>Reads a pair back from <see cref="ToString"/>; false when it is none.</summary>
    public static bool TryParse(string? text, out AddressPair pair)
    {
        string[] parts = text?.Split('|') ?? [];
        pair = default;
        if (parts.Length != 2 || !IpAddress.TryParse(parts[0], out IpAddress left) || !IpAddress.TryParse(parts[1], out IpAddress right))
        {
            return false;
        }

        pair = Of(left, right);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(AddressPair other) => First != other.First ? First.CompareTo(other.First) : Second.CompareTo(other.Second);

    /// <summary>The pair as text, for entity ids.</summary>
    public override string ToString() => $"{First}|{Second}";

    /// <summary>Whether the left pair orders before the right.</summary>
    public static bool operator <(AddressPair left, AddressPair right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left pair orders after the right.</summary>
    public static bool operator >(AddressPair left, AddressPair right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left pair does not order after the right.</summary>
    public static bool operator <=(AddressPair left, AddressPair right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left pair does not order before the right.</summary>
    public static bool operator >=(AddressPair left, AddressPair right) => left.CompareTo(right) >= 0;
}
