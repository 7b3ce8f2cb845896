using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>The fields of audit records that are read.</summary>
internal enum AuditField
{
    Arch,
    Syscall,
    Success,
    Exit,
    A0,
    A1,
    A2,
    A3,
    PPid,
    Pid,
    Uid,
    UidName,
    Comm,
    Exe,
    SAddr,
    SAddrRaw,
    SAddrText,
    Cwd,
    Name,
    NameType,
    PathNames,
    Argc,
    CommandLine,
    SyscallNumber,
    UringOp,
    Fd,
    NArgs,
    User,
    Node,
    Items,
    Op,
    Direction,
    RAddr,
    RPort,
    LAddr,
    LPort,
    Addr,
    Src,
    Dst,
    SrcPrefix,
    DstPrefix,
    Cipher,
    SPid,
    Res,
    Kind,
    Hostname,
    Pfs,
}

/// <summary>Their names.</summary>
internal static class AuditFieldNames
{
    /// <summary>In the order of <see cref="AuditField"/>.</summary>
    public static readonly FieldNames All = new(
        "arch", "syscall", "success", "exit", "a0", "a1", "a2", "a3", "ppid", "pid", "uid", "UID", "comm", "exe", "saddr", "saddr_r",
        "SADDR", "cwd",
        "name", "nametype", "path_name", "argc", "cmdline", "syscall_r", "uring_op", "fd", "nargs", "user", "node", "items", "op",
        "direction", "raddr", "rport", "laddr", "lport", "addr", "src", "dst", "src_prefixlen", "dst_prefixlen", "cipher", "spid", "res",
        "kind",
        "hostname", "pfs");

    /// <summary>
    /// The keys of the half that auditd adds when it enriches: where the byte before it is lost, such a key and its equals sign
    /// are what ends the value before. The longest come first, because <c>EUID</c> ends in <c>UID</c>.
    /// </summary>
    public static readonly byte[][] Enriched = [.. new[]
    {
        "OLD-AUID", "SYSCALL", "FSUID", "FSGID", "SADDR", "OAUID", "OUID", "OGID", "AUID", "EUID", "SUID", "EGID", "SGID", "ARCH", "UID",
        "GID",
    }.Select(System.Text.Encoding.UTF8.GetBytes)];
}
