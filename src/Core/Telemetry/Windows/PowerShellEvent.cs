using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>Windows events as <c>Get-WinEvent | ConvertTo-Json</c> writes them, in Windows PowerShell 5 and in PowerShell 7.</summary>
/// <remarks>
/// <c>ProcessId</c> is the recorder's. The data is in <c>Message</c> by name, in the language of the system, and in
/// <c>Properties</c> by position, unless the depth of the conversion cut it off. <c>TimeCreated</c> is an ISO time, or milliseconds
/// within <c>/Date(…)/</c>.
/// </remarks>
internal static class PowerShellEvent
{
    public static readonly TopLevelFields TopLevel = new();

    private static readonly int Id = TopLevel.At("Id");
    private static readonly int LogName = TopLevel.At("LogName");
    private static readonly int ProviderName = TopLevel.At("ProviderName");
    private static readonly int MachineName = TopLevel.At("MachineName");
    private static readonly int TimeCreated = TopLevel.At("TimeCreated");
    private static readonly int Message = TopLevel.At("Message");
    private static readonly int Properties = TopLevel.At("Properties");

    private static readonly FieldNames TimeValue = new("value", "DateTime");

    /// <summary>No other rendering has the names of .NET's record together.</summary>
    public static bool Fits(in JsonRecord record) => record.Has(Id) && record.Has(LogName) && record.Has(MachineName);

    /// <summary>Reads one event.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        ReadOnlySpan<byte> text = record.Text;
        if (SysmonGate.Refuse(text, record[LogName], record[ProviderName], record[Id], out int id, out TelemetryPlatform platform)
            is { } refusal)
        {
            return refusal;
        }

        FieldSpan time = record[TimeCreated];
        if (time.Form == FieldForm.Object)
        {
            JsonRecord parts = record.Nested(TimeCreated, TimeValue, stackalloc FieldSpan[TimeValue.Count]);
            time = SysmonHeader.First([parts[0], parts[1], time]);
        }

        SysmonHeader header = new()
        {
            Text = text,
            EventId = id,
            Platform = platform,
            Computer = record[MachineName],
            Recorded = SysmonHeader.FirstTime(text, [time], out string? fault),
            Fault = fault,
        };
        bool isNamed = record[Message].IsText && record[Message].Of(text).IndexOf("UtcTime: "u8) >= 0;
        return SysmonData.In(header, text, record[isNamed ? Message : Properties], context);
    }
}
