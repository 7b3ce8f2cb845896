using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>Finds the Sysmon data that Winlogbeat's Sysmon module moved into ECS fields.</summary>
internal static class EcsFields
{
    public static readonly TopLevelFields TopLevel = new();

    public static readonly int Winlog = TopLevel.At("winlog");
    public static readonly int AtTimestamp = TopLevel.At("@timestamp");
    private static readonly int Process = TopLevel.At("process");
    private static readonly int File = TopLevel.At("file");
    private static readonly int Dll = TopLevel.At("dll");
    private static readonly int Source = TopLevel.At("source");
    private static readonly int Destination = TopLevel.At("destination");
    private static readonly int Network = TopLevel.At("network");
    private static readonly int Dns = TopLevel.At("dns");
    private static readonly int User = TopLevel.At("user");

    private static readonly FieldNames OfProcess = new("entity_id", "pid", "executable", "command_line", "parent", "hash");
    private static readonly FieldNames Executable = new("executable");
    private static readonly FieldNames OfFile = new("path", "hash", "code_signature");
    private static readonly FieldNames Sha256 = new("sha256");
    private static readonly FieldNames Signature = new("signed", "subject_name", "status", "valid");
    private static readonly FieldNames End = new("ip", "port", "domain");
    private static readonly FieldNames OfNetwork = new("transport", "direction");
    private static readonly FieldNames Question = new("question");
    private static readonly FieldNames Name = new("name", "domain");

    /// <summary>Fills the slots that <c>winlog.event_data</c> left empty; returns the domain of the user where it was filled.</summary>
    public static FieldSpan Fill(in JsonRecord record, int eventId, Span<FieldSpan> fields)
    {
        Put(fields, SysmonField.UtcTime, record[AtTimestamp]);
        FillProcess(record, eventId, fields);
        switch (eventId)
        {
            case 3:
                FillFlow(record, fields);
                break;
            case 7:
                FillFile(record, File, fields);
                FillFile(record, Dll, fields);
                break;
            case 22:
                JsonRecord dns = record.Nested(Dns, Question, stackalloc FieldSpan[1]);
                Put(fields, SysmonField.QueryName, dns.Nested(0, Name, stackalloc FieldSpan[2])[0]);
                break;
        }

        // In events with an account, 'user' is that of the process; elsewhere it is the recorder's.
        if (fields[(int)SysmonField.User].HasValue || eventId is not (1 or 3))
        {
            return default;
        }

        JsonRecord user = record.Nested(User, Name, stackalloc FieldSpan[2]);
        Put(fields, SysmonField.User, user[0]);
        return user[1];
    }

    private static void FillProcess(in JsonRecord record, int eventId, Span<FieldSpan> fields)
    {
        JsonRecord process = record.Nested(Process, OfProcess, stackalloc FieldSpan[OfProcess.Count]);
        bool isSource = eventId == 8;
        Put(fields, isSource ? SysmonField.SourceProcessGuid : SysmonField.ProcessGuid, process[0]);
        Put(fields, isSource ? SysmonField.SourceProcessId : SysmonField.ProcessId, process[1]);
        Put(fields, isSource ? SysmonField.SourceImage : SysmonField.Image, process[2]);
        Put(fields, SysmonField.CommandLine, process[3]);
        Put(fields, SysmonField.ParentImage, process.Nested(4, Executable, stackalloc FieldSpan[1])[0]);
        if (eventId == 1)
        {
            Put(fields, SysmonField.Hashes, process.Nested(5, Sha256, stackalloc FieldSpan[1])[0]);
        }
    }

    private static void FillFile(in JsonRecord record, int place, Span<FieldSpan> fields)
    {
        JsonRecord file = record.Nested(place, OfFile, stackalloc FieldSpan[OfFile.Count]);
        Put(fields, SysmonField.ImageLoaded, file[0]);
        Put(fields, SysmonField.Hashes, file.Nested(1, Sha256, stackalloc FieldSpan[1])[0]);
        JsonRecord signature = file.Nested(2, Signature, stackalloc FieldSpan[Signature.Count]);
        Put(fields, SysmonField.Signature, signature[1]);
        Put(fields, SysmonField.SignatureStatus, signature[2]);
        Put(fields, SysmonField.Signed, signature[0]);
        Put(fields, SysmonField.Signed, signature[3]);
    }

    private static void FillFlow(in JsonRecord record, Span<FieldSpan> fields)
    {
        JsonRecord source = record.Nested(Source, End, stackalloc FieldSpan[End.Count]);
        JsonRecord destination = record.Nested(Destination, End, stackalloc FieldSpan[End.Count]);
        JsonRecord network = record.Nested(Network, OfNetwork, stackalloc FieldSpan[OfNetwork.Count]);
        Put(fields, SysmonField.SourceIp, source[0]);
        Put(fields, SysmonField.SourcePort, source[1]);
        Put(fields, SysmonField.DestinationIp, destination[0]);
        Put(fields, SysmonField.DestinationPort, destination[1]);
        Put(fields, SysmonField.DestinationHostname, destination[2]);
        Put(fields, SysmonField.Protocol, network[0]);
        Put(fields, SysmonField.Initiated, network[1]);
    }

    private static void Put(Span<FieldSpan> fields, SysmonField field, FieldSpan value)
    {
        if (!fields[(int)field].HasValue && value.HasValue)
        {
            fields[(int)field] = value;
        }
    }
}
