using System.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>What conn.log's <c>service</c> says: the protocols that Zeek's analysers confirmed on the flow.</summary>
internal static class ZeekServices
{
    /// <summary>Services that exchange keys themselves: where several are named, the first of these is what the flow is.</summary>
    private static readonly string[] KeyExchanging = ["quic", "dtls", "ssl", "ssh", "ipsec", "wireguard", "openvpn", "rdp"];

    /// <summary>The application of a flow, by the name used here; null where no analyser found one.</summary>
    /// <param name="service">One name, or several separated by commas; with <c>-</c> before it, one whose analyser gave up.</param>
    public static string? Application(ReadOnlySpan<byte> service)
    {
        if (service.IndexOf((byte)',') < 0)
        {
            return service.IsEmpty || service[0] == (byte)'-' ? null : Named(ApplicationNames.Of(service));
        }

        string? first = null;
        string? exchanging = null;
        int rank = KeyExchanging.Length;
        foreach (Range range in service.Split((byte)','))
        {
            ReadOnlySpan<byte> name = service[range];
            if (name.IsEmpty || name[0] == (byte)'-')
            {
                continue;
            }

            int place = Rank(name);
            if (place < rank)
            {
                rank = place;
                exchanging = KeyExchanging[place];
            }

            first ??= ApplicationNames.Of(name);
        }

        return Named(exchanging ?? first);
    }

    /// <summary>What the entry says of the key exchange.</summary>
    /// <remarks>
    /// That a service exchanges keys is known once its analyser confirmed it; how far the exchange went is for its own log to
    /// say. That there was none is said only where the first payload was surely seen and no analyser made anything of it.
    /// </remarks>
    public static Handshake HandshakeOf(string? application, byte protocol, ZeekHistory history)
    {
        if (application is not null)
        {
            return application is "tls" || Array.IndexOf(KeyExchanging, application) >= 0 ? Handshake.Hello
                : Handshake.Unknown;
        }

        return !history.HasPayload || protocol != Protocols.Tcp ? Handshake.Unknown
            : history.StartSeen && !history.HasGaps ? Handshake.None
            : Handshake.Unseen;
    }

    /// <summary>Zeek's name of TLS is of another age.</summary>
    public static string? Named(string? service) => service == "ssl" ? "tls" : service;

    private static int Rank(ReadOnlySpan<byte> name)
    {
        for (int place = 0; place < KeyExchanging.Length; place++)
        {
            if (Ascii.EqualsIgnoreCase(name, KeyExchanging[place]))
            {
                return place;
            }
        }

        return KeyExchanging.Length;
    }
}
