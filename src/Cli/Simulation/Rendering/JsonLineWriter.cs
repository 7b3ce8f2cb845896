using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CipherWatch.Cli.Simulation.Rendering;

/// <summary>Writes JSON objects one a line.</summary>
internal sealed class JsonLineWriter(Stream stream) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _writer = new(Stream.Null, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes one object and a line feed.</summary>
    public void Write(Action<Utf8JsonWriter> fields)
    {
        _line.ResetWrittenCount();
        _writer.Reset(_line);
        _writer.WriteStartObject();
        fields(_writer);
        _writer.WriteEndObject();
        _writer.Flush();
        stream.Write(_line.WrittenSpan);
        stream.WriteByte((byte)'\n');
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
