using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Records;

/// <summary>
/// A dead letter as JSON. Its bytes are written as text where they are UTF-8, so that a person can read them, and as base64 where
/// they are not; <c>encoding</c> says which. A file of letters is an input like any other.
/// </summary>
public static class DeadLetterJson
{
    internal const string Base64 = "base64";
    internal const string Utf8Text = "utf-8";

    /// <summary>Writes <c>part, source, reason, encoding, raw</c> into an object that is open.</summary>
    public static void WriteFields(Utf8JsonWriter writer, DeadLetter letter)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(letter);
        writer.WriteNumber("part", letter.Part);
        writer.WriteString("source", letter.Source);
        writer.WriteString("reason", letter.Reason);
        if (Utf8.IsValid(letter.Raw.Span))
        {
            writer.WriteString("encoding", Utf8Text);
            writer.WriteString("raw", letter.Raw.Span);
            return;
        }

        writer.WriteString("encoding", Base64);
        writer.WriteBase64String("raw", letter.Raw.Span);
    }
}

/// <summary>Reads dead letters back: those of the local runner's file, and those that the Functions app keeps.</summary>
internal static class DeadLetterRecord
{
    private const string Broken = "A dead letter whose 'raw' cannot be decoded.";

    public static readonly TopLevelFields TopLevel = new() { Tells = ["encoding", "reason"] };

    private static readonly int File = TopLevel.At("file");
    private static readonly int Hub = TopLevel.At("hub");
    private static readonly int Line = TopLevel.At("line");
    private static readonly int Offset = TopLevel.At("offset");
    private static readonly int RecordOffset = TopLevel.At("recordOffset");
    private static readonly int Part = TopLevel.At("part");
    private static readonly int Source = TopLevel.At("source");
    private static readonly int Reason = TopLevel.At("reason");
    private static readonly int Encoding = TopLevel.At("encoding");
    private static readonly int Raw = TopLevel.At("raw");

    /// <summary>Says whose it is, why it is one, and what its bytes are.</summary>
    public static bool Fits(in JsonRecord record) =>
        record[Raw].IsText && record.Has(Reason) && record.Has(Part) && record[Source].IsText && (record.Has(File) || record.Has(Hub));

    /// <summary>A letter inside another record: it is read back where it is a record by itself.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context) =>
        RecordResult.DeadLettered(record[Source].Text(record.Text) ?? SourceNames.Unrecognised, record[Reason].Text(record.Text) ?? Broken);

    /// <summary>The letter that a record is; null where its bytes cannot be decoded.</summary>
    public static DeadLetter? Read(in JsonRecord record)
    {
        ReadOnlySpan<byte> text = record.Text;
        using UnescapedText raw = new(text, record[Raw]);
        byte[] bytes = raw.Bytes.ToArray();
        if (!record[Encoding].Is(text, "utf-8"u8))
        {
            // Letters of earlier versions say nothing of it, and are base64.
            bool decoded = Base64.IsValid(bytes, out int length);
            if (!decoded || Base64Bytes(bytes, length) is not { } content)
            {
                return null;
            }

            bytes = content;
        }

        string input = record[record.Has(File) ? File : Hub].Text(text) ?? string.Empty;
        FieldSpan offset = record[record.Has(RecordOffset) ? RecordOffset : Offset];
        return new(
            new(input, Number(text, record[Line]), Number(text, offset)),
            record[Source].Text(text) ?? SourceNames.Unrecognised,
            record[Reason].Text(text) ?? Broken,
            (int)Math.Clamp(Number(text, record[Part]), 0, int.MaxValue),
            bytes);
    }

    private static byte[]? Base64Bytes(byte[] text, int length)
    {
        byte[] bytes = new byte[length];
        return Base64.DecodeFromUtf8(text, bytes, out _, out int written) == System.Buffers.OperationStatus.Done && written == length
            ? bytes : null;
    }

    private static long Number(ReadOnlySpan<byte> text, FieldSpan field) => field.TryInteger(text, out long number) ? number : 0;
}
