using System.Buffers.Text;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>
/// Events of vCenter that are longer than a syslog message come in parts: <c>Event [4711] [1-2] [time] [type] … [the text begi]</c>,
/// <c>Event [4711] [2-2] [ns here]</c>.
/// </summary>
/// <remarks>Source: vSphere Monitoring, "Split of Long Event Message into Multiple Syslog Messages".</remarks>
internal static class EsxiEventPart
{
    private static ReadOnlySpan<byte> Head => "Event ["u8;

    /// <summary>Marks a further part as a continuation, and takes off what stands around the text of a part.</summary>
    public static void Mark(ref EsxiHeader header)
    {
        ReadOnlySpan<byte> text = header.Text;
        if (header.IsContinuation || !text.StartsWith(Head) || text.IndexOf("] ["u8) is not (> 0 and var second))
        {
            return;
        }

        ReadOnlySpan<byte> part = text[(second + 3)..];
        if (!Utf8Parser.TryParse(part, out int number, out int used) || used >= part.Length || part[used] != (byte)'-'
            || !Utf8Parser.TryParse(part[(used + 1)..], out int parts, out int more) || parts < 2 || number < 1 || number > parts)
        {
            return;
        }

        // The text of a part stands in brackets of its own, which are none of the event's.
        header.Text = number < parts && text is [.., (byte)']'] ? text[..^1] : text;
        int open = number == 1 ? -1 : part[(used + 1 + more)..].IndexOf((byte)'[');
        if (open >= 0)
        {
            int start = text.Length - part.Length + used + 1 + more + open + 1;
            header.Text = start <= header.Text.Length ? header.Text[start..] : default;
            header.IsContinuation = true;
        }
    }
}
