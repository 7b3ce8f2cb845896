using System.Buffers.Binary;

namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>Walks the sets of a v9 or IPFIX datagram.</summary>
internal ref struct DatagramSets(ReadOnlySpan<byte> datagram, in DatagramHeader header)
{
    private const int SetHeader = 4;
    private ReadOnlySpan<byte> _rest = datagram[header.Length..];

    /// <summary>The set's id: of templates, or of the template of its data.</summary>
    public int Id { get; private set; }

    /// <summary>The set without its header.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Whether the datagram ended in the middle of a set.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Moves to the next set; false at the end.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        int length = _rest.Length < SetHeader ? 0 : BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]);
        if (length < SetHeader || length > _rest.Length)
        {
            IsBroken = true;
            return false;
        }

        Id = BinaryPrimitives.ReadUInt16BigEndian(_rest);
        Content = _rest[SetHeader..length];
        _rest = _rest[length..];
        return true;
    }
}
