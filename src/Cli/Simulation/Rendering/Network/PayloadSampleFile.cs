using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering.Network;

/// <summary>Our own payload-sample records: the first bytes of each direction of flows, from a sensor that can export them.</summary>
internal sealed class PayloadSampleFile(Stream stream, string sensor) : IDisposable
{
    private const int MaxBytes = 2_048;
    private readonly JsonLineWriter _lines = new(stream);

    /// <summary>Writes a day of a site, in order of time.</summary>
    public void Write(IEnumerable<NetworkFlow> flows)
    {
        foreach (NetworkFlow flow in flows.Where(flow => flow.Payload is not null).OrderBy(flow => flow.Start).ThenBy(flow => flow.Id))
        {
            WriteSample(flow, "out", flow.Payload!.Out, flow.Bytes.Out);
            WriteSample(flow, "in", flow.Payload.In, flow.Bytes.In);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lines.Dispose();
        stream.Dispose();
    }

    private void WriteSample(NetworkFlow flow, string direction, byte[] bytes, long total)
    {
        if (bytes.Length == 0)
        {
            return;
        }

        _lines.Write(line =>
        {
            line.WriteString("cipherwatch", "payload-sample/1");
            line.WriteString("time", EventTimes.Iso(flow.Start.AddMilliseconds(direction == "out" ? 40 : 90)));
            line.WriteString("sensor", sensor);
            line.WriteString("srcIp", flow.SourceIp);
            line.WriteNumber("srcPort", flow.SourcePort);
            line.WriteString("dstIp", flow.Destination.Address);
            line.WriteNumber("dstPort", flow.Destination.Port);
            line.WriteString("protocol", flow.Destination.Transport);
            line.WriteString("direction", direction);
            line.WriteNumber("offset", 0);
            line.WriteBoolean("startSeen", true);
            line.WriteNumber("length", Math.Max(total, bytes.Length));
            line.WriteBase64String("bytes", bytes.AsSpan(0, Math.Min(bytes.Length, MaxBytes)));
        });
    }
}
