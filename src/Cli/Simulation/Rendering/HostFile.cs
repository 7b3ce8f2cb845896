using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Rendering;

/// <summary>A file of one source, that the days of hosts are written into one after the other.</summary>
internal abstract class HostFile(Stream stream) : IDisposable
{
    /// <summary>Where it goes.</summary>
    protected Stream Stream => stream;

    /// <summary>Writes what a host recorded in a day.</summary>
    /// <param name="host">The host.</param>
    /// <param name="day">When its day began.</param>
    /// <param name="events">In order of their recording.</param>
    public abstract void Write(SimulatedHost host, DateTimeOffset day, IReadOnlyList<HostEvent> events);

    /// <inheritdoc/>
    public virtual void Dispose() => stream.Dispose();
}
