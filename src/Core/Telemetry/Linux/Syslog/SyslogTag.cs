using System.Buffers;
using System.Buffers.Text;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux.Syslog;

/// <summary>The tag of a syslog line: a program, with its number or without.</summary>
internal static class SyslogTag
{
    /// <summary>Longest tag: RFC 3164 has 32, programs write paths.</summary>
    private const int MaxTagLength = 128;

    /// <summary>What ends a program's name, and what stands in one that has a path before it or a module behind it.</summary>
    private static readonly SearchValues<byte> Ends = SearchValues.Create(" :[/\\("u8);

    /// <summary>The program that a tag names: <c>/usr/sbin/sshd[12]:</c>, <c>su(pam_unix)[3]:</c>, <c>rsyslogd-2177:</c>.</summary>
    /// <param name="text">The text that begins with the tag.</param>
    /// <param name="pid">The number in it; −1 where it has none.</param>
    /// <param name="length">Bytes of the tag, its colon included; 0 where the text begins with none.</param>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> text, out int pid, out int length)
    {
        pid = -1;
        length = 0;
        ReadOnlySpan<byte> head = text[..Math.Min(text.Length, MaxTagLength)];
        int end = head.IndexOfAny(Ends);
        bool isPlain = end > 0 && head[end] is (byte)' ' or (byte)':' or (byte)'[';
        end = isPlain ? end : head.IndexOfAny((byte)' ', (byte)':', (byte)'[');
        if (end < 1)
        {
            return default;
        }

        ReadOnlySpan<byte> name = head[..end];
        if (head[end] == (byte)'[')
        {
            int close = head[end..].IndexOf((byte)']');
            if (close < 0)
            {
                return default;
            }

            pid = Utf8Parser.TryParse(head[(end + 1)..(end + close)], out int number, out int used) && used == close - 1
                && number >= 0 ? number : close == 1 ? -1 : SyslogHeader.NoNumber;
            end += close + 1;
            length = end;

            // macOS puts a level behind it.
            if (text[end..].StartsWith(" <"u8) && text[end..].IndexOf(">:"u8) is > 0 and < 16 and var level)
            {
                length = end + level + 2;
            }
            else if (end < text.Length && text[end] == (byte)':')
            {
                length++;
            }
        }
        else if (head[end] == (byte)':')
        {
            length = end + 1;
        }
        else
        {
            length = end;
        }

        return isPlain ? name : Name(name);
    }

    /// <summary>A program without its path and its module.</summary>
    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> name)
    {
        name = FilePaths.Name(name);
        int module = name.IndexOf((byte)'(');
        return module > 0 ? name[..module] : name;
    }
}
