using System.Text;
using System.Text.Unicode;

namespace CipherWatch.Core.Telemetry.Windows.Evtx;

/// <summary>The values of one event as UTF-8, one after another, in memory that is used again for the next.</summary>
internal sealed class BinXmlText
{
    /// <summary>Most bytes of all values of an event: a record has less than 64 KiB, and UTF-8 half as much again.</summary>
    private const int MaxBytes = 256 << 10;

    private const int FirstBytes = 4096;
    private const int MaxBytesPerUnit = 3;

    private byte[] _bytes = new byte[FirstBytes];

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>How much was written, bytes.</summary>
    public int Length { get; private set; }

    /// <summary>Whether more was to be written than any event holds: some of it is left out.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Forgets it: another event begins.</summary>
    public void Clear()
    {
        Length = 0;
        IsFull = false;
    }

    /// <summary>Room for at least so many bytes; less when it is full.</summary>
    public Span<byte> Room(int bytes)
    {
        if (_bytes.Length - Length < bytes)
        {
            IsFull |= Length + bytes > MaxBytes;
            if (IsFull)
            {
                return default;
            }

            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes));
        }

        return _bytes.AsSpan(Length);
    }

    /// <summary>Says how much of the room was used.</summary>
    public void Advance(int bytes) => Length += bytes;

    /// <summary>Writes text; halves of surrogate pairs become the character that stands for what is none.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        Span<byte> room = Room(text.Length * MaxBytesPerUnit);
        if (!room.IsEmpty)
        {
            Utf8.FromUtf16(text, room, out _, out int written, replaceInvalidSequences: true);
            Advance(written);
        }
    }

    /// <summary>Writes one character.</summary>
    public void Append(int character)
    {
        Rune rune = Rune.IsValid(character) ? (Rune)character : Rune.ReplacementChar;
        Span<byte> room = Room(4);
        Length += room.IsEmpty ? 0 : rune.EncodeToUtf8(room);
    }
}
