using System.Collections.Immutable;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Settings;

/// <summary>Destinations that are exempt as shipped: the large public DNS-over-HTTPS resolvers, by name and address.</summary>
public static class DefaultDestinations
{
    /// <summary>Public resolvers, from their operators' own documentation.</summary>
    public static readonly ImmutableArray<DestinationPattern> PublicResolvers =
    [
        Named("dns.google"), Named("*.cloudflare-dns.com"), Named("cloudflare-dns.com"), Named("one.one.one.one"), Named("dns.quad9.net"),
        Named("*.quad9.net"), Named("doh.opendns.com"), Named("dns.adguard-dns.com"), Named("*.dns.nextdns.io"), Named("dns.nextdns.io"),
        At("8.8.8.8"), At("8.8.4.4"), At("1.1.1.1"), At("1.0.0.1"), At("9.9.9.9"), At("149.112.112.112"), At("208.67.222.222"),
        At("208.67.220.220"), At("2001:4860:4860::8888"), At("2001:4860:4860::8844"), At("2606:4700:4700::1111"),
        At("2606:4700:4700::1001"), At("2620:fe::fe"),
    ];

    private static DestinationPattern Named(string name) => new(new Glob(name), default, 0);

    private static DestinationPattern At(string address) =>
        IpAddress.Parse(address) is { IsV4: true } four ? new(null, four, 32) : new(null, IpAddress.Parse(address), 128);
}
