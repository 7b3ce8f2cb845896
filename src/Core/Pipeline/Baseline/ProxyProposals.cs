using System.Globalization;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.Baseline;

/// <summary>
/// Proxies: inside addresses that hosts ask for many names, or that many programs of many hosts call, and nearly none of these anything
/// outside by itself. One that few call, or that random payload goes to, is refused with what was seen: a relay of an intruder's looks like
/// that.
/// </summary>
internal static class ProxyProposals
{
    /// <summary>
    /// Hosts and programs that must call a place before it is taken for the site's proxy, or names that hosts must ask it for.
    /// </summary>
    private const int MinHosts = 2, MinPrograms = 3, MinNames = 3;

    /// <summary>Most of its callers that may call public addresses too, percent.</summary>
    private const int MaxDirectPercent = 20;

    /// <summary>Sorts what was seen into proposals and refusals.</summary>
    /// <param name="proxies">Who calls what.</param>
    /// <param name="weighed">Of every process and channel, published or not, by the settings in use.</param>
    /// <param name="settings">What is in use: what it lists is not proposed again.</param>
    public static BaselineResult Of(BaselineProxies proxies, IReadOnlyList<Detection> weighed, DetectionSettings settings)
    {
        List<Proposal> proposals = [];
        List<Refusal> refusals = [];
        foreach (((IpAddress ip, ushort port), ProxyTally place) in proxies.Places)
        {
            if (settings.Proxies.Any(proxy => proxy.Covers(ip, port, Protocols.Tcp, null)))
            {
                continue;
            }

            string what = EntryText.Of(new DestinationScope(new(null, ip, ip.IsV4 ? 32 : 128), port, null));
            string seen = Seen(place, proxies.Direct(place));
            if (Suspicion(ip, port, place, proxies.Direct(place), weighed) is { } why)
            {
                refusals.Add(new(nameof(DetectionSettings.Proxies), what, $"{why}; {seen}"));
            }
            else
            {
                proposals.Add(new(nameof(DetectionSettings.Proxies), null, SettingsEntry.Quoted(what), seen));
            }
        }

        return new(proposals, refusals);
    }

    /// <summary>Why a place may be no proxy of the site's; null where nothing speaks against it.</summary>
    private static string? Suspicion(IpAddress ip, ushort port, ProxyTally place, int direct, IReadOnlyList<Detection> weighed)
    {
        // Bodies inside HTTP are its clients': a proxy passes them on.
        EvidencePiece? random = EvidenceKind.FirstPayload(weighed
            .Where(detection => detection.Destination is { } destination && destination.Ip == ip && destination.Port == port)
            .SelectMany(detection => detection.Evidence)
            .Where(piece => piece.Kind != EvidenceKind.EncryptedBodies.Name));
        return random is not null ? $"looks like a relay: {random.Detail} [{random.Kind}]"
            : place.Requests.Hosts >= MinHosts && place.Names >= MinNames ? null
            : place.Requests.Count > 0 && place.Names < MinNames && place.Connections.Count == 0
                ? "it is asked for few names: a relay would look like that"
            : place.Connections.Hosts < MinHosts || place.Programs < MinPrograms ? "few call it: a relay would look like that"
            : direct * 100 > place.Callers.Count * MaxDirectPercent ? "its callers call public addresses themselves"
            : null;
    }

    private static string Seen(ProxyTally place, int direct) => string.Create(
        CultureInfo.InvariantCulture,
        $"{place.Programs} program(s) call it, {place.Connections}; {direct} of {place.Callers.Count} caller(s) call public addresses too")
        + (place.Requests.Count == 0 ? string.Empty : string.Create(
            CultureInfo.InvariantCulture, $"; asked for {place.Names} name(s), {place.Requests}"));
}
