using System.Text;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Formats.Spelling;

/// <summary>
/// Names that a store or a shipper has changed: a type's letter behind them (Log Analytics' custom tables), an underscore before
/// them (GELF), objects joined to one name by underscores.
/// </summary>
internal static class FlattenedNames
{
    /// <summary>Paths inside objects, which joined by underscores cannot be told from plain names unless they are listed.</summary>
    private static readonly string[] Nested =
    [
        "zeek.session_id", "winlog.channel", "winlog.event_id", "winlog.computer_name", "winlog.time_created", "winlog.provider_name",
        "process.entity_id", "process.pid", "process.executable", "process.command_line", "process.parent.executable",
        "process.hash.sha256", "file.path", "file.hash.sha256", "file.code_signature.signed", "file.code_signature.subject_name",
        "file.code_signature.status", "file.code_signature.valid", "dll.path", "dll.hash.sha256", "source.ip", "source.port",
        "source.bytes", "source.packets", "destination.ip", "destination.port", "destination.domain", "destination.bytes",
        "destination.packets", "network.transport", "network.direction", "dns.question.name", "user.name", "user.domain",
        "event.start", "event.end", "event.duration", "event.dataset", "event.module", "event.original",
        "flow.pkts_toserver", "flow.pkts_toclient", "flow.bytes_toserver", "flow.bytes_toclient", "flow.start", "flow.end",
        "flow.src_ip", "flow.src_port", "tcp.tcp_flags_ts", "tcp.tcp_flags_tc", "tcp.ts_gap", "tcp.tc_gap", "tls.sni", "tls.version",
        "tls.session_resumed", "quic.sni", "quic.version", "http.hostname", "http.http_method", "anomaly.event", "netflow.pkts",
        "netflow.bytes", "netflow.start", "netflow.end",
    ];

    /// <summary>Objects of which every name is one of theirs.</summary>
    private static readonly (string Joined, string Path)[] Prefixes =
    [
        ("winlog_event_data_", "winlog.event_data."), ("event_data_", "event_data."), ("EventData_", "EventData."),
        ("data_win_system_", "data.win.system."), ("data_win_eventdata_", "data.win.eventdata."), ("properties_", "properties."),
        ("suricata_eve_", "suricata.eve."), ("zeek_connection_", "zeek.connection."), ("Event_System_", "Event.System."),
        ("Event_EventData_", "Event.EventData."),
    ];

    private static readonly FieldNames Joined = new([.. Nested.Select(path => path.Replace('.', '_'))]);
    private static readonly byte[][] Paths = [.. Nested.Select(Encoding.UTF8.GetBytes)];
    private static readonly (byte[] Joined, byte[] Path)[] PrefixBytes =
        [.. Prefixes.Select(prefix => (Encoding.UTF8.GetBytes(prefix.Joined), Encoding.UTF8.GetBytes(prefix.Path)))];

    /// <summary>
    /// A name without the letter of its type: <c>_s</c> text, <c>_d</c> number, <c>_t</c> time, <c>_g</c> GUID, <c>_b</c> boolean.
    /// </summary>
    public static ReadOnlySpan<byte> WithoutType(ReadOnlySpan<byte> name) =>
        name is [_, .., (byte)'_', (byte)'s' or (byte)'d' or (byte)'t' or (byte)'g' or (byte)'b'] ? name[..^2] : name;

    /// <summary>The path of a name that was joined by underscores; itself where it is none of those known.</summary>
    /// <param name="name">The name.</param>
    /// <param name="scratch">Holds the path.</param>
    public static ReadOnlySpan<byte> Path(ReadOnlySpan<byte> name, Span<byte> scratch)
    {
        if (Joined.Find(name) is >= 0 and var place)
        {
            return Paths[place];
        }

        foreach ((byte[] joined, byte[] path) in PrefixBytes)
        {
            if (name.Length > joined.Length && name.StartsWith(joined) && name.Length <= scratch.Length)
            {
                path.CopyTo(scratch);
                name[joined.Length..].CopyTo(scratch[path.Length..]);
                return scratch[..name.Length];
            }
        }

        return name;
    }
}
