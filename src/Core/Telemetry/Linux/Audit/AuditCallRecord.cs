using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>The record of one system call: its first fields say whether it is of use, and most are not.</summary>
internal ref struct AuditCallRecord
{
    /// <summary>Errors of a connect that goes on none the less: EINPROGRESS, EINTR, and ERESTARTSYS, as which EINTR is recorded.</summary>
    private const int InProgress = -115;
    private const int Interrupted = -4;
    private const int Restart = -512;

    // Of PROT_EXEC and MAP_ANONYMOUS (asm-generic/mman-common.h), and the access mode of open.
    private const ulong Executable = 4;
    private const ulong Anonymous = 0x20;
    private const ulong AccessMode = 3;

    private static readonly System.Buffers.SearchValues<byte> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>What the call does.</summary>
    public AuditCall Call;

    /// <summary>The record is written with names for numbers.</summary>
    public bool IsInterpreted;

    /// <summary>Whether it succeeded; null where the record does not say.</summary>
    public bool? Success;

    /// <summary>What it returned.</summary>
    public long Exit;

    /// <summary>Its arguments.</summary>
    public Arguments Values;

    /// <summary>The field that cannot be what it says; null where all can.</summary>
    public string? Wrong;

    /// <summary>Reads the fields up to the process; null where it is no whole record.</summary>
    /// <param name="fields">The record's fields; afterwards the next is the first behind the arguments.</param>
    /// <param name="record">What they say.</param>
    public static bool TryRead(ref AuditFields fields, out AuditCallRecord record)
    {
        record = default;
        AuditArch arch = default;
        bool hasCall = false;
        if (fields.IsUselessCall())
        {
            return true;
        }

        while (fields.Next())
        {
            switch (fields.Field)
            {
                case AuditField.Arch:
                    arch = AuditArch.Of(fields.Value, out record.IsInterpreted);
                    break;
                case AuditField.Syscall:
                    record.Call = AuditCalls.Of(arch, fields.Value);
                    hasCall = true;
                    if (record.Call == AuditCall.None)
                    {
                        return true;
                    }

                    break;
                case AuditField.Success:
                    record.Success = Yes(fields.Value);
                    break;
                case AuditField.Exit:
                    record.Exit = record.ResultOf(fields.Value);
                    break;
                case AuditField.A0:
                    record.Values[0] = record.ArgumentOf(fields);
                    break;
                case AuditField.A1:
                    record.Values[1] = record.ArgumentOf(fields);
                    break;
                case AuditField.A2:
                    record.Values[2] = record.ArgumentOf(fields);
                    break;
                case AuditField.A3:
                    record.Values[3] = record.ArgumentOf(fields);
                    return hasCall;
                case AuditField.Pid or AuditField.PPid or AuditField.Items:
                    // Written without its arguments.
                    return hasCall;
            }
        }

        return hasCall;
    }

    /// <summary>Whether anything may come of the call.</summary>
    public readonly bool IsOfUse => Call switch
    {
        AuditCall.None => false,
        AuditCall.Connect => Success is not false || Exit is InProgress or Interrupted or Restart,
        AuditCall.Open => Success is not false && (Values[1] & AccessMode) == 0,
        AuditCall.OpenAt => Success is not false && (Values[2] & AccessMode) == 0,
        AuditCall.Mmap => Success is not false && (Values[2] & Executable) != 0 && (Values[3] & Anonymous) == 0,
        AuditCall.SocketCall => AuditCalls.OfSocketCall(Values[0]) is var call && call != AuditCall.None
            && (Success is not false || (call == AuditCall.Connect && Exit is InProgress or Interrupted or Restart)),
        AuditCall.UringEnter => true,
        _ => Success is not false,
    };

    /// <summary>Whether a word says yes: <c>yes</c>, <c>success</c>; <c>no</c>, <c>fail</c>, <c>failed</c> do not.</summary>
    public static bool Yes(ReadOnlySpan<byte> word) => word is [(byte)'y' or (byte)'s' or (byte)'1', ..];

    /// <summary>What a call returned: a number, or an error by its name; 0 where it is neither.</summary>
    public static long Result(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long number, out _) ? number
        : text.StartsWith("EINPROGRESS"u8) ? InProgress
        : text.StartsWith("EINTR"u8) ? Interrupted
        : text.StartsWith("ERESTARTSYS"u8) ? Restart
        : text is [(byte)'E', ..] ? -1
        : 0;

    /// <summary>Only a record that is interpreted writes names.</summary>
    private long ResultOf(ReadOnlySpan<byte> text)
    {
        Wrong ??= IsInterpreted || IsHex(text.TrimStart((byte)'-')) ? null : "exit";
        return Result(text);
    }

    private ulong ArgumentOf(in AuditFields fields)
    {
        Wrong ??= IsInterpreted || IsHex(fields.Value) ? null : System.Text.Encoding.UTF8.GetString(fields.Key);
        return Argument(fields.Value);
    }

    /// <summary>Whether an argument is written as the kernel writes it.</summary>
    public static bool IsHex(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && (text.StartsWith("0x"u8) ? text[2..] : text).IndexOfAnyExcept(HexDigits) < 0;

    /// <summary>
    /// An argument: hexadecimal with or without <c>0x</c>, or the names of flags and families, of which those that matter are read.
    /// </summary>
    public static ulong Argument(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> digits = text.StartsWith("0x"u8) ? text[2..] : text;
        return Utf8Parser.TryParse(digits, out ulong number, out int used, 'x') && used == digits.Length ? number
            : text.StartsWith("inet6"u8) ? (ulong)SocketFamily.Inet6
            : text.StartsWith("inet"u8) ? (ulong)SocketFamily.Inet
            : text.StartsWith("alg"u8) ? (ulong)SocketFamily.Alg
            : (text.IndexOf("PROT_EXEC"u8) >= 0 ? Executable : 0)
            | (text.IndexOf("MAP_ANON"u8) >= 0 ? Anonymous : 0)
            | (text.IndexOf("SOCK_STREAM"u8) >= 0 || text.IndexOf("O_WRONLY"u8) >= 0 ? 1UL : 0)
            | (text.IndexOf("SOCK_DGRAM"u8) >= 0 || text.IndexOf("O_RDWR"u8) >= 0 ? 2UL : 0);
    }

    /// <summary>Four arguments.</summary>
    [InlineArray(4)]
    internal struct Arguments
    {
        private ulong _first;
    }
}
