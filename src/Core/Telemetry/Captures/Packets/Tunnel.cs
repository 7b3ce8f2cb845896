namespace CipherWatch.Core.Telemetry.Captures.Packets;

/// <summary>A tunnel that a packet turned out to be of.</summary>
/// <param name="Name">Its name, which is what the flow around it speaks; null where the packet is of none.</param>
/// <param name="Inner">The packet within.</param>
internal readonly record struct Tunnel(string? Name, Peeled Inner)
{
    /// <summary>No tunnel.</summary>
    public static readonly Tunnel None = new(null, Peeled.Nothing);

    /// <summary>A tunnel if there is an IP packet in it that looks like one, since a port alone proves nothing.</summary>
    public static Tunnel IfSound(string name, ReadOnlySpan<byte> frame, Peeled inner) =>
        IpPacket.IsSound(frame, inner.At) ? new(name, inner) : None;
}
