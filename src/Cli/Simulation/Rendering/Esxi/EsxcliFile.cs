using System.Globalization;
using System.Text;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering.Esxi;

/// <summary>
/// <c>esxcli --formatter=csv network ip connection list</c>, asked for every quarter of an hour, each listing in the collector's
/// object with host and time, neither of which the listing tells.
/// </summary>
internal sealed class EsxcliFile(Stream stream) : HostFile(stream)
{
    private const string Columns = "CCAlgo,ForeignAddress,LocalAddress,Proto,RecvQ,SendQ,State,WorldID,WorldName,\n";
    private static readonly TimeSpan Schedule = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly JsonLineWriter _lines = new(stream);

    /// <inheritdoc/>
    public override void Write(SimulatedHost host, DateTimeOffset day, IReadOnlyList<HostEvent> events)
    {
        Connected[] connections = [.. events.OfType<Connected>().OrderBy(connected => connected.Time)];
        for (DateTimeOffset time = day + Schedule; time < day + Day; time += Schedule)
        {
            StringBuilder listing = new(Columns);
            listing.Append("newreno,127.0.0.1:8307,127.0.0.1:54721,tcp,0,0,ESTABLISHED,2097911,hostd-IO,\n");
            listing.Append("newreno,127.0.0.1:54721,127.0.0.1:8307,tcp,0,0,ESTABLISHED,2097911,hostd-worker,\n");
            listing.Append("newreno,0.0.0.0:0,0.0.0.0:443,tcp,0,0,LISTEN,2097917,rhttpproxy-work,\n");
            listing.Append("newreno,0.0.0.0:0,0.0.0.0:902,tcp,0,0,LISTEN,2097905,busybox,\n");
            foreach (Connected connected in connections.Where(connected => connected.Flow.Start <= time && connected.Flow.End > time))
            {
                Row(listing, connected);
            }

            _lines.Write(line =>
            {
                line.WriteString("esxcli", "network ip connection list");
                line.WriteString("host", host.Fqdn);
                line.WriteString("time", EventTimes.Iso(time));
                line.WriteString("output", listing.ToString());
            });
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _lines.Dispose();
        base.Dispose();
    }

    /// <summary>A row: the other end first. Of UDP neither state nor algorithm is told.</summary>
    private static void Row(StringBuilder listing, Connected connected)
    {
        NetworkFlow flow = connected.Flow;
        (string address, int port) own = connected.IsInbound ? (flow.Destination.Address, flow.Destination.Port)
            : (flow.SourceIp, flow.SourcePort);
        (string address, int port) other = connected.IsInbound ? (flow.SourceIp, flow.SourcePort)
            : (flow.Destination.Address, flow.Destination.Port);
        (string algorithm, string state) = flow.Destination.Transport == "tcp" ? ("newreno", "ESTABLISHED") : (string.Empty, string.Empty);
        listing.Append(CultureInfo.InvariantCulture,
            $"{algorithm},{other.address}:{other.port},{own.address}:{own.port},{flow.Destination.Transport},");
        listing.Append(CultureInfo.InvariantCulture, $"0,0,{state},{connected.Process.Pid},{connected.Process.Program.Name},\n");
    }
}
