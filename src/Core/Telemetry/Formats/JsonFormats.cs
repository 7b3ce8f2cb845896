using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Network.Azure;
using CipherWatch.Core.Telemetry.Network.Exporters;
using CipherWatch.Core.Telemetry.Network.PayloadSamples;
using CipherWatch.Core.Telemetry.Network.Suricata;
using CipherWatch.Core.Telemetry.Network.Zeek;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Windows;

namespace CipherWatch.Core.Telemetry.Formats;

/// <summary>Whether a record is of a format, by its top-level fields.</summary>
internal delegate bool JsonFits(in JsonRecord record);

/// <summary>Makes observations of a record. Total: whatever the bytes, it returns an outcome and does not throw.</summary>
internal delegate RecordResult JsonNormalize(in JsonRecord record, RecordContext context);

/// <summary>One JSON format.</summary>
/// <param name="Name">The name that <c>--format</c> takes.</param>
/// <param name="Fits">Tells it from the others.</param>
/// <param name="Normalize">Reads it.</param>
internal sealed record JsonFormat(string Name, JsonFits Fits, JsonNormalize Normalize);

/// <summary>Every JSON format, the first that fits wins: the most specific tests stand first.</summary>
internal static class JsonFormats
{
    /// <summary>The format of records inside records: not one to ask for, and read whichever is.</summary>
    public const string Wrapped = "wrapped";

    public static readonly JsonFormat[] All =
    [
        new("payload-sample", PayloadSampleRecord.Fits, PayloadSampleRecord.Normalize),
        new("zeek", ZeekJson.Fits, ZeekJson.Normalize),
        new("suricata", EveRecord.Fits, EveRecord.Normalize),
        new("fluent-bit", FlatEvent.FitsFluentBit, FlatEvent.Normalize),
        new("log-analytics", FlatEvent.FitsTableRow, FlatEvent.Normalize),
        new("nxlog", FlatEvent.Fits, FlatEvent.Normalize),
        new("winlogbeat", EcsEvent.Fits, EcsEvent.Normalize),
        new("winlogbeat6", BeatsEvent.Fits, BeatsEvent.Normalize),
        new("vector", BeatsEvent.FitsVector, BeatsEvent.Normalize),
        new("evtx-json", EvtxJson.Fits, EvtxJson.Normalize),
        new("azure-diagnostics", AzureDiagnostics.Fits, AzureDiagnostics.Normalize),
        new("defender", DefenderRecord.Fits, DefenderRecord.Normalize),
        new("defender", DefenderRecord.FitsRow, DefenderRecord.NormalizeRow),
        new("azure-flow", FlowLogRecord.Fits, FlowLogRecord.Normalize),
        new("asim-network", AsimRow.Fits, AsimRow.Normalize),
        new("vmconnection", VmConnectionRow.Fits, VmConnectionRow.Normalize),
        new("ndpi", NdpiRecord.Fits, NdpiRecord.Normalize),
        new("joy", JoyRecord.Fits, JoyRecord.Normalize),
        new("flow", FlowRecord.Fits, FlowRecord.Normalize),

        // Last: a record of another format inside this one.
        new(Wrapped, WrappedRecord.Fits, WrappedRecord.Normalize),
    ];
}
