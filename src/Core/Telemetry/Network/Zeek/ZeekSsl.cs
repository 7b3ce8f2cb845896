using CipherWatch.Core.Ingestion;

namespace CipherWatch.Core.Telemetry.Network.Zeek;

/// <summary>Entries of ssl.log: TLS and DTLS handshakes, with how far each went.</summary>
internal static class ZeekSsl
{
    /// <summary>Reads one entry.</summary>
    public static RecordResult Normalize(in ZeekRecord record, in ZeekEntry entry, RecordContext context)
    {
        bool datagrams = record[ZeekField.Version].Of(record.Text).StartsWith("DTLS"u8);
        FlowFields flow = entry.Flow(datagrams ? Protocols.Udp : Protocols.Tcp) with
        {
            Application = datagrams ? "dtls" : "tls",
            ServerName = record.String(ZeekField.ServerName),
            Handshake = record switch
            {
                _ when !record.IsTrue(ZeekField.Established) => Handshake.Hello,
                _ when record.IsTrue(ZeekField.Resumed) => Handshake.Resumed,
                _ => Handshake.Established,
            },
        };
        context.Emit(ZeekObservation.Create("ssl", record, entry, flow));
        return RecordResult.Observed(SourceNames.Zeek);
    }
}
