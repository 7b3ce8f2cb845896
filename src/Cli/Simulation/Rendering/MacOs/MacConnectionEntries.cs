using System.Globalization;
using CipherWatch.Cli.Simulation.Model;
using CipherWatch.Cli.Simulation.Rendering.Network;

namespace CipherWatch.Cli.Simulation.Rendering.MacOs;

/// <summary>
/// What the unified log says of a connection: Network.framework of those that use it, the kernel of the rest that are TCP.
/// </summary>
internal static class MacConnectionEntries
{
    private const string Framework = "/System/Library/Frameworks/Network.framework/Versions/A/Network";
    private const string Tls = "/usr/lib/libboringssl.dylib";
    private const string Subsystem = "com.apple.network";

    /// <summary>Its start, the TLS on it, and its end with the sums: in before out.</summary>
    public static IEnumerable<MacLogEntry> OfFramework(SimulatedHost host, Connected connected)
    {
        NetworkFlow flow = connected.Flow;
        bool isTls = flow.Destination.Protocol.IsTls;
        string endpoint = MacIds.Endpoint(host, flow.Destination);
        string transport = flow.Destination.Transport;
        string wishes = (isTls ? "tls, " : string.Empty) + "definite, attribution: developer";
        string head = Text(
            $"[C{connected.Number} {MacIds.Uuid(flow, 0)} {endpoint} {transport}, url hash: {MacIds.Hash(endpoint)}, {wishes}]");
        yield return Entry(flow.Start, "connection", Framework, head + " start");
        yield return Entry(
            flow.Start.AddMilliseconds(31), "connection", Framework,
            Text($"nw_connection_report_state_with_handler_on_nw_queue [C{connected.Number}] reporting state ready"));
        if (isTls)
        {
            yield return Entry(
                flow.Start.AddMilliseconds(60), "boringssl", Tls,
                Text($"nw_protocol_boringssl_signal_connected(724) [C{connected.Number}.1:2][0x7fe7{flow.SourcePort:x4}] TLS connected ")
                + "[version(0x0304) ciphersuite(TLS_AES_128_GCM_SHA256) group(0x001d) signature_alg(0x0403) alpn(h2) resumed(0) "
                + "offered_ticket(0)]");
        }

        string name = flow.Destination.Name is null ? string.Empty : ", DNS @0.000s took 0.011s";
        string steps = (transport == "tcp" ? ", TCP @0.012s took 0.014s" : string.Empty) + (isTls ? ", TLS 1.3 took 0.031s" : string.Empty);
        string ends = Text($"{flow.SourceIp}:{flow.SourcePort}<->{MacIds.Reached(host, flow.Destination)}");
        string close = string.Join(
            "\n\t", head + " cancelled",
            Text($"[C{connected.Number}.1 {MacIds.Uuid(flow, 1)} {ends}]"),
            "Connected Path: satisfied (Path is satisfied), viable, interface: en0, ipv4, dns",
            "Privacy Stance: Not Eligible",
            $"Duration: {EventTimes.Seconds(flow.Duration, 3)}s{name}{steps}",
            $"bytes in/out: {Bytes(flow)}, packets in/out: {Packets(flow)}, rtt: 0.014s, retransmitted bytes: 0, out-of-order bytes: 0");
        yield return Entry(flow.End, "connection", Framework, close);

        MacLogEntry Entry(DateTimeOffset time, string category, string sender, string message) =>
            new(time, connected.Process.Pid, connected.Process.Program.Image, sender, Subsystem, category, message);
    }

    /// <summary>What the kernel logs of a TCP socket: when it connects, and its sums when it closes.</summary>
    public static IEnumerable<MacLogEntry> OfKernel(SimulatedHost host, Connected connected)
    {
        NetworkFlow flow = connected.Flow;
        if (flow.Destination.Transport != "tcp")
        {
            yield break;
        }

        string local = MacIds.Kernel(host, flow.SourceIp, flow.SourcePort);
        string ends = $"[{local}<->{MacIds.Kernel(host, flow.Destination.Address, flow.Destination.Port)}] interface: en0 (skipped: 0)";
        string socket = Text($"so_gencnt: {flow.Id % 9_000_000} t_state:");
        string process = Text($"process: {connected.Process.Program.Name}:{connected.Process.Pid}");
        string last = Text($"so_error: 0 svc/tc: 0 flow: 0x{(uint)flow.Id:x}");
        yield return Entry(
            flow.Start,
            $"tcp connect outgoing: {ends}\n{socket} SYN_SENT {process} SYN in/out: 0/1 bytes in/out: 0/0 pkts in/out: 0/0 "
            + $"rtt: 0.0 ms rttvar: 250.0 ms base_rtt: 0 ms error: 0 {last}");
        yield return Entry(
            flow.End,
            $"tcp_connection_summary (tcp_close:1797){ends}\n{socket} TIME_WAIT {process} "
            + $"Duration: {EventTimes.Seconds(flow.Duration, 3)} sec Conn_Time: 0.012 sec "
            + $"bytes in/out: {Bytes(flow)} pkts in/out: {Packets(flow)} pkt rxmit: 0 ooo pkts: 0 dup bytes in: 0 "
            + $"ACKs delayed: 0 delayed ACKs sent: 0\nrtt: 12.000 ms rttvar: 6.000 ms base rtt: 12 ms {last}");

        static MacLogEntry Entry(DateTimeOffset time, string message) => new(
            time, 0, "/kernel", "/kernel", string.Empty, string.Empty, message);
    }

    /// <summary>In before out.</summary>
    private static string Bytes(NetworkFlow flow) => Text($"{flow.Bytes.In}/{flow.Bytes.Out}");

    private static string Packets(NetworkFlow flow) =>
        Text($"{PacketCounts.Of(flow.Bytes.In, isTcp: true)}/{PacketCounts.Of(flow.Bytes.Out, isTcp: true)}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
