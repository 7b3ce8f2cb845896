using CipherWatch.Core.Ingestion;

namespace CipherWatch.Cli.Inputs;

/// <summary>
/// A stream whose reads end when the run is stopped: a read of a pipe that nobody writes to would keep Ctrl-C waiting for ever.
/// </summary>
internal sealed class InterruptibleStream(Stream source, CancellationToken cancellationToken) : ReadOnceStream
{
    private const int BufferBytes = 64 << 10;

    // A read that was given up may still complete, so it must not write into the caller's memory.
    private readonly byte[] _buffer = new byte[BufferBytes];

    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public override int Read(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, BufferBytes);
        Task<int> read = Task.Run(() => source.Read(_buffer, 0, count), CancellationToken.None);
        try
        {
            read.Wait(cancellationToken);
        }
        catch (AggregateException exception)
        {
            throw exception.InnerException ?? exception;
        }

        _buffer.AsSpan(0, read.Result).CopyTo(buffer);
        return read.Result;
    }
}
