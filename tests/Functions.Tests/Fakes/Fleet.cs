using System.Globalization;
using System.Text;
using Azure.Messaging.EventHubs;

namespace CipherWatch.Functions.Tests.Fakes;

/// <summary>
/// A small fleet's telemetry over two days, in the formats that sensors write: an implant seen by host and network, one seen by the
/// network alone, a program whose signature arrives late, and what is benign.
/// </summary>
internal static class Fleet
{
    private const int ZoneHours = -5;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

    /// <summary>The records, one a line, in the order of time.</summary>
    public static IReadOnlyList<string> Records()
    {
        Random random = new(20260302);
        List<(int Second, string Line)> records = [];
        for (int host = 0; host < 3; host++)
        {
            Host(records, random, host);
        }

        // A device without an agent talks to one place all day.
        for (int flow = 0; flow < 6; flow++)
        {
            int at = 600 + (flow * 900);
            records.Add((at, Conn($"Cx{flow}", at, "10.20.9.99", 40000 + flow, "198.51.100.7", 4444)));
            records.Add((at + 1, Payload(random, at + 1, "10.20.9.99", 40000 + flow, "198.51.100.7", 4444)));
        }

        return [.. records.OrderBy(record => record.Second).ThenBy(record => record.Line, StringComparer.Ordinal).Select(record => record.Line)];
    }

    /// <summary>Records as events, each with its place in the partition.</summary>
    public static EventData[] Events(IEnumerable<string> lines, long firstSequence = 0) =>
        [.. lines.Select((line, index) => Event(Encoding.UTF8.GetBytes(line), firstSequence + index))];

    /// <summary>One event.</summary>
    public static EventData Event(byte[] body, long sequence) => EventHubsModelFactory.EventData(
        new BinaryData(body), null, null, "host", sequence, (sequence * 100).ToString(CultureInfo.InvariantCulture), Start);

    private static void Host(List<(int Second, string Line)> records, Random random, int host)
    {
        string ip = string.Create(CultureInfo.InvariantCulture, $"10.20.0.{10 + host}");
        string browser = Guid(host, 1);
        const string BrowserImage = @"C:\Program Files\Mozilla Firefox\firefox.exe";
        records.Add((5, Sysmon(host, 1, 5, browser, BrowserImage, """ "ParentImage":"C:\\Windows\\explorer.exe","CommandLine":"firefox" """)));
        records.Add((6, Sysmon(host, 7, 6, browser, BrowserImage, Load(@"C:\Windows\System32\bcryptprimitives.dll"))));
        for (int visit = 0; visit < 10; visit++)
        {
            int at = 20 + (visit * 400);
            records.Add((at, Sysmon(host, 3, at, browser, BrowserImage, Connect(ip, 50000 + visit, $"203.0.113.{100 + visit}", 443))));
            records.Add((at + 1, Conn($"Cb{host}{visit}", at + 1, ip, 50000 + visit, $"203.0.113.{100 + visit}", 443, "ssl")));
        }

        string implant = Guid(host, 2);
        const string ImplantImage = @"C:\Users\ada\AppData\Local\Temp\upd.exe";
        int days = host == 0 ? 2 : 1;
        for (int call = 0; host < 2 && call < 10; call++)
        {
            int at = 300 + (call * 60) + (call >= 5 && days == 2 ? 86_400 : 0);
            records.Add((at, Sysmon(host, 3, at, implant, ImplantImage, Connect(ip, 51000 + call, "203.0.113.77", 8444))));
            if (host == 0)
            {
                // The sensor's records come now before, now after the endpoint's.
                int seen = at + (call % 2 == 0 ? -2 : 3);
                records.Add((seen, Conn($"Ci{call}", seen, ip, 51000 + call, "203.0.113.77", 8444)));
                records.Add((seen + 1, Payload(random, seen + 1, ip, 51000 + call, "203.0.113.77", 8444)));
            }
        }

        if (host < 2)
        {
            records.Add((295, Sysmon(host, 1, 295, implant, ImplantImage, """ "ParentImage":"C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE","CommandLine":"upd.exe -q" """)));
            records.Add((296, Sysmon(host, 7, 296, implant, ImplantImage, Load(ImplantImage, signed: false))));
            records.Add((310, Sysmon(host, 7, 310, implant, ImplantImage, Load(@"C:\Windows\System32\rsaenh.dll"))));
            records.Add((311, Sysmon(host, 7, 311, implant, ImplantImage, Load(@"C:\Windows\System32\kernel32.dll"))));
        }

        // Until its signature is recorded it looks like an implant.
        string updater = Guid(host, 3);
        const string UpdaterImage = @"C:\Users\ada\AppData\Local\Programs\Notes\notes.exe";
        for (int call = 0; call < 9; call++)
        {
            int at = 1000 + (call * 30);
            records.Add((at, Sysmon(host, 3, at, updater, UpdaterImage, Connect(ip, 52000 + call, "203.0.113.200", 443))));
        }

        records.Add((1001, Sysmon(host, 7, 1001, updater, UpdaterImage, Load(@"C:\Windows\System32\bcrypt.dll"))));
        records.Add((1002, Sysmon(host, 7, 1002, updater, UpdaterImage, Load(@"C:\Windows\System32\schannel.dll"))));
        records.Add((5000, Sysmon(host, 7, 5000, updater, UpdaterImage, Load(UpdaterImage, signed: true))));
    }

