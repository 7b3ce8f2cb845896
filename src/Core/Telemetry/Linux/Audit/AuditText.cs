namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>Keeps texts of records in their events, decoded.</summary>
internal static class AuditText
{
    /// <summary>Longest text of a field that is kept, bytes.</summary>
    private const int MaxTextLength = 16 << 10;

    /// <summary>Keeps the field's text unless one was kept before.</summary>
    /// <param name="known">The event.</param>
    /// <param name="before">What was kept before.</param>
    /// <param name="fields">The field.</param>
    /// <param name="isRaw">The record is known not to be interpreted.</param>
    public static AuditSlice Keep(AuditEvent known, AuditSlice before, in AuditFields fields, bool isRaw) =>
        before.Length > 0 ? before : Keep(known, fields, isRaw);

    /// <summary>Keeps the field's text.</summary>
    public static AuditSlice Keep(AuditEvent known, in AuditFields fields, bool isRaw)
    {
        ReadOnlySpan<byte> value = fields.Value[..Math.Min(fields.Value.Length, MaxTextLength)];
        if (fields.Form != AuditForm.Bare)
        {
            return known.Add(value);
        }

        if (value.SequenceEqual("(null)"u8) || value.SequenceEqual("?"u8) || known.IsFull)
        {
            return default;
        }

        int decoded = AuditHex.Decode(value, isRaw, known.Reserve(value.Length));
        return decoded >= 0 ? known.Take(decoded) : known.Add(value);
    }
}
