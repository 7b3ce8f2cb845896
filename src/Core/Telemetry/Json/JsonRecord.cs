using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Json;

/// <summary>A JSON object with the fields that some format asks for, found in one pass.</summary>
internal readonly ref struct JsonRecord
{
    private readonly Span<FieldSpan> _fields;

    private JsonRecord(ReadOnlySpan<byte> text, Span<FieldSpan> fields, int end, JsonStatus status, bool isTold = false, ulong rows = 0)
    {
        Text = text;
        _fields = fields;
        End = end;
        Status = status;
        IsTold = isTold;
        Rows = rows;
    }

    /// <summary>The bytes that the fields are spans of: of a record, its own and no more.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>The fields, in the order of the names they were scanned for.</summary>
    public ReadOnlySpan<FieldSpan> Fields => _fields;

    /// <summary>Offset just behind the object's closing brace; of an object that is not whole, where the trouble showed.</summary>
    public int End { get; }

    /// <summary>Whether the object is whole.</summary>
    public JsonStatus Status { get; }

    /// <summary>Whether a name tells that names were changed on the way (<see cref="TopLevelFields.Tells"/>).</summary>
    public bool IsTold { get; }

    /// <summary>Of a record, the rows of the table of formats that declare one of its fields (<see cref="TopLevelIndex.Rows"/>).</summary>
    public ulong Rows { get; }

    /// <summary>A field by its place among the names.</summary>
    public FieldSpan this[int field] => _fields[field];

    /// <summary>Whether the record has a value for a field.</summary>
    public bool Has(int field) => _fields[field].HasValue;

    /// <summary>Scans the record that opens with the first byte; of a name that stands twice, the first counts.</summary>
    /// <param name="text">The record's bytes and whatever follows it.</param>
    /// <param name="slots">Where the fields go; cleared here.</param>
    /// <param name="skips">Whether to end as soon as the fields seen settle that the record is irrelevant.</param>
    public static JsonRecord ScanRecord(ReadOnlySpan<byte> text, FieldSlots slots, bool skips)
    {
        slots.Clear();
        JsonScanner scanner = new(text, 0);
        while (scanner.Next(slots.Order, out int field, out FieldSpan value))
        {
            if (field >= 0 && slots.TryFill(text, field, value, out TopLevelNature nature) && (nature & TopLevelNature.Decides) != 0
                && skips && slots.TestAt(field) is { } isSettled && isSettled(text, slots.Fields))
            {
                scanner.SkipRest();
                break;
            }
        }

        bool whole = scanner.Status == JsonStatus.Complete;
        return new(whole ? text[..scanner.End] : text, slots.Fields, scanner.End, scanner.Status, slots.IsTold, slots.Rows);
    }

    /// <summary>Scans the object that opens at <paramref name="start"/>; of a name that stands twice, the first counts.</summary>
    /// <param name="text">The bytes; nested scans pass the same ones, so that spans stay comparable.</param>
    /// <param name="start">Offset of the opening brace.</param>
    /// <param name="names">The names asked for.</param>
    /// <param name="fields">One slot a name; cleared here.</param>
    public static JsonRecord Scan(ReadOnlySpan<byte> text, int start, FieldNames names, Span<FieldSpan> fields)
    {
        fields.Clear();
        JsonScanner scanner = new(text, start);
        int missing = names.Count;
        while (missing > 0 && scanner.Next(out FieldSpan name, out FieldSpan value))
        {
            int index = names.Find(name.Of(text));
            if (index >= 0 && fields[index].Form == FieldForm.Absent)
            {
                fields[index] = JsonScalars.Settle(text, value);
                missing--;
            }
        }

        return new(text, fields, scanner.End, scanner.Status);
    }

    /// <summary>
    /// Scans the object that a field holds, whose names the order of records before may tell; every slot absent where it holds none.
    /// </summary>
    public JsonRecord Nested(int field, FieldOrder order, Span<FieldSpan> fields)
    {
        fields.Clear();
        if (_fields[field].Form != FieldForm.Object)
        {
            return new(Text, fields, 0, JsonStatus.Complete);
        }

        order.Begin();
        JsonScanner scanner = new(Text, _fields[field].Start);
        while (scanner.Next(order, out int index, out FieldSpan value))
        {
            if (index >= 0 && fields[index].Form == FieldForm.Absent)
            {
                fields[index] = JsonScalars.Settle(Text, value);
            }
        }

        return new(Text, fields, scanner.End, scanner.Status);
    }

    /// <summary>
    /// Scans the object that a field holds; every slot absent where it holds none. The record's frame is known by then, so the
    /// walk ends as soon as every name is found.
    /// </summary>
    public JsonRecord Nested(int field, FieldNames names, Span<FieldSpan> fields)
    {
        if (_fields[field].Form == FieldForm.Object)
        {
            return Scan(Text, _fields[field].Start, names, fields);
        }

        fields.Clear();
        return new(Text, fields, 0, JsonStatus.Complete);
    }
}
