using System.Globalization;
using System.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>What every observation of one entry has in common: host, time and process.</summary>
/// <param name="Host">The host's name, lower case.</param>
/// <param name="Fqdn">Its full name, where it has more than one label.</param>
/// <param name="Time">When.</param>
/// <param name="Process">The process it is about.</param>
internal sealed record MacEvent(string Host, string? Fqdn, MacTime Time, ProcessFields? Process)
{
    /// <summary>An event of an entry.</summary>
    public static MacEvent Of(in MacEntry entry, MacTime time)
    {
        (string host, string? fqdn) = HostNames.Named(entry.Host);
        return new(host, fqdn, time, ProcessOf(host, entry.Process, entry.Pid));
    }

    /// <summary>
    /// A process of a host. Its number is its key, one that is used again after it: what started when tells its lives apart. Where
    /// no number is written, as in Console.app's copies, its name is.
    /// </summary>
    public static ProcessFields? ProcessOf(string host, ReadOnlySpan<byte> image, int pid)
    {
        if (image.IsEmpty && pid < 0)
        {
            return null;
        }

        string? path = image.IsEmpty ? null : Encoding.UTF8.GetString(image);
        return new()
        {
            Key = pid >= 0 ? ProcessKey.FromPid(host, pid, null) : ProcessKey.FromGuid(host, FilePaths.Name(path!).Replace('|', '_')),
            Pid = pid >= 0 ? pid : null,
            Image = path,
        };
    }

    /// <summary>The name of a connection that has no UUID: its number within its process, and the day it began on.</summary>
    public string Named(int number) => string.Create(CultureInfo.InvariantCulture, $"{number}@{Time.Any.UtcDateTime:yyyy-MM-dd}");

    /// <summary>An observation of this entry.</summary>
    public Observation Build(ObservationKind kind, FlowFields? flow = null, string? uid = null, ModuleFields? module = null) => new()
    {
        Kind = kind,
        Source = SourceNames.UnifiedLog,
        Platform = TelemetryPlatform.MacOs,
        Time = Time.Own,
        RecordTime = Time.Recorded,
        RecordTimeIsLocal = Time.IsLocal,
        Host = Host,
        HostFqdn = Fqdn,
        Process = Process,
        Module = module,
        Flow = flow,
        FlowUid = uid,
    };
}
