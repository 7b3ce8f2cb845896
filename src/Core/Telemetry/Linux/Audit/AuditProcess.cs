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
            case AuditField.PPid when known.ParentPid < 0:
                known.ParentPid = Number(fields.Value);
                known.Wrong = known.ParentPid < 0 ? "ppid" : known.Wrong;
                break;
            case AuditField.Pid when known.Pid < 0:
                known.Pid = Number(fields.Value);
                known.Wrong = known.Pid < 0 ? "pid" : known.Wrong;
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

    private static int Number(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out int number, out int used) && used == text.Length && number >= 0 ? number : -1;
}
