using System.Globalization;
using System.Text;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Truth;

/// <summary>Writes the ground truth: a row for every process that connected out, and for every implant.</summary>
/// <remarks><c>evidence</c> says what the telemetry can show of an implant, so that misses can be told from blindness.</remarks>
internal sealed class TruthWriter : IDisposable
{
    private readonly StreamWriter _writer;

    /// <summary>Begins a file with the names of its columns.</summary>
    public TruthWriter(Stream stream)
    {
        _writer = new(stream, new UTF8Encoding(false)) { NewLine = "\n" };
        _writer.WriteLine("host\tprocess_guid\tpid\timage\tlabel\tfamily\tkind\tdestination\tevidence");
    }

    /// <summary>Writes the processes that are not written yet.</summary>
    public void Write(IReadOnlyList<SimulatedProcess> processes)
    {
        foreach (SimulatedProcess process in processes.Where(process => !process.IsReported))
        {
            process.IsReported = true;

            // A place that all hosts talk to says nothing of which process did: only an implant's server is its own.
            string destination = process.Label.IsImplant && process.FirstDestination is { } first
                ? string.Create(CultureInfo.InvariantCulture, $"{first.Address}:{first.Port}")
                : string.Empty;
            _writer.WriteLine(string.Join(
                '\t', process.Host.Name, process.Guid.Trim('{', '}').ToLowerInvariant(), process.Pid.ToString(CultureInfo.InvariantCulture),
                process.Program.Image, process.Label.Label, process.Label.Family,
                process.Label.Kind.Length > 0 ? process.Label.Kind : process.Program.Kind, destination, process.Label.Shows));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
