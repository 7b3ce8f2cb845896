using System.Globalization;
using System.Text;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering;

/// <summary>What a Zeek sensor writes: conn.log as tab-separated values, ssl.log as JSON.</summary>
internal static class ZeekFiles
{
    /// <summary>Bytes of a packet's headers, and of its payload at most, to make packet counts from bytes.</summary>
    private const int HeaderBytes = 40;

    private const int SegmentBytes = 1_460;

    private const string ConnHeader =
        "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n"
        + "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\torig_bytes\tresp_bytes\tconn_state\t"
        + "missed_bytes\thistory\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\n"
        + "#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tcount\tcount\tstring\tcount\tstring\tcount\tcount\tcount\tcount\n";

    /// <summary>Writes conn.log, in the order that connections end.</summary>
    public static void WriteConn(Stream stream, IEnumerable<NetworkFlow> flows)
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.Write(ConnHeader);
        foreach (NetworkFlow flow in flows.OrderBy(flow => flow.Start + flow.Duration).ThenBy(flow => flow.Uid, StringComparer.Ordinal))
        {
            bool tcp = flow.Destination.Transport == "tcp";
            (int packetsOut, int packetsIn) = (Packets(flow.Bytes.Out, tcp), Packets(flow.Bytes.In, tcp));
            writer.WriteLine(string.Join(
                '\t', EventTimes.Epoch(flow.Start), flow.Uid, flow.SourceIp, Whole(flow.SourcePort), flow.Destination.Address,
                Whole(flow.Destination.Port), flow.Destination.Transport, flow.Destination.Service,
                flow.Duration.TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture), Whole(flow.Bytes.Out), Whole(flow.Bytes.In), "SF",
                "0", tcp ? "ShADadFf" : "Dd", Whole(packetsOut), Whole(flow.Bytes.Out + (packetsOut * HeaderBytes)), Whole(packetsIn),
                Whole(flow.Bytes.In + (packetsIn * HeaderBytes))));
        }
    }

    /// <summary>Writes ssl.log: one entry a TLS connection.</summary>
    public static void WriteSsl(Stream stream, IEnumerable<NetworkFlow> flows)
    {
        foreach (NetworkFlow flow in flows.Where(flow => flow.Destination.IsTls).OrderBy(flow => flow.Start).ThenBy(flow => flow.Uid, StringComparer.Ordinal))
        {
            JsonLine.Write(stream, line =>
            {
                line.WriteString("_path", "ssl");
                line.WriteString("ts", EventTimes.Iso(flow.Start.AddMilliseconds(30)));
                line.WriteString("uid", flow.Uid);
                line.WriteString("id.orig_h", flow.SourceIp);
                line.WriteNumber("id.orig_p", flow.SourcePort);
                line.WriteString("id.resp_h", flow.Destination.Address);
                line.WriteNumber("id.resp_p", flow.Destination.Port);
                line.WriteString("version", "TLSv12");
                line.WriteString("cipher", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
                line.WriteString("server_name", flow.Destination.Name);
                line.WriteBoolean("resumed", false);
                line.WriteBoolean("established", true);
                line.WriteString("ssl_history", "CsxknGIi");
            });
        }
    }

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Packets(int bytes, bool tcp) => (bytes / SegmentBytes) + (tcp ? 4 : 1);
}
