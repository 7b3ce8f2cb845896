namespace CipherWatch.Core.Telemetry.Captures.Packets;

/// <summary>Finds packets in L2TP, of version 2 (RFC 2661) and 3 (RFC 3931).</summary>
internal static class Layer2
{
    /// <summary>The packet in a datagram of port 1701; nothing where it controls the tunnel.</summary>
    public static Tunnel FindInDatagram(ReadOnlySpan<byte> frame, int at)
    {
        const ushort Control = 0x8000, HasLength = 0x4000, HasSequence = 0x0800, HasOffset = 0x0200, VersionMask = 0x000f;
        const string Name = "l2tp";
        if (frame.Length < at + 8)
        {
            return Tunnel.None;
        }

        ushort flags = LinkLayer.U16(frame, at);
        if ((flags & VersionMask) == 3)
        {
            return (flags & Control) != 0 ? Tunnel.None : Tunnel.IfSound(Name, frame, FindInVersion3(frame, at + 4));
        }

        if ((flags & VersionMask) != 2 || (flags & Control) != 0)
        {
            return Tunnel.None;
        }

        int inner = at + 6 + ((flags & HasLength) != 0 ? 2 : 0) + ((flags & HasSequence) != 0 ? 4 : 0);
        if ((flags & HasOffset) != 0)
        {
            inner += frame.Length >= inner + 2 ? 2 + LinkLayer.U16(frame, inner) : 2;
        }

        return Tunnel.IfSound(Name, frame, PointToPoint.Peel(frame, inner));
    }

    /// <summary>
    /// The packet behind a session's number. Whether a cookie and a sublayer follow was settled when the session was set up: the
    /// first reading that yields a sound IP header is right.
    /// </summary>
    public static Peeled FindInVersion3(ReadOnlySpan<byte> frame, int at)
    {
        const int Session = 4, Word = 4, MaxWords = 3;
        for (int words = 0; words <= MaxWords; words++)
        {
            int inner = at + Session + (words * Word);
            Peeled ethernet = LinkLayer.Ethernet(frame, inner);
            if (IpPacket.IsSound(frame, ethernet.At))
            {
                return ethernet;
            }

            Peeled ppp = PointToPoint.Peel(frame, inner);
            if (IpPacket.IsSound(frame, ppp.At))
            {
                return ppp;
            }
        }

        return Peeled.Nothing;
    }
}