    private static string Guid(int host, int process) =>
        string.Create(CultureInfo.InvariantCulture, $"{{6d3f0a{host:d2}-5a2b-67c7-b105-0000000000{process:d2}}}");

    private static string Sysmon(int host, int id, int second, string guid, string image, string fields)
    {
        // The recorder writes local time without a zone, and connections two seconds late.
        DateTimeOffset utc = Start.AddSeconds(second);
        DateTimeOffset recorded = utc.AddHours(ZoneHours).AddSeconds(id == 3 ? 2 : 0);
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"EventTime":"{{recorded:yyyy-MM-dd HH:mm:ss}}","Hostname":"WS-{{host:d3}}.corp.example","Channel":"Microsoft-Windows-Sysmon/Operational","SourceName":"Microsoft-Windows-Sysmon","EventID":{{id}},"UtcTime":"{{utc:yyyy-MM-dd HH:mm:ss.fff}}","ProcessGuid":"{{guid}}","ProcessId":"{{4000 + host}}","Image":"{{image.Replace(@"\", @"\\", StringComparison.Ordinal)}}",{{fields.Trim()}}}""");
    }

    private static string Load(string path, bool signed = true) => string.Create(
        CultureInfo.InvariantCulture,
        $$""" "ImageLoaded":"{{path.Replace(@"\", @"\\", StringComparison.Ordinal)}}","Signed":"{{(signed ? "true" : "false")}}","Signature":"{{(signed ? "Microsoft Windows" : "-")}}","SignatureStatus":"{{(signed ? "Valid" : "Unavailable")}}" """);

    private static string Connect(string ip, int port, string destination, int destinationPort) => string.Create(
        CultureInfo.InvariantCulture,
        $$""" "User":"CORP\\ada","Protocol":"tcp","Initiated":"true","SourceIp":"{{ip}}","SourcePort":"{{port}}","DestinationIp":"{{destination}}","DestinationPort":"{{destinationPort}}" """);

    private static string Conn(string uid, int second, string ip, int port, string destination, int destinationPort, string? service = null) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"_path":"conn","ts":{{Start.AddSeconds(second).ToUnixTimeSeconds()}}.25,"uid":"{{uid}}","id.orig_h":"{{ip}}","id.orig_p":{{port}},"id.resp_h":"{{destination}}","id.resp_p":{{destinationPort}},"proto":"tcp",{{(service is null ? string.Empty : $"\"service\":\"{service}\",")}}"duration":1.5,"orig_bytes":900,"resp_bytes":400,"conn_state":"SF","missed_bytes":0,"history":"ShADadFf","orig_pkts":10,"orig_ip_bytes":1500,"resp_pkts":12,"resp_ip_bytes":4800}""");

    private static string Payload(Random random, int second, string ip, int port, string destination, int destinationPort)
    {
        byte[] bytes = new byte[700];
        random.NextBytes(bytes);
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"cipherwatch":"payload-sample/1","time":"{{Start.AddSeconds(second):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}","sensor":"edge-1","srcIp":"{{ip}}","srcPort":{{port}},"dstIp":"{{destination}}","dstPort":{{destinationPort}},"protocol":"tcp","direction":"out","offset":0,"startSeen":true,"length":700,"bytes":"{{Convert.ToBase64String(bytes)}}"}""");
    }
}
