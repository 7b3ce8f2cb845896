using System.Buffers.Text;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>
/// The kernel's own lines about TCP sockets, which it writes whoever uses them, so of BSD sockets too, as many a minute as its rate
/// limit lets through:
/// <c>tcp connect outgoing: [local:port&lt;-&gt;foreign:port] interface: en0 (skipped: 0)</c>, then
/// <c>so_gencnt: 366042 t_state: SYN_SENT process: app:53377 SYN in/out: 0/1 bytes in/out: 0/0 …</c>, and at the end
/// <c>tcp_connection_summary (tcp_close:1797)[…]… Duration: 5.001 sec … bytes in/out: 0/0 pkts in/out: 0/0 …</c>.
/// </summary>
/// <remarks>
/// Source: XNU, bsd/netinet/tcp_log.c. Addresses are <c>&lt;IPv4-redacted&gt;</c> unless privacy is switched off for the kernel's log
/// of sockets; ports are in clear.
/// </remarks>
internal ref struct KernelSocket
{
    /// <summary>The kernel takes ports of its own choosing from here up.</summary>
    private const ushort FirstEphemeral = 49152;

    private static ReadOnlySpan<byte> Outgoing => "tcp connect outgoing: ["u8;

    private static ReadOnlySpan<byte> Incoming => "tcp connect incoming: ["u8;

    private static ReadOnlySpan<byte> Listen => "tcp listen: ["u8;

    private static ReadOnlySpan<byte> Summary => "tcp_connection_summary ("u8;

    /// <summary>The host's own end, as written.</summary>
    public ReadOnlySpan<byte> Local;

    /// <summary>The other end, as written.</summary>
    public ReadOnlySpan<byte> Remote;

    /// <summary>The process that used the socket last.</summary>
    public ReadOnlySpan<byte> Process;

    /// <summary>Its number.</summary>
    public int Pid;

    /// <summary>The socket's number since boot.</summary>
    public ReadOnlySpan<byte> Generation;

    /// <summary>It waits for connections.</summary>
    public bool Listens;

    /// <summary>Its counters are whole: it ended.</summary>
    public bool IsSummary;

    /// <summary>It stays on the host.</summary>
    public bool IsLoopback;

    /// <summary>Who opened it.</summary>
    public FlowDirection Direction;

    /// <summary>The counters, of a summary.</summary>
    public NetworkClose Sums;

    /// <summary>The message is one of those that are read.</summary>
    public static bool Fits(ReadOnlySpan<byte> message) =>
        message.StartsWith(Outgoing) || message.StartsWith(Incoming) || message.StartsWith(Summary) || message.StartsWith(Listen);

    /// <summary>Reads a message; false where it names no process or ends.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out KernelSocket socket)
    {
        socket = default;
        int open = message.IndexOf((byte)'[');
        int close = message.IndexOf("] interface: "u8);
        int arrow = open < 0 || close < open ? -1 : message[open..close].IndexOf("<->"u8);
        int process = message.IndexOf(" process: "u8);
        if (arrow < 0 || process < close)
        {
            return false;
        }

        socket.Local = message.Slice(open + 1, arrow - 1);
        socket.Remote = message[(open + arrow + 3)..close];
        socket.IsLoopback = message[close..].StartsWith("] interface: lo0"u8);
        socket.Listens = message.StartsWith(Listen);
        socket.IsSummary = message.StartsWith(Summary);
        socket.Direction = message.StartsWith(Incoming) ? FlowDirection.Inbound
            : message.StartsWith(Outgoing) ? FlowDirection.Outbound
            : ByPort(MacEndpoint.Read(socket.Local).Port, MacEndpoint.Read(socket.Remote).Port);
        socket.Generation = Word(message, "so_gencnt: "u8);
        return socket.TryProcess(message[(process + " process: "u8.Length)..]);
    }

    private bool TryProcess(ReadOnlySpan<byte> rest)
    {
        // A name may hold blanks and colons; what follows it does not change.
        int end = rest.IndexOf(" Duration: "u8);
        end = end >= 0 ? end : rest.IndexOf(" SYN in/out: "u8);
        end = end >= 0 ? end : rest.IndexOf(" so_qlimit: "u8);
        end = end >= 0 ? end : rest.IndexOf(" flowctl: "u8);
        int colon = end < 0 ? -1 : rest[..end].LastIndexOf((byte)':');
        if (colon <= 0 || !Utf8Parser.TryParse(rest[(colon + 1)..end], out Pid, out int used) || used != end - colon - 1 || Pid < 0)
        {
            return false;
        }

        Process = rest[..colon];
        if (IsSummary)
        {
            Sums.DurationMs = NetworkClose.Milliseconds(Word(rest, " Duration: "u8));
            (Sums.BytesIn, Sums.BytesOut) = NetworkClose.Pair(Word(rest, " bytes in/out: "u8));
            (Sums.PacketsIn, Sums.PacketsOut) = NetworkClose.Pair(Word(rest, " pkts in/out: "u8));
        }

        return true;
    }

    private static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> text, ReadOnlySpan<byte> before)
    {
        int at = text.IndexOf(before);
        ReadOnlySpan<byte> rest = at < 0 ? default : text[(at + before.Length)..];
        int end = rest.IndexOf((byte)' ');
        return end < 0 ? rest : rest[..end];
    }

    private static FlowDirection ByPort(ushort local, ushort remote) =>
        local >= FirstEphemeral && remote < FirstEphemeral ? FlowDirection.Outbound
        : remote >= FirstEphemeral && local < FirstEphemeral ? FlowDirection.Inbound
        : FlowDirection.Unknown;
}
