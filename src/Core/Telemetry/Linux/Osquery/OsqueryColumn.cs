using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux.Osquery;

/// <summary>The columns that are read of osquery's tables.</summary>
internal enum OsqueryColumn
{
    Pid,
    Path,
    CmdLine,
    Parent,
    Time,
    Uid,
    Username,
    Action,
    Status,
    Success,
    RemoteAddress,
    RemotePort,
    LocalAddress,
    LocalPort,
    Protocol,
    Family,
    State,
    StartTime,
    Name,
    ProcessName,
    ProcessPath,
    MapPath,
    Start,
    Permissions,
    Pseudo,
    ExitCode,
    NTime,
    ProbeError,
    Type,
    Syscall,
    EventType,
    SigningId,
    TeamId,
    PlatformBinary,
    Fd,
    Auid,
}

/// <summary>Their names.</summary>
internal static class OsqueryColumns
{
    /// <summary>In the order of <see cref="OsqueryColumn"/>.</summary>
    public static readonly FieldNames Names = new(
        "pid", "path", "cmdline", "parent", "time", "uid", "username", "action", "status", "success", "remote_address", "remote_port",
        "local_address",
        "local_port", "protocol", "family", "state", "start_time", "name", "process_name", "process_path", "map_path", "start",
        "permissions", "pseudo",
        "exit_code", "ntime", "probe_error", "type", "syscall", "event_type", "signing_id", "team_id", "platform_binary", "fd", "auid");
}
