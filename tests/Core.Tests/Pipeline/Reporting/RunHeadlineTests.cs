using CipherWatch.Core.Detections;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Reporting;
using CipherWatch.Core.Telemetry.Records;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Pipeline.Reporting;

public class RunHeadlineTests
{
    private static readonly RecordOrigin Somewhere = new("x.json", 1, 0);

    [Fact]
    public void Nothing_read_is_not_nothing_found()
    {
        RunHeadline headline = RunHeadline.Of(Read(79, 79, 0, ("no known format", 79)), []);
        Assert.StartsWith(
            "Nothing could be judged: 79 of 79 records could not be read; 79 times: no known format.", Assert.Single(headline.Lines), StringComparison.Ordinal);
        Assert.Contains("docs/telemetry.md", headline.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_most_frequent_reasons_are_named_and_the_others_counted() => Assert.Contains(
        "12 of 40 records could not be read; 6 times: a; 3 times: b; 2 times: c; 1 for other reasons.",
        RunHeadline.Of(Read(40, 12, 10, ("a", 6), ("b", 3), ("c", 2), ("d", 1)), []).Lines[0], StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 0, "There was nothing to judge: no record was read.")]
    [InlineData(5, 0, "Nothing could be judged: none of the 5 records read tells of a connection, a flow or a payload.")]
    [InlineData(5, 4, "No hidden encrypted channel was found.")]
    public void What_was_read_decides_what_is_said(long records, long judged, string expected) =>
        Assert.Equal([expected], RunHeadline.Of(Read(records, 0, judged), []).Lines);

    [Fact]
    public void A_file_that_failed_whole_is_named_among_others()
    {
        ReadingAccount read = Read(100, 7, 50, ("cut", 7)) with
        {
            Inputs = 3,
            FailedInputs = [new("b.json", 7, [new("unrecognised", "cut", 7, Somewhere)])],
        };
        Assert.Contains("b.json: none of its 7 records could be read; 7 times: cut.", RunHeadline.Of(read, []).Lines);
    }

    [Fact]
    public void An_input_that_could_not_be_opened_is_said_before_what_was_found()
    {
        ReadingAccount read = Read(10, 0, 5) with { Problems = ["a.json: no such file or folder."], Inputs = 1 };
        RunHeadline headline = RunHeadline.Of(read, []);
        Assert.Equal("1 input could not be read, or not to the end: a.json: no such file or folder.", headline.Lines[0]);
        Assert.Equal("No hidden encrypted channel was found in what could be read.", headline.Found);
    }

    [Property]
    public void Any_mixture_begins_with_what_was_unread_and_says_nothing_was_found_of_the_rest_only(ushort unread, ushort rest, bool judged, byte found, byte suppressed)
    {
        long records = unread + (long)rest;
        Detection[] detections = [.. Enumerable.Range(0, found % 4).Select(number => Found(number)), .. Enumerable.Range(10, suppressed % 3).Select(number => Found(number) with { Suppressed = new("x", null, null) })];
        RunHeadline headline = RunHeadline.Of(Read(records, unread, judged ? rest : 0, ("cut", unread)), detections);
        if (unread > 0)
        {
            Assert.Contains($"{unread:N0} of ", headline.Lines[0], StringComparison.Ordinal);
            Assert.Contains("could not be read", headline.Lines[0], StringComparison.Ordinal);
            Assert.DoesNotContain(headline.Lines, line => line == "No hidden encrypted channel was found.");
        }

        if (unread == records || !judged || rest == 0)
        {
            Assert.DoesNotContain(headline.Lines, line => line.StartsWith("No hidden", StringComparison.Ordinal));
        }

        Assert.Equal(found % 4 > 0, headline.Lines.Any(line => line.Contains(": " + (found % 4) + " low", StringComparison.Ordinal)));
        Assert.Equal(suppressed % 3 > 0, headline.Lines.Any(line => line.Contains("suppressed by your settings", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_suppressed_is_not_called_nothing_found_and_nothing_is_named_above_that_is_not()
    {
        Detection process = Found(1) with { Suppressed = new("x", null, null) };
        RunHeadline all = RunHeadline.Of(
            Read(9, 0, 9), [process, Found(2) with { SupersededBy = process.DetectionId, Suppressed = new("x", null, null) }]);
        Assert.Equal(["Nothing stands: 2 detections, all of them suppressed by your settings."], all.Lines);

        // Its process's detection is below the severity asked for: it is shown itself.
        Detection alone = Found(3) with { SupersededBy = process.DetectionId };
        Assert.Equal([alone], RunHeadline.Standing([alone]));
        Assert.Equal(["1 detection: 1 low."], RunHeadline.Of(Read(9, 0, 9), [alone]).Lines);
    }

    private static ReadingAccount Read(long records, long unread, long judged, params (string Reason, long Count)[] reasons) => new()
    {
        Records = records,
        Unread = unread,
        Judged = judged,
        Reasons = [.. reasons.Select(reason => new UnreadReason("unrecognised", reason.Reason, reason.Count, Somewhere))],
        Inputs = 1,
    };

    private static Detection Found(int number) => new()
    {
        DetectionId = new((UInt128)(uint)number),
        Time = DateTimeOffset.UnixEpoch,
        AnalyticId = "AN0404",
        Technique = "T1573.001",
        Platform = TelemetryPlatform.Network,
        Severity = Severity.Low,
        Confidence = 30,
        Title = "t",
        WindowStart = DateTimeOffset.UnixEpoch,
        WindowEnd = DateTimeOffset.UnixEpoch,
        SettingsVersion = "x",
        Evidence = [],
    };
}
