using System.Globalization;
using CipherWatch.Core.Ingestion;

namespace CipherWatch.Cli.Inputs;

/// <summary>
/// How much may come out of one input file, whatever it is wrapped in. An archive of a few kilobytes can hold a terabyte, and one
/// within another any number of them: without a limit it would be read for days.
/// </summary>
/// <param name="storedBytes">How many bytes of the file were read, or it is long.</param>
internal sealed class ExpansionLimit(Func<long> storedBytes)
{
    /// <summary>Bytes that come out of any file, however small it is.</summary>
    public const long FreeBytes = 256L << 20;

    /// <summary>
    /// Bytes out for one in, beyond that. Deflate itself reaches 1,032 over bytes that are all alike; logs reach 10 to 50, and only
    /// archives within archives reach more.
    /// </summary>
    public const int MaxRatio = 1_000;

    /// <summary>Bytes that come out of any file, however large it is: 4 TiB.</summary>
    public const long MaxBytes = 4L << 40;

    /// <summary>Entries of all archives in one file: each costs the opening of a stream.</summary>
    public const int MaxEntries = 1_000_000;

    private long _expanded;
    private int _entries;

    /// <summary>Whether it was reached: nothing more of the file is read.</summary>
    public bool IsReached { get; private set; }

    /// <summary>Counts what came out of a container.</summary>
    /// <exception cref="ExpansionException">It is more than may come out.</exception>
    public void Add(int bytes)
    {
        _expanded += bytes;
        if (_expanded > MaxBytes)
        {
            throw Reached("4 TiB");
        }

        if (_expanded > FreeBytes && (_expanded - FreeBytes) / MaxRatio > storedBytes())
        {
            throw Reached(string.Create(CultureInfo.InvariantCulture, $"{MaxRatio:N0} times its size and 256 MiB"));
        }
    }

    /// <summary>Counts an entry of an archive.</summary>
    /// <exception cref="ExpansionException">There are more than are read.</exception>
    public void AddEntry()
    {
        if (++_entries > MaxEntries)
        {
            throw Reached(string.Create(CultureInfo.InvariantCulture, $"{MaxEntries:N0} entries"));
        }
    }

    private ExpansionException Reached(string what)
    {
        IsReached = true;
        return new($"the file expands to more than {what}, as archives made to fill a machine do: what came before was read and stands. "
            + "If it is to be trusted, extract it and give the files that are in it.");
    }
}

/// <summary>A file expands to more than is read of it.</summary>
/// <param name="message">What to do about it.</param>
internal sealed class ExpansionException(string message) : IOException(message);

/// <summary>A stream out of a container, counted against what may come out.</summary>
internal sealed class LimitedStream(Stream source, ExpansionLimit limit) : ReadOnceStream
{
    public override int Read(Span<byte> buffer)
    {
        int read = source.Read(buffer);
        limit.Add(read);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}
