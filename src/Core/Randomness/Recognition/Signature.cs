using System.Buffers.Binary;
using System.Globalization;

namespace CipherWatch.Core.Randomness.Recognition;

/// <summary>Decides what fixed bytes cannot: lengths that add up, fields in range.</summary>
/// <param name="sample">The sample from its first byte; at least as long as the row's pattern.</param>
/// <param name="context">What else is known of it.</param>
internal delegate bool SignatureCheck(ReadOnlySpan<byte> sample, in PayloadContext context);

/// <summary>What a row of the signature table names.</summary>
internal enum SignatureKind
{
    /// <summary>A network protocol.</summary>
    Protocol,

    /// <summary>Compressed data or a media file.</summary>
    Container,

    /// <summary>A program or other structured file that is not compressed as a whole.</summary>
    Plain,
}

/// <summary>
/// One row of the table of first bytes. The pattern is hexadecimal digits, '?' for any digit, 'text' in quotes,
/// and @N to go on at offset N: <c>"16 03 0? @5 01"</c>, <c>"'SSH-'"</c>, <c>"@4 21 12 A4 42"</c>.
/// </summary>
internal sealed class Signature
{
    private readonly byte[] _values;
    private readonly byte[] _masks;
    private readonly SignatureCheck? _check;
    private readonly Predicate<byte>? _first;

    /// <summary>Parses a row.</summary>
    public Signature(
        SignatureKind kind,
        string name,
        string pattern,
        SignatureCheck? check = null,
        Transport only = Transport.Unknown,
        bool midStream = false,
        Predicate<byte>? first = null)
    {
        (_values, _masks) = Parse(pattern);
        _first = first;
        _check = check;
        ProbeAt = Math.Max(0, Array.FindLastIndex(_masks, mask => mask != 0));
        (HeadMask, HeadValue) = (Head(_masks), Head(_values));
        Kind = kind;
        Name = name;
        Only = only;
        MidStream = midStream;
    }

    /// <summary>What the row names.</summary>
    public SignatureKind Kind { get; }

    /// <summary>Lower-case name, as printed.</summary>
    public string Name { get; }

    /// <summary>Carrier the row needs to be told of; Unknown when its bytes suffice on any.</summary>
    public Transport Only { get; }

    /// <summary>Whether the format may start anew inside a stream.</summary>
    public bool MidStream { get; }

    /// <summary>Fixed bits among the first eight bytes, least significant byte first.</summary>
    public ulong HeadMask { get; }

    /// <summary>Their values: a sample whose first eight bytes differ in one of them does not match.</summary>
    public ulong HeadValue { get; }

    /// <summary>Offset of the last byte with a fixed bit: the first look at patterns that begin far into the sample.</summary>
    public int ProbeAt { get; }

    /// <summary>Fixed bits of that byte.</summary>
    public byte ProbeMask => _masks.Length == 0 ? (byte)0 : _masks[ProbeAt];

    /// <summary>Their values.</summary>
    public byte ProbeValue => _values.Length == 0 ? (byte)0 : _values[ProbeAt];

    /// <summary>The first eight bytes of a sample as one number, least significant byte first; a short one ends in zeros.</summary>
    public static ulong Head(ReadOnlySpan<byte> sample)
    {
        if (sample.Length >= sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64LittleEndian(sample);
        }

        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        padded.Clear();
        sample.CopyTo(padded);
        return BinaryPrimitives.ReadUInt64LittleEndian(padded);
    }

    /// <summary>Whether the row can match a sample that begins with <paramref name="first"/>.</summary>
    public bool CanBeginWith(byte first) =>
        (_masks.Length == 0 || (first & _masks[0]) == _values[0]) && (_first is null || _first(first));

    /// <summary>Whether the row can match what this carrier brings.</summary>
    public bool CanBeCarriedBy(Transport transport) => Only == Transport.Unknown || Only == transport;

    /// <summary>
    /// Whether the row, which the first byte and the carrier allow, matches. A datagram begins where it begins, whatever
    /// was seen of its flow; bytes out of the middle of a stream do not.
    /// </summary>
    public bool Matches(ReadOnlySpan<byte> sample, in PayloadContext context)
    {
        if (sample.Length < _values.Length
            || (context.StartUnseen && !MidStream && context.Transport != Transport.Udp))
        {
            return false;
        }

        for (int i = 0; i < _values.Length; i++)
        {
            if ((sample[i] & _masks[i]) != _values[i])
            {
                return false;
            }
        }

        return _check is null || _check(sample, context);
    }

    private static (byte[] Values, byte[] Masks) Parse(string pattern)
    {
        List<byte> values = [], masks = [];
        for (int i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case ' ':
                    break;
                case '\'':
                    int close = pattern.IndexOf('\'', i + 1);
                    foreach (char letter in pattern[(i + 1)..close])
                    {
                        values.Add((byte)letter);
                        masks.Add(byte.MaxValue);
                    }

                    i = close;
                    break;
                case '@':
                    int space = pattern.IndexOf(' ', i);
                    int end = space < 0 ? pattern.Length : space;
                    while (values.Count < int.Parse(pattern.AsSpan(i + 1, end - i - 1), NumberStyles.None, CultureInfo.InvariantCulture))
                    {
                        values.Add(0);
                        masks.Add(0);
                    }

                    i = end;
                    break;
                default:
                    ((int Value, int Mask) high, (int Value, int Mask) low) = (Digit(pattern[i]), Digit(pattern[i + 1]));
                    values.Add((byte)((high.Value << 4) | low.Value));
                    masks.Add((byte)((high.Mask << 4) | low.Mask));
                    i++;
                    break;
            }
        }

        return ([.. values], [.. masks]);
    }

    private static (int Value, int Mask) Digit(char digit) =>
        digit == '?' ? (0, 0) : (int.Parse([digit], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), 0xF);
}
