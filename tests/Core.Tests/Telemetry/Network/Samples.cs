using System.Text;

namespace CipherWatch.Core.Tests.Telemetry.Network;

/// <summary>One well-formed record of each network format: what mutations start from.</summary>
internal static class Samples
{
    public const string ZeekConnTsv =
        "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n"
        + "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\torig_bytes\tresp_bytes\tconn_state\t"
        + "missed_bytes\thistory\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\n"
        + "1772445600.250001\tCw1\t10.20.0.7\t49812\t203.0.113.50\t8443\ttcp\tssl\t12.5\t2048\t512\tSF\t0\tShADadFf\t12\t2560\t9\t980\n"
        + "#close\t2026-03-02-11-00-00\n";

    public const string ZeekConnJson =
        """{"_path":"conn","_write_ts":"2026-03-02T10:00:07.000000Z","ts":"2026-03-02T10:00:00.250001Z","uid":"Cw1","id.orig_h":"10.20.0.7","id.orig_p":49812,"id.resp_h":"203.0.113.50","id.resp_p":443,"proto":"tcp","service":"ssl","duration":1.5,"orig_bytes":900,"resp_bytes":4000,"conn_state":"SF","missed_bytes":0,"history":"ShADadFf","orig_pkts":10,"orig_ip_bytes":1500,"resp_pkts":12,"resp_ip_bytes":4800}""";

    public const string ZeekSslJson =
        """{"ts":1772445600.1,"uid":"C1","id.orig_h":"10.20.0.7","id.orig_p":49900,"id.resp_h":"203.0.113.5","id.resp_p":443,"version":"TLSv13","cipher":"TLS_AES_128_GCM_SHA256","server_name":"www.example.org","resumed":false,"established":true}""";

    public const string PayloadBytes =
        """{"cipherwatch":"payload-sample/1","time":"2026-03-02T10:15:30.123Z","sensor":"edge-1","srcIp":"10.20.0.7","srcPort":49812,"dstIp":"203.0.113.50","dstPort":8443,"protocol":"tcp","direction":"out","offset":0,"startSeen":true,"length":1460,"bytes":"R0VUIC9pbmRleC5odG1sIEhUVFAvMS4xDQpIb3N0OiB3d3cuZXhhbXBsZS5vcmcNCg0K"}""";

    public static readonly string PayloadHistogram =
        """{"cipherwatch":"payload-sample/1","time":"2026-03-02T10:15:30Z","communityId":"1:LQU9qZlK+B5F3KDmev6m5PMibrg=","direction":"in","histogram":["""
        + string.Join(',', Enumerable.Repeat(4, 256)) + "]}";

    public static readonly byte[][] All =
        [.. new[] { ZeekConnTsv, ZeekConnJson, ZeekSslJson, PayloadBytes, PayloadHistogram }.Select(Encoding.UTF8.GetBytes)];
}
