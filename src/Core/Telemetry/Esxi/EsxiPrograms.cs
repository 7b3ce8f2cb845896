using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>The programs of ESXi and vCenter, by the names their lines and worlds carry.</summary>
internal static class EsxiPrograms
{
    private const int MaxNameLength = 32;

    /// <summary>
    /// Programs that only VMware's products have. Sources: the log files that VMware's documentation lists for ESXi and vCenter
    /// ("ESXi Log File Locations"), and the tags of Splunk Connect for Syslog's VMware filters.
    /// </summary>
    private static readonly FieldNames Known = new(
        "hostd", "hostdcgi", "hostd-probe", "hostprofile", "hostprofiletrace", "vpxa", "vpxd", "vpxd-svcs", "vpxd-main",
        "vpxd-profiler", "rhttpproxy", "envoy", "envoy-access", "vmkernel", "vmkwarning", "vmkeventd", "vmkdevmgr", "vmksummary",
        "vobd", "fdm", "shell", "esxshell", "dcui", "esxupdate", "esxcli", "esxcfg-init", "esximage", "esxtokend", "vmauthd",
        "vmsyslogd", "vsand", "vsanmgmtd", "vsanmgmtsvc", "vsanperfsvc", "vsansystem", "vsanhealthd", "vsanobserver", "vsantraced",
        "clomd", "cmmdsd", "cmmdstimemachine", "cmmdstimemachinedump", "osfsd", "lsom", "storagerm", "usbarb", "vmon",
        "vmware-vmon", "healthd", "healthdplugins", "kmxa", "kmxd", "nfcd", "swapobjd", "sandboxd", "iofiltervpd",
        "iofilter-vmwarevmcrypt", "vprobed", "vvold", "vdfsd", "vdfsd-proxy", "configstore", "settingsd", "apiforwarder",
        "sdrsinjector", "smartd", "netcpa", "nsx", "nsxa", "nsx-proxy", "nsx-exporter", "vsfwd", "dfwpktlogs", "firewall-pktlog",
        "hbrca", "hbragent", "hbrfilterctl", "gstored", "infravisor", "crx-cli", "ucs-tool-esxi-inv", "sfcb-vmware_raw",
        "sfcb-vmware_base", "sfcb-vmware_int", "sfcb-cimxml", "sfcb-providermanager", "sfcbd", "sfcb", "vmware-vum-server", "vcha",
        "applmgmt", "cipherwatch-esxcli");

    /// <summary>Programs of other systems too, whose lines are ESXi's only where the header says so.</summary>
    private static readonly FieldNames Shared = new(
        "sshd", "sshd-session", "ssh", "crond", "ntpd", "dhclient-uw", "busybox", "python", "openwsmand", "login", "su",
        "jumpstart", "init", "watchdog-hostd");

    /// <summary>Which lengths they have, one bit each, by their first letter: nearly every line is of another program.</summary>
    private static readonly ulong[] Lengths = LengthsByLetter([Known, Shared]);

    /// <summary>Suffixes that worlds of one program carry, cut at 15 characters by the kernel.</summary>
    private static readonly string[] Suffixes = ["-worker", "-io", "-poll", "-work", "-wor", "-wo", "-probe-st"];

    /// <summary>Whether a program is VMware's, whatever its case.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> program) =>
        (MayBe(program) && Find(Known, program)) || program.StartsWith("sfcb-"u8) || program.StartsWith("vsan"u8);

    /// <summary>Whether a program runs on ESXi among other systems.</summary>
    public static bool IsShared(ReadOnlySpan<byte> program) => MayBe(program) && Find(Shared, program);

    /// <summary>The program that a line or world belongs to: lower case, without what its threads add to its name.</summary>
    public static string Name(ReadOnlySpan<byte> world)
    {
        string name = Encoding.UTF8.GetString(world).ToLowerInvariant().Replace('|', '_');
        foreach (string suffix in Suffixes)
        {
            if (name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal))
            {
                return name[..^suffix.Length];
            }
        }

        return name;
    }

    private static bool MayBe(ReadOnlySpan<byte> program) =>
        program.Length is > 0 and <= MaxNameLength && ((Lengths[Letter(program[0])] >> program.Length) & 1) != 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Find(FieldNames names, ReadOnlySpan<byte> program)
    {
        Span<byte> lower = stackalloc byte[MaxNameLength];
        return Ascii.ToLower(program, lower, out int length) == OperationStatus.Done
            && names.Find(lower[..length]) >= 0;
    }

    private static ulong[] LengthsByLetter(FieldNames[] lists)
    {
        ulong[] lengths = new ulong[32];
        foreach (string name in lists.SelectMany(names => Enumerable.Range(0, names.Count).Select(place => names[place])))
        {
            lengths[Letter((byte)name[0])] |= 1UL << name.Length;
        }

        return lengths;
    }

    /// <summary>A number that is the same for a letter in both cases.</summary>
    private static int Letter(byte letter) => letter & 31;
}
