using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Windows;

/// <summary>Knows a Windows event for irrelevant as soon as its channel and its id have been seen.</summary>
/// <remarks>It only says when to stop looking. What becomes of the record is said by its normaliser, from the same two fields.</remarks>
internal static class WindowsSkip
{
    /// <summary>Whether the fields seen so far settle that the record is of another channel, or a Sysmon event that is not read.</summary>
    public static bool IsSettled(ReadOnlySpan<byte> text, ReadOnlySpan<FieldSpan> fields) =>
        IsSettled(text, fields[TopLevel.Channel], fields[TopLevel.EventId])
        || IsSettled(text, fields[TopLevel.EventLog], fields[TopLevel.EventId])
        || IsSettled(text, fields[TopLevel.LogName], fields[TopLevel.BeatEventId])
        || IsSettled(text, fields[TopLevel.LowerChannel], fields[TopLevel.BeatEventId]);

    private static bool IsSettled(ReadOnlySpan<byte> text, FieldSpan channel, FieldSpan eventId) =>
        channel is { HasValue: true, Length: > 0 } && eventId.HasValue
        && SysmonGate.Refuse(text, channel, default, eventId, out _, out _) is { Outcome: RecordOutcome.Skipped };
}
