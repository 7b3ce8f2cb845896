using System.Globalization;

namespace CipherWatch.Benchmarks.Synthetic;

/// <summary>Events in the proportions of recorded sessions: mostly process access and registry, some loads, few connections.</summary>
internal static class SyntheticDay
{
    private const int Seed = 400;
    private const string Sysmon = "Microsoft-Windows-Sysmon/Operational";

    // Share of each event id per thousand, from recorded sessions with image loads switched on.
    private static readonly (int Id, int PerThousand)[] Mix =
        [(10, 400), (12, 330), (13, 100), (7, 90), (4658, 44), (3, 15), (1, 8), (5, 7), (11, 4), (8, 1), (22, 1)];

    private static readonly (string, string)[] Description =
    [
        ("FileVersion", "10.0.19041.1 (WinBuild.160101.0800)"), ("Description", "Windows <library> & \"tool\""), ("Product", "Microsoft® Windows® Operating System"),
        ("Company", "Microsoft Corporation"), ("OriginalFileName", "tool.dll"),
    ];

    private static readonly string[] Libraries = ["ntdll", "kernel32", "bcryptprimitives", "user32", "rsaenh", "combase", "sechost", "winhttp"];

    private static readonly string[] Programs = ["svchost", "explorer", "msedge", "teams", "backupagent", "powershell"];

    /// <summary>The same events on every call.</summary>
    public static IEnumerable<SyntheticEvent> Events(int count)
    {
        Random random = new(Seed);
        DateTime time = new(2025, 3, 4, 8, 0, 0, DateTimeKind.Utc);
        for (int index = 0; index < count; index++)
        {
            time = time.AddMilliseconds(random.Next(40));
            yield return Event(random, index, time);
        }
    }

    private static SyntheticEvent Event(Random random, int index, DateTime time)
    {
        int draw = random.Next(1000);
        int place = 0;
        while ((draw -= Mix[place].PerThousand) >= 0)
        {
            place++;
        }

        int id = Mix[place].Id;
        int pid = random.Next(2, 3000) * 4;
        string program = Programs[pid % Programs.Length];
        string image = $@"C:\Windows\System32\{program}.exe";
        string guid = string.Create(CultureInfo.InvariantCulture, $"{{6D3F0A11-5A28-67C7-{pid:X4}-000000001A00}}");
        string utc = time.AddMilliseconds(-12).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        string pidText = pid.ToString(CultureInfo.InvariantCulture);
        (string, string)[] start = [("RuleName", "-"), ("UtcTime", utc), ("ProcessGuid", guid), ("ProcessId", pidText), ("Image", image)];
        (string, string)[] data = id switch
        {
            1 => [.. start, .. Description, ("CommandLine", $"\"{image}\" -k netsvcs -p"), ("CurrentDirectory", @"C:\Windows\"), ("User", @"NT AUTHORITY\SYSTEM"), ("LogonGuid", guid), ("LogonId", "0x3e7"), ("TerminalSessionId", "0"), ("IntegrityLevel", "System"), ("Hashes", Hashes(random)), ("ParentProcessGuid", guid), ("ParentProcessId", "812"), ("ParentImage", @"C:\Windows\System32\services.exe"), ("ParentCommandLine", "services.exe"), ("ParentUser", @"NT AUTHORITY\SYSTEM")],
            3 => [.. start, ("User", @"CORP\ada"), ("Protocol", "tcp"), ("Initiated", "true"), ("SourceIsIpv6", "false"), ("SourceIp", "10.20.4.41"), ("SourceHostname", "WS-041.corp.example"), ("SourcePort", random.Next(49152, 65535).ToString(CultureInfo.InvariantCulture)), ("SourcePortName", "-"), ("DestinationIsIpv6", "false"), ("DestinationIp", $"203.0.113.{random.Next(1, 254)}"), ("DestinationHostname", "-"), ("DestinationPort", "443"), ("DestinationPortName", "https")],
            7 => [.. start, ("ImageLoaded", $@"C:\Windows\System32\{Libraries[random.Next(Libraries.Length)]}.dll"), .. Description, ("Hashes", Hashes(random)), ("Signed", "true"), ("Signature", "Microsoft Windows"), ("SignatureStatus", "Valid"), ("User", @"CORP\ada")],
            10 => [("RuleName", "-"), ("UtcTime", utc), ("SourceProcessGUID", guid), ("SourceProcessId", pidText), ("SourceThreadId", "3120"), ("SourceImage", image), ("TargetProcessGUID", guid), ("TargetProcessId", "812"), ("TargetImage", @"C:\Windows\System32\lsass.exe"), ("GrantedAccess", "0x1000"), ("CallTrace", CallTrace(random))],
            12 or 13 => [("RuleName", "-"), ("EventType", "SetValue"), .. start[1..], ("TargetObject", $@"HKLM\System\CurrentControlSet\Services\bam\State\UserSettings\S-1-5-21-{random.Next()}"), ("Details", "Binary Data")],
            8 => [("RuleName", "-"), ("UtcTime", utc), ("SourceProcessGuid", guid), ("SourceProcessId", pidText), ("SourceImage", image), ("TargetProcessGuid", "{6D3F0A11-59D0-67C7-9304-000000001A00}"), ("TargetProcessId", "6020"), ("TargetImage", @"C:\Windows\explorer.exe"), ("NewThreadId", "9120"), ("StartAddress", "0x00007FF6A1B20000"), ("StartModule", "-"), ("StartFunction", "-"), ("SourceUser", @"CORP\ada"), ("TargetUser", @"CORP\ada")],
            22 => [.. start[..4], ("QueryName", "cdn.updates.example"), ("QueryStatus", "0"), ("QueryResults", "203.0.113.77;"), start[4], ("User", @"CORP\ada")],
            4658 => [("SubjectUserSid", "S-1-5-18"), ("SubjectUserName", "WS-041$"), ("SubjectDomainName", "CORP"), ("SubjectLogonId", "0x3e7"), ("ObjectServer", "Security"), ("HandleId", "0x1ac"), ("ProcessId", $"0x{pid:x}"), ("ProcessName", image)],
            _ => start,
        };
        bool isSysmon = id != 4658;
        return new(isSysmon ? Sysmon : "Security", isSysmon ? "Microsoft-Windows-Sysmon" : "Microsoft-Windows-Security-Auditing", id, "WS-041.corp.example", time, 90_000 + index, data);
    }

    private static string Hashes(Random random)
    {
        byte[] bytes = new byte[32];
        random.NextBytes(bytes);
        string hex = Convert.ToHexString(bytes);
        return $"SHA1={hex[..40]},MD5={hex[8..40]},SHA256={hex},IMPHASH={hex[16..48]}";
    }

    private static string CallTrace(Random random) => string.Join('|', Enumerable.Range(0, 8).Select(_ =>
        $@"C:\Windows\SYSTEM32\{Libraries[random.Next(Libraries.Length)]}.dll+{random.Next(1 << 20):x}"));
}
