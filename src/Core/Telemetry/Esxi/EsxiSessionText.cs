using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>Logins over the network: of the API in hostd and vpxd, of SSH in sshd and vobd.</summary>
internal static class EsxiSessionText
{
    private const ushort HttpsPort = 443;
    private const ushort SshPort = 22;
    private const string Api = "vim";
    private const string Ssh = "ssh";

    /// <summary>Reads a login; false where the text is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> program, ReadOnlySpan<byte> text, ref EsxiFinding finding)
    {
        finding.OwnTime = default;
        if (text.IndexOf(" logged in as "u8) is > 0 and var loggedIn)
        {
            // "… User VSPHERE.LOCAL\admin@10.1.1.5 logged in as …"
            int start = text[..loggedIn].LastIndexOf("User "u8);
            finding.OwnTime = EventTime(text);
            return start >= 0 && At(text[(start + 5)..loggedIn], HttpsPort, Api, Handshake.Unknown, ref finding);
        }

        int opened = text.IndexOf("ession was opened for '"u8);
        if (opened >= 0 || text.IndexOf(".ssh.session.opened]"u8) >= 0)
        {
            // "SSH session was opened for 'root@10.1.1.5'."
            ReadOnlySpan<byte> quoted = text[(Math.Max(opened, 0) + text[Math.Max(opened, 0)..].IndexOf((byte)'\'') + 1)..];
            int close = quoted.IndexOf((byte)'\'');
            return close > 0 && At(quoted[..close], SshPort, Ssh, Handshake.Established, ref finding);
        }

        if (text.StartsWith("Accepted "u8))
        {
            return TryAccepted(text, ref finding);
        }

        return text.StartsWith("Connection from "u8) && program.StartsWith("sshd"u8)
            && From(text["Connection from "u8.Length..], SshPort, Ssh, Handshake.Unknown, ref finding);
    }

    /// <summary>
    /// <c>Accepted password for user root from 10.1.1.5 - session=…</c>, <c>Accepted publickey for root from 10.1.1.5 port 58470 ssh2</c>.
    /// </summary>
    private static bool TryAccepted(ReadOnlySpan<byte> text, ref EsxiFinding finding)
    {
        int user = text.IndexOf(" for "u8);
        int from = text.IndexOf(" from "u8);
        if (user < 0 || from < user)
        {
            return false;
        }

        ReadOnlySpan<byte> name = text[(user + 5)..from];
        finding.User = name.StartsWith("user "u8) ? name[5..] : name;
        ReadOnlySpan<byte> peer = text[(from + 6)..];
        bool ssh = peer.IndexOf(" ssh"u8) >= 0;
        return From(peer, ssh ? SshPort : HttpsPort, ssh ? Ssh : Api, ssh ? Handshake.Established : Handshake.Unknown, ref finding);
    }

    /// <summary>Reads <c>10.1.1.5 port 58470 …</c>.</summary>
    private static bool From(ReadOnlySpan<byte> peer, ushort served, string application, Handshake handshake, ref EsxiFinding finding)
    {
        ReadOnlySpan<byte> rest = peer;
        ReadOnlySpan<byte> ip = EsxiText.Token(ref rest);
        ushort port = 0;
        if (EsxiText.Token(ref rest).SequenceEqual("port"u8))
        {
            ReadOnlySpan<byte> number = EsxiText.Token(ref rest);
            ip = EndpointText.TryPort(number, out port) ? ip : number;
        }

        return Peer(ip, port, served, application, handshake, ref finding);
    }

    /// <summary>Reads <c>DOMAIN\user@10.1.1.5</c>.</summary>
    private static bool At(ReadOnlySpan<byte> who, ushort served, string application, Handshake handshake, ref EsxiFinding finding)
    {
        int at = who.LastIndexOf((byte)'@');
        if (at < 0)
        {
            return false;
        }

        finding.User = who[..at];
        return Peer(who[(at + 1)..], 0, served, application, handshake, ref finding);
    }

    private static bool Peer(
        ReadOnlySpan<byte> ip, ushort port, ushort served, string application, Handshake handshake, ref EsxiFinding finding)
    {
        if (!IpAddress.TryParse(ip, out IpAddress remote))
        {
            // Some log the name of a host here, and every host has that of its own.
            finding.Kind = ip.IsEmpty || ip.SequenceEqual("localhost"u8) ? EsxiFindingKind.Nothing : EsxiFindingKind.Broken;
            return !ip.IsEmpty;
        }

        finding.Ends = new(default, served, remote, port, FlowDirection.Inbound, handshake, application);
        finding.Kind = remote.IsLoopback ? EsxiFindingKind.Local : EsxiFindingKind.Session;
        return true;
    }

    /// <summary>The time that vCenter's <c>Event [id] [1-1] [time] [type] …</c> carries; empty in other texts.</summary>
    private static ReadOnlySpan<byte> EventTime(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = text.StartsWith("Event ["u8) ? text : default;
        while (rest.IndexOf((byte)'[') is >= 0 and var open && open < rest.Length - 1)
        {
            rest = rest[(open + 1)..];
            if (EsxiSyslogHeader.IsIsoTime(rest))
            {
                int close = rest.IndexOf((byte)']');
                return close < 0 ? default : rest[..close];
            }
        }

        return default;
    }
}
