using System.Buffers;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>
/// Commands of the ESXi shell (<c>shell[1053659]: [root]: esxcli …</c>), and programs that the kernel starts (<c>ForkExec</c>).
/// </summary>
internal static class EsxiCommandText
{
    private static readonly SearchValues<byte> PathEnds = SearchValues.Create(" ,;'\"()"u8);

    /// <summary>Reads a command or a start; false where the text is neither.</summary>
    public static bool TryRead(ReadOnlySpan<byte> program, ReadOnlySpan<byte> text, ref EsxiFinding finding) =>
        text is [(byte)'[', ..] ? IsShell(program) && TryCommand(text, ref finding) : TryStart(text, ref finding);

    private static bool TryCommand(ReadOnlySpan<byte> text, ref EsxiFinding finding)
    {
        int close = text.IndexOf("]: "u8);
        if (close < 2 || text.Length <= close + 3)
        {
            return false;
        }

        finding.User = text[1..close];
        finding.Command = text[(close + 3)..];
        finding.Kind = EsxiFindingKind.Command;
        return true;
    }

    private static bool TryStart(ReadOnlySpan<byte> text, ref EsxiFinding finding)
    {
        int at = text.IndexOf("ForkExec:"u8);
        int slash = at < 0 ? -1 : text[at..].IndexOf((byte)'/');
        if (slash < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text[(at + slash)..];
        int end = rest.IndexOfAny(PathEnds);
        finding.Command = end < 0 ? rest : rest[..end];
        finding.Kind = EsxiFindingKind.Start;
        return true;
    }

    private static bool IsShell(ReadOnlySpan<byte> program) => program.SequenceEqual("shell"u8) || program.SequenceEqual("ESXShell"u8);
}
