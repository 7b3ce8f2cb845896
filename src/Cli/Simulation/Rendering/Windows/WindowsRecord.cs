using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering.Windows;

/// <summary>An event as the Windows event log holds it, before a shipper renders it.</summary>
/// <param name="Event">What happened.</param>
/// <param name="EventId">Its number within its channel.</param>
/// <param name="Data">Its event data, in the channel's own names and order.</param>
internal sealed record WindowsRecord(HostEvent Event, int EventId, IReadOnlyList<(string Name, string Value)> Data)
{
    private const int SignOn = 4624;

    /// <summary>The channel.</summary>
    public string Channel => IsSysmon ? "Microsoft-Windows-Sysmon/Operational" : "Security";

    /// <summary>The provider.</summary>
    public string Provider => IsSysmon ? "Microsoft-Windows-Sysmon" : "Microsoft-Windows-Security-Auditing";

    /// <summary>The provider's GUID.</summary>
    public string ProviderGuid => IsSysmon ? "{5770385F-C22A-43E0-BF4C-06F5698FFBD9}" : "{54849625-5478-4994-A5BA-3E3B0328C30D}";

    private bool IsSysmon => Event is not SignedOn;

    /// <summary>The records of events; what Windows does not log is left out.</summary>
    public static IEnumerable<WindowsRecord> Of(IEnumerable<HostEvent> events) => events.Select(Of).OfType<WindowsRecord>();

    private static WindowsRecord? Of(HostEvent happened) => happened switch
    {
        ProcessStarted start => new(start, 1, Start(start)),
        Connected connected => new(connected, 3, Connect(connected)),
        ProcessEnded end => new(end, 5, [.. Head(end)]),
        LibraryLoaded load => new(load, 7, Load(load)),
        ThreadInjected thread => new(thread, 8, Thread(thread)),
        NameResolved name => new(
            name, 22, [.. Head(name), ("QueryName", name.Name), ("QueryStatus", "0"), ("QueryResults", $"::ffff:{name.Address};")]),
        SignedOn sign => new(sign, SignOn, [("TargetUserName", sign.Process.Host.User), ("LogonType", "3"), ("IpAddress", sign.Peer)]),
        _ => null,
    };

    private static IReadOnlyList<(string Name, string Value)> Start(ProcessStarted start) =>
    [
        .. Head(start), ("CommandLine", start.Process.Program.CommandLine), ("CurrentDirectory", @"C:\Windows\system32\"),
            ("User", start.Process.User),
        ("IntegrityLevel", "Medium"), ("Hashes", Hashes(start.Process.Program.Image)),
            ("ParentProcessId", Whole(start.Process.ParentPid)), ("ParentImage", start.Process.Parent),
    ];

    private static IReadOnlyList<(string Name, string Value)> Load(LibraryLoaded load) =>
    [
        .. Head(load), ("ImageLoaded", load.Path), ("Hashes", Hashes(load.Path)), ("Signed", load.Signer is null ? "false" : "true"),
        ("Signature", load.Signer ?? string.Empty), ("SignatureStatus", load.Signer is null ? "Unavailable" : "Valid"),
    ];

    /// <summary>The host's own end stands first, whoever connected: <c>Initiated</c> says who did.</summary>
    private static IReadOnlyList<(string Name, string Value)> Connect(Connected connected)
    {
        NetworkFlow flow = connected.Flow;
        return
        [
            .. Head(connected), ("User", connected.Process.User), ("Protocol", flow.Destination.Transport),
                ("Initiated", connected.IsInbound ? "false" : "true"),
            ("SourceIsIpv6", "false"), ("SourceIp", flow.SourceIp),
                ("SourceHostname", connected.IsInbound ? "-" : connected.Process.Host.Fqdn),
            ("SourcePort", Whole(flow.SourcePort)), ("DestinationIsIpv6", "false"), ("DestinationIp", flow.Destination.Address),
            ("DestinationHostname", flow.Destination.Name ?? "-"), ("DestinationPort", Whole(flow.Destination.Port)),
        ];
    }

    private static IReadOnlyList<(string Name, string Value)> Thread(ThreadInjected thread) =>
    [
        ("RuleName", "-"), ("UtcTime", Time(thread.Time)), ("SourceProcessGuid", thread.Process.Guid),
            ("SourceProcessId", Whole(thread.Process.Pid)),
        ("SourceImage", thread.Process.Program.Image), ("TargetProcessGuid", thread.Target.Guid),
            ("TargetProcessId", Whole(thread.Target.Pid)),
        ("TargetImage", thread.Target.Program.Image), ("NewThreadId", Whole(thread.Target.Pid + 8)), ("StartAddress", "0x00000229A4C10000"),
        ("StartModule", "-"), ("StartFunction", "-"),
    ];

    private static IEnumerable<(string Name, string Value)> Head(HostEvent happened) =>
    [
        ("RuleName", "-"), ("UtcTime", Time(happened.Time)), ("ProcessGuid", happened.Process.Guid),
            ("ProcessId", Whole(happened.Process.Pid)),
        ("Image", happened.Process.Program.Image),
    ];

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Hashes(string path) => $"SHA256={Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path)))}";
}
