using CipherWatch.Core.Detections.Analytics;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Pipeline.Baseline;

/// <summary>Who calls the inside addresses that may be proxies, and whether those who do call anything outside themselves.</summary>
internal sealed class BaselineProxies
{
    // Programs by host, and those of them that call public addresses.
    private readonly HashSet<(string Host, string Program)> _direct = [];

    /// <summary>By address and port, in order.</summary>
    public SortedDictionary<(IpAddress Ip, ushort Port), ProxyTally> Places { get; } = new(Comparer<(IpAddress Ip, ushort Port)>.Create(
        static (left, right) => left.Ip.CompareTo(right.Ip) is not 0 and var order ? order : left.Port.CompareTo(right.Port)));

    /// <summary>Counts an outbound connection of a host.</summary>
    public void Connection(Observation observation, FlowFields flow, DateTimeOffset? time)
    {
        if (observation is not { Host: { } host, Process.Image: { } image } || flow.Protocol != Protocols.Tcp)
        {
            return;
        }

        string program = FilePaths.Name(image).ToLowerInvariant();
        if (!flow.DstIp.IsPrivate)
        {
            _direct.Add((host, program));
        }
        else if (ProxyDestinations.Ports.Contains(flow.DstPort))
        {
            At(flow.DstIp, flow.DstPort).Connection(host, program, time);
        }
    }

    /// <summary>Counts a request that a sensor saw an inside address asked for another.</summary>
    public void Asked(FlowFields flow, DateTimeOffset time)
    {
        if (flow is { IsProxied: true, ServerName: { } name, DstIp.IsPrivate: true })
        {
            At(flow.DstIp, flow.DstPort).Asked(flow.SrcIp.ToString(), name, time);
        }
    }

    /// <summary>How many of those who call a place call public addresses too.</summary>
    public int Direct(ProxyTally place) => place.Callers.Count(_direct.Contains);

    private ProxyTally At(IpAddress ip, ushort port)
    {
        if (!Places.TryGetValue((ip, port), out ProxyTally? place))
        {
            Places[(ip, port)] = place = new();
        }

        return place;
    }
}

/// <summary>What was seen of a place that may be a proxy.</summary>
internal sealed class ProxyTally
{
    private readonly HashSet<string> _programs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Connections of hosts to it.</summary>
    public Support Connections { get; } = new();

    /// <summary>Programs by host that call it.</summary>
    public HashSet<(string Host, string Program)> Callers { get; } = [];

    /// <summary>Different programs that call it.</summary>
    public int Programs => _programs.Count;

    /// <summary>Requests for others that a sensor saw.</summary>
    public Support Requests { get; } = new();

    /// <summary>Different names that it was asked for.</summary>
    public int Names => _names.Count;

    /// <summary>Counts a request.</summary>
    public void Asked(string source, string name, DateTimeOffset time)
    {
        Requests.Add(source, time);
        _names.Add(name);
    }

    /// <summary>Counts a connection.</summary>
    public void Connection(string host, string program, DateTimeOffset? time)
    {
        Connections.Add(host, time);
        Callers.Add((host, program));
        _programs.Add(program);
    }
}
