namespace CipherWatch.Core.Tests.TestData;

/// <summary>Sysmon records as NXLog writes them, for invented hosts.</summary>
internal static class Nxlog
{
    /// <summary>A library load.</summary>
    public const string ModuleLoad =
        """{"EventTime":"2025-03-04 10:15:22","Hostname":"WS-041.corp.example","Channel":"Microsoft-Windows-Sysmon/Operational","SourceName":"Microsoft-Windows-Sysmon","EventID":7,"ProcessID":2044,"UtcTime":"2025-03-04 15:15:21.337","ProcessGuid":"{6D3F0A11-5A2B-67C7-B105-000000001A00}","ProcessId":"7312","Image":"C:\\Users\\ada\\AppData\\Local\\Temp\\upd.exe","ImageLoaded":"C:\\Windows\\System32\\bcryptprimitives.dll","Hashes":"MD5=00112233445566778899AABBCCDDEEFF,SHA256=0F1E2D3C4B5A69788796A5B4C3D2E1F00F1E2D3C4B5A69788796A5B4C3D2E1F0","Signed":"true","Signature":"Microsoft Windows","SignatureStatus":"Valid"}""";

    /// <summary>A connection.</summary>
    public const string Connection =
        """{"EventTime":"2025-03-04 10:15:24","Hostname":"WS-041.corp.example","Channel":"Microsoft-Windows-Sysmon/Operational","SourceName":"Microsoft-Windows-Sysmon","EventID":3,"UtcTime":"2025-03-04 15:15:22.904","ProcessGuid":"{6d3f0a11-5a2b-67c7-b105-000000001a00}","ProcessId":7312,"Image":"C:\\Users\\ada\\AppData\\Local\\Temp\\upd.exe","User":"CORP\\ada","Protocol":"tcp","Initiated":"true","SourceIp":"10.20.4.41","SourcePort":"51123","DestinationIp":"203.0.113.77","DestinationHostname":"-","DestinationPort":"8443"}""";

    /// <summary>An event that is not read.</summary>
    public const string RegistryEvent =
        """{"EventTime":"2025-03-04 10:15:24","Hostname":"WS-041","Channel":"Microsoft-Windows-Sysmon/Operational","EventID":13,"Image":"C:\\x.exe","TargetObject":"HKLM\\System\\{CurrentControlSet}\\\"quoted\"","Details":"a\\\\"}""";

    /// <summary>An event of another channel.</summary>
    public const string SecurityEvent =
        """{"Channel":"Security","SourceName":"Microsoft-Windows-Security-Auditing","EventID":4688,"Message":"A new process has been created.\r\n\r\n\tProcess Name:\tC:\\Windows\\{odd}[name].exe"}""";
}
