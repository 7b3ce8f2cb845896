using System.Globalization;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Analytics;

/// <summary>
/// A channel of which no payload was seen, and in which a sensor that tells protocols looked for one in vain: both sides send, the port
/// is on no profile, and it is long, lopsided or comes again. Without payload that is a hint, and the card says so. Inside a site
/// protocols of its own are everyday, and polled by timers: only destinations outside count.
/// </summary>
internal static class UnnamedChannel
{
    /// <summary>Bytes that each side must have sent on one flow: less is an error message or a greeting.</summary>
    private const long MinBytes = 1024;

    private const int MinRepeated = 3;

    private const double MsPerHour = 3_600_000;

    /// <summary>From how many hours on a connection is long: RITA's threshold of a low score for long connections.</summary>
    private const int MinLongHours = 4;

    /// <summary>What a lopsided flow weighs here, percent of what it weighs for a process: downloads are lopsided the other way.</summary>
    private const int LopsidedPercent = 66;

    /// <summary>Adds it; says whether the flows are such a channel's.</summary>
    public static bool Add(EvidenceList evidence, ChannelKey channel, DetectionSettings settings, IReadOnlyList<FlowSummary> flows)
    {
        FlowSummary[] unnamed = [.. flows.Where(IsUnnamed)];
        if (unnamed.Length == 0 || flows.Any(flow => flow.Handshake >= Handshake.Hello || !flow.Payloads.IsEmpty)
            || channel.Protocol is not (Protocols.Tcp or Protocols.Udp) || channel.DestinationIp.IsPrivate
            || settings.Profile(channel.DestinationPort, channel.Protocol) is not null)
        {
            return false;
        }

        FlowSummary? lopsided = unnamed.FirstOrDefault(flow => flow.BytesOut >= settings.TrafficAsymmetryRatio * flow.BytesIn);
        FlowSummary? longest = unnamed.Where(flow => flow.DurationMs >= MinLongHours * MsPerHour).MaxBy(flow => flow.DurationMs);
        if (lopsided is null && longest is null && unnamed.Length < MinRepeated)
        {
            return false;
        }

        (long sent, long received) = (unnamed.Max(flow => flow.BytesOut ?? 0), unnamed.Max(flow => flow.BytesIn ?? 0));
        evidence.Add(
            EvidenceKind.NoProtocolFound,
            string.Create(
                CultureInfo.InvariantCulture,
                $"A sensor looked for a protocol and a key exchange and found none, on {unnamed.Length} flow(s) of up to {sent} "
                + $"bytes out and {received} in"),
            unnamed);
        if (lopsided is not null)
        {
            evidence.Add(
                EvidenceKind.AsymmetricTraffic,
                string.Create(CultureInfo.InvariantCulture, $"{lopsided.BytesOut} bytes out and {lopsided.BytesIn} in on one flow"),
                [lopsided], LopsidedPercent);
        }

        if (longest?.DurationMs is { } up)
        {
            evidence.Add(
                EvidenceKind.LongConnection,
                string.Create(CultureInfo.InvariantCulture, $"A connection stayed up for {up / MsPerHour:0.0} hours"),
                [longest]);
        }

        if (unnamed.Length >= MinRepeated)
        {
            evidence.Add(
                EvidenceKind.RepeatedFlows,
                string.Create(CultureInfo.InvariantCulture, $"{unnamed.Length} flows of the channel show the same"));
        }

        return true;
    }

    /// <summary>Whether the sensor saw the start, so that it could have found a handshake, and named nothing.</summary>
    private static bool IsUnnamed(FlowSummary flow) =>
        flow is { Handshake: Handshake.None, Payloads.IsEmpty: true, Applications.IsEmpty: true }
        && flow is { BytesOut: >= MinBytes, BytesIn: >= MinBytes };
}
