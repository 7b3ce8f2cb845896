using System.Globalization;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.Reporting;

/// <summary>
/// Counts, while facts are judged, what was read and could not be judged for want of what belongs to it: so that silence about these
/// processes and channels is not taken for safety.
/// </summary>
public sealed class JudgementGaps
{
    private long _processes;
    private long _withoutStart;
    private long _windows;
    private long _withoutLoads;
    private long _unsampled;

    /// <summary>Library events of Windows, and those of a program's own image among them: told by who saw the observations.</summary>
    public (long All, long OwnImages) WindowsLoads { get; set; }

    /// <summary>Flows, and those whose start was not captured among them; payload samples.</summary>
    public (long All, long Unseen, long Payloads) Flows { get; set; }

    /// <summary>Flows that nothing explains of which payload was seen, however it was judged; null where they are too many.</summary>
    public IReadOnlySet<FlowKey>? Sampled { get; set; } = new HashSet<FlowKey>();

    /// <summary>Counts facts that are judged.</summary>
    public void Add(object facts)
    {
        if (facts is ProcessFacts { Destinations.IsEmpty: false } process)
        {
            Add(process);
        }
        else if (facts is ChannelFacts { Records.IsEmpty: false } channel && Sampled is not null)
        {
            _unsampled += channel.OwnFlows.Any(flow => flow.Payloads.IsEmpty && flow.Handshake < Handshake.Hello
                && flow.Applications.IsEmpty && !Sampled.Contains(flow.Key)) ? 1 : 0;
        }
    }

    /// <summary>What could not be judged, for a person.</summary>
    public IEnumerable<string> Warnings()
    {
        if (WindowsLoads.All > 0 && _withoutLoads > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{_withoutLoads:N0} of {_windows:N0} Windows processes with connections have no library event (Sysmon 7) of use on "
                + $"record: what cryptography they load is not known, and they are judged by how they call alone.");
        }

        if (WindowsLoads is { All: > 0, OwnImages: 0 })
        {
            yield return "Library events (Sysmon 7) of libraries only, without the programs' own images: whether a program is signed is "
                + "not known. Let the Sysmon configuration include each program's own image (docs/sysmon.xml).";
        }

        if (_withoutStart > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{_withoutStart:N0} of {_processes:N0} processes with connections have no start on record: the recording began later than "
                + $"they did, or leaves starts out. What they loaded before it is not known.");
        }

        if (Flows.Unseen > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{Flows.Unseen:N0} of {Flows.All:N0} flows began before their capture, or their start is missing from it: whether keys "
                + $"were exchanged on them is not known.");
        }

        if (Flows.Payloads > 0 && _unsampled > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{_unsampled:N0} channels carried bytes that nothing explains and of which no payload was seen: AN0404 cannot judge "
                + $"them.");
        }
    }

    private void Add(ProcessFacts process)
    {
        bool hasStarts = process.Platform is TelemetryPlatform.Windows or TelemetryPlatform.Linux or TelemetryPlatform.MacOs;
        _processes += hasStarts ? 1 : 0;
        _withoutStart += hasStarts && process.Starts.First is null ? 1 : 0;
        if (process.Platform == TelemetryPlatform.Windows)
        {
            _windows++;
            _withoutLoads += process.Modules.IsEmpty && process.SignedLoads.First is null && process.UnsignedLoads.First is null ? 1 : 0;
        }
    }
}
