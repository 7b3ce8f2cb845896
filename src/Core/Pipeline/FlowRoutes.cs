using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Statistics;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Pipeline;

/// <summary>
/// Says of each observation of a flow whether anything explains it, and so where it goes. It sees the observation and
/// <c>PortProfiles</c>, nothing that came before: what comes together in one batch, or twice, goes the same way.
/// </summary>
/// <remarks>
/// A change of <c>PortProfiles</c> applies from then on: what an older profile explained was not delivered, and is not fetched back; a
/// <c>what-if</c> reads the input again. Allocates nothing.
/// </remarks>
public sealed class FlowRoutes
{
    /// <summary>
    /// Payload bytes, both ways, below which a flow shows nothing: the length from which one sample may be called random.
    /// </summary>
    public const int MinCarriedBytes = SampleLengths.Verdict;

    /// <summary>
    /// Most bytes that a call which nobody answers may carry and still be an attempt: one datagram, and more than any probe.
    /// </summary>
    public const int MaxAttemptBytes = 1024;

    /// <summary>What sensors call a TLS connection.</summary>
    private static readonly string[] TlsNames = ["tls", "ssl"];

    private static readonly string[] IpsecNames = ["ipsec", "esp", "ike", "ikev2", "isakmp"];
    private static readonly string[] VpnNames = ["wireguard", "openvpn", .. IpsecNames];
    private readonly DetectionSettings _settings;
    private readonly PortProfile?[] _tcp = new PortProfile?[ushort.MaxValue + 1];
    private readonly PortProfile?[] _udp = new PortProfile?[ushort.MaxValue + 1];

    /// <summary>The routes under the settings' port profiles.</summary>
    public FlowRoutes(DetectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;

        // The first profile that lists a port holds: written last.
        foreach (PortProfile profile in settings.PortProfiles.Reverse())
        {
            if ((profile.Protocol == Protocols.Tcp ? _tcp : profile.Protocol == Protocols.Udp ? _udp : null) is { } ports)
            {
                Array.Fill(ports, profile, profile.FirstPort, profile.LastPort - profile.FirstPort + 1);
            }
        }
    }

    /// <summary>The routes under the port profiles that ship.</summary>
    public static FlowRoutes Default { get; } = new(DetectionSettings.Default);

    /// <summary>Where what an observation says of a flow goes.</summary>
    public FlowRoute Of(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        return observation.Kind == ObservationKind.Dns ? (observation.Answers.Count > 0 ? FlowRoute.Journal : FlowRoute.None)
            : observation.Flow is not { } flow || flow.SrcIp == flow.DstIp ? FlowRoute.None
            : observation.Kind == ObservationKind.Connection ? OfConnection(observation, flow)
            : !flow.SrcIp.IsExternal ? FlowRoute.None
            : observation is { Kind: ObservationKind.Flow, Flow.IsProxied: true }
                ? FlowRoute.Journal | (flow.DstIp.IsExternal ? OfRecord(flow) : FlowRoute.None)
            : !flow.DstIp.IsExternal ? FlowRoute.None
            : observation.Payload is { } payload ? OfPayload(payload)
            : observation.Kind == ObservationKind.Flow ? OfRecord(flow)
            : FlowRoute.None;
    }

    /// <summary>The observation, with the address that the settings give its host where its connection names none.</summary>
    public Observation Placed(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        if (_settings.HostAddresses.IsEmpty || observation is not { Kind: ObservationKind.Connection, Flow: { } flow, Host: { } host }
            || !flow.SrcIp.IsUnspecified || !_settings.HostAddresses.TryGetValue(host, out ImmutableArray<IpAddress> addresses))
        {
            return observation;
        }

        foreach (IpAddress address in addresses)
        {
            if (flow.DstIp.IsUnspecified || address.IsV4 == flow.DstIp.IsV4)
            {
                return observation with { HostAddress = address };
            }
        }

        return observation;
    }

