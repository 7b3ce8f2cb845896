using System.Security.Cryptography;

namespace CipherWatch.Calibration.Corpus;

/// <summary>Compressed streams by kind, kept in a scratch folder between runs, and fragments cut from their middles.</summary>
internal sealed class CompressedCorpus
{
    /// <summary>Bytes at a stream's start that no fragment touches: headers live there.</summary>
    private const int Header = 1024;

    private readonly Dictionary<string, List<byte[]>> _streams = [];

    /// <summary>Kinds that the average is over; the rest are reported beside it.</summary>
    public static readonly string[] Averaged =
        ["deflate-1", "deflate-6", "deflate-9", "zstd-1", "zstd-3", "zstd-19", "brotli-5", "brotli-11", "lz4", "bzip2", "png", "jpeg", "mp3", "ogg", "VP8"];

    public IReadOnlyDictionary<string, List<byte[]>> Streams => _streams;

    public static CompressedCorpus Build(IReadOnlyDictionary<string, List<byte[]>> plain, MediaSources media, string cache, Action<string> log)
    {
        CompressedCorpus corpus = new CompressedCorpus();
        byte[][] bundles = plain.OrderBy(c => c.Key, StringComparer.Ordinal).SelectMany(c => c.Value).ToArray();
        IEnumerable<string> kinds = MediaSources.Has("xz") ? Compressors.Kinds.Append("xz") : Compressors.Kinds;
        foreach (string? kind in kinds)
        {
            log($"compress {kind}");
            corpus._streams[kind] = [.. bundles.Select(bundle => Cached(cache, kind, bundle)).Where(stream => stream.Length > 4 * Header)];
        }

        if (!MediaSources.Has("xz"))
        {
            media.Skipped.Add("xz: not on the path");
        }

        log("encode media");
        foreach ((string? kind, List<byte[]>? streams) in media.Load())
        {
            corpus._streams[kind] = streams;
        }

        return corpus;
    }

    /// <summary>A fragment from the middle of one of the kind's streams long enough for it, or null.</summary>
    /// <remarks>A parity of 0 or 1 takes streams of even or odd number only, −1 all.</remarks>
    public byte[]? Fragment(string kind, int length, Random random, int parity = -1)
    {
        byte[][] enough = _streams[kind].Where((s, i) => s.Length >= length + (2 * Header) && (parity < 0 || i % 2 == parity)).ToArray();
        if (enough.Length == 0)
        {
            return null;
        }

        byte[] stream = enough[random.Next(enough.Length)];
        return stream.AsSpan(Header + random.Next(stream.Length - length - (2 * Header) + 1), length).ToArray();
    }

    private static byte[] Cached(string folder, string kind, byte[] plain)
    {
        string path = Path.Combine(folder, $"{kind}-{Convert.ToHexString(SHA256.HashData(plain), 0, 8)}");
        if (File.Exists(path))
        {
            return File.ReadAllBytes(path);
        }

        byte[] stream = kind == "xz" ? MediaSources.Run("xz", "-6 -c -T1", plain) : Compressors.Compress(kind, plain);
        File.WriteAllBytes(path, stream);
        return stream;
    }
}
