using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Linux.Osquery;

/// <summary>
/// Reads rows of osquery by their columns: what executes, what connects, what is open, what is mapped, and joins of these.
/// </summary>
internal readonly ref struct OsqueryRows(ReadOnlySpan<byte> text, FieldValues values, string? host, string? fqdn, DateTimeOffset queried)
{
    /// <summary>Exit codes of bpf_socket_events: -115 as an unsigned number of 64 bits.</summary>
    private const ulong InProgress = unchecked((ulong)-115L);

    /// <summary>
    /// Linux gives ports to those that connect from here on (net.ipv4.ip_local_port_range): a list of open sockets does not say who opened
    /// them, but a port below with one above does.
    /// </summary>
    private const int FirstEphemeral = 32_768;

    /// <summary>Of bpf_socket_events.</summary>
    private const long Datagram = 2;

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly FieldValues _values = values;

    /// <summary>
    /// Reads a list of rows; whether they made observations. A row that is broken keeps the record as a dead letter and costs none of the
    /// others.
    /// </summary>
    public bool ReadAll(FieldSpan list, bool areRemoved, RecordContext context)
    {
        if (list.Form == FieldForm.Object)
        {
            return Read(list, areRemoved, context);
        }

        if (list.Form != FieldForm.Array)
        {
            return false;
        }

        bool any = false;
        string? fault = _values.TakeFault();
        JsonScanner rows = JsonScanner.OverArray(_text, list.Start);
        while (rows.NextElement(out FieldSpan row))
        {
            if (row.Form == FieldForm.Object)
            {
                any |= Read(row, areRemoved, context);
            }
            else if (_values.IsThere(row))
            {
                _values.Wrong(row, "no list of rows");
            }

            string? own = _values.TakeFault();
            fault ??= own;
        }

        _values.Restore(fault);
        return any;
    }

    /// <summary>Reads one row; whether it made an observation.</summary>
    public bool Read(FieldSpan row, bool isRemoved, RecordContext context)
    {
        Span<FieldSpan> columns = stackalloc FieldSpan[OsqueryColumns.Names.Count];
        JsonRecord.Scan(_text, row.Start, OsqueryColumns.Names, columns);
        Row read = new(_text, columns, _values);
        if (isRemoved || read.Whole(OsqueryColumn.ProbeError) is 1)
        {
            // A row that is gone is a close: it tells no more of the connection than its opening did.
            return false;
        }

        Observation? observation = read.Has(OsqueryColumn.RemoteAddress) ? Connection(read)
            : IsLibrary(read, out FieldSpan library) ? Library(read, library, context)
            : read.Has(OsqueryColumn.Path) && read.Has(OsqueryColumn.CmdLine) && read.Has(OsqueryColumn.Pid) ? Process(read)
            : null;
        if (observation is null || _values.Fault is not null)
        {
            return false;
        }

        context.Emit(observation);
        return true;
    }

    private static bool IsLibrary(in Row row, out FieldSpan library)
    {
        library = row[row.Has(OsqueryColumn.MapPath) ? OsqueryColumn.MapPath : OsqueryColumn.Path];
        bool isMap = row.Has(OsqueryColumn.MapPath) || row.Has(OsqueryColumn.Permissions)
            || (row.Has(OsqueryColumn.Start) && row.Has(OsqueryColumn.Pseudo));
        return isMap && row.Whole(OsqueryColumn.Pseudo) is not 1;
    }

    private Observation? Library(in Row row, FieldSpan library, RecordContext context)
    {
        // A library has a mapping for each kind of its pages: the one that runs stands for all.
        bool isCode = !row.Has(OsqueryColumn.Permissions) || row[OsqueryColumn.Permissions].Of(_text).Contains((byte)'x');
        using UnescapedText path = new(_text, library);
        if (!isCode || !LibraryNames.IsLibrary(path.Bytes))
        {
            return null;
        }

        if (!context.Receiver.WantsModule(path.Bytes, TelemetryPlatform.Linux))
        {
            context.CountUnwantedModule();
            return null;
        }

        string? image = row.Has(OsqueryColumn.MapPath) ? row.Text(OsqueryColumn.Path) : row.Text(OsqueryColumn.ProcessPath);
        return Of(row, ObservationKind.ModuleLoad, image, queried) with { Module = new() { Path = library.Text(_text)! } };
    }

    private Observation? Process(in Row row)
    {
        // process_events says when; rows of processes say only that it runs, and when it began.
        bool isEvent = row.Has(OsqueryColumn.Time) || row.Has(OsqueryColumn.NTime);
        if (!isEvent && !row.Has(OsqueryColumn.StartTime))
        {
            return null;
        }

        if (isEvent && (row.Whole(OsqueryColumn.ExitCode) is { } exit && exit != 0 || row[OsqueryColumn.Syscall].Is(_text, "exit"u8)))
        {
            return null;
        }

        DateTimeOffset time = (isEvent ? Seconds(row, OsqueryColumn.Time) : Seconds(row, OsqueryColumn.StartTime)) ?? queried;
        Observation start = Of(row, ObservationKind.ProcessStart, row.Text(OsqueryColumn.Path), time);
        return start.Process?.Key is null ? null : start with { Process = start.Process with { StartTime = time } };
    }

    private Observation? Connection(in Row row)
    {
        if (_values.Address(row[OsqueryColumn.RemoteAddress]) is not { IsUnspecified: false } remote
            || row.Whole(OsqueryColumn.RemotePort) is not (> 0 and <= ushort.MaxValue and var port) || Failed(row))
        {
            return null;
        }

        bool hasLocal = _values.Address(row[OsqueryColumn.LocalAddress]) is { IsUnspecified: false };
        IpAddress local = _values.Address(row[OsqueryColumn.LocalAddress]) ?? default;
        ushort localPort = row.Whole(OsqueryColumn.LocalPort) is > 0 and <= ushort.MaxValue and var written ? (ushort)written : (ushort)0;
        ReadOnlySpan<byte> action = row[OsqueryColumn.Action].HasValue ? row[OsqueryColumn.Action].Of(_text)
            : row[OsqueryColumn.Syscall].Of(_text);
        bool isEvent = !action.IsEmpty;
        bool inbound = isEvent ? action.StartsWith("accept"u8) : port >= FirstEphemeral && localPort is > 0 and < FirstEphemeral;
        if (isEvent && !inbound && !action.StartsWith("connect"u8))
        {
            return null;
        }

        byte? protocol = Protocol(row);
        bool isPartial = !hasLocal || localPort == 0;
        FlowFields flow = new()
        {
            SrcIp = inbound ? remote : isPartial ? default : local,
            SrcPort = inbound ? (ushort)port : isPartial ? (ushort)0 : localPort,
            DstIp = inbound ? isPartial ? default : local : remote,
            DstPort = inbound ? isPartial ? (ushort)0 : localPort : (ushort)port,
            Protocol = protocol ?? Protocols.Tcp,
            IsProtocolAssumed = protocol is null,
            IsPartial = isPartial,
            InitiatorKnown = isEvent,
            Direction = inbound ? FlowDirection.Inbound
                : isEvent || (localPort >= FirstEphemeral && port < FirstEphemeral) ? FlowDirection.Outbound
                : FlowDirection.Unknown,
        };
        string? image = row.Text(OsqueryColumn.ProcessPath) ?? row.Text(OsqueryColumn.Path) ?? row.Text(OsqueryColumn.ProcessName)
            ?? row.Text(OsqueryColumn.Name);
        return Of(row, ObservationKind.Connection, image, Seconds(row, OsqueryColumn.Time) ?? queried) with { Flow = flow };
    }

    /// <summary>Whether the row is of a call that failed, or of a socket that listens.</summary>
    private bool Failed(in Row row)
    {
        ReadOnlySpan<byte> status = row[OsqueryColumn.Status].Of(_text);
        bool isSaid = !status.IsEmpty;
        if (status.StartsWith("failed"u8) || status.StartsWith("no_client"u8) || row[OsqueryColumn.State].Is(_text, "LISTEN"u8)
            || (!isSaid && row.Whole(OsqueryColumn.Success) is 0))
        {
            return true;
        }

        _ = row.Whole(OsqueryColumn.ExitCode);
        ReadOnlySpan<byte> code = row[OsqueryColumn.ExitCode].Of(_text);
        return !code.IsEmpty && !code.SequenceEqual("0"u8) && !code.StartsWith("-115"u8)
            && !(System.Buffers.Text.Utf8Parser.TryParse(code, out ulong unsigned, out _) && unsigned == InProgress);
    }

    /// <summary>process_open_sockets and bpf_socket_events say the transport; socket_events writes 0.</summary>
    private static byte? Protocol(in Row row) => row.Whole(OsqueryColumn.Protocol) switch
    {
        6 => Protocols.Tcp,
        17 => Protocols.Udp,
        _ => row.Whole(OsqueryColumn.Type) switch { 1 => Protocols.Tcp, Datagram => Protocols.Udp, _ => null },
    };

    private static DateTimeOffset? Seconds(in Row row, OsqueryColumn column) =>
        row.Whole(column) is > 0 and var seconds
            && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private Observation Of(in Row row, ObservationKind kind, string? image, DateTimeOffset time)
    {
        int pid = row.Whole(OsqueryColumn.Pid) is >= 0 and <= int.MaxValue and var number ? (int)number : -1;
        return new()
        {
            Kind = kind,
            Source = SourceNames.Osquery,
            Platform = row.Has(OsqueryColumn.SigningId) || row.Has(OsqueryColumn.TeamId) ? TelemetryPlatform.MacOs
                : image is [_, ':', '\\', ..] ? TelemetryPlatform.Windows
                : TelemetryPlatform.Linux,
            Time = time,
            Host = host,
            HostFqdn = fqdn,
            Process = pid <= 0 && image is null ? null : new()
            {
                Key = pid > 0 ? ProcessKey.FromPid(host ?? ProcessKey.UnnamedHost, pid, startUnixMs: null) : null,
                Pid = pid > 0 ? pid : null,
                ParentPid = row.Whole(OsqueryColumn.Parent) is > 0 and <= int.MaxValue and var parent ? (int)parent : null,
                Image = image,
                CommandLine = row.Text(OsqueryColumn.CmdLine),
                User = row.Text(OsqueryColumn.Username) ?? _values.Text(row[OsqueryColumn.Uid]),
                StartTime = Seconds(row, OsqueryColumn.StartTime),
            },
        };
    }

    /// <summary>One row's columns.</summary>
    private readonly ref struct Row(ReadOnlySpan<byte> text, ReadOnlySpan<FieldSpan> columns, FieldValues values)
    {
        private readonly FieldValues _values = values;
        private readonly ReadOnlySpan<byte> _text = text;
        private readonly ReadOnlySpan<FieldSpan> _columns = columns;

        public FieldSpan this[OsqueryColumn column] => _columns[(int)column];

        public bool Has(OsqueryColumn column) => this[column].HasValue && this[column].Length > 0;

        public string? Text(OsqueryColumn column) => this[column].Text(_text);

        public long? Whole(OsqueryColumn column)
        {
            // Some columns are unsigned and of 64 bits.
            bool isWide = System.Buffers.Text.Utf8Parser.TryParse(this[column].Of(_text), out ulong _, out int used)
                && used == this[column].Length;
            return this[column].TryInteger(_text, out long number) ? number : isWide ? null : _values.Whole(this[column]);
        }
    }
}
