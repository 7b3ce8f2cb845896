using System.Runtime.ExceptionServices;

namespace CipherWatch.Core.Ingestion;

/// <summary>
/// A stream that ends where the one behind it fails, so that what it gave is read to its last byte whatever reads it; then says how it
/// failed. Reads only; does not own the stream behind.
/// </summary>
internal sealed class EndingStream(Stream source) : ReadOnceStream
{
    private ExceptionDispatchInfo? _failure;

    /// <summary>Whether it failed.</summary>
    public bool HasFailed => _failure is not null;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (HasFailed)
        {
            return 0;
        }

        try
        {
            return source.Read(buffer);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
            return 0;
        }
    }

    /// <summary>Fails as the stream behind did, if it did.</summary>
    /// <exception cref="IOException">It could not be read.</exception>
    /// <exception cref="InvalidDataException">It is compressed, and damaged.</exception>
    public void ThrowIfFailed() => _failure?.Throw();
}
