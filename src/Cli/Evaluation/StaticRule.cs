using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Cli.Evaluation;

/// <summary>
/// The published static rule that this field uses today, as a yardstick: a process off a list of names loads one of five Windows
/// cryptography libraries and connects out on a port that is on no list of common ones. No window, no score, no exemptions.
/// </summary>
/// <remarks>The rule as published also asks for a public address; laboratories and relays inside a network never have one.</remarks>
internal sealed class StaticRule : IObservationReceiver
{
    private static readonly HashSet<string> KnownPrograms = new(StringComparer.OrdinalIgnoreCase)
    {
        "lsass.exe", "svchost.exe", "services.exe", "spoolsv.exe", "csrss.exe", "winlogon.exe", "smss.exe", "wininit.exe", "MsMpEng.exe",
        "NisSrv.exe", "SecurityHealthService.exe", "SearchIndexer.exe", "fontdrvhost.exe", "dwm.exe", "sihost.exe", "taskhostw.exe",
        "RuntimeBroker.exe", "chrome.exe", "firefox.exe", "msedge.exe", "iexplore.exe", "opera.exe", "brave.exe", "vivaldi.exe",
    };

    private static readonly HashSet<string> Libraries = new(StringComparer.OrdinalIgnoreCase)
    {
        "rsaenh.dll", "bcrypt.dll", "bcryptprimitives.dll", "cryptsp.dll", "ncrypt.dll",
    };

    private static readonly HashSet<ushort> CommonPorts = [80, 443, 8080, 8443, 53, 22, 21, 20, 25, 587, 465, 993, 995, 110, 143, 3389];

    private readonly HashSet<ProcessKey> _loaded = [];
    private readonly HashSet<ProcessKey> _connected = [];
    private readonly HashSet<ProcessKey> _connectedAnywhere = [];

    /// <summary>Processes that the rule finds.</summary>
    public IReadOnlySet<ProcessKey> Found => _loaded.Intersect(_connected).Where(key => !_known.Contains(key)).ToHashSet();

    /// <summary>Processes that any load of such a library with any outbound connection finds.</summary>
    public IReadOnlySet<ProcessKey> FoundByAny => _loaded.Intersect(_connectedAnywhere).ToHashSet();

    private readonly HashSet<ProcessKey> _known = [];

    /// <inheritdoc/>
    public bool WantsModule(ReadOnlySpan<byte> path, TelemetryPlatform platform) =>
        platform == TelemetryPlatform.Windows && Libraries.Contains(System.Text.Encoding.UTF8.GetString(FilePaths.Name(path)));

    /// <inheritdoc/>
    public void Receive(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        if (observation.Process is not { Key: { } key } process)
        {
            return;
        }

        if (process.Image is { } image && KnownPrograms.Contains(FilePaths.Name(image)))
        {
            _known.Add(key);
        }

        if (observation.Kind == ObservationKind.ModuleLoad && Libraries.Contains(FilePaths.Name(observation.Module!.Path)))
        {
            _loaded.Add(key);
        }

        if (observation is { Kind: ObservationKind.Connection, Flow: { Direction: FlowDirection.Outbound } flow } && flow.DstIp.IsExternal)
        {
            _connectedAnywhere.Add(key);
            if (!CommonPorts.Contains(flow.DstPort))
            {
                _connected.Add(key);
            }
        }
    }

    /// <inheritdoc/>
    public void RecordDone()
    {
    }
}
