using System.Text.Json;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Sinks.Files;

namespace CipherWatch.Sinks.DeadLetters;

/// <summary>
/// Dead letters as NDJSON: <c>file, line, offset, part, source, reason, raw</c>, the raw bytes as base64, so that a record can be
/// replayed once its reason is mended.
/// </summary>
public sealed class DeadLetterFile(LineFile file) : IDeadLetterSink
{
    /// <inheritdoc/>
    /// <exception cref="SinkException">It cannot be written.</exception>
    public void Write(DeadLetter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        Utf8JsonWriter line = file.Line;
        line.WriteStartObject();
        line.WriteString("file", letter.Origin.Input);
        line.WriteNumber("line", letter.Origin.Line);
        line.WriteNumber("offset", letter.Origin.Offset);
        line.WriteNumber("part", letter.Part);
        line.WriteString("source", letter.Source);
        line.WriteString("reason", letter.Reason);
        line.WriteBase64String("raw", letter.Raw.Span);
        line.WriteEndObject();
        file.EndLine();
    }
}
