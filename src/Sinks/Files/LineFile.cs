using System.Buffers;
using System.Text.Json;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Sinks.Files;

/// <summary>A file of JSON objects, one a line, UTF-8 with a line feed after each.</summary>
public sealed class LineFile : IDisposable
{
    private const int BufferBytes = 128 << 10;

    /// <summary>A line buffer that grew beyond this is given back.</summary>
    private const int KeptBytes = 1 << 20;

    private readonly Stream _stream;
    private readonly Utf8JsonWriter _writer;
    private ArrayBufferWriter<byte> _line = new();
    private readonly bool _owned;

    /// <summary>Writes to a stream that the caller keeps.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="name">What to call it in messages.</param>
    public LineFile(Stream stream, string name)
        : this(stream, name, owned: false)
    {
    }

    private LineFile(Stream stream, string name, bool owned)
    {
        _stream = stream;
        _owned = owned;
        Name = name;
        _writer = new(_line, ObservationJson.Options);
    }

    /// <summary>What to call it in messages.</summary>
    public string Name { get; }

    /// <summary>Creates the file, or empties the one there is.</summary>
    /// <exception cref="SinkException">It cannot be written.</exception>
    public static LineFile Create(string path)
    {
        try
        {
            return new(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, BufferBytes), path, owned: true);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Failed(path, exception);
        }
    }

    /// <summary>Takes the object of the next line; <see cref="EndLine"/> ends it.</summary>
    public Utf8JsonWriter Line => _writer;

    /// <summary>Ends the line.</summary>
    /// <exception cref="SinkException">It cannot be written.</exception>
    public void EndLine()
    {
        // The writer works on memory: over a stream it would flush that stream with every line.
        _writer.Flush();
        _line.Write("\n"u8);
        try
        {
            _stream.Write(_line.WrittenSpan);
        }
        catch (IOException exception)
        {
            throw Failed(Name, exception);
        }

        if (_line.Capacity > KeptBytes)
        {
            _line = new();
        }

        _line.ResetWrittenCount();
        _writer.Reset(_line);
    }

    /// <summary>Hands on what is buffered.</summary>
    /// <exception cref="SinkException">It cannot be written.</exception>
    public void Flush()
    {
        try
        {
            _stream.Flush();
        }
        catch (IOException exception)
        {
            throw Failed(Name, exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        if (_owned)
        {
            _stream.Dispose();
        }
    }

    private static SinkException Failed(string name, Exception exception) =>
        new($"{name}: cannot be written ({exception.Message.TrimEnd('.')}).", exception);
}
