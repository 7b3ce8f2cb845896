using BenchmarkDotNet.Attributes;
using CipherWatch.Benchmarks.Synthetic;
using CipherWatch.Core.Ingestion;

namespace CipherWatch.Benchmarks;

/// <summary>Bytes to observations over a synthetic day of network telemetry, beside a bare pass over the same bytes.</summary>
[MemoryDiagnoser]
public class NetworkBenchmarks
{
    private const int Records = 5000;

    private readonly UncaringReceiver _receiver = new();
    private Ingestor? _ingestor;
    private byte[] _bytes = [];

    /// <summary>Names of the formats.</summary>
    public static IEnumerable<string> Names => NetworkDay.All.Select(format => format.Name);

    /// <summary>The format that is measured.</summary>
    [ParamsSource(nameof(Names))]
    public string Format { get; set; } = string.Empty;

    [GlobalSetup]
    public void Setup()
    {
        _ingestor = new(_receiver, _receiver);
        _bytes = NetworkDay.All.First(format => format.Name == Format).Write(Records);
    }

    [Benchmark]
    public long Observations()
    {
        _ingestor!.Read(_bytes, Format);
        return _receiver.Received;
    }

    [Benchmark(Baseline = true)]
    public long Bare() => _bytes is [(byte)'{', ..] ? TokenPass.Count(_bytes) : SplitPass.Count(_bytes);
}
