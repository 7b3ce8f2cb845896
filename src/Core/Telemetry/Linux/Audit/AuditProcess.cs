using System.Buffers.Text;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>Reads of which process a record is.</summary>
internal static class AuditProcess
{
    /// <summary>Reads the fields of a process up to the record's end.</summary>
    public static void Read(ref AuditFields fields, bool isRaw, AuditEvent known)
    {
        while (fields.Next())
        {
            Take(fields, isRaw, known);
        }
    }

    /// <summary>Reads the fields that were put off.</summary>
    public static void ReadUnread(AuditEvent known)
    {
        if (known.Unread.Length == 0)
        {
            return;
        }

        // Texts are kept in the event's own bytes, which may move while they are read.
        byte[] unread = System.Buffers.ArrayPool<byte>.Shared.Rent(known.Unread.Length);
        known[known.Unread].CopyTo(unread);
        AuditFields fields = new(unread.AsSpan(0, known.Unread.Length));
        known.Unread = default;
        Read(ref fields, !known.IsUnreadInterpreted, known);
        System.Buffers.ArrayPool<byte>.Shared.Return(unread);
    }

    /// <summary>Reads one field, if it is one of a process.</summary>
    public static void Take(in AuditFields fields, bool isRaw, AuditEvent known)
    {
        switch (fields.Field)
        {
            case AuditField.PPid:
                known.ParentPid = Number(fields.Value, "ppid", known.ParentPid, known);
                break;
            case AuditField.Pid:
                known.Pid = Number(fields.Value, "pid", known.Pid, known);
                break;
            case AuditField.Uid:
                // A number in the raw rendering of an event, a name in the interpreted one: the same whichever comes first.
                known.Uid = known.IsFull || (known.Uid.Length > 0 && known[known.Uid].SequenceCompareTo(fields.Value) <= 0)
                    ? known.Uid : known.Add(fields.Value);
                break;
            case AuditField.UidName or AuditField.User:
                known.UserName = AuditText.Keep(known, known.UserName, fields, isRaw: false);
                break;
            case AuditField.Comm:
                known.Comm = AuditText.Keep(known, known.Comm, fields, isRaw);
                break;
            case AuditField.Exe:
                known.Exe = AuditText.Keep(known, known.Exe, fields, isRaw);
                break;
        }
    }

    /// <summary>The number that was read before, or else this one. One that is none is noted, whichever record has it.</summary>
    private static int Number(ReadOnlySpan<byte> text, string field, int before, AuditEvent known)
    {
        bool isNumber = Utf8Parser.TryParse(text, out int number, out int used) && used == text.Length && number >= 0;
        known.Wrong = isNumber ? known.Wrong : field;
        return before >= 0 || !isNumber ? before : number;
    }
}
