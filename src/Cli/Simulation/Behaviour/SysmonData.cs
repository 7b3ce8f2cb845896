using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Behaviour;

/// <summary>The event data of Sysmon's events, in Sysmon's own names and order.</summary>
internal static class SysmonData
{
    /// <summary>Event 1.</summary>
    public static IReadOnlyList<(string Name, string Value)> Start(SimulatedProcess process, DateTimeOffset time) =>
    [
        .. Head(process, time), ("CommandLine", process.Program.CommandLine), ("CurrentDirectory", @"C:\Windows\system32\"), ("User", process.User),
        ("IntegrityLevel", "Medium"), ("Hashes", Hashes(process.Program.Image)), ("ParentImage", process.Parent),
    ];

    /// <summary>Event 5.</summary>
    public static IReadOnlyList<(string Name, string Value)> End(SimulatedProcess process, DateTimeOffset time) => [.. Head(process, time)];

    /// <summary>Event 7.</summary>
    public static IReadOnlyList<(string Name, string Value)> Load(SimulatedProcess process, DateTimeOffset time, string library, string? signer) =>
    [
        .. Head(process, time), ("ImageLoaded", library), ("Hashes", Hashes(library)), ("Signed", signer is null ? "false" : "true"),
        ("Signature", signer ?? string.Empty), ("SignatureStatus", signer is null ? "Unavailable" : "Valid"),
    ];

    /// <summary>Event 3.</summary>
    public static IReadOnlyList<(string Name, string Value)> Connect(SimulatedProcess process, NetworkFlow flow) =>
    [
        .. Head(process, flow.Start), ("User", process.User), ("Protocol", flow.Destination.Transport), ("Initiated", "true"), ("SourceIsIpv6", "false"),
        ("SourceIp", flow.SourceIp), ("SourceHostname", process.Host.Fqdn), ("SourcePort", flow.SourcePort.ToString(CultureInfo.InvariantCulture)),
        ("DestinationIsIpv6", "false"), ("DestinationIp", flow.Destination.Address), ("DestinationHostname", flow.Destination.Name ?? "-"),
        ("DestinationPort", flow.Destination.Port.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>Event 22.</summary>
    public static IReadOnlyList<(string Name, string Value)> Resolve(SimulatedProcess process, DateTimeOffset time, string name, string address) =>
    [
        .. Head(process, time), ("QueryName", name), ("QueryStatus", "0"), ("QueryResults", $"::ffff:{address};"),
    ];

    private static IEnumerable<(string Name, string Value)> Head(SimulatedProcess process, DateTimeOffset time) =>
    [
        ("RuleName", "-"), ("UtcTime", time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)),
        ("ProcessGuid", process.Guid), ("ProcessId", process.Pid.ToString(CultureInfo.InvariantCulture)), ("Image", process.Program.Image),
    ];

    private static string Hashes(string path) => $"SHA256={Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path)))}";
}
