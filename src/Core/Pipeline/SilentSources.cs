using System.Globalization;
using System.Runtime.InteropServices;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Pipeline;

/// <summary>
/// Notices a source of a host that stopped while others of the same host went on: who stops the logging is not found in what it logged
/// no longer.
/// </summary>
internal sealed class SilentSources
{
    /// <summary>Observations from which a source has a rhythm that it can fall out of.</summary>
    private const int MinObservations = 20;

    /// <summary>How many times its mean interval a silence must last.</summary>
    private const int MinIntervals = 10;

    /// <summary>Hosts named in the warning.</summary>
    private const int MaxNamed = 3;

    /// <summary>How long a silence must last at least: longer than a rotation, a restart or a quiet lunch.</summary>
    private static readonly TimeSpan MinSilence = TimeSpan.FromHours(2);

    private readonly Dictionary<(string Host, string Source), Span> _spans = [];

    /// <summary>Notes an observation.</summary>
    public void Add(Observation observation)
    {
        if (observation.Host is { } host && (observation.RecordTime ?? observation.Time) is { } time)
        {
            ref Span span = ref CollectionsMarshal.GetValueRefOrAddDefault(_spans, (host, observation.Source), out bool known);
            span = known
                ? new(time < span.First ? time : span.First, time > span.Last ? time : span.Last, span.Count + 1)
                : new(time, time, 1);
        }
    }

    /// <summary>One warning a source that stopped, in order of their names.</summary>
    public IEnumerable<string> Warnings() => _spans.GroupBy(entry => entry.Key.Host)
        .SelectMany(host => Stopped(host, host.Max(entry => entry.Value.Last)))
        .GroupBy(stopped => stopped.Source).OrderBy(source => source.Key, StringComparer.Ordinal)
        .Select(source => Warning(source.Key, [.. source.OrderBy(stopped => stopped.Host, StringComparer.Ordinal)]));

    private static IEnumerable<(string Host, string Source, DateTimeOffset Last)> Stopped(
        IEnumerable<KeyValuePair<(string Host, string Source), Span>> sources, DateTimeOffset end) =>
        sources.Where(entry => entry.Value.HasStopped(end)).Select(entry => (entry.Key.Host, entry.Key.Source, entry.Value.Last));

    private static string Warning(string source, (string Host, string Source, DateTimeOffset Last)[] stopped)
    {
        string hosts = string.Join(", ", stopped.Take(MaxNamed).Select(host => string.Create(
            CultureInfo.InvariantCulture, $"{host.Host} after {host.Last.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z")));
        string more = stopped.Length > MaxNamed
            ? string.Create(CultureInfo.InvariantCulture, $" and {stopped.Length - MaxNamed} more") : string.Empty;
        return $"Telemetry of {source} stopped while the host's other sources went on: {hosts}{more}. What happened there since is not "
            + $"known. {Check(source)}";
    }

    private static string Check(string source) => source switch
    {
        SourceNames.Esxi => "Check vmsyslogd and the log host: intruders of ESXi stop the one and change the other.",
        SourceNames.Auditd => "Check auditd, its rules, and whether its queue overflowed.",
        SourceNames.Sysmon => "Check the Sysmon service and its driver.",
        _ => "Check what collects it.",
    };

    private readonly record struct Span(DateTimeOffset First, DateTimeOffset Last, long Count)
    {
        public bool HasStopped(DateTimeOffset end) => Count >= MinObservations && end - Last >= MinSilence
            && (end - Last).Ticks >= (Last - First).Ticks / (Count - 1) * MinIntervals;
    }
}
