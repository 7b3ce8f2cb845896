namespace CipherWatch.Core.Randomness.Recognition;

/// <summary>
/// Names protocols whose single datagrams look like chance, by what stays or counts up from one to the next.
/// </summary>
public static class DatagramFlow
{
    /// <summary>Datagrams of one direction that must agree; chance agreement of the rows below is under 2⁻²⁰.</summary>
    public const int Needed = 3;

    /// <summary>Recognises the first datagrams of one direction of a flow.</summary>
    /// <param name="datagrams">At least <see cref="Needed"/> payloads in order of arrival; the first 32 bytes of each suffice.</param>
    /// <param name="context">Ports of the direction; without them rows that need one do not match.</param>
    /// <returns>A protocol's name, or null.</returns>
    public static string? Recognise(IReadOnlyList<ReadOnlyMemory<byte>> datagrams, in PayloadContext context = default)
    {
        ArgumentNullException.ThrowIfNull(datagrams);
        const int HttpsPort = 443;

        int rtp = 0;
        int skype = 0;
        int utp = 0;
        int connectionId = 0;
        for (int i = 0; i < datagrams.Count; i++)
        {
            ReadOnlySpan<byte> now = datagrams[i].Span;
            skype += now.Length > 3 && (now[2] & 0x0F) is 0x02 or 0x0D ? 1 : 0;
            if (i == 0)
            {
                continue;
            }

            ReadOnlySpan<byte> before = datagrams[i - 1].Span;
            rtp += IsNextRtp(before, now) ? 1 : 0;
            utp += IsSameUtp(before, now) ? 1 : 0;
            connectionId += HasSameGoogleId(before, now) ? 1 : 0;
        }

        // Skype marks every datagram with two of sixteen values: ten in a row happen by chance 10⁻⁹ of the time.
        const int SkypeNeeded = 7;
        return rtp >= Needed - 1 ? "rtp"
            : utp >= Needed - 1 ? "bittorrent"
            : connectionId >= 1 && connectionId == datagrams.Count - 1 && context.HasPort(HttpsPort) ? "quic"
            : datagrams.Count >= SkypeNeeded && skype == datagrams.Count ? "skype"
            : null;
    }

    /// <summary>
    /// Recognises the datagrams of both directions: Skype's refusals repeat the number of the datagram that they refuse, which pairs
    /// of random datagrams do one in a million times.
    /// </summary>
    /// <param name="outward">From the initiator, in order of arrival.</param>
    /// <param name="inward">From the responder.</param>
    public static string? Recognise(IReadOnlyList<ReadOnlyMemory<byte>> outward, IReadOnlyList<ReadOnlyMemory<byte>> inward)
    {
        ArgumentNullException.ThrowIfNull(outward);
        ArgumentNullException.ThrowIfNull(inward);
        return RefusesAny(outward, inward) || RefusesAny(inward, outward) ? "skype" : null;
    }

    private static bool RefusesAny(IReadOnlyList<ReadOnlyMemory<byte>> refused, IReadOnlyList<ReadOnlyMemory<byte>> refusing)
    {
        const int RefusalLength = 11, Refusal = 5;
        foreach (ReadOnlyMemory<byte> answer in refusing)
        {
            if (answer.Length != RefusalLength || (answer.Span[2] & 0x0F) != Refusal)
            {
                continue;
            }

            foreach (ReadOnlyMemory<byte> datagram in refused)
            {
                if (datagram.Length > RefusalLength && datagram.Span[..2].SequenceEqual(answer.Span[..2]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>RTP (RFC 3550): version 2, same source, sequence up by a few, time not falling.</summary>
    private static bool IsNextRtp(ReadOnlySpan<byte> before, ReadOnlySpan<byte> now)
    {
        if (before.Length < 12 || now.Length < 12 || before[0] >> 6 != 2 || now[0] >> 6 != 2 || before.U32(8) != now.U32(8))
        {
            return false;
        }

        return (ushort)(now.U16(2) - before.U16(2)) is > 0 and < 32;
    }

    /// <summary>uTP (BEP 29): version 1, types 0–4, the connection id the same.</summary>
    private static bool IsSameUtp(ReadOnlySpan<byte> before, ReadOnlySpan<byte> now) =>
        before.Length >= 20 && now.Length >= 20 && (before[0] & 0xF) == 1 && (now[0] & 0xF) == 1 && before[0] >> 4 <= 4 && now[0] >> 4 <= 4
        && before[1] <= 2 && now[1] <= 2 && Math.Abs(before.U16(2) - now.U16(2)) <= 1;

    /// <summary>
    /// Google's QUIC before version 44, met in mid-flow: flags with an eight-byte connection id, which stays, and a one-byte
    /// packet number, which goes up.
    /// </summary>
    private static bool HasSameGoogleId(ReadOnlySpan<byte> before, ReadOnlySpan<byte> now)
    {
        const int FlagsThatVary = 0x40, EightByteId = 0x0C;
        return before.Length >= 10 && now.Length >= 10
            && (before[0] & ~FlagsThatVary) == EightByteId && (now[0] & ~FlagsThatVary) == EightByteId
            && before[1..9].SequenceEqual(now[1..9])
            && (byte)(now[9] - before[9]) is > 0 and < 64;
    }
}
