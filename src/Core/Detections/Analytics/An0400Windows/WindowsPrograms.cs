using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Detections.Analytics.An0400Windows;

/// <summary>What is expected of well-known Windows programs.</summary>
/// <remarks>Sources: Microsoft's documentation, and the LOLBAS project for the proxies.</remarks>
internal static class WindowsPrograms
{
    private static readonly HashSet<string> ScriptHosts = new(StringComparer.OrdinalIgnoreCase)
    {
        "powershell.exe", "powershell_ise.exe", "pwsh.exe", "wscript.exe", "cscript.exe", "mshta.exe", "scrcons.exe", "cmd.exe", "wmic.exe",
        "python.exe", "pythonw.exe", "node.exe", "perl.exe", "ruby.exe", "php.exe", "autoit3.exe", "bash.exe", "wsl.exe",
    };

    private static readonly HashSet<string> NoNetwork = new(StringComparer.OrdinalIgnoreCase)
    {
        // Proxies for code of others
        "regsvr32.exe", "rundll32.exe", "installutil.exe", "regasm.exe", "regsvcs.exe", "msbuild.exe", "cmstp.exe", "odbcconf.exe",
        "control.exe", "msxsl.exe", "presentationhost.exe", "ieexec.exe", "dnscmd.exe", "forfiles.exe", "pcalua.exe",
        "infdefaultinstall.exe", "hh.exe", "mavinject.exe", "tracker.exe", "xwizard.exe", "dfsvc.exe", "addinprocess.exe",
        "addinutil.exe", "aspnet_compiler.exe", "jsc.exe",

        // Accessories and system programs that are favourite hosts for injected code
        "notepad.exe", "calc.exe", "calculator.exe", "mspaint.exe", "wordpad.exe", "write.exe", "charmap.exe", "dllhost.exe",
        "werfault.exe", "gpresult.exe", "fontdrvhost.exe", "conhost.exe", "ctfmon.exe", "eventvwr.exe", "mmc.exe", "dxdiag.exe",
        "winver.exe", "print.exe", "sdclt.exe", "fodhelper.exe", "computerdefaults.exe", "userinit.exe", "logonui.exe", "attrib.exe",
        "find.exe", "findstr.exe", "more.com", "sc.exe", "net.exe", "net1.exe", "reg.exe", "schtasks.exe", "tasklist.exe", "whoami.exe",
        "systeminfo.exe", "taskkill.exe", "vssadmin.exe", "wevtutil.exe", "auditpol.exe", "bcdedit.exe", "diskshadow.exe", "wbadmin.exe",
        "ntdsutil.exe",
    };

    private static readonly HashSet<string> Managed = new(StringComparer.OrdinalIgnoreCase)
    {
        "powershell.exe", "powershell_ise.exe", "pwsh.exe", "msbuild.exe", "installutil.exe", "regasm.exe", "regsvcs.exe", "dfsvc.exe",
        "csc.exe", "vbc.exe", "jsc.exe", "aspnet_compiler.exe", "addinprocess.exe", "addinutil.exe", "dotnet.exe", "presentationhost.exe",
        "ieexec.exe", "mmc.exe", "eventvwr.exe", "sdclt.exe", "servermanager.exe", "wsmprovhost.exe", "devenv.exe",
    };

    private static readonly HashSet<string> NativeSystem = new(StringComparer.OrdinalIgnoreCase)
    {
        "wscript.exe", "cscript.exe", "mshta.exe", "scrcons.exe", "cmd.exe", "wmic.exe", "svchost.exe", "lsass.exe", "services.exe",
        "spoolsv.exe", "winlogon.exe", "explorer.exe", "wmiprvse.exe", "taskhostw.exe", "searchindexer.exe", "rundll32.exe",
        "regsvr32.exe", "cmstp.exe", "notepad.exe", "calc.exe", "mspaint.exe", "wordpad.exe", "write.exe", "charmap.exe", "werfault.exe",
        "conhost.exe", "ctfmon.exe", "gpupdate.exe", "fodhelper.exe", "control.exe", "hh.exe", "odbcconf.exe", "mavinject.exe",
        "forfiles.exe", "pcalua.exe", "sc.exe", "net.exe", "net1.exe", "reg.exe", "schtasks.exe", "wuauclt.exe",
    };

    private static readonly HashSet<string> OddParents = new(StringComparer.OrdinalIgnoreCase)
    {
        "winword.exe", "excel.exe", "powerpnt.exe", "outlook.exe", "msaccess.exe", "mspub.exe", "onenote.exe", "visio.exe",
        "acrord32.exe", "wscript.exe", "cscript.exe", "mshta.exe", "scrcons.exe", "regsvr32.exe", "rundll32.exe", "msbuild.exe",
        "installutil.exe", "wmiprvse.exe", "cmstp.exe", "wuauclt.exe", "notepad.exe", "sqlservr.exe", "w3wp.exe", "hh.exe",
        "odbcconf.exe", "wmic.exe", "mmc.exe",
    };

