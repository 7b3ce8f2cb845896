using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Pipeline;

/// <summary>Notices what a stream of telemetry lacks, so that silence is not taken for safety.</summary>
internal sealed class TelemetryGaps
{
    private long _windowsConnections;
    private long _windowsModules;
    private long _windowsStarts;
    private long _flows;
    private long _payloads;

    /// <summary>Notes a library load that was not made into an observation.</summary>
    public void ModuleLoad(TelemetryPlatform platform) => _windowsModules += platform == TelemetryPlatform.Windows ? 1 : 0;

    /// <summary>Notes an observation.</summary>
    public void Add(Observation observation)
    {
        bool windows = observation.Platform == TelemetryPlatform.Windows;
        switch (observation.Kind)
        {
            case ObservationKind.Connection when windows:
                _windowsConnections++;
                break;
            case ObservationKind.ModuleLoad when windows:
                _windowsModules++;
                break;
            case ObservationKind.ProcessStart when windows:
                _windowsStarts++;
                break;
            case ObservationKind.Flow:
                _flows++;
                break;
            case ObservationKind.Payload:
                _payloads++;
                break;
        }
    }

    /// <summary>What is lacking, for a person, with what to do.</summary>
    public IReadOnlyList<string> Warnings()
    {
        List<string> warnings = [];
        if (_windowsConnections + _windowsStarts > 0 && _windowsModules == 0)
        {
            warnings.Add("No library loads (Sysmon event 7) in the Windows telemetry: AN0400 is all but blind. Turn on ImageLoad in the Sysmon configuration (docs/sysmon.xml).");
        }

        if (_windowsModules + _windowsStarts > 0 && _windowsConnections == 0)
        {
            warnings.Add("No connections (Sysmon event 3) in the Windows telemetry: AN0400 cannot fire. Turn on NetworkConnect in the Sysmon configuration (docs/sysmon.xml).");
        }

        if (_flows > 0 && _payloads == 0)
        {
            warnings.Add("Flow records without payload samples: AN0404 reports insufficient evidence instead of guessing. Export first bytes as payload-sample records (docs/schemas/payload-sample.schema.json).");
        }

        return warnings;
    }
}
