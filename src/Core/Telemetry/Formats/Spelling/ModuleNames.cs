using System.Text;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Formats.Spelling;

/// <summary>
/// Where Filebeat's and Elastic Agent's modules put the fields of Zeek's logs and of Suricata's events, and back. Source: the
/// modules' configuration and ingest pipelines, and ECS. What they drop (Zeek's payload counters) stays unknown.
/// </summary>
internal static class ModuleNames
{
    private const int MaxPathBytes = 256;

    private static readonly (string Ecs, string Plain)[] Zeek =
    [
        ("@timestamp", "ts"), ("zeek.session_id", "uid"), ("source.ip", "id.orig_h"), ("source.port", "id.orig_p"),
        ("destination.ip", "id.resp_h"), ("destination.port", "id.resp_p"), ("source.address", "id.orig_h"),
        ("destination.address", "id.resp_h"), ("network.transport", "proto"), ("network.application", "service"),
        ("network.protocol", "service"), ("event.duration", "duration"), ("source.bytes", "orig_ip_bytes"),
        ("destination.bytes", "resp_ip_bytes"),
        ("source.packets", "orig_pkts"), ("destination.packets", "resp_pkts"), ("zeek.connection.state", "conn_state"),
        ("zeek.ssl.server.name", "server_name"), ("destination.domain", "host"),
    ];

    private static readonly (string Ecs, string Plain)[] Suricata =
    [
        ("@timestamp", "timestamp"), ("source.ip", "src_ip"), ("source.port", "src_port"), ("destination.ip", "dest_ip"),
        ("destination.port", "dest_port"), ("source.address", "src_ip"), ("destination.address", "dest_ip"),
        ("network.transport", "proto"), ("network.protocol", "app_proto"), ("source.bytes", "flow.bytes_toserver"),
        ("destination.bytes", "flow.bytes_toclient"), ("source.packets", "flow.pkts_toserver"),
        ("destination.packets", "flow.pkts_toclient"), ("event.start", "flow.start"), ("event.end", "flow.end"),
        ("destination.domain", "http.hostname"),
    ];

    private static readonly FieldNames ZeekEcs = new([.. Zeek.Select(row => row.Ecs)]);
    private static readonly FieldNames SuricataEcs = new([.. Suricata.Select(row => row.Ecs)]);
    private static readonly byte[][] ZeekPlain = [.. Zeek.Select(row => Encoding.UTF8.GetBytes(row.Plain))];
    private static readonly byte[][] SuricataPlain = [.. Suricata.Select(row => Encoding.UTF8.GetBytes(row.Plain))];

    private static ReadOnlySpan<byte> ZeekRoot => "zeek."u8;

    private static ReadOnlySpan<byte> SuricataRoot => "suricata.eve."u8;

    /// <summary>Gives the values of a module's record their sensor's own names; false when it is of neither module.</summary>
    public static bool TryRestore(ReadOnlySpan<byte> text, RecordLeaves leaves)
    {
        Span<byte> log = stackalloc byte[MaxPathBytes];
        int length = 0;
        bool isZeek = false;
        bool isSuricata = false;
        for (int leaf = 0; leaf < leaves.Count; leaf++)
        {
            ReadOnlySpan<byte> path = leaves.Path(leaf);
            isSuricata |= path.StartsWith(SuricataRoot);
            isZeek |= path.StartsWith(ZeekRoot);
            if (path.SequenceEqual("event.dataset"u8) && leaves.Value(leaf).IsText)
            {
                ReadOnlySpan<byte> set = leaves.Value(leaf).Of(text);
                set = set.StartsWith(ZeekRoot) ? set[ZeekRoot.Length..] : default;
                length = Math.Min(set.Length, log.Length);
                set[..length].CopyTo(log);
            }
            else if (length == 0 && path.StartsWith(ZeekRoot) && path[ZeekRoot.Length..].IndexOf((byte)'.') is > 0 and var end)
            {
                length = Math.Min(end, log.Length);
                path.Slice(ZeekRoot.Length, length).CopyTo(log);
            }
        }

        if (isSuricata)
        {
            Restore(text, leaves, SuricataRoot, default, SuricataEcs, SuricataPlain);
            return true;
        }

        if (isZeek && length > 0)
        {
            ReadOnlySpan<byte> name = log[..length];
            Restore(text, leaves, ZeekRoot, name, ZeekEcs, ZeekPlain);
            leaves.Add("_path"u8, name.SequenceEqual("connection"u8) ? "conn"u8 : name);
            return true;
        }

        return false;
    }

    /// <summary>Takes the module's root off; what it moved into ECS yields to what it left in place.</summary>
    private static void Restore(
        ReadOnlySpan<byte> text, RecordLeaves leaves, ReadOnlySpan<byte> root, ReadOnlySpan<byte> log, FieldNames ecs, byte[][] plain)
    {
        Span<byte> scratch = stackalloc byte[MaxPathBytes];
        for (int leaf = 0; leaf < leaves.Count; leaf++)
        {
            ReadOnlySpan<byte> path = leaves.Path(leaf);
            if (ecs.Find(path) is >= 0 and var place)
            {
                // Seconds have a fraction.
                bool isNanoseconds = path.SequenceEqual("event.duration"u8) & leaves.Value(leaf).TryInteger(text, out long number);
                leaves.Rename(leaf, plain[place]);
                leaves.Yield(leaf);
                if (isNanoseconds)
                {
                    leaves.AreNanoseconds(leaf, number);
                }

                continue;
            }

            if (!path.StartsWith(root) || path.Length > scratch.Length)
            {
                continue;
            }

            ReadOnlySpan<byte> rest = path[root.Length..];
            if (!log.IsEmpty)
            {
                bool isOfLog = rest.StartsWith(log) && rest.Length > log.Length && rest[log.Length] == (byte)'.';
                rest = isOfLog ? rest[(log.Length + 1)..] : default;
            }

            // The path lies in the memory that the new one is added to.
            rest.CopyTo(scratch);
            leaves.Rename(leaf, scratch[..rest.Length]);
        }
    }
}
