using System.Globalization;
using System.Text;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering.Network;

/// <summary>conn.log as a Zeek sensor writes it: values separated by tabs, in the order that connections end.</summary>
internal sealed class ZeekConnFile : IDisposable
{
    private const string Header =
        "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n"
        + "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\torig_bytes\tresp_bytes\tconn_state\t"
        + "missed_bytes\thistory\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\n"
        + "#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tcount\tcount\tstring\t"
        + "count\tstring\tcount\tcount\tcount\tcount\n";

    private readonly StreamWriter _writer;

    public ZeekConnFile(Stream stream)
    {
        _writer = new(stream, new UTF8Encoding(false)) { NewLine = "\n" };
        _writer.Write(Header);
    }

    /// <summary>Zeek's name of a connection.</summary>
    public static string Uid(NetworkFlow flow) => string.Create(CultureInfo.InvariantCulture, $"C{flow.Id:x16}");

    /// <summary>Writes a day of a site.</summary>
    public void Write(IEnumerable<NetworkFlow> flows)
    {
        foreach (NetworkFlow flow in flows.OrderBy(flow => flow.End).ThenBy(flow => flow.Id))
        {
            bool isTcp = flow.Destination.Transport == "tcp";
            long packetsOut = PacketCounts.Of(flow.Bytes.Out, isTcp);
            long packetsIn = flow.Bytes.In == 0 && !isTcp ? 0 : PacketCounts.Of(flow.Bytes.In, isTcp);
            _writer.WriteLine(string.Join(
                '\t', EventTimes.Epoch(flow.Start), Uid(flow), flow.SourceIp, Whole(flow.SourcePort), flow.Destination.Address,
                Whole(flow.Destination.Port), flow.Destination.Transport, flow.Destination.Protocol.Zeek,
                    EventTimes.Seconds(flow.Duration, 6),
                Whole(flow.Bytes.Out), Whole(flow.Bytes.In), packetsIn == 0 ? "S0" : "SF", "0", isTcp ? "ShADadFf" : packetsIn == 0 ? "D"
                    : "Dd",
                Whole(packetsOut), Whole(PacketCounts.WithHeaders(flow.Bytes.Out, packetsOut)), Whole(packetsIn),
                Whole(PacketCounts.WithHeaders(flow.Bytes.In, packetsIn))));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);
}
