using CipherWatch.Cli.Simulation.Model;
using CipherWatch.Cli.Simulation.Rendering.Esxi;
using CipherWatch.Cli.Simulation.Rendering.Linux;
using CipherWatch.Cli.Simulation.Rendering.MacOs;
using CipherWatch.Cli.Simulation.Rendering.Windows;

namespace CipherWatch.Cli.Simulation.Rendering;

/// <summary>The files of hosts' telemetry, one a source, opened when the first host needs them.</summary>
internal sealed class HostFiles(string folder) : IDisposable
{
    private static readonly (HostRendering Rendering, string Name, Func<Stream, HostFile> Open)[] Sources =
    [
        (HostRendering.NxLog, "sysmon-nxlog.json", stream => new NxLogFile(stream)),
        (HostRendering.Winlogbeat, "sysmon-winlogbeat.json", stream => new WinlogbeatFile(stream)),
        (HostRendering.EventXml, "sysmon-events.xml", stream => new EventXmlFile(stream)),
        (HostRendering.Auditd, "linux-audit.log", stream => new AuditFile(stream)),
        (HostRendering.Laurel, "linux-laurel.json", stream => new LaurelFile(stream)),
        (HostRendering.Osquery, "linux-osquery.json", stream => new OsqueryFile(stream)),
        (HostRendering.Auditd, "linux-syslog.log", stream => new SyslogFile(stream)),
        (HostRendering.Laurel, "linux-syslog.log", stream => new SyslogFile(stream)),
        (HostRendering.Osquery, "linux-syslog.log", stream => new SyslogFile(stream)),
        (HostRendering.UnifiedLog, "macos-unified-log.ndjson", stream => new UnifiedLogFile(stream)),
        (HostRendering.UnifiedLog, "macos-eslogger.ndjson", stream => new EsloggerFile(stream)),
        (HostRendering.Esxi, "esxi-daemons.log", stream => new EsxiLogFile(stream)),
        (HostRendering.Esxi, "esxi-connections.json", stream => new EsxcliFile(stream)),
    ];

    private readonly SortedDictionary<string, HostFile> _open = new(StringComparer.Ordinal);

    /// <summary>The files written, by path.</summary>
    public IReadOnlyList<string> Paths => [.. _open.Keys.Select(name => Path.Join(folder, name))];

    /// <summary>Writes what a host recorded in a day.</summary>
    public void Write(SimulatedHost host, DateTimeOffset day, IReadOnlyList<HostEvent> events)
    {
        foreach ((HostRendering rendering, string name, Func<Stream, HostFile> open) in Sources)
        {
            if (rendering != host.Rendering)
            {
                continue;
            }

            if (!_open.TryGetValue(name, out HostFile? file))
            {
                file = open(FileStreams.Create(folder, name));
                _open.Add(name, file);
            }

            file.Write(host, day, events);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (HostFile file in _open.Values)
        {
            file.Dispose();
        }
    }
}
