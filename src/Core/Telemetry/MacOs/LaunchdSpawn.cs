using System.Buffers.Text;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>
/// Jobs that launchd starts: <c>xpcproxy spawned with pid 30002</c>, the job's label in the subsystem (<c>gui/501/com.example.agent
/// [30002]</c>) or, in launchd's own log, in parentheses before the message.
/// </summary>
internal static class LaunchdSpawn
{
    private static ReadOnlySpan<byte> Spawned => "xpcproxy spawned with pid "u8;

    /// <summary>The entry is such a line of launchd's.</summary>
    public static bool Fits(in MacEntry entry) =>
        entry.Message.IndexOf(Spawned) is >= 0 and var at && (FilePaths.Name(entry.Process).SequenceEqual("launchd"u8) || at == 0);

    /// <summary>Reads the process and the label of its job; false where there is no number.</summary>
    public static bool TryRead(in MacEntry entry, out int pid, out ReadOnlySpan<byte> label)
    {
        ReadOnlySpan<byte> message = entry.Message;
        int at = message.IndexOf(Spawned);
        label = Label(entry.Subsystem.IsEmpty ? message[..Math.Max(at, 0)] : entry.Subsystem);
        pid = 0;
        return at >= 0 && Utf8Parser.TryParse(message[(at + Spawned.Length)..], out pid, out int used) && used > 0 && pid > 0;
    }

    /// <summary><c>gui/501/com.example.agent [30002]</c> is the job <c>gui/501/com.example.agent</c>.</summary>
    private static ReadOnlySpan<byte> Label(ReadOnlySpan<byte> domain)
    {
        domain = domain.TrimStart("[( "u8);
        int end = domain.IndexOfAny(" [):"u8);
        ReadOnlySpan<byte> label = end < 0 ? domain : domain[..end];
        return label.IndexOf((byte)'/') > 0 ? label : default;
    }
}
