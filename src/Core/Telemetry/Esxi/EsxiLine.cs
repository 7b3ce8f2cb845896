using System.Runtime.CompilerServices;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>Lines of ESXi's and vCenter's logs, of 4.x to 9, in a host's own files and in every envelope of syslog.</summary>
internal static class EsxiLine
{
    private const string NoTime = "ESXi line whose time cannot be read, or that has no year in an input whose own time is not known.";
    private const string CutAddress = "ESXi line that names a connection whose addresses cannot be read: it was cut or altered.";
    private const string NotUtf8 = "ESXi line: not UTF-8.";

    /// <summary>The line has a header that only VMware's products write, or is of one of their programs.</summary>
    public static bool Fits(ReadOnlySpan<byte> line) =>
        !FitsContinuation(line) && !EsxiGlance.IsOthers(line) && EsxiHeaderReader.TryRead(line, out _);

    /// <summary>Reads a line of those products, or one that goes on with it; false where it is neither.</summary>
    public static bool TryNormalize(ReadOnlySpan<byte> line, RecordContext context, out RecordResult result)
    {
        result = default;
        return !EsxiGlance.IsOthers(line) && TryRead(line, context, ref result);
    }

    // By itself: room for a header costs every line that is passed over.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryRead(ReadOnlySpan<byte> line, RecordContext context, ref RecordResult result)
    {
        bool isOurs = EsxiHeaderReader.TryRead(line, out EsxiHeader header) && (!FitsContinuation(line) || context.OpenEntry is null);
        if (isOurs)
        {
            result = Normalize(header, default, context);
        }

        return isOurs;
    }

    /// <summary>The line goes on with the one before it in a host's own file.</summary>
    public static bool FitsContinuation(ReadOnlySpan<byte> line) => line.StartsWith("-->"u8);

    /// <summary>Reads the text of a line whose header is known.</summary>
    /// <param name="header">What stood around the text.</param>
    /// <param name="recordTime">The time of the row it came in, as written; empty for none.</param>
    /// <param name="context">Where observations go.</param>
    public static RecordResult Normalize(in EsxiHeader header, ReadOnlySpan<byte> recordTime, RecordContext context)
    {
        if (header.Program.SequenceEqual(EsxcliForwarded.Program))
        {
            return EsxcliForwarded.Normalize(header.Text, context);
        }

        EsxiHeader whole = header;
        EsxiFinding finding = Find(ref whole, context.Of(EsxiState.State), out EsxiKeptLine? line);
        if (finding.Kind == EsxiFindingKind.Broken && line!.Wait(context.Pending))
        {
            return RecordResult.Pending(SourceNames.Esxi, CutAddress);
        }

        RecordResult result = Read(finding, whole, recordTime, context);
        line?.Settle(result, context);
        return result;
    }

    private static RecordResult Read(in EsxiFinding finding, in EsxiHeader header, ReadOnlySpan<byte> recordTime, RecordContext context)
    {
        if (finding.Kind is EsxiFindingKind.Nothing or EsxiFindingKind.Local)
        {
            return RecordResult.Skipped(SourceNames.Esxi);
        }

        if (finding.Kind == EsxiFindingKind.Broken)
        {
            return RecordResult.DeadLettered(SourceNames.Esxi, CutAddress);
        }

        if (FieldText.InvalidUtf8At(header.Text) >= 0 || FieldText.InvalidUtf8At(header.Host) >= 0
            || FieldText.InvalidUtf8At(header.Program) >= 0)
        {
            return RecordResult.DeadLettered(SourceNames.Esxi, NotUtf8);
        }

        // vCenter's events carry their own time within the text.
        ReadOnlySpan<byte> time = finding.OwnTime.IsEmpty ? header.Time : finding.OwnTime;
        if (!EsxiTime.TryRead(time, context.InputTime, out DateTimeOffset at, out bool hasZone))
        {
            return RecordResult.DeadLettered(SourceNames.Esxi, NoTime);
        }

        bool isRow = EsxiTime.TryRead(recordTime, null, out DateTimeOffset recorded, out _);
        (string host, string? fqdn) = HostNames.Named(header.Host.IsEmpty ? context.CarrierHost : header.Host);
        finding.Emit(
            new()
            {
                Host = host,
                Fqdn = fqdn,
                Time = hasZone || isRow ? at : null,
                RecordTime = isRow ? recorded : hasZone ? null : at,
                RecordTimeIsLocal = !isRow && !hasZone,
                Program = EsxiPrograms.Name(header.Program),
            },
            context);
        return RecordResult.Observed(SourceNames.Esxi);
    }

    /// <summary>What a line says, together with the one that it goes on with.</summary>
    /// <param name="header">Its header, which becomes that of the whole.</param>
    /// <param name="state">What was said before.</param>
    /// <param name="line">The line that is kept: this one, or the one that it goes on with; null where that is not known.</param>
    private static EsxiFinding Find(scoped ref EsxiHeader header, EsxiState state, out EsxiKeptLine? line)
    {
        EsxiEventPart.Mark(ref header);
        line = header.IsContinuation || !header.BeginsAnew ? state.Before(header) : null;
        if (header.IsContinuation && line is null)
        {
            return default;
        }

        if (line is { } before && (header.IsContinuation || before.Finding == EsxiFindingKind.Broken))
        {
            EsxiFindingKind said = before.Finding;
            EsxiHeader whole = header;
            int length = before.Continue(ref whole);
            EsxiFinding finding = EsxiFinding.In(whole.Program, whole.Text);
            if (header.IsContinuation || finding.Kind is not (EsxiFindingKind.Broken or EsxiFindingKind.Nothing))
            {
                header = whole;
                before.Found(finding.Kind);
                return said == finding.Kind && said != EsxiFindingKind.Broken ? default : finding;
            }

            // Nothing marks it as the rest of that line, and it does not complete it.
            before.TakeBack(length);
        }

        ReadOnlySpan<byte> text = EsxiOriginator.Strip(header.Text, out _, out _);
        EsxiFinding first = EsxiFinding.In(header.Program, text);
        line = state.Keep(header, text, first.Kind);
        header.Text = text;
        return first;
    }
}
