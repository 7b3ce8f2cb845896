using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.State;

namespace CipherWatch.Core.Tests.Pipeline.State;

public class DetectionOutboxTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_first_word_is_revision_one_and_the_same_word_stays_so()
    {
        (IReadOnlyList<OutboxEntry>? entries, IReadOnlyList<Detection>? publish) = Update([], [Detection(0, "a")]);
        Assert.Equal(1, Assert.Single(publish).Revision);
        (entries, publish) = Update(entries, [Detection(0, "a") with { Revision = 7 }]);
        Assert.Equal(1, Assert.Single(publish).Revision);
        Assert.Single(entries);
    }

    [Fact]
    public void Other_content_a_withdrawal_and_a_return_each_raise_the_revision()
    {
        (IReadOnlyList<OutboxEntry>? entries, IReadOnlyList<Detection>? publish) = Update([], [Detection(0, "a")]);
        (entries, publish) = Update(entries, [Detection(0, "b")]);
        Assert.Equal(2, Assert.Single(publish).Revision);
        (entries, publish) = Update(entries, []);
        Assert.True(Assert.Single(publish) is { Withdrawn: true, Revision: 3 });
        (entries, publish) = Update(entries, []);
        Assert.True(Assert.Single(publish) is { Withdrawn: true, Revision: 3 });
        (_, publish) = Update(entries, [Detection(0, "b")]);
        Assert.True(Assert.Single(publish) is { Withdrawn: false, Revision: 4 });
    }

    [Fact]
    public void Going_back_to_earlier_content_is_a_new_revision()
    {
        (IReadOnlyList<OutboxEntry>? entries, IReadOnlyList<Detection> _) = Update([], [Detection(0, "a")]);
        (entries, _) = Update(entries, [Detection(0, "b")]);
        (_, IReadOnlyList<Detection>? publish) = Update(entries, [Detection(0, "a")]);
        Assert.Equal(3, Assert.Single(publish).Revision);
    }

    [Fact]
    public void What_was_said_of_days_whose_facts_were_crowded_out_stands()
    {
        (IReadOnlyList<OutboxEntry>? entries, IReadOnlyList<Detection> _) = Update([], [Detection(0, "a"), Detection(1, "b")]);
        (IReadOnlyList<OutboxEntry>? left, IReadOnlyList<Detection>? publish) = DetectionOutbox.Update(entries, [Detection(1, "b")], DateOnly.FromDateTime(Noon.Date).AddDays(1), Withdraw);
        Assert.Equal("b", Assert.Single(publish).Title);
        Assert.Single(left);
    }

    [Fact]
    public void It_is_bounded_and_keeps_the_latest_days()
    {
        (IReadOnlyList<OutboxEntry>? entries, IReadOnlyList<Detection>? publish) = Update([], [.. Enumerable.Range(0, 40).Select(day => Detection(day, "a"))]);
        Assert.Equal(40, publish.Count);
        Assert.Equal(DetectionOutbox.Capacity, entries.Count);
        Assert.Equal(DateOnly.FromDateTime(Noon.Date).AddDays(39), entries.Max(entry => entry.Day));
    }

    private static (IReadOnlyList<OutboxEntry> Entries, IReadOnlyList<Detection> Publish) Update(
        IReadOnlyList<OutboxEntry> before, IReadOnlyList<Detection> implied) => DetectionOutbox.Update(before, implied, null, Withdraw);

    private static Detection Withdraw(OutboxEntry entry) =>
        Detection(0, "withdrawn") with { DetectionId = entry.Id, WindowStart = entry.WindowStart, Withdrawn = true };

    private static Detection Detection(int day, string title) => new()
    {
        DetectionId = DetectionId.Create("AN0400", "ws1|1", null, DateOnly.FromDateTime(Noon.Date).AddDays(day)),
        Time = Noon.AddDays(day),
        AnalyticId = "AN0400",
        Technique = "T1573.001",
        Platform = TelemetryPlatform.Windows,
        Severity = Severity.Medium,
        Confidence = 50,
        Title = title,
        WindowStart = Noon.AddDays(day),
        WindowEnd = Noon.AddDays(day),
        SettingsVersion = "default",
        Evidence = [],
    };

    [Fact]
    public void What_is_published_is_in_order_of_time_and_withdrawals_are_among_it()
    {
        (IReadOnlyList<OutboxEntry>? entries, IReadOnlyList<Detection> publish) = Update([], [Detection(2, "c"), Detection(0, "a"), Detection(1, "b")]);
        Assert.Equal(["a", "b", "c"], publish.Select(detection => detection.Title));
        (_, publish) = Update(entries, [Detection(3, "d"), Detection(1, "b")]);
        Assert.Equal(["withdrawn", "withdrawn", "b", "d"], publish.Select(detection => detection.Title));
    }
}
