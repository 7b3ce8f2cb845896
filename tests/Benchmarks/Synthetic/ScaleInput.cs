using System.Globalization;

namespace CipherWatch.Benchmarks.Synthetic;

/// <summary>
/// Telemetry in any number, seeded, written as it is made: what state costs is measured on it, by <c>detect</c> beside <c>normalize</c> as
/// whole processes.
/// </summary>
internal static class ScaleInput
{
    private const int Seed = 20260302;
    private const double FirstSecond = 1_772_409_600;
    private const int Sources = 3_000;

    /// <summary>
    /// Connections as Zeek writes them: 3,000 sources, destinations at random, of which 5 % nothing explains, 5 % are not answered, 30 % are TLS, and the
    /// rest are DNS and HTTP on their ports.
    /// </summary>
    public static void WriteFlows(string path, int records)
    {
        Random random = new(Seed);
        using StreamWriter writer = new(path);
        for (int record = 0; record < records; record++)
        {
            int kind = random.Next(100);
            (int port, string proto, string service, string state, int sent, int received) = kind switch
            {
                < 5 => (random.Next(1024, 65536), "tcp", string.Empty, "SF", random.Next(100, 9000), random.Next(100, 9000)),
                < 10 => (random.Next(1, 65536), "tcp", string.Empty, "S0", 0, 0),
                < 40 => (443, "tcp", "ssl", "SF", random.Next(500, 5000), random.Next(1000, 90000)),
                < 80 => (53, "udp", "dns", "SF", random.Next(30, 60), random.Next(60, 300)),
                _ => (80, "tcp", "http", "SF", random.Next(100, 900), random.Next(300, 90000)),
            };
            int source = random.Next(Sources);
            string named = service.Length == 0 ? string.Empty : $"\"service\":\"{service}\",";
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"_path\":\"conn\",\"ts\":{FirstSecond + (record * 0.01):F6},\"uid\":\"C{random.Next():x8}{random.Next():x8}\",\"id.orig_h\":\"10.{20 + (source >> 8)}.{source & 255}.7\",\"id.orig_p\":{random.Next(49152, 65536)},\"id.resp_h\":\"{random.Next(11, 126)}.{random.Next(256)}.{random.Next(256)}.{random.Next(1, 255)}\",\"id.resp_p\":{port},\"proto\":\"{proto}\",{named}\"duration\":{random.NextDouble() * 60:F6},\"orig_bytes\":{sent},\"resp_bytes\":{received},\"conn_state\":\"{state}\",\"local_orig\":true,\"local_resp\":false,\"missed_bytes\":0,\"history\":\"ShADadFf\",\"orig_pkts\":{(sent / 1000) + 1},\"orig_ip_bytes\":{sent + 200},\"resp_pkts\":{(state == "S0" ? 0 : (received / 1000) + 1)},\"resp_ip_bytes\":{received + 200}}}\n"));
        }
    }

    /// <summary>Processes as Sysmon writes them through NXLog: a start and a crypto library each, a connection for every tenth.</summary>
    public static void WriteProcesses(string path, int processes)
    {
        Random random = new(Seed);
        using StreamWriter writer = new(path);
        for (int process = 0; process < processes; process++)
        {
            string time = DateTimeOffset.FromUnixTimeMilliseconds((long)(FirstSecond * 1000) + process).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
            string common = string.Create(
                CultureInfo.InvariantCulture,
                $"\"Hostname\":\"ws{process % 5000:d5}.corp.example\",\"SourceName\":\"Microsoft-Windows-Sysmon\",\"Channel\":\"Microsoft-Windows-Sysmon/Operational\",\"UtcTime\":\"{time}\",\"EventTime\":\"{time}\",\"ProcessGuid\":\"{{{process:x8}-0000-0000-0000-000000000000}}\",\"ProcessId\":\"{random.Next(4, 65536)}\",\"Image\":\"C:\\\\Program Files\\\\Vendor {process % 300}\\\\program{process % 300}.exe\"");
            writer.Write($"{{\"EventID\":1,{common},\"CommandLine\":\"program{process % 300}.exe --run {process}\",\"ParentImage\":\"C:\\\\Windows\\\\explorer.exe\",\"User\":\"CORP\\\\user{process % 4000}\"}}\n");
            writer.Write($"{{\"EventID\":7,{common},\"ImageLoaded\":\"C:\\\\Windows\\\\System32\\\\bcryptprimitives.dll\",\"Signed\":\"true\",\"Signature\":\"Microsoft Windows\",\"SignatureStatus\":\"Valid\"}}\n");
            if (process % 10 == 0)
            {
                writer.Write($"{{\"EventID\":3,{common},\"Protocol\":\"tcp\",\"Initiated\":\"true\",\"SourceIp\":\"10.20.{process / 250 % 250}.{process % 250}\",\"SourcePort\":\"{random.Next(49152, 65536)}\",\"DestinationIp\":\"203.0.113.{random.Next(1, 255)}\",\"DestinationPort\":\"443\"}}\n");
            }
        }
    }
}
