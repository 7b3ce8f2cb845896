using BenchmarkDotNet.Attributes;
using CipherWatch.Benchmarks.Synthetic;
using CipherWatch.Core.Ingestion;

namespace CipherWatch.Benchmarks;

/// <summary>Bytes to observations over a synthetic day, in each rendering, beside a bare token pass. Read by ratio and allocation.</summary>
[MemoryDiagnoser]
public class SysmonBenchmarks
{
    private const int Events = 5000;

    private readonly UncaringReceiver _receiver = new();
    private Ingestor? _ingestor;
    private byte[] _bytes = [];

    /// <summary>Names of the renderings.</summary>
    public static IEnumerable<string> Names => Renderings.All.Select(rendering => rendering.Name);

    /// <summary>The rendering that is measured.</summary>
    [ParamsSource(nameof(Names))]
    public string Rendering { get; set; } = string.Empty;

    [GlobalSetup]
    public void Setup()
    {
        _ingestor = new(_receiver, _receiver);
        _bytes = Renderings.Render(Renderings.All.First(rendering => rendering.Name == Rendering).Write, SyntheticDay.Events(Events));
    }

    [Benchmark]
    public long Observations()
    {
        _ingestor!.Read(_bytes, Rendering);
        return _receiver.Received;
    }

    [Benchmark(Baseline = true)]
    public long Tokens() => _bytes is [(byte)'{', ..] ? TokenPass.Count(_bytes) : 0;
}
