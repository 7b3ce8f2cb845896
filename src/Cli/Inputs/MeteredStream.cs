using CipherWatch.Core.Ingestion;

namespace CipherWatch.Cli.Inputs;

/// <summary>Counts the bytes that are read through it, for the progress bar.</summary>
internal sealed class MeteredStream(Stream source, InputTally tally) : ReadOnceStream
{
    public override int Read(Span<byte> buffer)
    {
        int read = source.Read(buffer);
        tally.AddStoredBytes(read);
        return read;
    }
}
