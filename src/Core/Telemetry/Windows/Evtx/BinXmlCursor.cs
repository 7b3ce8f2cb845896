using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>A place in binary XML that moves forward. Reading past the end breaks it for good and yields zeros.</summary>
internal ref struct BinXmlCursor(ReadOnlySpan<byte> chunk, int start, int end)
{
    /// <summary>The chunk: names and definitions are anywhere within it.</summary>
    public readonly ReadOnlySpan<byte> Chunk = chunk;

    /// <summary>Offset within the chunk of the next byte.</summary>
    public int At { get; private set; } = start;

    /// <summary>Offset behind the last byte that may be read.</summary>
    public int End { get; } = Math.Min(end, chunk.Length);

    /// <summary>Whether what was read is no binary XML.</summary>
    public bool IsBroken { get; private set; } = start < 0 || start > Math.Min(end, chunk.Length);

    /// <summary>The next token without its flag, not moving; the end token at the end.</summary>
    public readonly byte Peek() => !IsBroken && At < End ? (byte)(Chunk[At] & ~BinXmlToken.More) : BinXmlToken.End;

    /// <summary>The next byte; the end token at the end.</summary>
    public byte ReadToken() => IsBroken || At >= End ? BinXmlToken.End : Chunk[At++];

    /// <summary>The next two bytes as a number.</summary>
    public ushort ReadUInt16() => TryTake(sizeof(ushort), out int at) ? BinaryPrimitives.ReadUInt16LittleEndian(Chunk[at..]) : (ushort)0;

    /// <summary>The next four bytes as a number.</summary>
    public uint ReadUInt32() => TryTake(sizeof(uint), out int at) ? BinaryPrimitives.ReadUInt32LittleEndian(Chunk[at..]) : 0;

    /// <summary>Passes over bytes and returns where they start.</summary>
    public int Skip(long count)
    {
        if (TryTake(count, out int at))
        {
            return at;
        }

        return 0;
    }

    /// <summary>The name that is referred to here; where it stands at this very place it is passed over.</summary>
    public ReadOnlySpan<char> ReadName()
    {
        uint at = ReadUInt32();
        if (IsBroken || !BinXmlName.TryRead(Chunk, at, out ReadOnlySpan<char> name, out int bytes))
        {
            Break();
            return default;
        }

        if (at == At)
        {
            Skip(bytes);
        }

        return name;
    }

    /// <summary>Text with its length before it: where it starts, and how many bytes it has.</summary>
    public (int Start, int Length) ReadText()
    {
        int length = ReadUInt16() * sizeof(char);
        return (Skip(length), IsBroken ? 0 : length);
    }

    /// <summary>Says that this is no binary XML.</summary>
    public void Break() => IsBroken = true;

    private bool TryTake(long count, out int at)
    {
        at = At;
        if (IsBroken || count < 0 || count > End - At)
        {
            IsBroken = true;
            return false;
        }

        At += (int)count;
        return true;
    }
}
