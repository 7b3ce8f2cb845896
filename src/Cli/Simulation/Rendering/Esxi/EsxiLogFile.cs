using System.Globalization;
using System.Text;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering.Esxi;

/// <summary>Lines of ESXi 7's daemons as they reach a log host: priority, time, host, program, then the daemon's own header.</summary>
internal sealed class EsxiLogFile(Stream stream) : HostFile(stream)
{
    private readonly StreamWriter _writer = new(stream, new UTF8Encoding(false)) { NewLine = "\n" };

    /// <inheritdoc/>
    public override void Write(SimulatedHost host, DateTimeOffset day, IReadOnlyList<HostEvent> events)
    {
        foreach (HostEvent happened in events)
        {
            string? line = happened switch
            {
                Logged { Category: "" } logged => Plain(host, logged),
                Logged logged => Daemon(host, logged, logged.Category, logged.Text),
                Connected { IsInbound: true, Flow.Destination.Port: 443 } inbound =>
                    Daemon(host, inbound, Text($"Proxy Req {inbound.Flow.Id % 99_999:00000}"), "New proxy client " + Client(inbound.Flow)),
                _ => null,
            };
            if (line is not null)
            {
                _writer.WriteLine(line);
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _writer.Dispose();
        base.Dispose();
    }

    private static string Daemon(SimulatedHost host, HostEvent happened, string sub, string text)
    {
        // Worlds are threads; the daemon's lines carry its own name.
        string name = happened.Process.Program.Name;
        name = name.Contains('-', StringComparison.Ordinal) ? name[..name.IndexOf('-', StringComparison.Ordinal)] : name;
        string tag = char.ToUpperInvariant(name[0]) + name[1..];
        string head = $"<166>{EventTimes.Iso(happened.Recorded)} {host.Fqdn} {tag}: info";
        return head
            + Text($" {name}[{happened.Process.Pid}] [Originator@6876 sub={sub} opID={happened.Time.Ticks & 0xffffffff:x8}] {text}");
    }

    private static string Plain(SimulatedHost host, Logged logged) =>
        $"<38>{EventTimes.Iso(logged.Recorded)} {host.Fqdn} " + Text($"{logged.Process.Program.Name}[{logged.Process.Pid}]: {logged.Text}");

    private static string Client(NetworkFlow flow)
    {
        string ends = Text($"<TCP '{flow.Destination.Address} : {flow.Destination.Port}'>, <TCP '{flow.SourceIp} : {flow.SourcePort}'>");
        return Text($"<SSL(<io_obj p:0x{flow.Id >> 16:x16}, h:{30 + (flow.Id % 40)}, {ends}>)>");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
