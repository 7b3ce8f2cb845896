using CipherWatch.Cli.Inputs;
using CipherWatch.Cli.Simulation.Implants;
using CipherWatch.Cli.Simulation.Model;
using CipherWatch.Cli.Simulation.Rendering;
using CipherWatch.Cli.Simulation.Truth;

namespace CipherWatch.Cli.Simulation.Fleets;

/// <summary>Writes a fleet's telemetry and its ground truth. The same seed gives the same bytes on every machine.</summary>
internal sealed class Fleet(IReadOnlyList<FleetSite> sites, IReadOnlyList<Implant> implants, int days, ulong seed)
{
    /// <summary>The ground truth's file.</summary>
    public const string TruthName = InputPaths.GroundTruth;

    /// <summary>What an inventory knows of the hosts, as settings: their addresses.</summary>
    public const string InventoryName = InputPaths.Inventory;

    private readonly ILookup<string, Implant> _implants = implants
        .SelectMany(implant => new[] { implant.Host, implant.Relay }.OfType<SimulatedHost>().Select(host => (host.Name, implant)))
        .ToLookup(pair => pair.Name, pair => pair.implant, StringComparer.Ordinal);

    /// <summary>Writes everything into a folder, which is made; returns the files of telemetry.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="finished">Told of each host's day that is done.</param>
    /// <param name="cancellationToken">Stops between two hosts; the files are whole up to there.</param>
    public IReadOnlyList<string> Write(string folder, Action? finished = null, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(folder);
        using HostFiles files = new(folder);
        using TruthWriter truth = new(FileStreams.Create(folder, TruthName));
        InventoryFile.Write(FileStreams.Create(folder, InventoryName), sites.SelectMany(site => site.Hosts));
        List<string> sensors = [];
        foreach (FleetSite site in sites)
        {
            using SensorFiles sensor = new(folder, site);
            sensors.AddRange(sensor.Paths);
            Write(site, files, sensor, truth, finished, cancellationToken);
        }

        return [.. files.Paths, .. sensors];
    }

    private void Write(
        FleetSite site, HostFiles files, SensorFiles sensor, TruthWriter truth, Action? finished, CancellationToken cancellationToken)
    {
        RunningHost[] hosts = [.. site.Hosts.Select(host => new RunningHost(host))];
        for (int day = 0; day < days; day++)
        {
            DayLog log = new();
            foreach (RunningHost host in hosts)
            {
                cancellationToken.ThrowIfCancellationRequested();
                files.Write(host.Host, FleetDays.First.AddDays(day), FleetDays.Run(host, day, seed, _implants[host.Host.Name], log));
                finished?.Invoke();
            }

            sensor.Write(log.Flows);
            truth.Write(log.Named);
        }
    }
}
