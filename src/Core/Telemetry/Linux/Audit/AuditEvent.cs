using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Telemetry.Linux.Audit;

/// <summary>Where a text lies in an event's bytes; of no length where there is none.</summary>
/// <param name="Start">Offset of its first byte.</param>
/// <param name="Length">Bytes.</param>
internal readonly record struct AuditSlice(int Start, int Length);

/// <summary>One argument of an exec, or a part of one: long arguments come in parts.</summary>
/// <param name="Index">Its place.</param>
/// <param name="Part">The part's place.</param>
/// <param name="Text">The text.</param>
internal readonly record struct AuditArgument(int Index, int Part, AuditSlice Text);

/// <summary>What is known of one audit event, from however many records in whatever order and rendering. Used again and again.</summary>
/// <remarks>
/// Each field is set by the first record that has it: the records of an event do not contradict one another, and records that
/// come twice change nothing.
/// </remarks>
internal sealed class AuditEvent
{
    private const int FirstBytes = 512;

    /// <summary>Bytes that are kept for the next event; a longer one's are given up.</summary>
    private const int MaxKeptBytes = 8 << 10;

    /// <summary>Bytes of text, and arguments, beyond which no more are taken.</summary>
    private const int MaxBytes = 64 << 10;
    private const int MaxArguments = 512;

    private readonly List<AuditArgument> _arguments = [];
    private byte[] _bytes = new byte[FirstBytes];
    private int _length;

    /// <summary>When, and which.</summary>
    public AuditStamp Stamp { get; private set; }

    /// <summary>Records of the input that wait in it for their outcome.</summary>
    public int Records { get; set; }

    /// <summary>When a record of it came last, counted in records.</summary>
    public long FoundAt { get; set; }

    /// <summary>The name by which its records are counted.</summary>
    public string Source { get; set; } = SourceNames.Auditd;

    /// <summary>It is settled: nothing more is made of it.</summary>
    public bool IsDone { get; set; }

    /// <summary>The next event of the same stamp, of another host.</summary>
    public AuditEvent? Next { get; set; }

    /// <summary>What the call does; None before its record came.</summary>
    public AuditCall Call { get; set; }

    /// <summary>The call's record has come.</summary>
    public bool HasCall { get; set; }

    /// <summary>An operation of io_uring: it is not said which program's.</summary>
    public bool IsUring { get; set; }

    /// <summary>Whether the call succeeded.</summary>
    public bool Succeeded { get; set; }

    /// <summary>What the call returned: a descriptor, a count, or an error below zero.</summary>
    public long Exit { get; set; }

    /// <summary>The call's arguments; behind socketcall the real ones, once their record came.</summary>
    public ulong A0 { get; set; }

    /// <summary>The second argument.</summary>
    public ulong A1 { get; set; }

    /// <summary>The third argument.</summary>
    public ulong A2 { get; set; }

    /// <summary>The fourth argument.</summary>
    public ulong A3 { get; set; }

    /// <summary>The arguments behind socketcall have come.</summary>
    public bool HasSocketArguments { get; set; }

    /// <summary>The process; −1 where not known.</summary>
    public int Pid { get; set; }

    /// <summary>Its parent; −1 where not known.</summary>
    public int ParentPid { get; set; }

    /// <summary>The field of its process that is no number; null where all are.</summary>
    public string? Wrong { get; set; }

    /// <summary>The descriptor that a mapping is of; −1 where not known.</summary>
    public int Fd { get; set; }

    /// <summary>The address, where it came as text.</summary>
    public SocketAddress? Address { get; set; }

    /// <summary>Where and when the process's image began, where the source says so: a stamp with a serial of 0 if only when.</summary>
    public AuditStamp Start { get; set; }

    /// <summary>The host, as the records name it.</summary>
    public AuditSlice Node { get; set; }

    /// <summary>
    /// The fields of the call's record behind its arguments, not read yet: of an open they are wanted only if it turns out to be a
    /// library's.
    /// </summary>
    public AuditSlice Unread { get; set; }

    /// <summary>The unread fields are written with names for numbers.</summary>
    public bool IsUnreadInterpreted { get; set; }

    /// <summary>The executable.</summary>
    public AuditSlice Exe { get; set; }

