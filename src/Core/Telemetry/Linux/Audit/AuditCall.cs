using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>What a system call does, as far as it matters here.</summary>
internal enum AuditCall : byte
{
    /// <summary>Nothing that is read.</summary>
    None,

    /// <summary>Starts an image: execve, execveat.</summary>
    Exec,

    /// <summary>Creates a socket.</summary>
    Socket,

    /// <summary>Connects a socket to a peer, or a datagram socket to where it will send.</summary>
    Connect,

    /// <summary>Names a socket: of AF_ALG, the cipher.</summary>
    Bind,

    /// <summary>Takes a connection that a peer opened.</summary>
    Accept,

    /// <summary>Sends to an address: sendto, sendmsg, sendmmsg.</summary>
    Send,

    /// <summary>Opens a file; the flags are the second argument.</summary>
    Open,

    /// <summary>Opens a file; the flags are the third argument.</summary>
    OpenAt,

    /// <summary>Opens a file; the flags lie in memory.</summary>
    OpenAt2,

    /// <summary>Maps a file.</summary>
    Mmap,

    /// <summary>Ends the process.</summary>
    Exit,

    /// <summary>Any call on sockets, by its first argument.</summary>
    SocketCall,

    /// <summary>Hands operations to io_uring, whose addresses are recorded with it.</summary>
    UringEnter,
}

/// <summary>System calls by architecture and number, and by name. Source: the tables of audit's user space.</summary>
internal static class AuditCalls
{
    /// <summary>The bit that tells an x32 call from a 64-bit one of the same number.</summary>
    private const int X32 = 0x4000_0000;

    private const int MaxCalls = 512;

    private static readonly (string Name, AuditCall Call)[] Names =
    [
        ("execve", AuditCall.Exec), ("execveat", AuditCall.Exec), ("socket", AuditCall.Socket), ("connect", AuditCall.Connect),
        ("bind", AuditCall.Bind), ("accept", AuditCall.Accept), ("accept4", AuditCall.Accept), ("sendto", AuditCall.Send),
        ("sendmsg", AuditCall.Send), ("sendmmsg", AuditCall.Send), ("open", AuditCall.Open), ("openat", AuditCall.OpenAt),
        ("openat2", AuditCall.OpenAt2), ("mmap", AuditCall.Mmap), ("mmap2", AuditCall.Mmap), ("exit_group", AuditCall.Exit),
        ("socketcall", AuditCall.SocketCall), ("io_uring_enter", AuditCall.UringEnter),
    ];

    private static readonly FieldNames ByName = new([.. Names.Select(known => known.Name)]);

    private static readonly AuditCall[][] ByNumber = [.. Enum.GetValues<CallTable>().Select(Table)];

    /// <summary>The call written as a number or as a name; None for those that are not read.</summary>
    public static AuditCall Of(AuditArch arch, ReadOnlySpan<byte> text)
    {
        if (text.Length > 0 && (uint)(text[0] - '0') <= 9)
        {
            int number = 0;
            foreach (byte digit in text)
            {
                if ((uint)(digit - '0') > 9 || number > X32)
                {
                    return AuditCall.None;
                }

                number = unchecked((number * 10) + digit - '0');
            }

            number = arch.Table == CallTable.X64 ? number & ~X32 : number;
            AuditCall[] table = ByNumber[(int)arch.Table];
            return (uint)number < (uint)table.Length ? table[number] : AuditCall.None;
        }

        // ausearch writes socketcall(connect).
        int open = text.IndexOf((byte)'(');
        text = open > 0 && text[^1] == (byte)')' ? text[(open + 1)..^1] : text;
        return ByName.Find(text) is >= 0 and var place ? Names[place].Call : AuditCall.None;
    }

    /// <summary>The call behind socketcall's first argument. Source: <c>linux/net.h</c>.</summary>
    public static AuditCall OfSocketCall(ulong number) => number switch
    {
        1 => AuditCall.Socket,
        2 => AuditCall.Bind,
        3 => AuditCall.Connect,
        5 or 18 => AuditCall.Accept,
        11 or 16 or 20 => AuditCall.Send,
        _ => AuditCall.None,
    };

