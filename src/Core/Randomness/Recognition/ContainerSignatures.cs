using CipherWatch.Core.Randomness.Structure;
using static CipherWatch.Core.Randomness.Recognition.SignatureKind;

namespace CipherWatch.Core.Randomness.Recognition;

/// <summary>
/// Containers and files by their magic. Rows of kind Container hold compressed data throughout; rows of kind Plain are
/// judged by their bytes, but named. To add one, add a row.
/// </summary>
/// <remarks>Brotli, raw deflate and raw LZMA have no magic; deflate is parsed instead (<see cref="DeflateHeader"/>).</remarks>
internal static class ContainerSignatures
{
    /// <summary>The table, most specific first.</summary>
    public static readonly Signature[] Rows =
    [
        // Compressors and archives.
        new(Container, "gzip", "1F 8B 08", ContainerStructure.IsGzip),
        new(Container, "zlib", "?8 ??", ContainerStructure.IsZlib),
        new(Container, "zip", "'PK' 03 04", ContainerStructure.IsZipEntry),
        new(Container, "zip", "'PK' 05 06"),
        new(Container, "zip", "'PK' 07 08"),
        new(Container, "zstd", "28 B5 2F FD", ContainerStructure.IsZstandard),
        new(Container, "zstd", "5? 2A 4D 18"),
        new(Container, "xz", "FD '7zXZ' 00"),
        new(Container, "lzma", "5D 00 00 ?? ?? FF FF FF FF"),
        new(Container, "lzip", "'LZIP' 01"),
        new(Container, "bzip2", "'BZh' 3? 31 41 59 26 53 59"),
        new(Container, "7z", "'7z' BC AF 27 1C"),
        new(Container, "rar", "'Rar!' 1A 07"),
        new(Container, "lz4", "04 22 4D 18"),
        new(Container, "lz4", "02 21 4C 18"),
        new(Container, "snappy", "FF 06 00 00 'sNaPpY'"),
        new(Container, "lzo", "89 'LZO' 00 0D 0A 1A 0A"),
        new(Container, "compress", "1F 9D 9?"),
        new(Container, "cab", "'MSCF' 00 00 00 00"),
        new(Container, "xpress", "'MAM' 04"),
        new(Container, "xpress", "'SZDD' 88 F0 27 33"),

        // Pictures, sound, film.
        new(Container, "png", "89 'PNG' 0D 0A 1A 0A"),
        new(Container, "jpeg", "FF D8 FF"),
        new(Container, "gif", "'GIF8'"),
        new(Container, "webp", "'RIFF' @8 'WEBP'"),
        new(Container, "avi", "'RIFF' @8 'AVI '"),
        new(Plain, "wav", "'RIFF' @8 'WAVE'"),
        new(Container, "mp4", "00 00 ?? ?? 'ftyp'"),
        new(Container, "mp4", "00 00 ?? ?? 'moof'"),
        new(Container, "mp4", "00 00 ?? ?? 'styp'"),
        new(Container, "webm", "1A 45 DF A3"),
        new(Container, "ogg", "'OggS' 00"),
        new(Container, "flac", "'fLaC'"),
        new(Container, "mp3", "'ID3' 0? 00"),
        new(Container, "mp3", "FF F?", ContainerStructure.IsMpegAudio),
        new(Container, "mp3", "FF E?", ContainerStructure.IsMpegAudio),
        new(Container, "flv", "'FLV' 01"),
        new(Container, "mpeg-ts", "47", ContainerStructure.IsTransportStream),
        new(Container, "asf", "30 26 B2 75 8E 66 CF 11"),
        new(Container, "jpeg2000", "00 00 00 0C 6A 50 20 20"),
        new(Container, "jpegxl", "00 00 00 0C 4A 58 4C 20"),
        new(Container, "woff", "'wOF2'"),
        new(Container, "woff", "'wOFF'"),
        new(Plain, "bmp", "'BM' @6 00 00 00 00"),
        new(Plain, "ico", "00 00 01 00 ?? 00"),
        new(Plain, "tiff", "'II' 2A 00"),
        new(Plain, "tiff", "'MM' 00 2A"),

        // Documents and data.
        new(Container, "pdf", "'%PDF-'"),
        new(Plain, "ole2", "D0 CF 11 E0 A1 B1 1A E1"),
        new(Plain, "sqlite", "'SQLite format 3' 00"),
        new(Plain, "pcap", "D4 C3 B2 A1"),
        new(Plain, "pcapng", "0A 0D 0D 0A"),
        new(Plain, "evtx", "'ElfFile' 00"),
        new(Plain, "tar", "@257 'ustar'"),

        // Programs.
        new(Plain, "elf", "7F 'ELF' 0?"),
        new(Plain, "pe", "'MZ'", ContainerStructure.IsPortableExecutable),
        new(Plain, "macho", "CF FA ED FE"),
        new(Plain, "macho", "CE FA ED FE"),
        new(Plain, "java-class", "CA FE BA BE"),
        new(Plain, "dex", "'dex' 0A 30 33"),
        new(Plain, "wasm", "00 'asm' 01 00"),
    ];
}
