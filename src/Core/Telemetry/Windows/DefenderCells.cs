using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>The cells of one row of a Defender table, as values.</summary>
internal readonly ref struct DefenderCells(JsonRecord row, FieldValues values)
{
    private readonly JsonRecord _row = row;
    private readonly FieldValues _values = values;

    /// <summary>What is wrong with some value; null while nothing is.</summary>
    public string? Fault => _values.Fault;

    /// <summary>The bytes that cells are spans of.</summary>
    public ReadOnlySpan<byte> Bytes => _row.Text;

    /// <summary>A cell's span.</summary>
    public FieldSpan this[DefenderField field] => _row[(int)field];

    /// <summary>A cell as text; null where empty.</summary>
    public string? Text(DefenderField field) => this[field].Text(Bytes);

    /// <summary>A cell as a time; null where it is none.</summary>
    public DateTimeOffset? Time(DefenderField field) => _values.Time(this[field]);

    /// <summary>When it happened.</summary>
    public DateTimeOffset? Occurred() => Time(DefenderField.Timestamp) ?? Time(DefenderField.TimeGenerated);

    /// <summary>A cell as an address; null where it is none.</summary>
    public IpAddress? Address(DefenderField field) => _values.Address(this[field]);

    /// <summary>A cell as a port; 0 where it is none.</summary>
    public ushort Port(DefenderField field) => _values.Port(this[field]) ?? 0;

    /// <summary>The protocol: <c>Tcp</c>, <c>UdpV6</c> and the like.</summary>
    public byte? Protocol()
    {
        FieldSpan field = this[DefenderField.Protocol];
        ReadOnlySpan<byte> name = field.HasValue ? field.Of(Bytes) : default;
        bool hasVersion = name is [.., (byte)'V', (byte)'4' or (byte)'6'];
        return _values.Protocol(hasVersion ? field with { Length = field.Length - 2 } : field);
    }

    /// <summary>Whether a cell reads as one of some words.</summary>
    public bool IsOneOf(DefenderField field, string[] words)
    {
        ReadOnlySpan<byte> value = this[field].IsText ? this[field].Of(Bytes) : default;
        foreach (string word in words)
        {
            if (System.Text.Ascii.Equals(value, word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A full path; Defender writes the file's name into the folder's path, except where it does not.</summary>
    public string? Path(DefenderField folder, DefenderField file)
    {
        string? path = Text(folder);
        string? name = Text(file);
        return path is null || name is null || path.EndsWith(name, StringComparison.OrdinalIgnoreCase) ? path ?? name
            : path.Contains('/', StringComparison.Ordinal) ? $"{path.TrimEnd('/')}/{name}"
            : $@"{path.TrimEnd('\\')}\{name}";
    }

    /// <summary>The process that did it; without a key where the row names none, as inbound attempts do.</summary>
    public ProcessFields Initiator()
    {
        string? status = Text(DefenderField.InitiatingProcessSignatureStatus);
        return Identified(DefenderField.InitiatingProcessId, DefenderField.InitiatingProcessCreationTime) with
        {
            Image = Path(DefenderField.InitiatingProcessFolderPath, DefenderField.InitiatingProcessFileName),
            CommandLine = Text(DefenderField.InitiatingProcessCommandLine),
            User = Account(DefenderField.InitiatingProcessAccountDomain, DefenderField.InitiatingProcessAccountName),
            Hash = Text(DefenderField.InitiatingProcessSHA256)?.ToLowerInvariant(),
            Signed = status is null or "Unknown" ? null : status.Equals("Valid", StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>The process that was created.</summary>
    public ProcessFields Created() => Identified(DefenderField.ProcessId, DefenderField.ProcessCreationTime) with
    {
        Image = Path(DefenderField.FolderPath, DefenderField.FileName),
        CommandLine = Text(DefenderField.ProcessCommandLine),
        ParentImage = Path(DefenderField.InitiatingProcessFolderPath, DefenderField.InitiatingProcessFileName),
        User = Account(DefenderField.AccountDomain, DefenderField.AccountName),
        Hash = Text(DefenderField.SHA256)?.ToLowerInvariant(),
    };

    /// <summary>Whether the row is a library load that nobody has a use for; the load of the process's own image always has one.</summary>
    public bool IsUnwantedLoad(IObservationReceiver receiver)
    {
        FieldSpan path = this[DefenderField.FolderPath];
        if (!path.IsText || FieldText.EqualsIgnoringAsciiCase(path.Of(Bytes), this[DefenderField.InitiatingProcessFolderPath].Of(Bytes)))
        {
            return false;
        }

        using UnescapedText text = new(Bytes, path);
        return !receiver.WantsModule(text.Bytes, Platform());
    }

    /// <summary>The row's observation.</summary>
    public Observation Build(ObservationKind kind, ProcessFields process, ModuleFields? module = null, FlowFields? flow = null)
    {
        (string? host, string? fqdn) = HostNames.Split(Text(DefenderField.DeviceName));
        return new()
        {
            Kind = kind,
            Source = SourceNames.Defender,
            Platform = Platform(),
            Time = Occurred(),
            Host = host,
            HostFqdn = fqdn,
            Process = process,
            Module = module,
            Flow = flow,
        };
    }

    /// <summary>Defender runs on other systems too; the row does not say which, but paths do.</summary>
    private TelemetryPlatform Platform()
    {
        FieldSpan path = SysmonHeader.First([this[DefenderField.InitiatingProcessFolderPath], this[DefenderField.FolderPath]]);
        ReadOnlySpan<byte> text = path.IsText ? path.Of(Bytes) : default;
        bool isUnix = text is [(byte)'/', ..] or [(byte)'\\', (byte)'/', ..];
        return !isUnix ? TelemetryPlatform.Windows
            : FieldText.StartsWithAny(text, "/applications/", "/library/", "/system/", "/users/", "/private/")
                ? TelemetryPlatform.MacOs
                : TelemetryPlatform.Linux;
    }

    private ProcessFields Identified(DefenderField pidField, DefenderField startField)
    {
        int? pid = (int?)_values.Count(this[pidField], int.MaxValue) is { } number and > 0 ? number : null;
        string? host = HostNames.Split(Text(DefenderField.DeviceName)).Host;
        long? start = Time(startField)?.ToUnixTimeMilliseconds();
        return new() { Pid = pid, Key = pid is { } known && host is not null ? ProcessKey.FromPid(host, known, start) : null };
    }

    private string? Account(DefenderField domainField, DefenderField nameField) => Text(nameField) is not { } name ? null
        : Text(domainField) is { } domain ? $@"{domain}\{name}"
        : name;
}

/// <summary>The columns of Defender's tables that are read, by their own names.</summary>
internal enum DefenderField
{
    Timestamp,
    TimeGenerated,
    DeviceName,
    ActionType,
    FileName,
    FolderPath,
    SHA256,
    ProcessId,
    ProcessCommandLine,
    ProcessCreationTime,
    AccountDomain,
    AccountName,
    InitiatingProcessId,
    InitiatingProcessFileName,
    InitiatingProcessFolderPath,
    InitiatingProcessCreationTime,
    InitiatingProcessCommandLine,
    InitiatingProcessAccountDomain,
    InitiatingProcessAccountName,
    InitiatingProcessSHA256,
    InitiatingProcessSignatureStatus,
    LocalIP,
    LocalPort,
    RemoteIP,
    RemotePort,
    RemoteUrl,
    Protocol,
    AdditionalFields,
}
