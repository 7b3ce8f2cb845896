using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>The packed form of what entities said, and of what processes say of channels' detections.</summary>
internal static partial class PackedFacts
{
    // What a mark says; a verdict follows one that stands and is suppressed.
    private const int Withdrawn = 0;
    private const int Standing = 1;
    private const int StandingSuppressed = 2;
    private const int Expected = 3;

    /// <summary>What an entity said as bytes.</summary>
    public static byte[] Pack(IReadOnlyList<OutboxEntry> outbox)
    {
        FactWriter packed = new();
        packed.Number((ulong)outbox.Count);
        foreach (OutboxEntry entry in outbox)
        {
            packed.Id(new ObservationId(entry.Id.Value));
            packed.Text(entry.AnalyticId);
            packed.Signed(entry.Revision);
            packed.Hash(entry.Content);
            packed.Number(entry.Withdrawn ? 1u : 0u);
            packed.Time(entry.Time);
            packed.Time(entry.WindowStart);
            packed.Time(entry.WindowEnd);
        }

        return packed.Written.ToArray();
    }

    /// <summary>What an entity said from its bytes.</summary>
    public static IReadOnlyList<OutboxEntry> ReadOutbox(ReadOnlySpan<byte> bytes)
    {
        FactReader packed = new(bytes);
        OutboxEntry[] entries = new OutboxEntry[packed.Count()];
        for (int index = 0; index < entries.Length; index++)
        {
            entries[index] = new(
                new(packed.Id().Value), packed.Text(), packed.Int(), packed.Hash(), packed.OneOf(2) == 1, packed.Time(), packed.Time(),
                packed.Time());
        }

        return entries;
    }

    /// <summary>The marks of one channel as bytes; the channel, the same for all, once.</summary>
    public static byte[] Pack(IReadOnlyList<SupersessionMark> marks)
    {
        FactWriter packed = new();
        packed.Number((ulong)marks.Count);
        if (marks.Count > 0)
        {
            packed.Text(marks[0].Channel.ToString());
        }

        foreach (SupersessionMark mark in marks)
        {
            packed.Id(new ObservationId(mark.Network.Value));
            packed.Id(new ObservationId(mark.By.Value));
            packed.Signed(mark.Revision);
            int word = mark.IsExpected ? Expected : !mark.Stands ? Withdrawn : mark.Verdict is null ? Standing : StandingSuppressed;
            packed.Number((ulong)word);
            if (mark is { Stands: true, Verdict: { } verdict })
            {
                packed.Text(verdict.Reason);
                packed.Text(verdict.Author ?? string.Empty);
                packed.Number(verdict.Expires is null ? 0u : 1u);
                packed.Time(verdict.Expires ?? default);
            }
        }

        return packed.Written.ToArray();
    }

    /// <summary>The marks of one channel from their bytes.</summary>
    public static IReadOnlyList<SupersessionMark> ReadMarks(ReadOnlySpan<byte> bytes)
    {
        FactReader packed = new(bytes);
        SupersessionMark[] marks = new SupersessionMark[packed.Count()];
        ChannelKey channel = default;
        if (marks.Length > 0 && !ChannelKey.TryParse(packed.Text(), out channel))
        {
            throw FactReader.Broken();
        }

        for (int index = 0; index < marks.Length; index++)
        {
            DetectionId network = new(packed.Id().Value), by = new(packed.Id().Value);
            int revision = packed.Int(), standing = packed.OneOf(Expected + 1);
            marks[index] = new(
                channel, network, by, revision, standing is Standing or StandingSuppressed,
                standing == StandingSuppressed ? ReadVerdict(ref packed) : null, standing == Expected);
        }

        return marks;
    }

    /// <summary>What a process said of channels as bytes; its own detections once each.</summary>
    public static byte[] Pack(SaidMarks said)
    {
        DetectionId[] by = [.. said.Marks.Select(mark => mark.By).Distinct()];
        FactWriter packed = new();
        packed.Signed(said.Revision);
        packed.Number((ulong)by.Length);
        foreach (DetectionId id in by)
        {
            packed.Id(new ObservationId(id.Value));
        }

        packed.Number((ulong)said.Marks.Length);
        foreach (SaidMark mark in said.Marks)
        {
            packed.Address(mark.Channel.SourceIp);
            packed.Address(mark.Channel.DestinationIp);
            packed.Number(mark.Channel.DestinationPort);
            packed.Number(mark.Channel.Protocol);
            packed.Number((ulong)mark.Day.DayNumber);
            packed.Number((ulong)Array.IndexOf(by, mark.By));
            packed.Number(mark.Holds ? 1u : 0u);
        }

        return packed.Written.ToArray();
    }

    /// <summary>What a process said of channels from its bytes.</summary>
    public static SaidMarks ReadSaid(ReadOnlySpan<byte> bytes)
    {
        FactReader packed = new(bytes);
        int revision = packed.Int();
        DetectionId[] by = new DetectionId[packed.Count()];
        for (int index = 0; index < by.Length; index++)
        {
            by[index] = new(packed.Id().Value);
        }

        SaidMark[] marks = new SaidMark[packed.Count()];
        for (int index = 0; index < marks.Length; index++)
        {
            marks[index] = new(
                new(packed.Address(), packed.Address(), packed.Port(), packed.Protocol()),
                DateOnly.FromDayNumber(packed.OneOf(DateOnly.MaxValue.DayNumber + 1)), by[packed.OneOf(by.Length)], packed.OneOf(2) == 1);
        }

        return new(revision, [.. marks]);
    }

    private static SharedVerdict ReadVerdict(ref FactReader packed)
    {
        string reason = packed.Text(), author = packed.Text();
        bool expires = packed.OneOf(2) == 1;
        DateTimeOffset time = packed.Time();
        return new(reason, author.Length > 0 ? author : null, expires ? time : null);
    }
}
