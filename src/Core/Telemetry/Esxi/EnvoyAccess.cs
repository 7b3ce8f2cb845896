using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>
/// Requests that reach the host's web front since 8.0 (<c>envoy-access</c>): the client's end, the protocol, the TLS version, the
/// host's end, then what it was passed to.
/// </summary>
internal static class EnvoyAccess
{
    private static ReadOnlySpan<byte> Name => "envoy-access"u8;

    /// <summary>Reads a request; false where the line is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> program, ReadOnlySpan<byte> text, ref EsxiFinding finding)
    {
        if (!program.SequenceEqual(Name))
        {
            return false;
        }

        IpAddress client = default;
        ushort clientPort = 0;
        bool hasClient = false;
        bool tls = false;
        while (!text.IsEmpty)
        {
            ReadOnlySpan<byte> word = EsxiText.Token(ref text);
            tls |= hasClient && word.StartsWith("TLSv"u8);
            if (word.IndexOf((byte)':') < 0 || !EndpointText.TryParse(word, out IpAddress ip, out ushort port))
            {
                continue;
            }

            if (!hasClient)
            {
                (client, clientPort, hasClient) = (ip, port, true);
                continue;
            }

            Handshake exchange = tls ? Handshake.Established : Handshake.Unknown;
            finding.Ends = new(ip, port, client, clientPort, FlowDirection.Inbound, exchange, tls ? "tls" : null);
            finding.Kind = finding.Ends.IsLocal ? EsxiFindingKind.Local : EsxiFindingKind.Connection;
            return true;
        }

        return false;
    }
}