    private static readonly Glob[] UserWritable =
    [
        new(@"?:\Users\*"), new(@"?:\ProgramData\*"), new(@"*\AppData\*"), new(@"?:\Windows\Temp\*"), new(@"?:\Temp\*"), new(@"?:\Tmp\*"),
        new(@"?:\PerfLogs\*"), new(@"?:\$Recycle.Bin\*"), new(@"?:\Windows\Tasks\*"), new(@"?:\Windows\Debug\*"),
        new(@"?:\Windows\Tracing\*"), new(@"?:\Documents and Settings\*"), new(@"\\*"), new(@"\Device\*\Users\*"),
        new(@"?:\Windows\System32\spool\drivers\color\*"), new(@"?:\Windows\System32\Tasks\*"), new(@"?:\Intel\*"), new(@"?:\Public\*"),
    ];

    /// <summary>Folders among them where nothing is installed: what runs there was dropped or fetched.</summary>
    private static readonly Glob[] Dropped =
    [
        new(@"?:\Users\*\Downloads\*"), new(@"?:\Users\*\Desktop\*"), new(@"?:\Users\Public\*"), new(@"*\Temp\*"), new(@"?:\Tmp\*"),
        new(@"?:\PerfLogs\*"), new(@"?:\$Recycle.Bin\*"), new(@"?:\Windows\Tasks\*"), new(@"?:\Windows\Debug\*"),
        new(@"?:\Windows\Tracing\*"), new(@"?:\Windows\System32\spool\drivers\color\*"), new(@"?:\Windows\System32\Tasks\*"),
    ];

    private static readonly Glob OfWindows = new(@"?:\Windows\*");

    private static readonly Glob[] Installed = [new(@"?:\Program Files\*"), new(@"?:\Program Files (x86)\*")];

    /// <summary>
    /// Agents of software management, in folders that only administrators write to: Configuration Manager, Intune, Azure's and the
    /// monitoring agents, Puppet, Salt, Tanium.
    /// </summary>
    private static readonly Glob[] ManagementAgents =
    [
        new(@"?:\Windows\CCM\*.exe"), new(@"?:\Program Files (x86)\Microsoft Intune Management Extension\*.exe"),
        new(@"?:\Program Files\AzureConnectedMachineAgent\*.exe"), new(@"?:\Program Files\Microsoft Monitoring Agent\*.exe"),
        new(@"?:\Program Files\Puppet Labs\*.exe"), new(@"?:\Program Files\Salt Project\*.exe"),
        new(@"?:\Program Files (x86)\Tanium\*.exe"),
    ];

    private static readonly HashSet<string> PowerShellHosts = new(StringComparer.OrdinalIgnoreCase)
    {
        "pwsh.exe", "wsmprovhost.exe", "servermanager.exe",
    };

    private static readonly Glob SessionSubsystem = new(@"?:\Windows\System32\csrss.exe");

    private static readonly Glob[] SystemFolders =
        [new(@"?:\Windows\System32\*"), new(@"?:\Windows\SysWOW64\*"), new(@"?:\Windows\explorer.exe")];

    /// <summary>Why a program has no business on the network, for a person; null where it may have.</summary>
    public static string? Unexpected(string image)
    {
        string name = FilePaths.Name(image);
        return ScriptHosts.Contains(name) ? $"{name} runs scripts of others; on the network it speaks for one of them"
            : NoNetwork.Contains(name) ? $"{name} has no business on the network"
            : null;
    }

    /// <summary>Whether a program is native by design, so that a .NET runtime in it was brought there.</summary>
    public static bool IsNative(string image)
    {
        string name = FilePaths.Name(image);
        return NativeSystem.Contains(name) && !Managed.Contains(name) && IsSystem(image);
    }

    /// <summary>Whether a program is PowerShell itself.</summary>
    public static bool IsPowerShell(string image)
    {
        string name = FilePaths.Name(image);
        return name.StartsWith("powershell", StringComparison.OrdinalIgnoreCase) || PowerShellHosts.Contains(name);
    }

    /// <summary>Whether a program does not usually start others that speak on the network.</summary>
    public static bool IsOddParent(string parent) => OddParents.Contains(FilePaths.Name(parent));

    /// <summary>
    /// Whether a program starts threads in others as part of its work: the session's subsystem process does, for each console
    /// control event it hands on (SetConsoleCtrlHandler). It runs protected: other programs' code does not get into it.
    /// </summary>
    public static bool StartsThreadsByDesign(string image) => SessionSubsystem.Matches(image);

    /// <summary>Whether it lies in Windows' own folder, or is the kernel.</summary>
    public static bool IsOfWindows(string image) => OfWindows.Matches(image) || image == "System";

    /// <summary>Whether it lies where installers put programs, and only administrators write.</summary>
    public static bool IsInstalled(string image) => Array.Exists(Installed, glob => glob.Matches(image));

    /// <summary>Whether it runs scripts because it manages the host.</summary>
    public static bool IsManagementAgent(string image) => Array.Exists(ManagementAgents, glob => glob.Matches(image));

    /// <summary>Whether it lies where any user may write and nothing is installed.</summary>
    public static bool IsDropped(string image) => Array.Exists(Dropped, glob => glob.Matches(image));

    /// <summary>Whether the path is one that any user may write to.</summary>
    public static bool IsUserWritable(string image)
    {
        // Defender's platform folder is under ProgramData, but only administrators write there.
        return Array.Exists(UserWritable, glob => glob.Matches(image))
            && !new Glob(@"?:\ProgramData\Microsoft\Windows Defender\*").Matches(image);
    }

    private static bool IsSystem(string image) => Array.Exists(SystemFolders, glob => glob.Matches(image));
}
