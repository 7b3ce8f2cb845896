using CipherWatch.Core.Telemetry.Captures;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Ingestion;

/// <summary>Reads a packet capture, and accounts for each of its flows and packets.</summary>
internal sealed class CaptureDrain(IngestionCounts counts, RecordContext context, IDeadLetterSink deadLetters, string input)
{
    /// <summary>Reads it to its end.</summary>
    public void Read(Stream capture, CancellationToken cancellationToken)
    {
        JudgedFlows flows = new((flow, score) =>
        {
            CaptureObservations.Emit(flow, score, context);
            counts.UndatedFlows += flow.Start is null ? 1 : 0;
            counts.Add(RecordResult.Observed(SourceNames.Capture));
            context.Receiver.RecordDone();
        });
        CaptureSummary summary;
        try
        {
            summary = CaptureReader.Read(capture, flows.Add, Keep, cancellationToken);
        }
        finally
        {
            flows.Finish();
        }

        counts.Bytes += summary.Bytes;
        long skipped = summary.Packets - summary.PacketsOfFlows - summary.PacketsKept;
        for (long packet = 0; packet < skipped; packet++)
        {
            counts.Add(RecordResult.Skipped(SourceNames.Capture));
            context.Receiver.RecordDone();
        }

        foreach ((string what, long packets) in summary.Unread)
        {
            counts.AddUnread(what, packets);
        }

        // Those of link types that are not read are dead letters. Of the others, some are of a flow that is read in part.
        foreach ((string what, long packets) in summary.UnreadOfFollowed)
        {
            deadLetters.Unread(input, $"not looked into: {what}", packets);
        }

        counts.Unread += Math.Min(skipped, summary.UnreadOfFollowed.Values.Sum());
    }

    private void Keep(CaptureRemainder left)
    {
        if (left.Part == 0)
        {
            counts.Add(RecordResult.DeadLettered(SourceNames.Capture, left.Reason));
        }

        deadLetters.Write(new(new(input, 0, left.Offset), SourceNames.Capture, left.Reason, left.Part, left.Bytes));
        if (left.Part == 0)
        {
            context.Receiver.RecordDone();
        }
    }
}
