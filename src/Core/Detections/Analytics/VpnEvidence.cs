using System.Globalization;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Analytics;

/// <summary>A recognised VPN: benign where its port is profiled or its volume is that of a tunnel in use.</summary>
internal static class VpnEvidence
{
    private static readonly string[] Ipsec = ["ipsec", "esp", "ike", "ikev2", "isakmp"];
    private static readonly string[] Recognised = ["wireguard", "openvpn", .. Ipsec];

    /// <summary>Adds it where it is not benign; says whether it did.</summary>
    public static bool Add(EvidenceList evidence, ChannelKey channel, DetectionSettings settings, IReadOnlyList<FlowSummary> flows)
    {
        string? vpn = flows.SelectMany(flow => flow.Applications).FirstOrDefault(application => Recognised.Contains(application));
        long volume = LargestVolume(flows, settings.TimeWindow);

        // ESP and its like have no port to be off.
        bool ported = channel.Protocol is Protocols.Tcp or Protocols.Udp;
        if (vpn is null || !ported || IsProfiled(vpn, channel, settings) || volume >= settings.TrafficVolumeThreshold)
        {
            return false;
        }

        evidence.Add(
            EvidenceKind.VpnOffProfile,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{vpn} on a port that is not its own, {volume} bytes within TimeWindow: under TrafficVolumeThreshold"),
            PayloadEvidence.Time(flows[0]), flows.SelectMany(flow => flow.Seen.Sample.Select(seen => seen.Id)));
        evidence.RestsOn(flows);
        return true;
    }

    private static bool IsProfiled(string vpn, ChannelKey channel, DetectionSettings settings) =>
        settings.Profile(channel.DestinationPort, channel.Protocol) is { Expected: var expected }
        && (expected.Contains("any") || expected.Contains(vpn) || (expected.Contains("ipsec") && Ipsec.Contains(vpn)));

    /// <summary>The most bytes, both ways, of flows that began within one window: any window, wherever it starts.</summary>
    private static long LargestVolume(IReadOnlyList<FlowSummary> flows, TimeSpan window)
    {
        (long Start, long Bytes)[] ordered =
        [
            .. flows.Where(flow => flow.Seen.First is not null)
                .Select(flow => (flow.Seen.First!.Value.Time.Ms, (flow.BytesOut ?? 0) + (flow.BytesIn ?? 0))).Order(),
        ];
        long largest = 0;
        long sum = 0;
        int tail = 0;
        foreach ((long start, long bytes) in ordered)
        {
            sum += bytes;
            while (start - ordered[tail].Start > window.TotalMilliseconds)
            {
                sum -= ordered[tail++].Bytes;
            }

            largest = Math.Max(largest, sum);
        }

        return largest;
    }
}