    /// <summary>The name of the thread, of 15 bytes.</summary>
    public AuditSlice Comm { get; set; }

    /// <summary>The user, by number.</summary>
    public AuditSlice Uid { get; set; }

    /// <summary>The user, by name.</summary>
    public AuditSlice UserName { get; set; }

    /// <summary>The address, as the kernel holds it.</summary>
    public AuditSlice SocketBytes { get; set; }

    /// <summary>The working directory.</summary>
    public AuditSlice Cwd { get; set; }

    /// <summary>The library that the call opened, as named.</summary>
    public AuditSlice Path { get; set; }

    /// <summary>The command line, where it came as one text.</summary>
    public AuditSlice CommandLine { get; set; }

    /// <summary>The arguments, in no order.</summary>
    public IReadOnlyList<AuditArgument> Arguments => _arguments;

    /// <summary>Starts anew.</summary>
    public void Begin(AuditStamp stamp, ReadOnlySpan<byte> node)
    {
        _length = 0;
        _arguments.Clear();
        if (_bytes.Length > MaxKeptBytes)
        {
            _bytes = new byte[FirstBytes];
        }

        (Stamp, Records, Source, IsDone, Next) = (stamp, 0, SourceNames.Auditd, false, null);
        (Call, HasCall, IsUring, Succeeded, Exit) = (AuditCall.None, false, false, false, 0);
        (A0, A1, A2, A3, HasSocketArguments) = (0, 0, 0, 0, false);
        (Pid, ParentPid, Fd, Address, Start) = (-1, -1, -1, null, default);
        Wrong = null;
        (Exe, Comm, Uid, UserName, SocketBytes) = (default, default, default, default, default);
        (Cwd, Path, CommandLine, Unread) = (default, default, default, default);
        Node = Add(node);
    }

    /// <summary>The bytes of a text.</summary>
    public ReadOnlySpan<byte> this[AuditSlice slice] => _bytes.AsSpan(slice.Start, slice.Length);

    /// <summary>Keeps a text.</summary>
    public AuditSlice Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        return Take(text.Length);
    }

    /// <summary>Room for a text of which the length is not known yet; <see cref="Take"/> keeps it.</summary>
    public Span<byte> Reserve(int length)
    {
        if (_length + length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
        }

        return _bytes.AsSpan(_length, length);
    }

    /// <summary>Keeps the first bytes of the room that was reserved last.</summary>
    public AuditSlice Take(int length)
    {
        AuditSlice slice = new(_length, length);
        _length += length;
        return slice;
    }

    /// <summary>Takes what another reading of the same event knows of process, address and texts, and is not known here yet.</summary>
    public void TakeFrom(AuditEvent other)
    {
        Pid = Pid >= 0 ? Pid : other.Pid;
        ParentPid = ParentPid >= 0 ? ParentPid : other.ParentPid;
        if (SocketBytes.Length == 0 && other.Address is { } address)
        {
            SocketBytes = Add(other[other.SocketBytes]);
            Address = address;
        }

        Exe = TakeFrom(other, Exe, other.Exe);
        Comm = TakeFrom(other, Comm, other.Comm);
        Uid = TakeFrom(other, Uid, other.Uid);
        UserName = TakeFrom(other, UserName, other.UserName);
        Cwd = TakeFrom(other, Cwd, other.Cwd);
        Path = TakeFrom(other, Path, other.Path);
        CommandLine = TakeFrom(other, CommandLine, other.CommandLine);
    }

    private AuditSlice TakeFrom(AuditEvent other, AuditSlice own, AuditSlice others) =>
        own.Length > 0 || others.Length == 0 ? own : Add(other[others]);

    /// <summary>Whether the event takes no more text: what comes beyond is of no use to a person.</summary>
    public bool IsFull => _length > MaxBytes || _arguments.Count >= MaxArguments;

    /// <summary>Keeps an argument, or a part of one; the first that comes counts.</summary>
    public void AddArgument(int index, int part, AuditSlice text)
    {
        foreach (AuditArgument known in _arguments)
        {
            if (known.Index == index && known.Part == part)
            {
                return;
            }
        }

        _arguments.Add(new(index, part, text));
    }
}
