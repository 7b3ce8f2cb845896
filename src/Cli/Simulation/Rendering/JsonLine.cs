using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CipherWatch.Cli.Simulation.Rendering;

/// <summary>Writes JSON objects one a line.</summary>
internal static class JsonLine
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one object and a line feed.</summary>
    public static void Write(Stream stream, Action<Utf8JsonWriter> fields)
    {
        ArrayBufferWriter<byte> line = new();
        using (Utf8JsonWriter writer = new(line, Options))
        {
            writer.WriteStartObject();
            fields(writer);
            writer.WriteEndObject();
        }

        line.Write("\n"u8);
        stream.Write(line.WrittenSpan);
    }
}
