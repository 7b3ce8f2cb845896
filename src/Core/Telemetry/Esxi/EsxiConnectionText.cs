using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>
/// Connections as VMware's daemons write them:
/// <c>&lt;io_obj p:0x…, h:34, &lt;TCP '10.0.0.5 : 55911'&gt;, &lt;TCP '10.0.0.9 : 443'&gt;&gt;</c>, own end first; <c>SSL(…)</c> around
/// it is their own TLS layer. Also what they resolve (<c>&lt;resolver …&gt;</c>) and pool (<c>&lt;cs …&gt;</c>).
/// </summary>
internal static class EsxiConnectionText
{
    private static ReadOnlySpan<byte> Object => "<io_obj"u8;

    private static ReadOnlySpan<byte> End => "<TCP '"u8;

    private static ReadOnlySpan<byte> Pooled => ", TCP:"u8;

    private static ReadOnlySpan<byte> Resolver => "<resolver "u8;

    /// <summary>Reads the first connection that a text names; false where it names none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, ref EsxiFinding finding)
    {
        int resolver = text.IndexOf((byte)'<') < 0 ? -1 : text.IndexOf(Resolver);
        int first = text.IndexOf(End);
        if (resolver >= 0 && (first < 0 || resolver < first))
        {
            Resolved(text[resolver..], ref finding);
            return true;
        }

        if (first < 0)
        {
            return TryPooled(text, ref finding) || IsCut(text, ref finding);
        }

        if (!TryEnd(text, first, out IpAddress local, out ushort localPort, out int next))
        {
            finding.Kind = EsxiFindingKind.Broken;
            return true;
        }

        int second = text[next..].IndexOf(End);
        if (second < 0)
        {
            // One end alone is where it listens, unless it was cut off before the other.
            finding.Kind = next >= text.Length - End.Length - 1 ? EsxiFindingKind.Broken : EsxiFindingKind.Nothing;
            return true;
        }

        if (!TryEnd(text, next + second, out IpAddress remote, out ushort remotePort, out _))
        {
            finding.Kind = EsxiFindingKind.Broken;
            return true;
        }

        FlowDirection direction = Direction(text[..first], localPort, remotePort);
        finding.Ends = new(local, localPort, remote, remotePort, direction, Exchange(text, first), null);
        finding.Kind = finding.Ends.IsLocal ? EsxiFindingKind.Local
            : remote.IsUnspecified ? EsxiFindingKind.Nothing
            : EsxiFindingKind.Connection;
        return true;
    }

    /// <summary>A stream that is named up to the end of the text, before its ends: they were cut off.</summary>
    private static bool IsCut(ReadOnlySpan<byte> text, ref EsxiFinding finding)
    {
        int stream = text.LastIndexOf(Object);
        bool isCut = stream >= 0 && text[stream..].IndexOf((byte)'>') < 0;
        finding.Kind = isCut ? EsxiFindingKind.Broken : EsxiFindingKind.Nothing;
        return isCut;
    }

    /// <summary><c>&lt;resolver p:…, 'host:443', next:&lt;TCP '10.0.0.9 : 443'&gt;&gt;</c>, whose next may be <c>(null)</c>.</summary>
    private static void Resolved(ReadOnlySpan<byte> text, ref EsxiFinding finding)
    {
        int open = text.IndexOf((byte)'\'');
        int close = open < 0 ? -1 : text[(open + 1)..].IndexOf((byte)'\'');
        int colon = close < 0 ? -1 : text.Slice(open + 1, close).LastIndexOf((byte)':');
        if (colon <= 0 || !EndpointText.TryPort(text.Slice(open + 1, close)[(colon + 1)..].Trim((byte)' '), out ushort port))
        {
            finding.Kind = EsxiFindingKind.Broken;
            return;
        }

        ReadOnlySpan<byte> name = text.Slice(open + 1, colon).Trim((byte)' ');
        bool isAddress = IpAddress.TryParse(name is [(byte)'[', .., (byte)']'] ? name[1..^1] : name, out IpAddress remote);
        ReadOnlySpan<byte> rest = text[(open + close + 2)..];
        int next = rest.IndexOf(End);
        if (next >= 0 && TryEnd(rest, next, out IpAddress found, out ushort foundPort, out _))
        {
            (remote, port) = (found, foundPort);
        }

        finding.ServerName = isAddress ? default : name;
        finding.Ends = new(default, 0, remote, port, FlowDirection.Outbound, Handshake.Unknown, null);
        finding.Kind = finding.Ends.IsLocal || name.SequenceEqual("localhost"u8) ? EsxiFindingKind.Local : EsxiFindingKind.Connection;
    }

    /// <summary><c>&lt;cs p:…, TCP:10.0.0.9:443&gt;</c>: a pool of connections to one place.</summary>
    private static bool TryPooled(ReadOnlySpan<byte> text, ref EsxiFinding finding)
    {
        int at = text.IndexOf(Pooled);
        if (at < 0 || text[..at].LastIndexOf("<cs p:"u8) < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> place = text[(at + Pooled.Length)..];
        int close = place.IndexOf((byte)'>');
        if (close < 0 || !EndpointText.TryParse(place[..close], out IpAddress remote, out ushort port))
        {
            // A name instead of an address: the line that resolved it says the same.
            return false;
        }

        finding.Ends = new(default, 0, remote, port, FlowDirection.Outbound, Handshake.Unknown, null);
        finding.Kind = finding.Ends.IsLocal ? EsxiFindingKind.Local : EsxiFindingKind.Connection;
        return true;
    }

    private static bool TryEnd(ReadOnlySpan<byte> text, int at, out IpAddress address, out ushort port, out int next)
    {
        ReadOnlySpan<byte> rest = text[(at + End.Length)..];
        int close = rest.IndexOf((byte)'\'');
        next = at + End.Length + close + 1;
        address = default;
        port = 0;
        if (close >= 0 && rest[..close].StartsWith("localhost"u8))
        {
            address = IpAddress.Parse("127.0.0.1");
            return true;
        }

        return close >= 0 && EndpointText.TryParse(rest[..close], out address, out port);
    }

    /// <summary>Whether the daemon's TLS layer stands around the connection, and whether its handshake came through.</summary>
    private static Handshake Exchange(ReadOnlySpan<byte> text, int first)
    {
        int stream = text[..first].LastIndexOf(Object);
        bool wrapped = stream >= 4 && text[(stream - 4)..stream].SequenceEqual("SSL("u8);
        ReadOnlySpan<byte> before = text[..first];
        bool failed = before.IndexOf("ailed"u8) >= 0 || before.IndexOf("imeout"u8) >= 0 || before.IndexOf("imed out"u8) >= 0;
        return failed && before.IndexOf("andshake"u8) >= 0 ? Handshake.Hello
            : wrapped ? Handshake.Established
            : Handshake.Unknown;
    }

    private static FlowDirection Direction(ReadOnlySpan<byte> before, ushort local, ushort remote)
    {
        if (before.IndexOf("to connect"u8) >= 0 || before.IndexOf("onnected to"u8) >= 0 || before.IndexOf("Attempting"u8) >= 0)
        {
            return FlowDirection.Outbound;
        }

        if (before.IndexOf("proxy client"u8) >= 0 || before.IndexOf("ccept"u8) >= 0)
        {
            return FlowDirection.Inbound;
        }

        return EsxiPorts.Direction(local, remote);
    }
}
