using System.Text.Json;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering.Network;

/// <summary>EVE as Suricata 7 writes it: an event where it knows the protocol, and one at each flow's end.</summary>
internal sealed class SuricataFile(Stream stream) : IDisposable
{
    private readonly JsonLineWriter _lines = new(stream);

    /// <summary>Writes a day of a site.</summary>
    public void Write(IEnumerable<NetworkFlow> flows)
    {
        IEnumerable<(DateTimeOffset Time, NetworkFlow Flow, bool IsEnd)> events = flows.SelectMany(
            flow => new[] { (flow.Start.AddMilliseconds(45), flow, false), (flow.End.AddMilliseconds(2), flow, true) });
        foreach ((DateTimeOffset time, NetworkFlow flow, bool isEnd) in events.OrderBy(entry => entry.Time).ThenBy(entry => entry.Flow.Id))
        {
            if (isEnd)
            {
                _lines.Write(line =>
                {
                    Head(line, time, flow, "flow");
                    Sums(line, flow);
                });
            }
            else if (flow.Destination.Protocol.Suricata is "tls" or "http" or "ssh" or "quic")
            {
                _lines.Write(line =>
                {
                    Head(line, time, flow, flow.Destination.Protocol.Suricata);
                    Protocol(line, flow);
                });
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lines.Dispose();
        stream.Dispose();
    }

    private static void Head(Utf8JsonWriter line, DateTimeOffset time, NetworkFlow flow, string type)
    {
        line.WriteString("timestamp", EventTimes.Eve(time));
        line.WriteNumber("flow_id", flow.Id >> 11);
        line.WriteString("in_iface", "eth1");
        line.WriteString("event_type", type);
        line.WriteString("src_ip", flow.SourceIp);
        line.WriteNumber("src_port", flow.SourcePort);
        line.WriteString("dest_ip", flow.Destination.Address);
        line.WriteNumber("dest_port", flow.Destination.Port);
        line.WriteString("proto", flow.Destination.Transport.ToUpperInvariant());
    }

    private static void Sums(Utf8JsonWriter line, NetworkFlow flow)
    {
        bool isTcp = flow.Destination.Transport == "tcp";
        long packetsOut = PacketCounts.Of(flow.Bytes.Out, isTcp);
        long packetsIn = flow.Bytes.In == 0 && !isTcp ? 0 : PacketCounts.Of(flow.Bytes.In, isTcp);
        line.WriteString("app_proto", flow.Destination.Protocol.Suricata);
        line.WriteStartObject("flow");
        line.WriteNumber("pkts_toserver", packetsOut);
        line.WriteNumber("pkts_toclient", packetsIn);
        line.WriteNumber("bytes_toserver", PacketCounts.WithHeaders(flow.Bytes.Out, packetsOut));
        line.WriteNumber("bytes_toclient", PacketCounts.WithHeaders(flow.Bytes.In, packetsIn));
        line.WriteString("start", EventTimes.Eve(flow.Start));
        line.WriteString("end", EventTimes.Eve(flow.End));
        line.WriteNumber("age", (long)flow.Duration.TotalSeconds);
        line.WriteString("state", isTcp ? "closed" : packetsIn == 0 ? "new" : "established");
        line.WriteString("reason", "timeout");
        line.WriteBoolean("alerted", false);
        line.WriteEndObject();
        if (isTcp)
        {
            line.WriteStartObject("tcp");
            line.WriteString("tcp_flags", "1b");
            line.WriteString("tcp_flags_ts", "1b");
            line.WriteString("tcp_flags_tc", "1b");
            line.WriteBoolean("syn", true);
            line.WriteBoolean("fin", true);
            line.WriteBoolean("psh", true);
            line.WriteBoolean("ack", true);
            line.WriteString("state", "closed");
            line.WriteEndObject();
        }
    }

    private static void Protocol(Utf8JsonWriter line, NetworkFlow flow)
    {
        line.WriteStartObject(flow.Destination.Protocol.Suricata);
        switch (flow.Destination.Protocol.Suricata)
        {
            case "tls":
                line.WriteString("sni", flow.Destination.Name);
                line.WriteString("version", flow.Id % 4 != 0 ? "TLS 1.3" : "TLS 1.2");
                break;
            case "http":
                line.WriteString("hostname", flow.Destination.Name ?? flow.Destination.Address);
                line.WriteString("url", "/");
                line.WriteString("http_method", flow.Bytes.Out > flow.Bytes.In ? "POST" : "GET");
                line.WriteString("protocol", "HTTP/1.1");
                line.WriteNumber("status", 200);
                line.WriteNumber("length", flow.Bytes.In);
                break;
            case "ssh":
                Peer(line, "client", "OpenSSH_9.6");
                Peer(line, "server", "OpenSSH_9.2p1");
                break;
            default:
                line.WriteString("version", "1");
                line.WriteString("sni", flow.Destination.Name);
                break;
        }

        line.WriteEndObject();
    }

    private static void Peer(Utf8JsonWriter line, string side, string software)
    {
        line.WriteStartObject(side);
        line.WriteString("proto_version", "2.0");
        line.WriteString("software_version", software);
        line.WriteEndObject();
    }
}
