using System.Collections.Immutable;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>Processes expected to use symmetric cryptography as shipped, each by path and signer.</summary>
public static class DefaultProcesses
{
    /// <summary>
    /// Browsers, mail, messengers, VPN and backup agents, security tools, OS services. A program that lives in a user's profile
    /// is matched only with its signer seen, because anyone can write there.
    /// </summary>
    public static readonly ImmutableArray<ProcessPattern> Allowed =
    [
        // Browsers
        Signed(@"*\Google\Chrome\Application\chrome.exe", "Google LLC*"),
        Signed(@"*\Google\Chrome\Application\chrome.exe", "Google Inc*"), Signed(@"*\Mozilla Firefox\firefox.exe", "Mozilla Corporation"),
        Signed(@"*\Microsoft\Edge\Application\msedge.exe", "Microsoft Corporation"),
        Signed(@"*\Microsoft\EdgeWebView\Application\*\msedgewebview2.exe", "Microsoft Corporation"),
        Signed(@"*\BraveSoftware\Brave-Browser\Application\brave.exe", "Brave Software*"), Signed(@"*\Opera\*opera.exe", "Opera*"),
        Signed(@"*\Vivaldi\Application\vivaldi.exe", "Vivaldi*"), Signed(@"*\Internet Explorer\iexplore.exe", "Microsoft*"),

        // Mail, office, messengers
        Signed(@"*\Microsoft Office\*\OUTLOOK.EXE", "Microsoft Corporation"),
        Signed(@"*\Microsoft Office\*\SDXHelper.exe", "Microsoft Corporation"),
        Signed(@"*\Mozilla Thunderbird\thunderbird.exe", "Mozilla Corporation"), Signed(@"*\OneDrive\*.exe", "Microsoft Corporation"),
        Signed(@"*\Microsoft\Teams\current\Teams.exe", "Microsoft Corporation"), Signed(@"*\ms-teams.exe", "Microsoft Corporation"),
        Signed(@"*\slack\*slack.exe", "Slack Technologies*"), Signed(@"*\Zoom\bin\*.exe", "Zoom *"), Signed(@"*\Signal.exe", "Signal*"),
        Signed(@"*\WhatsApp*.exe", "WhatsApp*"), Signed(@"*\Telegram.exe", "Telegram*"), Signed(@"*\Discord.exe", "Discord*"),

        // What people install for themselves, and that keeps calling its maker
        Signed(@"*\Spotify\Spotify.exe", "Spotify*"), Signed(@"*\Microsoft VS Code\Code.exe", "Microsoft*"),

        // VPN, backup, disk encryption, security tools
        Signed(@"*\OpenVPN\bin\*.exe", "OpenVPN*"), Signed(@"*\WireGuard\wireguard.exe", "WireGuard*"),
        Signed(@"*\Cisco\*\vpnagent.exe", "Cisco*"), Signed(@"*\Veeam\*.exe", "Veeam*"), Signed(@"*\Acronis\*.exe", "Acronis*"),
        Signed(@"*\VeraCrypt\*.exe", "IDRIX*"), Any(@"?:\Program Files\Windows Defender\*.exe"),
        Any(@"?:\ProgramData\Microsoft\Windows Defender\Platform\*\*.exe"),
        Signed(@"*\Windows Defender Advanced Threat Protection\*.exe", "Microsoft*"), Signed(@"*\CrowdStrike\*.exe", "CrowdStrike*"),
        Signed(@"*\SentinelOne\*.exe", "SentinelOne*"), Signed(@"*\Tanium\*.exe", "Tanium*"),

        // Operating system services: the system folder is writable by administrators only.
        .. System(
            "svchost", "lsass", "services", "spoolsv", "csrss", "winlogon", "smss", "wininit", "searchindexer", "dwm", "sihost",
            "taskhostw", "taskhost", "runtimebroker", "dns", "dfsrs", "dfssvc", "ismserv", "certsrv", "wsmprovhost", "mousocoreworker",
            "usocoreworker", "backgroundtaskhost", "backgroundtransferhost", "smartscreen", "compattelrunner", "musnotification",
            "sppsvc", "vssvc", "wuauclt", "usoclient", "devicecensus", "microsoftedgecp", "microsoftedge", "onedrivesetup", "gpupdate",
            "w32tm", "nltest", "settingsynchost", "provtool", "licensemanagershellext", "wbem\\wmiprvse", "wbem\\wmiapsrv", "sihclient",
            "slui", "systemsettings", "msdtc", "lsaiso", "ntoskrnl", "mrt", "mpcmdrun", "tiworker", "trustedinstaller"),
        Any(@"?:\Windows\explorer.exe"), Any(@"?:\Windows\SystemApps\*\*.exe"),
        Any(@"?:\Windows\ADWS\Microsoft.ActiveDirectory.WebServices.exe"), Any(@"?:\Windows\ImmersiveControlPanel\SystemSettings.exe"),
        Any("System"), Any(@"?:\Windows\Sysmon*.exe"), Signed(@"?:\Program Files\WindowsApps\Microsoft.*.exe", "Microsoft*"),

        .. DefaultUnixPrograms.Allowed,
    ];

    private static ProcessPattern Signed(string image, string signer) => new(new Glob(image), new Glob(signer), null);

    private static ProcessPattern Any(string image) => new(new Glob(image), null, null);

    private static IEnumerable<ProcessPattern> System(params string[] names) =>
        names.Select(name => Any($@"?:\Windows\System32\{name}.exe"));
}
