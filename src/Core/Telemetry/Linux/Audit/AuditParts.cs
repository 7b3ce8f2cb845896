using System.Buffers.Text;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>Reads the records that only add to the call of their event.</summary>
internal static class AuditParts
{
    /// <summary>Reads one; whether its event still waits. A field that cannot be what it says is named.</summary>
    public static bool Read(AuditType type, ReadOnlySpan<byte> body, AuditEvent known, AuditEvents events, out string? wrong)
    {
        AuditFields fields = new(body);
        wrong = null;
        switch (type)
        {
            case AuditType.UringOp:
                return AuditSettling.Uring(ref fields, known, events);
            case AuditType.Execve:
                AuditArguments.Read(ref fields, body.IndexOf("=\""u8) >= 0, known);
                return true;
            case AuditType.SocketCall:
                return SocketCall(ref fields, known, events, out wrong);
        }

        while (fields.Next())
        {
            switch (fields.Field)
            {
                case AuditField.Cwd:
                    known.Cwd = AuditText.Keep(known, known.Cwd, fields, isRaw: false);
                    break;
                case AuditField.Fd when type == AuditType.Mmap && known.Fd < 0:
                    bool isNumber = Utf8Parser.TryParse(fields.Value, out int fd, out int used) && used == fields.Value.Length;
                    known.Fd = isNumber ? fd : known.Fd;
                    wrong = isNumber ? wrong : "fd";
                    break;
            }
        }

        return wrong is null;
    }

    private static bool SocketCall(ref AuditFields fields, AuditEvent known, AuditEvents events, out string? wrong)
    {
        wrong = null;
        ulong first = 0;
        ulong second = 0;
        bool has = false;
        while (fields.Next())
        {
            wrong ??= fields.Field is AuditField.A0 or AuditField.A1 && !AuditCallRecord.IsHex(fields.Value) ? "a0" : null;
            if (fields.Field == AuditField.A0)
            {
                first = AuditCallRecord.Argument(fields.Value);
                has = true;
            }
            else if (fields.Field == AuditField.A1)
            {
                second = AuditCallRecord.Argument(fields.Value);
            }
        }

        if (wrong is not null)
        {
            return false;
        }

        if (has && !known.HasSocketArguments)
        {
            known.HasSocketArguments = true;
            (known.A0, known.A1) = (first, second);
        }

        AuditEvent? waits = known;
        return AuditRecords.Settle(ref waits, events).Outcome == RecordOutcome.Held;
    }
}
