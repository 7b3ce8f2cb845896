using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Pipeline.Baseline;

/// <summary>
/// Counts what settings other than those of processes are learned from. It holds a few words of each flow and of each sample that
/// nothing names, so that what is told twice counts once.
/// </summary>
internal sealed class BaselineTally
{
    /// <summary>First of the ports that clients take for themselves (RFC 6335 §6): no service is learned there.</summary>
    public const ushort FirstEphemeralPort = 49152;

    private static readonly HashSet<string> Encryptions = new(StringComparer.Ordinal)
    {
        "tls", "quic", "dtls", "ssh", "ipsec", "wireguard", "openvpn",
    };

    private static readonly HashSet<string> Vpns = new(StringComparer.Ordinal) { "ipsec", "wireguard", "openvpn" };

    /// <summary>By port and transport: how often each encryption was recognised there, and from whom; null for none.</summary>
    public SortedDictionary<(ushort Port, byte Protocol), Dictionary<string, Support>> Ports { get; } = [];

    /// <summary>By server name: TLS or QUIC on the ports of DNS.</summary>
    public SortedDictionary<string, Support> Resolvers { get; } = new(StringComparer.Ordinal);

    /// <summary>By destination and port: what ESXi's daemons connect to.</summary>
    public SortedDictionary<(IpAddress Ip, ushort Port), Support> Management { get; } = new(Comparer<(IpAddress Ip, ushort Port)>.Create(
        (left, right) => left.Ip.CompareTo(right.Ip) is not 0 and var order ? order : left.Port.CompareTo(right.Port)));

    /// <summary>By program and library: what Linux programs map.</summary>
    public SortedDictionary<(string Image, string Library), Support> Libraries { get; } = new(
        Comparer<(string Image, string Library)>.Create(
        (left, right) => string.CompareOrdinal(left.Image, right.Image) is not 0 and var order ? order
            : string.CompareOrdinal(left.Library, right.Library)));

    /// <summary>Addresses by host.</summary>
    public SortedDictionary<string, SortedSet<IpAddress>> Addresses { get; } = new(StringComparer.Ordinal);

    /// <summary>Bytes both ways of each channel of a recognised VPN.</summary>
    public Dictionary<(IpAddress Source, IpAddress Destination, ushort Port), long> VpnBytes { get; } = [];

    /// <summary>Bytes out over bytes in of each channel with traffic both ways.</summary>
    public Dictionary<(IpAddress Source, IpAddress Destination, ushort Port), (long Out, long In)> Bytes { get; } = [];

    /// <summary>Addresses that hosts with macOS connect from.</summary>
    public HashSet<IpAddress> MacAddresses { get; } = [];

    /// <summary>By who sent it: the score of each payload sample that nothing names, by the sample.</summary>
    public Dictionary<ulong, (IpAddress Sender, double Score)> Scores { get; } = [];

    /// <summary>Who calls what may be a proxy.</summary>
    public BaselineProxies Proxies { get; } = new();

    private readonly BaselineFlows _flows = new();

    // What is read twice counts once.
    private readonly HashSet<UInt128> _seen = [];

    /// <summary>Counts one observation.</summary>
    public void Add(Observation observation)
    {
        if (observation.Kind is ObservationKind.ModuleLoad or ObservationKind.Connection && !_seen.Add(observation.Id.Value))
        {
            return;
        }

        DateTimeOffset? time = observation.RecordTime ?? observation.Time;
        if (observation is
            {
                Kind: ObservationKind.ModuleLoad, Platform: TelemetryPlatform.Linux, Process.Image: { } image,
                Module: { } module
            })
        {
            Get(Libraries, (image, module.Path)).Add(observation.Host, time);
        }

        if (observation.Flow is not { } flow || flow.SrcIp == flow.DstIp)
        {
            return;
        }

        if (observation is { Kind: ObservationKind.Connection, Platform: TelemetryPlatform.MacOs } && flow.SrcIp.IsExternal)
        {
            MacAddresses.Add(flow.SrcIp);
        }

        if (!flow.DstIp.IsExternal)
        {
            return;
        }

        if (observation is { Kind: ObservationKind.Connection, Host: { } host } && flow.Direction == FlowDirection.Outbound)
        {
            if (flow.SrcIp.IsExternal)
            {
                Get(Addresses, host).Add(flow.SrcIp);
            }

            Proxies.Connection(observation, flow, time);
            if (observation.Platform == TelemetryPlatform.Esxi)
            {
                Get(Management, (flow.DstIp, flow.DstPort)).Add(host, time);
            }
        }

        if (observation.Kind == ObservationKind.Flow && time is { } at)
        {
            Proxies.Asked(flow, at);
            _flows.Add(observation, flow, DateOnly.FromDateTime(at.UtcDateTime));
        }

        if (observation.Payload is { } payload && payload.Score is { Sampled: >= SampleLengths.Verdict, Score: { } score }
            && payload.Score.Verdict is not PayloadVerdict.Protocol)
        {
            Scores[payload.SampleId] = (payload.Direction == PayloadDirection.In ? flow.DstIp : flow.SrcIp, score);
        }
    }

    /// <summary>Counts the flows: once all were told of.</summary>
    public void Close()
    {
        foreach (BaselineFlow flow in _flows.All)
        {
            Add(flow);
        }
    }

    private void Add(in BaselineFlow flow)
    {
        string source = flow.Source.ToString();
        string encryption = flow.Application is { } application && Encryptions.Contains(application) ? application : string.Empty;
        if (flow.Port is > 0 and < FirstEphemeralPort && (flow.IsHalf || flow.Received > 0))
        {
            Get(Get(Ports, (flow.Port, flow.Protocol)), encryption).Add(source, flow.Day);
        }

        if (encryption is "tls" or "quic" && flow.Port is 443 or 853 && flow.ServerName is { } name
            && (flow.Port == 853 || IsResolver(name)))
        {
            Get(Resolvers, name.ToLowerInvariant()).Add(source, flow.Day);
        }

        (IpAddress, IpAddress, ushort) channel = (flow.Source, flow.Destination, flow.Port);
        if (Vpns.Contains(encryption))
        {
            VpnBytes[channel] = VpnBytes.GetValueOrDefault(channel) + flow.Sent + flow.Received;
        }

        if (flow is { Sent: > 0, Received: > 0 })
        {
            (long Out, long In) known = Bytes.GetValueOrDefault(channel);
            Bytes[channel] = (known.Out + flow.Sent, known.In + flow.Received);
        }
    }

    private static bool IsResolver(string name)
    {
        string first = name.Split('.')[0];
        return first.StartsWith("doh", StringComparison.OrdinalIgnoreCase) || first.Equals("dns", StringComparison.OrdinalIgnoreCase)
            || first.EndsWith("-dns", StringComparison.OrdinalIgnoreCase) || name.Contains(".dns.", StringComparison.OrdinalIgnoreCase);
    }

    private static TValue Get<TKey, TValue>(IDictionary<TKey, TValue> counts, TKey key)
        where TValue : new()
    {
        if (!counts.TryGetValue(key, out TValue? value))
        {
            counts[key] = value = new();
        }

        return value;
    }
}
