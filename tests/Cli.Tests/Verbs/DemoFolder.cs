namespace CipherWatch.Cli.Tests.Verbs;

/// <summary>What the demo leaves behind, made once and only read.</summary>
public sealed class DemoFolder : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Folder of the telemetry.</summary>
    public string Telemetry => _folder["demo/telemetry"];

    /// <summary>File of the detections.</summary>
    public string Detections => _folder["demo/detections.ndjson"];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => await Ran.Of("demo", "--quiet", "--out-dir", _folder["demo"]);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
