using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering;

/// <summary>Our own payload-sample records: the first bytes of each direction of flows, from a sensor that can export them.</summary>
internal static class PayloadSampleFile
{
    private const int MostBytes = 2_048;

    /// <summary>Writes them, in order of time.</summary>
    public static void Write(Stream stream, IEnumerable<NetworkFlow> flows)
    {
        foreach (NetworkFlow flow in flows.Where(flow => flow.Payload is not null).OrderBy(flow => flow.Start).ThenBy(flow => flow.Uid, StringComparer.Ordinal))
        {
            WriteSample(stream, flow, "out", flow.Payload!.Value.Out);
            WriteSample(stream, flow, "in", flow.Payload!.Value.In);
        }
    }

    private static void WriteSample(Stream stream, NetworkFlow flow, string direction, byte[] bytes) => JsonLine.Write(stream, line =>
    {
        line.WriteString("cipherwatch", "payload-sample/1");
        line.WriteString("time", EventTimes.Iso(flow.Start.AddMilliseconds(direction == "out" ? 40 : 90)));
        line.WriteString("sensor", "edge-01");
        line.WriteString("srcIp", flow.SourceIp);
        line.WriteNumber("srcPort", flow.SourcePort);
        line.WriteString("dstIp", flow.Destination.Address);
        line.WriteNumber("dstPort", flow.Destination.Port);
        line.WriteString("protocol", flow.Destination.Transport);
        line.WriteString("direction", direction);
        line.WriteNumber("offset", 0);
        line.WriteBoolean("startSeen", true);
        line.WriteNumber("length", bytes.Length);
        line.WriteBase64String("bytes", bytes.AsSpan(0, Math.Min(bytes.Length, MostBytes)));
    });
}
