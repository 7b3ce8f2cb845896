using System.Text.Json;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Sinks.Files;

namespace CipherWatch.Sinks.DeadLetters;

/// <summary>
/// Dead letters as NDJSON: <c>file, line, offset, part, source, reason, encoding, raw</c>, the bytes exactly, so that the file can
/// be read again once their reason is mended.
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
        DeadLetterJson.WriteFields(line, letter);
        line.WriteEndObject();
        file.EndLine();
    }
}
