using System.Buffers;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Formats;

/// <summary>
/// Values of OTLP in JSON (<c>{"stringValue":"x"}</c>, <c>kvlistValue</c>, <c>arrayValue</c> …) as plain JSON. Source: the protobuf
/// definition <c>opentelemetry/proto/common/v1</c> and protobuf's mapping to JSON, which writes 64-bit integers as text.
/// </summary>
internal static class OtlpValue
{
    private const int MaxDepth = 16;

    private static readonly FieldNames Kinds = new(
        "stringValue", "intValue", "doubleValue", "boolValue", "kvlistValue", "arrayValue", "bytesValue");
    private static readonly FieldNames Values = new("values");
    private static readonly FieldNames Pair = new("key", "value");

    /// <summary>Writes a body: the text of a string as it is, anything else as JSON; false when it is none.</summary>
    public static bool TryWrite(ReadOnlySpan<byte> text, FieldSpan value, ArrayBufferWriter<byte> plain)
    {
        if (value.Form != FieldForm.Object)
        {
            return false;
        }

        Span<FieldSpan> kinds = stackalloc FieldSpan[Kinds.Count];
        JsonRecord.Scan(text, value.Start, Kinds, kinds);
        if (kinds[0].IsText)
        {
            using UnescapedText line = new(text, kinds[0]);
            plain.Write(line.Bytes);
            return true;
        }

        return TryWrite(text, value, plain, 0);
    }

    /// <summary>Writes a value of JSON as it stands.</summary>
    public static void Put(ArrayBufferWriter<byte> plain, ReadOnlySpan<byte> text, FieldSpan value)
    {
        plain.Write(value.IsText ? "\""u8 : default);
        plain.Write(value.Of(text));
        plain.Write(value.IsText ? "\""u8 : default);
    }

    private static bool TryWrite(ReadOnlySpan<byte> text, FieldSpan value, ArrayBufferWriter<byte> plain, int depth)
    {
        if (value.Form != FieldForm.Object || depth > MaxDepth)
        {
            return false;
        }

        Span<FieldSpan> kinds = stackalloc FieldSpan[Kinds.Count];
        JsonRecord.Scan(text, value.Start, Kinds, kinds);
        if (kinds[4].Form == FieldForm.Object || kinds[5].Form == FieldForm.Object)
        {
            bool isMap = kinds[4].Form == FieldForm.Object;
            Span<FieldSpan> slot = stackalloc FieldSpan[1];
            FieldSpan list = JsonScalars.List(text, JsonRecord.Scan(text, kinds[isMap ? 4 : 5].Start, Values, slot)[0]);
            plain.Write(isMap ? "{"u8 : "["u8);
            if (list.Form == FieldForm.Array)
            {
                Elements(text, list, isMap, plain, depth);
            }

            plain.Write(isMap ? "}"u8 : "]"u8);
            return true;
        }

        foreach (FieldSpan kind in kinds)
        {
            if (kind.HasValue && kind.Form is not (FieldForm.Object or FieldForm.Array))
            {
                Put(plain, text, kind);
                return true;
            }
        }

        return false;
    }

    private static void Elements(ReadOnlySpan<byte> text, FieldSpan list, bool isMap, ArrayBufferWriter<byte> plain, int depth)
    {
        Span<FieldSpan> pair = stackalloc FieldSpan[Pair.Count];
        JsonScanner elements = JsonScanner.OverArray(text, list.Start);
        bool isFirst = true;
        while (elements.NextElement(out FieldSpan element))
        {
            if (element.Form != FieldForm.Object)
            {
                continue;
            }

            FieldSpan value = element;
            if (isMap)
            {
                JsonRecord.Scan(text, element.Start, Pair, pair);
                value = pair[1];
                if (!pair[0].IsText)
                {
                    continue;
                }
            }

            plain.Write(isFirst ? default : ","u8);
            if (isMap)
            {
                Put(plain, text, pair[0]);
                plain.Write(":"u8);
            }

            if (!TryWrite(text, value, plain, depth + 1))
            {
                plain.Write("null"u8);
            }

            isFirst = false;
        }
    }
}
