using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.MacOs;

/// <summary>
/// The unified log as text, in the styles of <c>log</c> and as Console.app copies it. An entry's further lines begin with a tab or with
/// anything at all, so that an entry ends where a line begins the next: each line is a record, of the outcome of its entry.
/// </summary>
internal static class UnifiedLogText
{
    private static ReadOnlySpan<byte> Titles => "Timestamp  "u8;

    /// <summary>The line begins an entry, or is one of the lines that <c>log</c> writes around entries.</summary>
    public static bool Fits(ReadOnlySpan<byte> line) =>
        IsFrame(line) || (UnifiedLogHead.MayBeAt(line) && UnifiedLogHead.TryRead(line, out _));

    /// <summary>Reads such a line; false where it is another.</summary>
    public static bool TryNormalize(ReadOnlySpan<byte> line, RecordContext context, out RecordResult result)
    {
        result = RecordResult.Skipped(SourceNames.UnifiedLog);
        if (UnifiedLogHead.MayBeAt(line) && UnifiedLogHead.TryRead(line, out MacEntry entry))
        {
            context.CloseEntry();
            result = Normalize(line, entry, context);
            return true;
        }

        bool isFrame = IsFrame(line);
        if (isFrame)
        {
            context.CloseEntry();
        }

        return isFrame;
    }

    private static RecordResult Normalize(ReadOnlySpan<byte> line, in MacEntry entry, RecordContext context)
    {
        MacFindingKind kind = MacMessages.KindOf(entry);
        if (kind != MacFindingKind.Nothing && entry.Pid == MacEntry.NoPid && !entry.HasNoDate)
        {
            return RecordResult.DeadLettered(SourceNames.UnifiedLog, "'PID' of an entry of the unified log is no whole number.");
        }

        if (kind is MacFindingKind.Close or MacFindingKind.Socket)
        {
            return Await(line, entry, kind, context);
        }

        RecordResult skipped = RecordResult.Skipped(SourceNames.UnifiedLog);
        RecordResult result = kind == MacFindingKind.Nothing ? skipped : MacObservations.Read(entry, kind, context);
        context.Of(MacState.State).Open(result.Outcome == RecordOutcome.DeadLettered ? skipped : result);
        return result;
    }

    /// <summary>Keeps an entry until its last line, if it will say something then.</summary>
    private static RecordResult Await(ReadOnlySpan<byte> line, in MacEntry entry, MacFindingKind kind, RecordContext context)
    {
        if (FieldText.InvalidUtf8At(line) >= 0 || !MacTime.TryRead(entry, context.InputTime, out _))
        {
            // Says why, and makes nothing.
            return MacObservations.Read(entry, kind, context);
        }

        if (StaysOnHost(entry, kind))
        {
            context.Of(MacState.State).Open(RecordResult.Skipped(SourceNames.UnifiedLog));
            return RecordResult.Skipped(SourceNames.UnifiedLog);
        }

        context.Of(MacState.State).Await(line);
        return RecordResult.Observed(SourceNames.UnifiedLog);
    }

    private static bool StaysOnHost(in MacEntry entry, MacFindingKind kind)
    {
        if (kind == MacFindingKind.Socket)
        {
            return entry.Message.IndexOf("] interface: lo0"u8) > 0 || entry.Message.IndexOf("<->"u8) < 0;
        }

        return !NetworkParameters.TryRead(entry.Message, out NetworkParameters parameters)
            || MacEndpoint.Read(parameters.Endpoint) is { Address.IsLoopback: true };
    }

    /// <summary>What <c>log</c> writes before and behind entries, and launchd's separators.</summary>
    private static bool IsFrame(ReadOnlySpan<byte> line) => line.IsEmpty ? false : line[0] switch
    {
        (byte)'T' => line.StartsWith(Titles) && line.IndexOf("Process["u8) + line.IndexOf("Thread "u8) > 0,
        (byte)'F' => line.StartsWith("Filtering the log data using"u8),
        (byte)'S' => line.StartsWith("Skipping info "u8) || line.StartsWith("Skipping debug "u8),
        (byte)'L' => line.StartsWith("Log      - Default:"u8),
        (byte)'A' => line.StartsWith("Activity - Create:"u8),
        (byte)'-' => line.Length >= 40 && line.IndexOfAnyExcept((byte)'-') < 0,
        _ => false,
    };
}
