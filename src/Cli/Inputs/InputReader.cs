using System.IO.Compression;
using CipherWatch.Core.Ingestion;

namespace CipherWatch.Cli.Inputs;

/// <summary>Reads files through whatever they are wrapped in, and hands on the content of each, one after another.</summary>
/// <remarks>
/// A container that is cut short or damaged is a problem in the tally, never the end of the run; what came out of it before
/// stands. Containers nest (gzip in zip and so on) up to <see cref="MaxDepth"/>, and what comes out of one file has an
/// <see cref="ExpansionLimit"/>.
/// </remarks>
/// <param name="content">Takes the content of one file, as a forward-only stream, and what to call it.</param>
/// <param name="tally">Where files and problems are counted.</param>
/// <param name="openStandardInput">Opens standard input.</param>
/// <param name="cancellationToken">Stops between reads.</param>
internal sealed class InputReader(
    Action<Stream, string> content, InputTally tally, Func<Stream> openStandardInput, CancellationToken cancellationToken)
{
    /// <summary>Containers within containers that are opened: real exports have two, an archive that holds itself has no end.</summary>
    public const int MaxDepth = 8;

    private const int FileBufferBytes = 128 << 10;

    private ExpansionLimit _limit = new(static () => 0);

    /// <summary>Reads one file.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public void Read(InputFile file)
    {
        string name = file.IsStandardInput ? "<stdin>" : file.Path;
        Guard(name, "could not be read", () =>
        {
            using Stream raw = file.IsStandardInput
                ? openStandardInput()
                : Open(file.Path);
            bool pipe = file.IsStandardInput || !raw.CanSeek;
            long before = tally.StoredBytes;
            _limit = new(pipe ? () => tally.StoredBytes - before : () => raw.Length);
            using Stream forward = pipe ? new InterruptibleStream(raw, cancellationToken) : new BufferedStream(raw, FileBufferBytes);
            using MeteredStream metered = new(forward, tally);
            ReadContent(metered, pipe ? null : file.Path, name, 0);
        });
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.SequentialScan);

    /// <summary>Reads a stream, through the container that it turns out to be.</summary>
    /// <param name="stream">Its bytes.</param>
    /// <param name="path">The file that holds exactly these bytes; null where there is none.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="depth">Containers around it.</param>
    private void ReadContent(Stream stream, string? path, string name, int depth)
    {
        using PeekStream peeked = new(stream);
        ContainerKind kind = ContainerKinds.Of(peeked, out string format);
        if (kind == ContainerKind.Unreadable)
        {
            tally.AddProblem(name, $"compressed as {format}, which is not read here: decompress it first.");
        }
        else if (kind != ContainerKind.None && depth == MaxDepth)
        {
            tally.AddProblem(
                name, $"{format} within {MaxDepth} other containers: not opened. Extract it and give the files that are in it.");
        }
        else if (kind == ContainerKind.Gzip)
        {
            // An exception from here is caught where the file or entry was opened, and has the same name.
            using LimitedStream gzip = new(SalvagingStream.Gzip(peeked, path is null ? null : () => Open(path)), _limit);
            ReadContent(gzip, null, name, depth + 1);
            ReadBehind(gzip, peeked, name);
        }
        else if (kind == ContainerKind.Zip)
        {
            ReadZip(peeked, path, name, depth);
        }
        else if (kind == ContainerKind.Tar)
        {
            TarEntries.Read(peeked, (open, entry) => ReadEntry(open, name, entry, depth, counted: true));
        }
        else
        {
            tally.AddFile();
            content(peeked, name);
        }
    }

    /// <summary>Reads to the end, where damage shows; then says so where what follows is neither gzip nor padding.</summary>
    private void ReadBehind(LimitedStream gzip, PeekStream compressed, string name)
    {
        byte[] buffer = new byte[FileBufferBytes];
        while (gzip.Read(buffer) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        int length = compressed.Read(buffer);
        if (buffer.AsSpan(0, length).ContainsAnyExcept((byte)0))
        {
            tally.AddProblem(
                name, "bytes behind the end of its gzip data are none, perhaps because a header is damaged: they were not read.");
        }
    }

    private void ReadZip(Stream stream, string? path, string name, int depth)
    {
        // The directory of a zip file stands at its end, so one that comes through a pipe is put on disk first.
        using FileStream file = path is null ? SpooledFile.Of(stream, cancellationToken)
            : new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileBufferBytes);
        if (path is not null)
        {
            tally.AddStoredBytes(file.Length);
        }

        void Entry(Func<Stream> open, string entry) => ReadEntry(open, name, entry, depth, counted: false);
        ZipArchive? archive = ZipEntries.TryOpen(file);
        if (archive is null)
        {
            CutZip.Read(file, Entry);
            tally.AddProblem(name, "zip file without its directory, so it was cut short: the entries before the cut were read.");
            return;
        }

        using (archive)
        {
            ZipEntries.Read(archive, Entry, reason => tally.AddProblem(name, reason));
        }
    }

    // What comes out of a tar is no more than what went into it, and was counted there.
    private void ReadEntry(Func<Stream> open, string container, string entry, int depth, bool counted)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_limit.IsReached)
        {
            return;
        }

        string name = $"{container}:{entry}";
        Guard(name, "could not be read through", () =>
        {
            _limit.AddEntry();
            using Stream bytes = counted ? open() : new LimitedStream(new SalvagingStream(open), _limit);
            ReadContent(bytes, null, name, depth + 1);
        });
    }

    private void Guard(string name, string what, Action read)
    {
        try
        {
            read();
        }
        catch (ExpansionException exception)
        {
            tally.AddProblem(name, exception.Message);
        }
        catch (InvalidDataException)
        {
            tally.AddProblem(name, "compressed data is cut short or damaged: what came before was read and stands.");
        }
        catch (EndOfStreamException)
        {
            tally.AddProblem(name, "cut short: what came before was read and stands.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            tally.AddProblem(name, $"{what} ({exception.Message.TrimEnd('.')}).");
        }
    }
}
