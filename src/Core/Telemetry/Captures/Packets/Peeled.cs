namespace CipherWatch.Core.Telemetry.Captures.Packets;

/// <summary>What was found below a layer: an IP packet, nothing that carries any, or a layer that is not read here.</summary>
/// <param name="At">Offset of the IP packet within the frame; −1 where none was found.</param>
/// <param name="Unread">The layer that could not be looked into; none where all of them could.</param>
internal readonly record struct Peeled(int At, UnreadLayer Unread)
{
    /// <summary>No IP packet, by nature or because the frame is cut.</summary>
    public static readonly Peeled Nothing = new(-1, default);

    /// <summary>Whether an IP packet was found.</summary>
    public bool IsIp => At >= 0;

    /// <summary>An IP packet.</summary>
    public static Peeled Ip(int at) => new(at, default);

    /// <summary>A layer that is not read.</summary>
    public static Peeled Beyond(UnreadKind kind, int number = 0) => new(-1, new(kind, number));
}

/// <summary>Where the reading of a packet ended before its IP packet was found.</summary>
/// <param name="Kind">What kind of layer.</param>
/// <param name="Number">Which one, by the number that its own registry gives it.</param>
internal readonly record struct UnreadLayer(UnreadKind Kind, int Number)
{
    /// <summary>Its name for a person.</summary>
    public override string ToString() => Kind switch
    {
        UnreadKind.Link => LinkTypes.Name(Number),
        UnreadKind.EtherType => $"Ethernet type 0x{Number:x4}{EtherTypes.Remark(Number)}",
        UnreadKind.Ppp => $"PPP protocol 0x{Number:x4}",
        UnreadKind.Wireless => "802.11 frames encrypted on the air",
        UnreadKind.Fragment => "IP fragments whose first part was not captured",
        UnreadKind.Interface => "pcapng packets of an interface that the file does not describe",
        UnreadKind.Cut => "packets cut off before their ports",
        _ => string.Empty,
    };
}

/// <summary>Kinds of layer that a packet can be unread for.</summary>
internal enum UnreadKind : byte
{
    /// <summary>None: all of it was looked into.</summary>
    None,

    /// <summary>The capture's link type.</summary>
    Link,

    /// <summary>An Ethernet type.</summary>
    EtherType,

    /// <summary>A network protocol of PPP.</summary>
    Ppp,

    /// <summary>A wireless frame that is encrypted on the air.</summary>
    Wireless,

    /// <summary>A part of an IP packet whose first part never came.</summary>
    Fragment,

    /// <summary>A packet of an interface that was not described.</summary>
    Interface,

    /// <summary>A packet of which less was kept than its headers are long.</summary>
    Cut,
}
