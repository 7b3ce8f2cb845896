using System.Collections.Immutable;
using System.Globalization;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>Destinations that ship: public DNS-over-HTTPS resolvers, which are exempt, and messengers' networks.</summary>
/// <remarks>
/// Dedicated anycast addresses only, from their operators' own documentation. Lists of all public resolvers hold hundreds of private
/// servers and the shared ranges of content networks, behind which anyone can stand.
/// </remarks>
public static class DefaultDestinations
{
    /// <summary>Public resolvers.</summary>
    public static readonly ImmutableArray<DestinationPattern> PublicResolvers =
    [
        .. Named(
            "dns.google", "dns64.dns.google", "cloudflare-dns.com", "*.cloudflare-dns.com", "one.one.one.one", "dns.quad9.net",
            "dns9.quad9.net", "dns10.quad9.net", "dns11.quad9.net", "doh.opendns.com", "doh.familyshield.opendns.com",
            "dns.adguard-dns.com", "family.adguard-dns.com", "unfiltered.adguard-dns.com", "dns.nextdns.io", "*.dns.nextdns.io",
            "dns.mullvad.net", "*.dns.mullvad.net", "doh.cleanbrowsing.org", "freedns.controld.com", "doh.dns.apple.com",
            "doh.dns.apple.com.v.aaplimg.com", "*.joindns4.eu", "*.canadianshield.cira.ca", "doh.dns.sb", "dns.alidns.com", "doh.pub"),
        .. At("8.8.8.8", "8.8.4.4", "2001:4860:4860::8888", "2001:4860:4860::8844", "2001:4860:4860::64", "2001:4860:4860::6464"),
        .. At(
            "1.1.1.1", "1.1.1.2", "1.1.1.3", "1.0.0.1", "1.0.0.2", "1.0.0.3", "2606:4700:4700::1111", "2606:4700:4700::1001",
            "2606:4700:4700::1112", "2606:4700:4700::1002", "2606:4700:4700::1113", "2606:4700:4700::1003"),
        .. At(
            "9.9.9.9", "9.9.9.10", "9.9.9.11", "9.9.9.12", "9.9.9.13", "149.112.112.9", "149.112.112.10", "149.112.112.11",
            "149.112.112.12", "149.112.112.13", "149.112.112.112", "2620:fe::fe", "2620:fe::9", "2620:fe::10", "2620:fe::11"),
        .. At(
            "208.67.222.222", "208.67.220.220", "208.67.222.123", "208.67.220.123", "146.112.41.2", "146.112.41.3", "146.112.41.4",
            "146.112.41.5", "2620:119:35::35", "2620:119:53::53"),
        .. At("94.140.14.14", "94.140.14.15", "94.140.15.15", "94.140.15.16", "94.140.14.140", "94.140.14.141", "2a10:50c0::/48"),
        .. At("45.90.28.0/24", "45.90.30.0/24"),
        .. At(
            "194.242.2.2", "194.242.2.3", "194.242.2.4", "194.242.2.5", "194.242.2.6", "194.242.2.7", "194.242.2.8", "194.242.2.9",
            "2a07:e340::2", "2a07:e340::3", "2a07:e340::4", "2a07:e340::5", "2a07:e340::6", "2a07:e340::7", "2a07:e340::8", "2a07:e340::9"),
        .. At("185.228.168.9", "185.228.168.10", "185.228.168.168", "76.76.2.11", "2606:1a40::11"),
        .. At("86.54.11.0/24", "2a13:1001::86:54:11:0/112", "149.112.121.0/24", "149.112.122.0/24"),
        .. At("185.222.222.222", "45.11.45.11", "223.5.5.5", "223.6.6.6", "1.12.12.12", "120.53.53.53"),
    ];

    /// <summary>
    /// Networks of messengers whose own transport hides that it is one: Telegram's, by its published list of ranges
    /// (core.telegram.org/resources/cidr.txt). Nobody else has machines there.
    /// </summary>
    public static readonly ImmutableArray<DestinationPattern> Messengers =
    [
        .. At(
            "91.105.192.0/23", "91.108.4.0/22", "91.108.8.0/22", "91.108.12.0/22", "91.108.16.0/22", "91.108.20.0/22", "91.108.56.0/22",
            "149.154.160.0/20", "185.76.151.0/24", "2001:67c:4e8::/48", "2001:b28:f23c::/48", "2001:b28:f23d::/48", "2001:b28:f23f::/48",
            "2a0a:f280::/32"),
    ];

    private static IEnumerable<DestinationPattern> Named(params string[] names) =>
        names.Select(name => new DestinationPattern(new Glob(name), default, 0));

    private static IEnumerable<DestinationPattern> At(params string[] networks)
    {
        foreach (string network in networks)
        {
            int slash = network.IndexOf('/', StringComparison.Ordinal);
            IpAddress address = IpAddress.Parse(slash < 0 ? network : network[..slash]);
            int bits = slash < 0 ? (address.IsV4 ? 32 : 128) : int.Parse(network.AsSpan(slash + 1), CultureInfo.InvariantCulture);
            yield return new(null, address, bits);
        }
    }
}
