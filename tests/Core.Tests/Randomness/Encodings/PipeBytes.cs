using System.Buffers.Binary;
using System.Text;

namespace CipherWatch.Core.Tests.Randomness.Encodings;

/// <summary>Builds SMB 2 messages, one direction of a connection ([MS-SMB2] 2.2).</summary>
internal sealed class PipeBytes
{
    private const ushort Negotiate = 0, TreeConnect = 3, ReadCommand = 8, WriteCommand = 9, Control = 11;
    private readonly List<byte> _bytes = [];

    public byte[] Bytes => [.. _bytes];

    public PipeBytes Negotiated(bool answer = false) => Add(Negotiate, answer, 0, new byte[64]);

    /// <summary>The client's ask for a share.</summary>
    public PipeBytes AsksFor(string share)
    {
        byte[] path = Encoding.Unicode.GetBytes(share);
        byte[] body = new byte[8 + path.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(body, 9);
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(4), 64 + 8);
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(6), (ushort)path.Length);
        path.CopyTo(body, 8);
        return Add(TreeConnect, answer: false, 0, body);
    }

    /// <summary>The server's answer: 1 is a disk, 2 pipes.</summary>
    public PipeBytes Connects(uint tree, byte share)
    {
        byte[] body = new byte[16];
        body[0] = 16;
        body[2] = share;
        return Add(TreeConnect, answer: true, tree, body);
    }

    public PipeBytes Writes(uint tree, byte[] content)
    {
        byte[] body = new byte[48 + content.Length];
        body[0] = 49;
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(2), 64 + 48);
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(4), (uint)content.Length);
        content.CopyTo(body, 48);
        return Add(WriteCommand, answer: false, tree, body);
    }

    public PipeBytes Reads(uint tree, byte[] content)
    {
        byte[] body = new byte[16 + content.Length];
        body[0] = 17;
        body[2] = 64 + 16;
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(4), (uint)content.Length);
        content.CopyTo(body, 16);
        return Add(ReadCommand, answer: true, tree, body);
    }

    /// <summary>FSCTL_PIPE_TRANSCEIVE: what is written, or with <paramref name="answer"/> what comes back.</summary>
    public PipeBytes Transceives(uint tree, byte[] content, bool answer)
    {
        int fixedLength = answer ? 48 : 56;
        byte[] body = new byte[fixedLength + content.Length];
        body[0] = (byte)(fixedLength + 1);
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(4), 0x0011C017);
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(answer ? 32 : 24), (uint)(64 + fixedLength));
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(answer ? 36 : 28), (uint)content.Length);
        content.CopyTo(body, fixedLength);
        return Add(Control, answer, tree, body);
    }

    private PipeBytes Add(ushort command, bool answer, uint tree, byte[] body)
    {
        byte[] header = new byte[64];
        new byte[] { 0xFE, (byte)'S', (byte)'M', (byte)'B', 64 }.CopyTo(header, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(12), command);
        header[16] = (byte)(answer ? 1 : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(36), tree);
        byte[] frame = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(frame, header.Length + body.Length);
        _bytes.AddRange([.. frame, .. header, .. body]);
        return this;
    }
}
