namespace CipherWatch.Core.Identity;

/// <summary>
/// Builds the id of an observation from what it means: SipHash-1-3 of 128 bits over its fields, each with its length before it.
/// </summary>
/// <remarks>
/// Every record has such an id, so its hash must cost less than reading the record does; SHA-256 (<see cref="ContentHash"/>)
/// costs as much as all the rest together. The key is fixed and published, so that every build gives the same ids: that
/// of the published vectors, the bytes 0 to 15. Ids therefore tell observations apart, by chance once in 2⁶⁴ of
/// them; they prove nothing against someone who writes the telemetry, who could as well leave the record out.
/// </remarks>
public ref struct ObservationHash
{
    private const ulong Key0 = 0x0706050403020100;
    private const ulong Key1 = 0x0f0e0d0c0b0a0908;
    private HashFields _fields;

    /// <summary>Starts a hash in the caller's scratch space; longer input moves to a pooled array.</summary>
    public ObservationHash(Span<byte> scratch)
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

    /// <summary>The id. Call once; the builder cannot be used afterwards.</summary>
    public ObservationId Finish()
    {
        ObservationId id = new(SipHash.Hash128(_fields.Written, Key0, Key1));
        _fields.Release();
        return id;
    }
}
