namespace CipherWatch.Cli.Simulation.Model;

/// <summary>The platforms of a fleet's hosts. The network sensor is none: each site has one.</summary>
internal enum HostPlatform
{
    Windows,
    Linux,
    MacOs,
    Esxi,
}

/// <summary>How a host's own telemetry reaches us.</summary>
internal enum HostRendering
{
    /// <summary>Sysmon by NXLog: flat JSON, times host-local without a zone.</summary>
    NxLog,

    /// <summary>Sysmon by Winlogbeat 6: nested JSON, times in UTC.</summary>
    Winlogbeat,

    /// <summary>Sysmon as XML, as exported from the event log.</summary>
    EventXml,

    /// <summary>Linux audit, raw records, and syslog.</summary>
    Auditd,

    /// <summary>Linux audit as laurel writes it, and syslog.</summary>
    Laurel,

    /// <summary>osquery's event and scheduled tables, and syslog.</summary>
    Osquery,

    /// <summary>macOS: the unified log as ndjson, and Endpoint Security events.</summary>
    UnifiedLog,

    /// <summary>ESXi: lines of its daemons, and listings of its connections.</summary>
    Esxi,
}

/// <summary>A computer of the fleet.</summary>
/// <param name="Name">First label of its name.</param>
/// <param name="Address">Its address.</param>
/// <param name="User">Who works at it, on Windows with the domain.</param>
/// <param name="Rendering">How its events are written.</param>
/// <param name="ZoneOffset">Its clock's offset from UTC.</param>
/// <param name="Number">Its number among those of its platform: what differs between them depends on it.</param>
internal sealed record SimulatedHost(string Name, string Address, string User, HostRendering Rendering, TimeSpan ZoneOffset, int Number)
{
    /// <summary>The domain of the fleet (RFC 6761: never a real one).</summary>
    public const string Domain = "corp.example";

    /// <summary>The full name.</summary>
    public string Fqdn => $"{Name}.{Domain}";

    /// <summary>The platform, which the rendering implies.</summary>
    public HostPlatform Platform => Rendering switch
    {
        HostRendering.NxLog or HostRendering.Winlogbeat or HostRendering.EventXml => HostPlatform.Windows,
        HostRendering.UnifiedLog => HostPlatform.MacOs,
        HostRendering.Esxi => HostPlatform.Esxi,
        _ => HostPlatform.Linux,
    };

    /// <summary>The user's name without a domain.</summary>
    public string UserName => User[(User.IndexOf('\\', StringComparison.Ordinal) + 1)..];

    /// <summary>The user's profile folder.</summary>
    public string Profile => Platform switch
    {
        HostPlatform.Windows => $@"C:\Users\{UserName}",
        HostPlatform.MacOs => $"/Users/{UserName}",
        _ => UserName == "root" ? "/root" : $"/home/{UserName}",
    };

    /// <summary>Whether it is one of every so many hosts of its kind that has something.</summary>
    public bool IsOneIn(int count) => Number % count == count - 1;
}
