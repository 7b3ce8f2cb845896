using System.IO.Compression;
using System.Runtime.ExceptionServices;

namespace CipherWatch.Core.Ingestion;

/// <summary>Decompresses, and gives all that stands before damage before it fails.</summary>
/// <remarks>
/// A decompressor that meets damage fails as a whole read: what it had decompressed for that read is lost, and with a large buffer that is
/// a small file's whole content. So the content is decompressed once more then, and what was lost is taken from it byte by byte.
/// </remarks>
public sealed class SalvagingStream : ReadOnceStream
{
    private readonly Func<Stream?> _again;
    private Stream _content;
    private long _given;
    private bool _isSecond;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Reads compressed content that can be opened twice.</summary>
    /// <param name="open">Opens it from its start, decompressing.</param>
    public SalvagingStream(Func<Stream> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        (_content, _again) = (open(), open);
    }

    /// <summary>Reads gzip that comes once: of more than 16 MiB the last read before damage is lost.</summary>
    internal SalvagingStream(CompressedStream compressed)
        : this(Unzip(compressed), () => compressed.Again() is { } kept ? Unzip(kept) : null)
    {
    }

    private SalvagingStream(Stream content, Func<Stream?> again) => (_content, _again) = (content, again);

    /// <summary>Reads gzip of any number of members.</summary>
    /// <param name="compressed">The compressed bytes. Not owned.</param>
    /// <param name="again">
    /// Opens them once more; null where they come once: then of more than 16 MiB the last read before damage is lost.
    /// </param>
    public static SalvagingStream Gzip(Stream compressed, Func<Stream>? again = null)
    {
        ArgumentNullException.ThrowIfNull(compressed);
        return again is null ? new(new CompressedStream(compressed))
            : new(Unzip(compressed), () => new GZipStream(again(), CompressionMode.Decompress));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The content is damaged or cut short here; all before has been given.</exception>
    public override int Read(Span<byte> buffer)
    {
        _failure?.Throw();
        if (_isSecond)
        {
            return buffer.IsEmpty ? 0 : ReadOne(buffer[..1]);
        }

        try
        {
            int length = _content.Read(buffer);
            _given += length;
            return length;
        }
        catch (InvalidDataException) when (TryAgain())
        {
            _isSecond = true;
            return Read(buffer);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    private static GZipStream Unzip(Stream compressed) => new(compressed, CompressionMode.Decompress, leaveOpen: true);

    private int ReadOne(Span<byte> one)
    {
        one[0] = 0;
        try
        {
            int length = _content.Read(one);
            _given += length;
            return length;
        }
        catch (InvalidDataException exception) when (IsWritten(one))
        {
            // The content's last byte is written before its checksum is found wrong, in the same read.
            _failure = ExceptionDispatchInfo.Capture(exception);
            return 1;
        }
    }

    /// <summary>Whether a read that failed wrote its byte: it is another than stood there, or once more whatever stands there.</summary>
    private bool IsWritten(Span<byte> one)
    {
        if (one[0] != 0 || !TryAgain())
        {
            return one[0] != 0;
        }

        one[0] = byte.MaxValue;
        try
        {
            return _content.Read(one) > 0;
        }
        catch (InvalidDataException)
        {
            return one[0] == 0;
        }
    }

    /// <summary>Opens the content once more, where that was left off.</summary>
    private bool TryAgain()
    {
        if (_again() is not { } second)
        {
            return false;
        }

        _content.Dispose();
        _content = second;
        byte[] passed = new byte[4096];
        for (long left = _given; left > 0;)
        {
            int length = second.Read(passed.AsSpan(0, (int)Math.Min(left, passed.Length)));
            if (length == 0)
            {
                return false;
            }

            left -= length;
        }

        return true;
    }
}
