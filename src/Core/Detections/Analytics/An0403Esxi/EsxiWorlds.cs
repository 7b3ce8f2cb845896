using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Detections.Analytics.An0403Esxi;

/// <summary>What the name of an ESXi world, which is all that its listings give of a process, says of it.</summary>
/// <remarks>Names are cut at 15 characters, and threads add to them: <c>hostd-worker</c>, <c>rhttpproxy-work</c>.</remarks>
internal static class EsxiWorlds
{
    /// <summary>Daemons of the management, which talk to vCenter and to each other.</summary>
    private static readonly string[] Management = ["hostd", "vpxa", "vpxd", "rhttpproxy", "envoy", "fdm", "vsanmgmtd", "vmsyslogd"];

    /// <summary>Programs with peers that every host has: time, addresses, names, storage, monitoring.</summary>
    private static readonly string[] Services =
    [
        "ntpd", "chronyd", "ptpd", "dhclient", "dhclient-uw", "dcui", "sfcb", "sfcbd", "snmpd", "openwsmand", "nfcd", "vmkernel", "vobd",
        "nsx-proxy", "nsx-exporter", "netcpa", "hbragent", "hbrca", "vsan", "clomd", "cmmdsd", "osfsd", "healthd", "lacp", "iscsid",
        "storagerm", "vvold", "kmxa", "nscd", "lwsmd", "lsassd", "netlogond", "vmtoolsd", "vmx", "vmnic",
    ];

    /// <summary>Whether it is a daemon of the management.</summary>
    public static bool IsManagement(string image) => Is(Management, image);

    /// <summary>Whether it is a service that every host has.</summary>
    public static bool IsService(string image) => Is(Services, image);

    /// <summary>Whether it is a virtual machine's process, whose traffic is not the host's.</summary>
    public static bool IsMachine(string image) => FilePaths.Name(image).StartsWith("vmx", StringComparison.OrdinalIgnoreCase);

    private static bool Is(string[] names, string image)
    {
        string world = FilePaths.Name(image);
        return Array.Exists(names, name => world.StartsWith(name, StringComparison.OrdinalIgnoreCase)
            && (world.Length == name.Length || world[name.Length] is '-' or '.' or '_' or ':'));
    }
}
