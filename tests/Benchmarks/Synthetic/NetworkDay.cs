using System.Globalization;
using System.Text;

namespace CipherWatch.Benchmarks.Synthetic;

/// <summary>A synthetic day of network telemetry in each format that is measured: connections of a small site, seeded.</summary>
internal static class NetworkDay
{
    private const int Seed = 20260302;
    private const double FirstSecond = 1_772_409_600;

    /// <summary>Every format, by name, and whether a token pass can read it.</summary>
    public static readonly (string Name, bool IsJson, Func<int, byte[]> Write)[] All =
    [
        ("Zeek conn, JSON", true, ZeekJson),
        ("Zeek dns, JSON", true, ZeekDns),
        ("Zeek files, JSON (skipped)", true, ZeekFiles),
        ("Suricata flow, EVE", true, Eve),
        ("Zeek conn, TSV", false, ZeekTsv),
        ("Zeek dns, TSV", false, ZeekDnsTsv),
        ("Zeek files, TSV (skipped)", false, ZeekFilesTsv),
    ];

    private static byte[] ZeekJson(int records) => Lines(records, static (random, at) => Invariant(
        $"{{\"_path\":\"conn\",\"ts\":{FirstSecond + at:F6},\"uid\":\"C{random.Next():x8}{random.Next():x8}\",\"id.orig_h\":\"10.20.0.{random.Next(2, 250)}\",\"id.orig_p\":{random.Next(49152, 65536)},\"id.resp_h\":\"203.0.113.{random.Next(2, 250)}\",\"id.resp_p\":443,\"proto\":\"tcp\",\"service\":\"ssl\",\"duration\":{random.NextDouble() * 60:F6},\"orig_bytes\":{random.Next(5000)},\"resp_bytes\":{random.Next(90000)},\"conn_state\":\"SF\",\"local_orig\":true,\"local_resp\":false,\"missed_bytes\":0,\"history\":\"ShADadFf\",\"orig_pkts\":{random.Next(90)},\"orig_ip_bytes\":{random.Next(5000, 9000)},\"resp_pkts\":{random.Next(90)},\"resp_ip_bytes\":{random.Next(90000, 99000)}}}"));

    private static byte[] ZeekDns(int records) => Lines(records, static (random, at) => Invariant(
        $"{{\"_path\":\"dns\",\"ts\":{FirstSecond + at:F6},\"uid\":\"C{random.Next():x8}{random.Next():x8}\",\"id.orig_h\":\"10.20.0.{random.Next(2, 250)}\",\"id.orig_p\":{random.Next(49152, 65536)},\"id.resp_h\":\"10.20.0.1\",\"id.resp_p\":53,\"proto\":\"udp\",\"trans_id\":{random.Next(65536)},\"query\":\"host{random.Next(9999)}.example.org\",\"qclass\":1,\"qclass_name\":\"C_INTERNET\",\"qtype\":1,\"qtype_name\":\"A\",\"rcode\":0,\"rcode_name\":\"NOERROR\",\"AA\":false,\"TC\":false,\"RD\":true,\"RA\":true,\"answers\":[\"203.0.113.{random.Next(2, 250)}\"],\"TTLs\":[300.0],\"rejected\":false}}"));

    private static byte[] ZeekFiles(int records) => Lines(records, static (random, at) => Invariant(
        $"{{\"_path\":\"files\",\"ts\":{FirstSecond + at:F6},\"uid\":\"C{random.Next():x8}{random.Next():x8}\",\"id.orig_h\":\"10.20.0.{random.Next(2, 250)}\",\"id.orig_p\":{random.Next(49152, 65536)},\"id.resp_h\":\"203.0.113.{random.Next(2, 250)}\",\"id.resp_p\":443,\"source\":\"HTTP\",\"mime_type\":\"text/html\",\"seen_bytes\":{random.Next(90000)}}}"));

    private static byte[] Eve(int records) => Lines(records, static (random, at) => Invariant(
        $"{{\"timestamp\":\"2026-03-02T10:{at / 60 % 60:00}:{at % 60:00}.123456+0000\",\"flow_id\":{random.NextInt64(1L << 50)},\"in_iface\":\"eth0\",\"event_type\":\"flow\",\"src_ip\":\"10.20.0.{random.Next(2, 250)}\",\"src_port\":{random.Next(49152, 65536)},\"dest_ip\":\"203.0.113.{random.Next(2, 250)}\",\"dest_port\":443,\"proto\":\"TCP\",\"app_proto\":\"tls\",\"flow\":{{\"pkts_toserver\":{random.Next(90)},\"pkts_toclient\":{random.Next(90)},\"bytes_toserver\":{random.Next(9000)},\"bytes_toclient\":{random.Next(99000)},\"start\":\"2026-03-02T10:00:00.000001+0000\",\"end\":\"2026-03-02T10:00:{random.Next(60):00}.000001+0000\",\"age\":{random.Next(60)},\"state\":\"closed\",\"reason\":\"shutdown\",\"alerted\":false}},\"tcp\":{{\"tcp_flags\":\"1b\",\"tcp_flags_ts\":\"1b\",\"tcp_flags_tc\":\"1b\",\"syn\":true,\"fin\":true,\"psh\":true,\"ack\":true,\"state\":\"closed\"}}}}"));

    private static byte[] ZeekTsv(int records) =>
    [
        .. "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\torig_bytes\tresp_bytes\tconn_state\tlocal_orig\tlocal_resp\tmissed_bytes\thistory\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\ttunnel_parents\n"u8,
        .. Lines(records, static (random, at) => Invariant(
            $"{FirstSecond + at:F6}\tC{random.Next():x8}{random.Next():x8}\t10.20.0.{random.Next(2, 250)}\t{random.Next(49152, 65536)}\t203.0.113.{random.Next(2, 250)}\t443\ttcp\tssl\t{random.NextDouble() * 60:F6}\t{random.Next(5000)}\t{random.Next(90000)}\tSF\tT\tF\t0\tShADadFf\t{random.Next(90)}\t{random.Next(5000, 9000)}\t{random.Next(90)}\t{random.Next(90000, 99000)}\t-")),
    ];

    private static byte[] ZeekDnsTsv(int records) =>
    [
        .. "#separator \\x09\n#path\tdns\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\ttrans_id\tquery\tqtype_name\trcode_name\tanswers\n"u8,
        .. Lines(records, static (random, at) => Invariant(
            $"{FirstSecond + at:F6}\tC{random.Next():x8}{random.Next():x8}\t10.20.0.{random.Next(2, 250)}\t{random.Next(49152, 65536)}\t10.20.0.1\t53\tudp\t{random.Next(65536)}\thost{random.Next(9999)}.example.org\tA\tNOERROR\t203.0.113.{random.Next(2, 250)}")),
    ];

    private static byte[] ZeekFilesTsv(int records) =>
    [
        .. "#separator \\x09\n#path\tfiles\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tsource\tmime_type\tseen_bytes\n"u8,
        .. Lines(records, static (random, at) => Invariant(
            $"{FirstSecond + at:F6}\tC{random.Next():x8}{random.Next():x8}\t10.20.0.{random.Next(2, 250)}\t{random.Next(49152, 65536)}\t203.0.113.{random.Next(2, 250)}\t443\tHTTP\ttext/html\t{random.Next(90000)}")),
    ];

    private static byte[] Lines(int records, Func<Random, int, string> write)
    {
        Random random = new(Seed);
        StringBuilder text = new();
        for (int record = 0; record < records; record++)
        {
            text.Append(write(random, record)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
