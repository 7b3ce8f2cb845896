using System.IO.Compression;
using ICSharpCode.SharpZipLib.BZip2;
using K4os.Compression.LZ4;
using ZstdSharp;

namespace CipherWatch.Calibration.Corpus;

/// <summary>Compressors that run inside the program.</summary>
internal static class Compressors
{
    /// <summary>Kinds over plain bundles; xz is added where its tool is found.</summary>
    public static readonly string[] Kinds =
        ["deflate-1", "deflate-6", "deflate-9", "zip", "zstd-1", "zstd-3", "zstd-19", "brotli-5", "brotli-11", "lz4", "bzip2"];

    public static byte[] Compress(string kind, byte[] plain) => kind switch
    {
        "deflate-1" => Deflate(plain, 1),
        "deflate-6" => Deflate(plain, 6),
        "deflate-9" => Deflate(plain, 9),
        "zip" => Zip(plain),
        "zstd-1" => Zstandard(plain, 1),
        "zstd-3" => Zstandard(plain, 3),
        "zstd-19" => Zstandard(plain, 19),
        "brotli-5" => Brotli(plain, 5),
        "brotli-11" => Brotli(plain, 11),
        "lz4" => Lz4(plain),
        "bzip2" => Bzip2(plain),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such compressor."),
    };

    public static byte[] Deflate(byte[] plain, int level)
    {
        using MemoryStream memory = new MemoryStream();
        using (DeflateStream stream = new DeflateStream(memory, new ZLibCompressionOptions { CompressionLevel = level }, leaveOpen: true))
        {
            stream.Write(plain);
        }

        return memory.ToArray();
    }

    private static byte[] Zip(byte[] plain)
    {
        // An archive of documents of 64 KiB, as office files and source archives are.
        const int Document = 64 * 1024;
        using MemoryStream memory = new MemoryStream();
        using (ZipArchive zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (int at = 0; at < plain.Length; at += Document)
            {
                using Stream entry = zip.CreateEntry($"word/part{at}.xml", CompressionLevel.Optimal).Open();
                entry.Write(plain.AsSpan(at, Math.Min(Document, plain.Length - at)));
            }
        }

        return memory.ToArray();
    }

    private static byte[] Zstandard(byte[] plain, int level)
    {
        using Compressor compressor = new ZstdSharp.Compressor(level);
        return compressor.Wrap(plain).ToArray();
    }

    private static byte[] Brotli(byte[] plain, int quality)
    {
        byte[] into = new byte[BrotliEncoder.GetMaxCompressedLength(plain.Length)];
        return BrotliEncoder.TryCompress(plain, into, out int written, quality, window: 22) ? into[..written] : [];
    }

    private static byte[] Lz4(byte[] plain)
    {
        byte[] into = new byte[LZ4Codec.MaximumOutputSize(plain.Length)];
        return into[..LZ4Codec.Encode(plain, into)];
    }

    private static byte[] Bzip2(byte[] plain)
    {
        using MemoryStream memory = new MemoryStream();
        using (BZip2OutputStream stream = new BZip2OutputStream(memory, 9) { IsStreamOwner = false })
        {
            stream.Write(plain);
        }

        return memory.ToArray();
    }
}
