using System.Runtime.CompilerServices;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Telemetry.Linux.Syslog;

/// <summary>Lines of syslog, RFC 3164 and RFC 5424: those of daemons that open encrypted sessions are read, the rest is skipped.</summary>
internal static class SyslogLine
{
    private const string BrokenHead = "Syslog line that begins with a time or a priority and has no head behind it.";
    private const string BrokenBody = "Syslog line whose message begins as JSON and is not whole: it was cut short.";
    private const string NoTime = "Syslog line without a time, in an input of which it is not known when it was written.";

    private static readonly RecordResult Skipped = RecordResult.Skipped(SourceNames.Syslog);

    /// <summary>Reads a line that has the head of a syslog line, and skips one that goes on with the message of the line before.</summary>
    public static bool TryNormalize(ReadOnlySpan<byte> line, RecordContext context, out RecordResult result)
    {
        // Nearly every line that may have a head has a whole one: it is read once.
        if (SyslogHeader.TryRead(line, out SyslogHeader header) && !(header.Time.IsLoose && header.IsDoubtful))
        {
            result = Normalize(header, line, context);
            return true;
        }

        return TryOther(line, context, out result);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryOther(ReadOnlySpan<byte> line, RecordContext context, out RecordResult result)
    {
        bool isHead = SyslogHeader.MayBeAt(line) || SyslogHeader.IsBrokenAt(line);
        result = isHead ? Broken(context) : Skipped;
        return isHead || (context.Format is null && context.Of(SyslogState.State).TryContinue());
    }

    /// <summary>Reads a line that has the head of a syslog line.</summary>
    public static RecordResult Normalize(ReadOnlySpan<byte> line, RecordContext context) =>
        SyslogHeader.TryRead(line, out SyslogHeader header) ? Normalize(header, line, context) : Broken(context);

    private static RecordResult Normalize(in SyslogHeader header, ReadOnlySpan<byte> line, RecordContext context)
    {
        bool isDaemon = Daemons.Knows(header.Program);
        context.Of(SyslogState.State).Saw(isOneLine: isDaemon || header.Program.StartsWith("audi"u8));

        // Messages that came over a stream may stand behind one another.
        return SyslogHeader.Priority(line) > 0 && Next(header.Message) is >= 0 and var next
            ? Several(header, next, context)
            : Read(header, isDaemon, header.Message, context);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RecordResult Several(SyslogHeader header, int next, RecordContext context)
    {
        RecordResult outcome = Skipped;
        int waiting = 0;
        while (true)
        {
            ReadOnlySpan<byte> message = next < 0 ? header.Message : header.Message[..next];
            RecordResult result = Read(header, Daemons.Knows(header.Program), message, context);
            bool prevails = outcome.Outcome == RecordOutcome.Skipped || result.Outcome == RecordOutcome.DeadLettered;
            outcome = prevails ? result : outcome;
            waiting += Waits(result) ? 1 : 0;
            if (next < 0)
            {
                return Done(outcome, waiting, context);
            }

            ReadOnlySpan<byte> line = header.Message[next..];
            if (SyslogHeader.IsBrokenAt(line))
            {
                return Done(RecordResult.DeadLettered(SourceNames.Syslog, BrokenHead), waiting, context);
            }

            if (!SyslogHeader.TryRead(line, out header))
            {
                return Done(outcome, waiting, context);
            }

            next = SyslogHeader.Priority(line) > 0 ? Next(header.Message) : -1;
        }
    }

    /// <summary>
    /// Messages that wait for others of their events are records of their own, counted once their events are settled. Who reads the line
    /// is done with one record: the others are done here.
    /// </summary>
    private static RecordResult Done(in RecordResult outcome, int waiting, RecordContext context)
    {
        for (int others = waiting - (Waits(outcome) ? 1 : 0); others > 0; others--)
        {
            context.Receiver.RecordDone();
        }

        return outcome;
    }

    private static bool Waits(in RecordResult result) =>
        result.Outcome == RecordOutcome.Held && !ReferenceEquals(result.Source, SourceNames.Envelope);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RecordResult Broken(RecordContext context)
    {
        context.Of(SyslogState.State).Saw(isOneLine: false);
        return RecordResult.DeadLettered(SourceNames.Syslog, BrokenHead);
    }

    private static RecordResult Read(in SyslogHeader header, bool isDaemon, ReadOnlySpan<byte> message, RecordContext context)
    {
        ReadOnlySpan<byte> body = message.StartsWith("@cee:"u8) ? message[5..].TrimStart((byte)' ') : message;
        if (context.InnerOf(header.Host, body) is { } inner)
        {
            return inner;
        }

        if (body.StartsWith("{\""u8) && !JsonText.IsWhole(body))
        {
            return RecordResult.DeadLettered(SourceNames.Syslog, BrokenBody);
        }

        // First: most lines are of other programs, and telling a line's year costs more than the rest of it.
        if (!isDaemon || (header.Time.IsKnown && !Daemons.MayTell(header.Program, message)))
        {
            return Skipped;
        }

        DateTimeOffset? time = header.Time.IsKnown ? header.Time.In(context.InputTime ?? context.Clock.GetUtcNow()) : context.InputTime;
        if (time is null)
        {
            return RecordResult.DeadLettered(SourceNames.Syslog, NoTime);
        }

        DaemonLine line = new()
        {
            Program = header.Program,
            Message = message,
            Host = header.Host.IsEmpty ? context.CarrierHost : header.Host,
            Pid = header.Pid,
            Time = header.Time.HasZone ? time : null,
            LocalTime = header.Time.HasZone ? null : time,
        };
        return Daemons.Result(line, context);
    }

    /// <summary>Offset of the next message's priority, −1 where there is none.</summary>
    private static int Next(ReadOnlySpan<byte> message)
    {
        int from = 0;
        while (message[from..].IndexOf((byte)'<') is >= 0 and var at)
        {
            int start = from + at;
            if (SyslogHeader.Priority(message[start..]) > 0
                && (SyslogHeader.TryRead(message[start..], out _) || SyslogHeader.IsBrokenAt(message[start..])))
            {
                return start;
            }

            from = start + 1;
        }

        return -1;
    }
}
