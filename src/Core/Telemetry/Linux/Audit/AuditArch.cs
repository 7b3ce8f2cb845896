using System.Buffers.Text;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>Architectures that share a table of system calls.</summary>
internal enum CallTable : byte
{
    /// <summary>Not known: no number means anything.</summary>
    Unknown,

    /// <summary>64-bit x86, x32 among it.</summary>
    X64,

    /// <summary>The table of newer architectures: aarch64, riscv, loongarch.</summary>
    Generic,

    /// <summary>32-bit x86.</summary>
    I386,

    /// <summary>PowerPC, both widths and byte orders.</summary>
    PowerPc,

    /// <summary>s390 and s390x.</summary>
    S390,

    /// <summary>32-bit arm.</summary>
    Arm,
}

/// <summary>The architecture a call was made on.</summary>
/// <param name="Table">Its table of system calls.</param>
/// <param name="IsBigEndian">The byte order of the host, in which an address's family is written.</param>
internal readonly record struct AuditArch(CallTable Table, bool IsBigEndian)
{
    // Audit's architecture is the ELF machine with two flags: __AUDIT_ARCH_64BIT and __AUDIT_ARCH_LE of linux/audit.h.
    private const uint LittleEndian = 0x4000_0000;
    private const uint MachineMask = 0xffff;

    private static readonly (string Name, AuditArch Arch)[] Names =
    [
        ("x86_64", new(CallTable.X64, false)), ("i386", new(CallTable.I386, false)), ("i686", new(CallTable.I386, false)),
        ("i586", new(CallTable.I386, false)), ("i486", new(CallTable.I386, false)), ("x32", new(CallTable.X64, false)),
        ("aarch64", new(CallTable.Generic, false)), ("arm64", new(CallTable.Generic, false)), ("riscv64", new(CallTable.Generic, false)),
        ("riscv32", new(CallTable.Generic, false)), ("loongarch64", new(CallTable.Generic, false)),
        ("ppc64le", new(CallTable.PowerPc, false)),
        ("ppc64", new(CallTable.PowerPc, true)), ("ppc", new(CallTable.PowerPc, true)), ("s390x", new(CallTable.S390, true)),
        ("s390", new(CallTable.S390, true)), ("armeb", new(CallTable.Arm, true)), ("arm", new(CallTable.Arm, false)),
        ("armv5tejl", new(CallTable.Arm, false)), ("armv5tel", new(CallTable.Arm, false)), ("armv6l", new(CallTable.Arm, false)),
        ("armv7l", new(CallTable.Arm, false)), ("armv8l", new(CallTable.Generic, false)),
    ];

    private static readonly FieldNames ByName = new([.. Names.Select(known => known.Name)]);

    /// <summary>Reads <c>c000003e</c>, <c>0xc000003e</c> or <c>x86_64</c>.</summary>
    /// <param name="text">As written.</param>
    /// <param name="isName">Whether it was a name: then the record is interpreted.</param>
    public static AuditArch Of(ReadOnlySpan<byte> text, out bool isName)
    {
        // Eight digits as the kernel writes them are no name; names are tried where there is another letter.
        if (text.Length == 8 && (uint)(text[0] - '0') <= 9 | text[0] == (byte)'c' && TryHex(text, out uint raw))
        {
            isName = false;
            return Of(raw);
        }

        int place = ByName.Find(text);
        isName = place >= 0;
        if (isName)
        {
            return Names[place].Arch;
        }

        text = text.StartsWith("0x"u8) ? text[2..] : text;
        return TryHex(text, out uint arch) ? Of(arch) : default;
    }

    private static bool TryHex(ReadOnlySpan<byte> text, out uint arch) =>
        Utf8Parser.TryParse(text, out arch, out int used, 'x') && used == text.Length;

    private static AuditArch Of(uint arch) => new(
        (arch & MachineMask) switch
        {
            62 => CallTable.X64,
            183 or 243 or 258 => CallTable.Generic,
            3 => CallTable.I386,
            20 or 21 => CallTable.PowerPc,
            22 => CallTable.S390,
            40 => CallTable.Arm,
            _ => CallTable.Unknown,
        },
        (arch & LittleEndian) == 0);
}
