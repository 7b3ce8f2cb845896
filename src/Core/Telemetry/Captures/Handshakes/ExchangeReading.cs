using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Recognition;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Telemetry.Captures.Handshakes;

/// <summary>What a captured flow speaks, and how far its key exchange went.</summary>
/// <param name="Application">Protocol; null where none is recognised.</param>
/// <param name="Handshake">The key exchange.</param>
/// <param name="ServerName">Name the client asked for.</param>
internal readonly record struct ExchangeReading(string? Application, Handshake Handshake, string? ServerName)
{
    /// <summary>Reads a flow.</summary>
    public static ExchangeReading Of(
        byte protocol, CapturedDirection outward, CapturedDirection inward, ushort sourcePort, ushort destinationPort)
    {
        if (outward.First.IsEmpty && inward.First.IsEmpty)
        {
            return default;
        }

        if (protocol == Protocols.Tcp)
        {
            TlsSide client = TlsSide.Read(outward.FirstBytes.Span);
            TlsSide server = TlsSide.Read(inward.FirstBytes.Span);
            if (client.IsClient || client.IsServer || server.IsClient || server.IsServer)
            {
                return new("tls", Of(client, server), client.ServerName ?? server.ServerName);
            }

            SshSide sshClient = SshSide.Read(outward.FirstBytes.Span);
            SshSide sshServer = SshSide.Read(inward.FirstBytes.Span);
            if (sshClient.IsSsh || sshServer.IsSsh)
            {
                return new("ssh", sshClient.HasNewKeys || sshServer.HasNewKeys ? Handshake.Established : Handshake.Hello, null);
            }
        }

        string? application = Recognise(outward, protocol, sourcePort, destinationPort)
            ?? Recognise(inward, protocol, destinationPort, sourcePort);
        return new(application, Of(application, protocol, outward, inward), null);
    }

    private static Handshake Of(TlsSide left, TlsSide right)
    {
        TlsSide server = left.IsServer ? left : right;
        if (!server.IsServer)
        {
            return Handshake.Hello;
        }

        bool encrypts = left.Encrypts || right.Encrypts;
        return server.IsVersion13 ? server.TakesKnownKey ? Handshake.Resumed : Handshake.Established
            : !encrypts ? Handshake.Hello
            : server.Encrypts && !server.SentKeys ? Handshake.Resumed
            : Handshake.Established;
    }

    private static Handshake Of(string? application, byte protocol, CapturedDirection outward, CapturedDirection inward)
    {
        if (application is not null && KeyExchange.IsExchanging(application) && protocol != Protocols.Tcp)
        {
            return DatagramHandshake.Of(application, outward, inward);
        }

        // Whatever was sent first has to be there, of both sides, before its absence says anything.
        bool startSeen = outward.StartSeen && inward.StartSeen && !outward.IsMissing && !inward.IsMissing
            && !outward.HasGap && !inward.HasGap
            && (outward.PayloadBytes == 0 || !outward.First.IsEmpty) && (inward.PayloadBytes == 0 || !inward.First.IsEmpty);
        if (!startSeen)
        {
            return application is null or "http" || KeyExchange.IsExchanging(application) ? Handshake.Unseen : Handshake.Unknown;
        }

        return application switch
        {
            // TLS that begins with application data has exchanged nothing: it is dressed as TLS.
            null or "http" or "tls" => Handshake.None,
            _ when KeyExchange.IsExchanging(application) => Handshake.Hello,
            _ => Handshake.Unknown,
        };
    }

    private static string? Recognise(CapturedDirection direction, byte protocol, ushort sourcePort, ushort destinationPort)
    {
        if (direction.First.IsEmpty)
        {
            return null;
        }

        PayloadContext context = new()
        {
            StartUnseen = !direction.StartSeen && protocol == Protocols.Tcp,
            Transport = protocol switch
            {
                Protocols.Tcp => Transport.Tcp,
                Protocols.Udp => Transport.Udp,
                50 => Transport.Esp,
                _ => Transport.Unknown,
            },
            SourcePort = sourcePort,
            DestinationPort = destinationPort,
        };
        return FirstBytes.Recognise(direction.First.Span, context) is { Kind: SignatureKind.Protocol } named ? named.Name
            : protocol == Protocols.Udp ? DatagramFlow.Recognise(direction.Datagrams)
            : null;
    }
}
