using System.Buffers.Text;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>The types of audit records that are read; all others say nothing of processes and channels.</summary>
internal enum AuditType
{
    /// <summary>A type that is not read.</summary>
    Other,

    /// <summary>1300: a system call, its result, and the process that made it.</summary>
    Syscall,

    /// <summary>1302: a file that the call named.</summary>
    Path,

    /// <summary>1304: the arguments behind <c>socketcall</c>.</summary>
    SocketCall,

    /// <summary>1306: the address given to or got from a call on a socket.</summary>
    SockAddr,

    /// <summary>1307: the working directory.</summary>
    Cwd,

    /// <summary>1309: the arguments of an exec.</summary>
    Execve,

    /// <summary>1320: the end of an event, which auditd keeps out of its own log.</summary>
    Eoe,

    /// <summary>1323: the descriptor and flags of a mapping.</summary>
    Mmap,

    /// <summary>1336: an operation of io_uring.</summary>
    UringOp,

    /// <summary>1415: a change of the kernel's IPsec state.</summary>
    MacIpsec,

    /// <summary>2400–2409: what a program says of its own cryptography.</summary>
    Crypto,

    /// <summary>Several records of an event in one, as the Log Analytics agent writes them.</summary>
    Auoms,

    /// <summary>A record whose type was lost; its first field tells it.</summary>
    Unnamed,
}

/// <summary>Record types by name and by number. Source: <c>linux/audit.h</c>, and audit's user space for 2400–2409.</summary>
internal static class AuditTypes
{
    private const int FirstCrypto = 2400;
    private const int LastCrypto = 2409;

    private static readonly (string Name, int Number, AuditType Type)[] Known =
    [
        ("SYSCALL", 1300, AuditType.Syscall), ("PATH", 1302, AuditType.Path), ("SOCKETCALL", 1304, AuditType.SocketCall),
        ("SOCKADDR", 1306, AuditType.SockAddr), ("CWD", 1307, AuditType.Cwd), ("EXECVE", 1309, AuditType.Execve),
        ("EOE", 1320, AuditType.Eoe), ("MMAP", 1323, AuditType.Mmap),
        ("URINGOP", 1336, AuditType.UringOp), ("MAC_IPSEC_EVENT", 1415, AuditType.MacIpsec),
        ("AUOMS_SYSCALL", 10001, AuditType.Auoms), ("AUOMS_SYSCALL_FRAGMENT", 10002, AuditType.Auoms),
        ("AUOMS_EXECVE", 14688, AuditType.Auoms),
    ];

    private static readonly FieldNames Names = new([.. Known.Select(known => known.Name)]);

    private static readonly (string Key, AuditType Type)[] FirstKeys =
    [
        ("arch=", AuditType.Syscall), ("argc=", AuditType.Execve), ("a0=", AuditType.Execve), ("cwd=", AuditType.Cwd),
        ("item=", AuditType.Path),
        ("saddr=", AuditType.SockAddr), ("nargs=", AuditType.SocketCall), ("uring_op=", AuditType.UringOp),
        ("fd=", AuditType.Mmap),
    ];

    /// <summary>The type written as a name, as <c>UNKNOWN[1327]</c> or as a number.</summary>
    public static AuditType Of(ReadOnlySpan<byte> name)
    {
        if (Names.Find(name) is >= 0 and var place)
        {
            return Known[place].Type;
        }

        if (name.StartsWith("CRYPTO_"u8))
        {
            return AuditType.Crypto;
        }

        int bracket = name.IndexOf((byte)'[');
        return Utf8Parser.TryParse(bracket < 0 ? name : name[(bracket + 1)..], out int number, out int used)
            && used > 0 ? Of(number) : AuditType.Other;
    }

    /// <summary>The type by its number.</summary>
    public static AuditType Of(int number)
    {
        foreach ((_, int known, AuditType type) in Known)
        {
            if (known == number)
            {
                return type;
            }
        }

        return number is >= FirstCrypto and <= LastCrypto ? AuditType.Crypto : AuditType.Other;
    }

    /// <summary>The name of a type whose records differ by it; empty for others.</summary>
    public static ReadOnlySpan<byte> NameOf(int number) => number switch
    {
        2407 => "CRYPTO_SESSION"u8,
        2408 => "CRYPTO_IKE_SA"u8,
        2409 => "CRYPTO_IPSEC_SA"u8,
        _ => default,
    };

    /// <summary>The type of a record whose name was lost, by the field that it begins with.</summary>
    public static AuditType OfBody(ReadOnlySpan<byte> body)
    {
        foreach ((string key, AuditType type) in FirstKeys)
        {
            if (body.Length > key.Length && System.Text.Ascii.Equals(body[..key.Length], key))
            {
                return type;
            }
        }

        return AuditType.Other;
    }
}
