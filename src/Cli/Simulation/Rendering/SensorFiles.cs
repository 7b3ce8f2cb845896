using CipherWatch.Cli.Simulation.Fleets;
using CipherWatch.Cli.Simulation.Model;
using CipherWatch.Cli.Simulation.Rendering.Network;

namespace CipherWatch.Cli.Simulation.Rendering;

/// <summary>The files of one site's network sensor.</summary>
internal sealed class SensorFiles : IDisposable
{
    private readonly ZeekConnFile? _conn;
    private readonly ZeekSslFile? _ssl;
    private readonly SuricataFile? _eve;
    private readonly PayloadSampleFile? _samples;
    private readonly List<string> _paths = [];
    private readonly string _folder;

    /// <summary>Opens them.</summary>
    public SensorFiles(string folder, FleetSite site)
    {
        _folder = folder;
        if (site.HasSuricata)
        {
            _eve = new(Open($"suricata-eve.{site.Sensor}.json"));
        }
        else
        {
            _conn = new(Open($"zeek-conn.{site.Sensor}.log"));
            _ssl = new(Open($"zeek-ssl.{site.Sensor}.json"));
        }

        _samples = site.IsSampled ? new(Open($"payload-samples.{site.Sensor}.json"), site.Sensor) : null;
    }

    /// <summary>The files, by path.</summary>
    public IReadOnlyList<string> Paths => _paths;

    /// <summary>Writes a day of the site.</summary>
    public void Write(IReadOnlyList<NetworkFlow> flows)
    {
        _conn?.Write(flows);
        _ssl?.Write(flows);
        _eve?.Write(flows);
        _samples?.Write(flows);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _conn?.Dispose();
        _ssl?.Dispose();
        _eve?.Dispose();
        _samples?.Dispose();
    }

    private Stream Open(string name)
    {
        _paths.Add(Path.Join(_folder, name));
        return FileStreams.Create(_folder, name);
    }
}