    private static FlowRoute OfConnection(Observation observation, FlowFields flow)
    {
        if (flow.Direction == FlowDirection.Inbound || observation.Process?.Key is null || !observation.SourceOf(flow).IsExternal)
        {
            return FlowRoute.None;
        }

        // A record that lacks one end's port, or hides its address, names no flow: what it says joins by what it has.
        bool ported = flow.Protocol is Protocols.Tcp or Protocols.Udp && flow.DstPort != 0;
        return flow.DstIp.IsExternal
            ? (flow.SrcPort != 0 || ported ? FlowRoute.Claim | FlowRoute.Journal : FlowRoute.None)
            : flow.DstIp.IsUnspecified && flow.SrcPort != 0 && ported ? FlowRoute.Claim
            : FlowRoute.None;
    }

    private static FlowRoute OfPayload(PayloadFields payload)
    {
        PayloadScore score = payload.Score;
        if (score.Cover == BodyCover.Explained)
        {
            return FlowRoute.Journal;
        }

        if (score.Verdict is PayloadVerdict.Encrypted or PayloadVerdict.Xor || score.XorKeyLength > 0 || score.EcbRepeats > 0
            || (score.Cover != BodyCover.None && score.IsEncodedCiphertext))
        {
            return FlowRoute.Random | FlowRoute.Journal;
        }

        bool scored = score.Sampled >= SampleLengths.Accumulate && score.Score is not null;
        return scored && score.Verdict == PayloadVerdict.Insufficient
            && score.Score >= LengthCorrected.DefaultThreshold ? FlowRoute.Random | FlowRoute.Journal
            : scored && score.Verdict is PayloadVerdict.Insufficient or PayloadVerdict.Binary ? FlowRoute.Weak | FlowRoute.Journal
            : FlowRoute.Journal;
    }

    private FlowRoute OfRecord(FlowFields flow)
    {
        PortProfile? profile = Profile(flow);
        if (flow.Application is { } application)
        {
            return Contains(VpnNames, application) && !IsExpected(profile, application) ? FlowRoute.Record | FlowRoute.Journal
                : flow.Handshake >= Handshake.Hello ? FlowRoute.Journal
                : IsExpected(profile, application) ? FlowRoute.None
                : Carried(flow) >= MinCarriedBytes ? FlowRoute.Record | FlowRoute.Journal
                : FlowRoute.None;
        }

        if (flow.Handshake >= Handshake.Hello)
        {
            return FlowRoute.Journal;
        }

        long carried = Carried(flow);
        return IsUnanswered(flow) && carried < (flow.PacketsIn > 0 ? MinCarriedBytes : MaxAttemptBytes) ? FlowRoute.Attempt
            : carried >= MinCarriedBytes ? FlowRoute.Record | FlowRoute.Journal
            : FlowRoute.None;
    }

    private static long Carried(FlowFields flow) => (flow.BytesOut ?? 0) + (flow.BytesIn ?? 0);

    /// <summary>Whether the other side is known to have sent no payload: a half of a flow says nothing of the other side.</summary>
    private static bool IsUnanswered(FlowFields flow) =>
        (flow.BytesIn ?? 0) == 0 && (flow.BytesIn is not null || flow.PacketsIn is not null);

    private PortProfile? Profile(FlowFields flow)
    {
        // Who opened it is the record's word, else the end with the higher port, as in a summary.
        bool known = flow.InitiatorKnown || flow.Direction != FlowDirection.Unknown;
        ushort port = known || flow.SrcPort >= flow.DstPort ? flow.DstPort : flow.SrcPort;
        return flow.Protocol switch
        {
            Protocols.Tcp => _tcp[port],
            Protocols.Udp => _udp[port],
            _ => _settings.Profile(port, flow.Protocol),
        };
    }

    private static bool IsExpected(PortProfile? profile, string application)
    {
        if (profile is null)
        {
            return false;
        }

        foreach (string expected in profile.Expected)
        {
            if (expected == application || expected == "any"
                || (expected == "none" && !Contains(VpnNames, application))
                || (expected == "tls" && Contains(TlsNames, application))
                || (expected == "ipsec" && Contains(IpsecNames, application)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Contains(string[] names, string name) => Array.IndexOf(names, name) >= 0;
}
