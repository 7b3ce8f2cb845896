using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>Builds the observations of one Sysmon event.</summary>
internal readonly ref struct SysmonObservation(SysmonEvent record, FieldValues values, string? host, string? fqdn, DateTimeOffset? time)
{
    private readonly SysmonEvent _record = record;
    private readonly FieldValues _values = values;

    /// <summary>Events 1 and 5; null without an image and a GUID.</summary>
    public Observation? ProcessLife()
    {
        ProcessFields process = Process(SysmonField.ProcessGuid, SysmonField.ProcessId, SysmonField.Image) with
        {
            CommandLine = _record.String(SysmonField.CommandLine),
            ParentImage = _record.Image(SysmonField.ParentImage),
            User = _record.User(),
            Hash = SysmonHashes.Sha256(_record.String(SysmonField.Hashes)),
        };
        ObservationKind kind = _record.Header.EventId == 1 ? ObservationKind.ProcessStart : ObservationKind.ProcessEnd;
        return process.Image is null && process.Key is null ? null : Build(kind, process);
    }

    /// <summary>Event 3, oriented so that src is the initiator; null without both addresses.</summary>
    public Observation? Connection()
    {
        if (_values.Address(_record[SysmonField.SourceIp]) is not { } source
            || _values.Address(_record[SysmonField.DestinationIp]) is not { } destination
            || _values.Port(_record[SysmonField.DestinationPort]) is not { } port
            || _values.Protocol(_record[SysmonField.Protocol]) is not { } protocol)
        {
            return null;
        }

        // Of what a host accepts, newer Sysmon writes the peer as source; older versions, and all of them for UDP, write the host
        // itself, which then speaks from the lower, listening port.
        bool? initiated = _record.Initiated() ?? _values.Boolean(_record[SysmonField.Initiated]);
        ushort sourcePort = _values.Port(_record[SysmonField.SourcePort]) ?? 0;
        bool answered = initiated is false && sourcePort < port;
        FlowFields flow = new()
        {
            SrcIp = answered ? destination : source,
            SrcPort = answered ? port : sourcePort,
            DstIp = answered ? source : destination,
            DstPort = answered ? sourcePort : port,
            Protocol = protocol,
            Direction = initiated switch { true => FlowDirection.Outbound, false => FlowDirection.Inbound, null => FlowDirection.Unknown },
            ServerName = _record.String(SysmonField.DestinationHostname),
        };
        return Build(
            ObservationKind.Connection,
            Process(SysmonField.ProcessGuid, SysmonField.ProcessId, SysmonField.Image) with { User = _record.User() },
            flow: flow);
    }

    /// <summary>Event 7; null without the library's path.</summary>
    public Observation? ModuleLoad(bool isOwnImage)
    {
        if (_record.String(SysmonField.ImageLoaded) is not { } path)
        {
            return null;
        }

        // "Signed" says that there is a signature; only a valid one vouches for anything.
        // A check that failed ("failed: Invalid hash") leaves the status out.
        bool? present = _record[SysmonField.Signed].Of(_record.Text).StartsWith("failed"u8) ? false
            : _values.Boolean(_record[SysmonField.Signed]);
        string? status = _record.String(SysmonField.SignatureStatus);
        bool? signed = present is not false && status is not null ? status.Equals("Valid", StringComparison.OrdinalIgnoreCase) : present;
        ModuleFields module = new()
        {
            Path = path,
            Signed = signed,
            Signer = signed is true ? _record.String(SysmonField.Signature) : null,
            Hash = SysmonHashes.Sha256(_record.String(SysmonField.Hashes)),
            IsOwnImage = isOwnImage,
        };
        ProcessFields process = Process(SysmonField.ProcessGuid, SysmonField.ProcessId, SysmonField.Image);
        if (isOwnImage)
        {
            process = process with { Signed = module.Signed, Signer = module.Signer, Hash = module.Hash };
        }

        return Build(ObservationKind.ModuleLoad, process, module);
    }

    /// <summary>Event 8; null when the process that started the thread is not named at all.</summary>
    public Observation? Injection()
    {
        ProcessFields source = Process(SysmonField.SourceProcessGuid, SysmonField.SourceProcessId, SysmonField.SourceImage);
        ProcessFields target = Process(SysmonField.TargetProcessGuid, SysmonField.TargetProcessId, SysmonField.TargetImage);
        return source.Image is null && source.Key is null ? null : Build(ObservationKind.Injection, source, target: target);
    }

    /// <summary>Event 22; null without the name.</summary>
    public Observation? Dns()
    {
        return _record.String(SysmonField.QueryName) is not { } name ? null
            : Build(ObservationKind.Dns, Process(SysmonField.ProcessGuid, SysmonField.ProcessId, SysmonField.Image), queryName: name) with
            {
                Answers = NameAnswers.Of(_record[SysmonField.QueryResults].Of(_record.Text)),
            };
    }

    private ProcessFields Process(SysmonField guidField, SysmonField pidField, SysmonField imageField)
    {
        string? guid = _record.Guid(guidField, _values);
        string? image = _record.Image(imageField);
        return new()
        {
            Key = guid is not null && host is not null ? ProcessKey.FromGuid(host, guid) : null,
            Guid = guid,
            Pid = (int?)_values.Count(_record[pidField], int.MaxValue),
            Image = image,
        };
    }

    private Observation Build(
        ObservationKind kind, ProcessFields process, ModuleFields? module = null, FlowFields? flow = null,
        ProcessFields? target = null, string? queryName = null) => new()
        {
            Kind = kind,
            Source = SourceNames.Sysmon,
            Platform = _record.Header.Platform,
            Time = time,
            RecordTime = _record.Header.Recorded?.Time,
            RecordTimeIsLocal = _record.Header.Recorded?.IsLocal ?? false,
            EventCode = _record.Header.EventId,
            Host = host,
            HostFqdn = fqdn,
            Process = process,
            Module = module,
            Flow = flow,
            Target = target,
            QueryName = queryName,
        };
}
