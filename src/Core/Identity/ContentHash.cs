using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CipherWatch.Core.Identity;

/// <summary>Builds a 128-bit content hash from fields: the first half of SHA-256 over the fields, each with its length before it.</summary>
/// <remarks>
/// For what is stored under its hash and outlives a run: detections, settings, table rows, dead letters, batches. Nobody can
/// make two of them with one hash. Ids of observations are made millions of times over and have a cheaper hash,
/// <see cref="ObservationHash"/>.
/// </remarks>
public ref struct ContentHash
{
    private HashFields _fields;

    /// <summary>Starts a hash in the caller's scratch space; longer input moves to a pooled array.</summary>
    public ContentHash(Span<byte> scratch)
    {
        _fields = new(scratch);
    }

    /// <summary>Adds a text field, lower-cased where the field's case carries no meaning.</summary>
    public void Add(string? text, bool ignoreCase = false) => _fields.Add(text, ignoreCase);

    /// <summary>Adds a number.</summary>
    public void Add(long number) => _fields.Add(number);

    /// <summary>Adds an address.</summary>
    public void Add(IpAddress address) => _fields.Add(address);

    /// <summary>Adds raw bytes.</summary>
    public void Add(scoped ReadOnlySpan<byte> bytes) => _fields.Add(bytes);

    /// <summary>The hash of all that was added. Call once; the builder cannot be used afterwards.</summary>
    public UInt128 Finish()
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_fields.Written, digest);
        _fields.Release();
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }
}
