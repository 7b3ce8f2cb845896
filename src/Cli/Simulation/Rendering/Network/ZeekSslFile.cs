using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering.Network;

/// <summary>ssl.log as a Zeek sensor writes it in JSON: an entry a TLS connection.</summary>
internal sealed class ZeekSslFile(Stream stream) : IDisposable
{
    private readonly JsonLineWriter _lines = new(stream);

    /// <summary>Writes a day of a site.</summary>
    public void Write(IEnumerable<NetworkFlow> flows)
    {
        foreach (
            NetworkFlow flow in flows.Where(flow => flow.Destination.Protocol.IsTls).OrderBy(flow => flow.Start).ThenBy(flow => flow.Id))
        {
            bool isNew = flow.Id % 4 != 0;
            _lines.Write(line =>
            {
                line.WriteString("_path", "ssl");
                line.WriteString("ts", EventTimes.Iso(flow.Start.AddMilliseconds(30)));
                line.WriteString("uid", ZeekConnFile.Uid(flow));
                line.WriteString("id.orig_h", flow.SourceIp);
                line.WriteNumber("id.orig_p", flow.SourcePort);
                line.WriteString("id.resp_h", flow.Destination.Address);
                line.WriteNumber("id.resp_p", flow.Destination.Port);
                line.WriteString("version", isNew ? "TLSv13" : "TLSv12");
                line.WriteString("cipher", isNew ? "TLS_AES_128_GCM_SHA256" : "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
                line.WriteString("server_name", flow.Destination.Name);
                line.WriteBoolean("resumed", false);
                line.WriteBoolean("established", true);
                line.WriteString("ssl_history", isNew ? "CsiI" : "CsxknGIi");
            });
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lines.Dispose();
        stream.Dispose();
    }
}