    private static AuditCall[] Table(CallTable table)
    {
        AuditCall[] calls = new AuditCall[MaxCalls];
        foreach ((int number, AuditCall call) in Numbers(table))
        {
            calls[number] = call;
        }

        if (table != CallTable.Unknown)
        {
            // Calls newer than 2019 have one number everywhere.
            calls[426] = AuditCall.UringEnter;
            calls[437] = AuditCall.OpenAt2;
        }

        return calls;
    }

    private static (int Number, AuditCall Call)[] Numbers(CallTable table) => table switch
    {
        CallTable.X64 =>
        [
            (59, AuditCall.Exec), (322, AuditCall.Exec), (41, AuditCall.Socket), (42, AuditCall.Connect), (49, AuditCall.Bind),
            (43, AuditCall.Accept),
            (288, AuditCall.Accept), (44, AuditCall.Send), (46, AuditCall.Send), (307, AuditCall.Send), (2, AuditCall.Open),
            (257, AuditCall.OpenAt),
            (9, AuditCall.Mmap), (231, AuditCall.Exit),
        ],
        CallTable.Generic =>
        [
            (221, AuditCall.Exec), (281, AuditCall.Exec), (198, AuditCall.Socket), (203, AuditCall.Connect), (200, AuditCall.Bind),
            (202, AuditCall.Accept),
            (242, AuditCall.Accept), (206, AuditCall.Send), (211, AuditCall.Send), (269, AuditCall.Send), (56, AuditCall.OpenAt),
            (222, AuditCall.Mmap),
            (94, AuditCall.Exit),
        ],
        CallTable.I386 =>
        [
            (11, AuditCall.Exec), (358, AuditCall.Exec), (359, AuditCall.Socket), (362, AuditCall.Connect), (361, AuditCall.Bind),
            (364, AuditCall.Accept),
            (369, AuditCall.Send), (370, AuditCall.Send), (345, AuditCall.Send), (5, AuditCall.Open), (295, AuditCall.OpenAt),
            (90, AuditCall.Mmap),
            (192, AuditCall.Mmap), (252, AuditCall.Exit), (102, AuditCall.SocketCall),
        ],
        CallTable.PowerPc =>
        [
            (11, AuditCall.Exec), (362, AuditCall.Exec), (326, AuditCall.Socket), (328, AuditCall.Connect), (327, AuditCall.Bind),
            (330, AuditCall.Accept),
            (344, AuditCall.Accept), (335, AuditCall.Send), (341, AuditCall.Send), (349, AuditCall.Send), (5, AuditCall.Open),
            (286, AuditCall.OpenAt),
            (90, AuditCall.Mmap), (192, AuditCall.Mmap), (234, AuditCall.Exit), (102, AuditCall.SocketCall),
        ],
        CallTable.S390 =>
        [
            (11, AuditCall.Exec), (354, AuditCall.Exec), (359, AuditCall.Socket), (362, AuditCall.Connect), (361, AuditCall.Bind),
            (364, AuditCall.Accept),
            (369, AuditCall.Send), (370, AuditCall.Send), (358, AuditCall.Send), (5, AuditCall.Open), (288, AuditCall.OpenAt),
            (90, AuditCall.Mmap),
            (192, AuditCall.Mmap), (248, AuditCall.Exit), (102, AuditCall.SocketCall),
        ],
        CallTable.Arm =>
        [
            (11, AuditCall.Exec), (387, AuditCall.Exec), (281, AuditCall.Socket), (283, AuditCall.Connect), (282, AuditCall.Bind),
            (285, AuditCall.Accept),
            (366, AuditCall.Accept), (290, AuditCall.Send), (296, AuditCall.Send), (374, AuditCall.Send), (5, AuditCall.Open),
            (322, AuditCall.OpenAt),
            (192, AuditCall.Mmap), (90, AuditCall.Mmap), (248, AuditCall.Exit), (102, AuditCall.SocketCall),
        ],
        _ => [],
    };
}
