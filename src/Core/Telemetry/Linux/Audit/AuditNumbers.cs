using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>Fields of audit records that cannot be what they say.</summary>
internal static class AuditNumbers
{
    /// <summary>The record is a dead letter with the field's name.</summary>
    public static RecordResult Wrong(string field) =>
        RecordResult.DeadLettered(SourceNames.Auditd, $"'{field}' of an audit record is no number or address.");

    /// <summary>Which of a record's process and its parent is no number, where they are looked at before they are read.</summary>
    public static string? WrongProcess(ReadOnlySpan<byte> body, int pid)
    {
        const int KeyBytes = 5;
        ReadOnlySpan<byte> number = body[Math.Min(body.Length, pid + KeyBytes)..];
        int digits = number.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits == 0 || (digits > 0 && char.IsAsciiLetter((char)number[digits])))
        {
            return "pid";
        }

        // The parent stands before it: only where that does not end in a digit is it looked for.
        int parent = body[pid - 1] is >= (byte)'0' and <= (byte)'9' ? -1 : body[..pid].IndexOf(" ppid="u8);
        return parent >= 0 && body[(parent + KeyBytes + 1)..pid].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0 ? "ppid" : null;
    }
}
