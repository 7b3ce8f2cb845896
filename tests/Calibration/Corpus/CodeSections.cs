using System.Buffers.Binary;

namespace CipherWatch.Calibration.Corpus;

/// <summary>The machine code of ELF libraries: executable sections only.</summary>
internal static class CodeSections
{
    /// <summary>Executable sections (.text and the like) of 64-bit little-endian ELF files in a folder.</summary>
    public static List<byte[]> Load(IEnumerable<string> folders, int most)
    {
        List<byte[]> sections = new List<byte[]>();
        foreach (string? path in folders.Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*.so*")).Order(StringComparer.Ordinal))
        {
            if (sections.Count >= most)
            {
                break;
            }

            FileInfo info = new FileInfo(path);
            if (info.LinkTarget is null && info.Length is > 100_000 and < 20_000_000)
            {
                sections.AddRange(Executable(File.ReadAllBytes(path)).Take(1));
            }
        }

        return sections;
    }

    private static IEnumerable<byte[]> Executable(byte[] file)
    {
        const int ExecutableFlag = 4, ProgramBits = 1;
        if (!file.AsSpan().StartsWith("\u007FELF\u0002\u0001"u8))
        {
            yield break;
        }

        long table = BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(0x28));
        int size = BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(0x3A)), count = BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(0x3C));
        for (int i = 0; i < count && table + ((i + 1) * size) <= file.Length; i++)
        {
            Span<byte> header = file.AsSpan((int)table + (i * size), size);
            long offset = BinaryPrimitives.ReadInt64LittleEndian(header[0x18..]);
            long length = BinaryPrimitives.ReadInt64LittleEndian(header[0x20..]);
            if (BinaryPrimitives.ReadInt32LittleEndian(header[4..]) == ProgramBits
                && (BinaryPrimitives.ReadInt64LittleEndian(header[8..]) & ExecutableFlag) != 0
                && length > 40_000 && offset + length <= file.Length)
            {
                yield return file[(int)offset..(int)(offset + length)];
            }
        }
    }
}
