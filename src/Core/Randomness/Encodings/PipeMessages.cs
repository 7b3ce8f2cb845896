using System.Buffers.Binary;

namespace CipherWatch.Core.Randomness.Encodings;

/// <summary>
/// What is written to and read from named pipes over SMB 2 and 3, one direction ([MS-SMB2] 2.2): implants talk to each other through
/// them. Files of a share are encrypted or not as their owners like, so that only what goes through pipes has no explanation.
/// </summary>
/// <remarks>
/// Which share a message is of, the server alone says. A client names the shares that it asks for: where all of them are pipes, its
/// messages are; where one is not, or none was seen, nobody knows. Messages that SMB itself encrypts end the reading: keys were
/// exchanged. SMB 1 is not read.
/// </remarks>
internal ref struct PipeMessages(ReadOnlySpan<byte> sample) : IMessages
{
    private const int FrameLength = 4, HeaderLength = 64;
    private const int StatusAt = 8, CommandAt = 12, FlagsAt = 16, NextAt = 20, TreeAt = 36;
    private const uint FromServer = 1, PipeTransceive = 0x0011C017;
    private const ushort TreeConnect = 3, Read = 8, Write = 9, Control = 11;
    private const byte PlainMark = 0xFE, OldMark = 0xFF, PipeShare = 2;

    private ReadOnlySpan<byte> _rest = sample;
    private ReadOnlySpan<byte> _chain;
    private HashSet<uint>? _pipes;
    private bool _asksForPipes;
    private bool _asksForFiles;

    /// <inheritdoc/>
    public readonly BodyCover Cover => BodyCover.Unexplained;

    /// <inheritdoc/>
    public byte[] Body { get; private set; } = [];

    /// <inheritdoc/>
    public bool Next()
    {
        while (Message() is { IsEmpty: false } message)
        {
            bool answers = (BinaryPrimitives.ReadUInt32LittleEndian(message[FlagsAt..]) & FromServer) != 0;
            ushort command = BinaryPrimitives.ReadUInt16LittleEndian(message[CommandAt..]);
            if (command == TreeConnect)
            {
                Connect(message, answers);
                continue;
            }

            bool isPipe = answers ? _pipes?.Contains(BinaryPrimitives.ReadUInt32LittleEndian(message[TreeAt..])) == true
                : _asksForPipes && !_asksForFiles;
            if (isPipe && Content(message, command, answers) is { IsEmpty: false } content)
            {
                Body = content.ToArray();
                return true;
            }
        }

        return false;
    }

    /// <summary>The next message, with as much of its body as the sample holds; empty where there is none.</summary>
    private ReadOnlySpan<byte> Message()
    {
        while (_chain.IsEmpty)
        {
            if (_rest.Length < FrameLength + HeaderLength || _rest[0] != 0)
            {
                return [];
            }

            int length = Math.Min(BinaryPrimitives.ReadInt32BigEndian(_rest), _rest.Length - FrameLength);

            // A client that also speaks SMB 1 begins with it, and is answered in 2.
            _chain = _rest[FrameLength] == OldMark ? [] : _rest.Slice(FrameLength, length);
            _rest = _rest[(FrameLength + length)..];
        }

        if (_chain.Length < HeaderLength || _chain[0] != PlainMark || !_chain[1..].StartsWith("SMB"u8))
        {
            return [];
        }

        uint next = BinaryPrimitives.ReadUInt32LittleEndian(_chain[NextAt..]);
        bool isLast = next < HeaderLength || next >= _chain.Length;
        ReadOnlySpan<byte> message = isLast ? _chain : _chain[..(int)next];
        _chain = isLast ? [] : _chain[(int)next..];
        return message;
    }

    private void Connect(ReadOnlySpan<byte> message, bool answers)
    {
        ReadOnlySpan<byte> body = message[HeaderLength..];
        if (answers)
        {
            bool isPipe = BinaryPrimitives.ReadUInt32LittleEndian(message[StatusAt..]) == 0 && body.Length > 2 && body[2] == PipeShare;
            if (isPipe)
            {
                (_pipes ??= []).Add(BinaryPrimitives.ReadUInt32LittleEndian(message[TreeAt..]));
            }

            return;
        }

        ReadOnlySpan<byte> path = body.Length < 8 ? []
            : Slice(message, BinaryPrimitives.ReadUInt16LittleEndian(body[4..]), BinaryPrimitives.ReadUInt16LittleEndian(body[6..]));
        bool isPipes = path.EndsWith("I\0P\0C\0$\0"u8);
        _asksForPipes |= isPipes;
        _asksForFiles |= !isPipes;
    }

    private static ReadOnlySpan<byte> Content(ReadOnlySpan<byte> message, ushort command, bool answers)
    {
        ReadOnlySpan<byte> body = message[HeaderLength..];
        return (command, answers) switch
        {
            (Write, false) when body.Length >= 8 => Slice(
                message, BinaryPrimitives.ReadUInt16LittleEndian(body[2..]), BinaryPrimitives.ReadUInt32LittleEndian(body[4..])),
            (Read, true) when body.Length >= 8 => Slice(message, body[2], BinaryPrimitives.ReadUInt32LittleEndian(body[4..])),
            (Control, _) when body.Length >= 40 && BinaryPrimitives.ReadUInt32LittleEndian(body[4..]) == PipeTransceive => Slice(
                message,
                BinaryPrimitives.ReadUInt32LittleEndian(body[(answers ? 32 : 24)..]),
                BinaryPrimitives.ReadUInt32LittleEndian(body[(answers ? 36 : 28)..])),
            _ => [],
        };
    }

    /// <summary>A part of a message, as far as it is held; empty where it begins before the body or behind the end.</summary>
    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> message, uint offset, uint length) =>
        offset < HeaderLength || offset >= message.Length ? []
            : message.Slice((int)offset, (int)Math.Min(length, (uint)message.Length - offset));
}
