using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Correlation.Prevalence;

/// <summary>That a program was seen on a host, and where it called: what prevalence is counted of.</summary>
/// <param name="Key">The program, by the hash of its image or by who signed it, and whom it calls, as one hash.</param>
/// <param name="Host">A hash of the host.</param>
/// <param name="Day">The earliest UTC day on which it was seen there, days since the Unix epoch.</param>
public readonly record struct PrevalenceWord(ulong Key, ulong Host, int Day)
{
    /// <summary>Bits of a key that tell its cut.</summary>
    private const int CutBits = 8;

    /// <summary>Set in the keys of programs that are known by who signed them.</summary>
    private const ulong SignerBit = 1;

    /// <summary>Cuts of keys: of programs with many destinations too, so that none of them takes the room of others.</summary>
    public const int Cuts = 1 << CutBits;

    /// <summary>The cut of a key: the same in every version of the app.</summary>
    public static int CutOf(ulong key) => (int)(key >> (64 - CutBits));

    /// <summary>A program by the hash of its image.</summary>
    public static ulong OfImage(string hash) => Of("image", hash) & ~SignerBit;

    /// <summary>Programs by who signed them.</summary>
    public static ulong OfSigner(string signer) => Of("signer", signer) | SignerBit;

    /// <summary>A host.</summary>
    public static ulong OfHost(ReadOnlySpan<char> host) => Of("host", host.ToString());

    /// <summary>Whether a key is of a program that is known by who signed it.</summary>
    public static bool IsOfSigner(ulong key) => (key & SignerBit) != 0;

    /// <summary>The key of a program, wherever it calls.</summary>
    public static ulong KeyOf(ulong program) => KeyOf(program, default, 0, 0, null);

    /// <summary>The key of a program and whom it calls.</summary>
    /// <param name="program">The program.</param>
    /// <param name="ip">The address it calls.</param>
    /// <param name="port">The port: what is common on one says nothing of another.</param>
    /// <param name="protocol">IANA protocol number.</param>
    /// <param name="name">The name, where the host's record hides the address.</param>
    public static ulong KeyOf(ulong program, IpAddress ip, ushort port, byte protocol, string? name)
    {
        ObservationHash hash = new(stackalloc byte[512]);
        hash.Add((long)program);
        hash.Add(ip);
        hash.Add((port << 8) | protocol);
        hash.Add(ip.IsUnspecified ? name : null, ignoreCase: true);
        return (Short(hash.Finish()) & ~SignerBit) | (program & SignerBit);
    }

    private static ulong Of(string kind, string text)
    {
        ObservationHash hash = new(stackalloc byte[512]);
        hash.Add(kind);
        hash.Add(text, ignoreCase: true);
        return Short(hash.Finish());
    }

    private static ulong Short(ObservationId id) => (ulong)(id.Value >> 64);
}

/// <summary>A word of a process whose prevalence is asked for.</summary>
/// <param name="Word">The word.</param>
/// <param name="Latest">The latest day on which the process called there, as destinations rank; <see cref="Program"/> of its program
/// wherever it calls.</param>
public readonly record struct AskedWord(PrevalenceWord Word, int Latest) : IMergeable<AskedWord>
{
    /// <summary>Before every day.</summary>
    public const int Program = int.MaxValue;

    /// <inheritdoc/>
    public AskedWord Merge(AskedWord other) =>
        new(Word with { Day = Math.Min(Word.Day, other.Word.Day) }, Math.Max(Latest, other.Latest));
}
