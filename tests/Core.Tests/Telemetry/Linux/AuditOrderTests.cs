using System.Text;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Ingestion;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Telemetry.Linux;

/// <summary>Records of audit events may come in any order, several times and over several inputs: what is observed is the same.</summary>
public class AuditOrderTests
{
    private static readonly string[] Cases = ["events", "heads", "values", "addresses", "libraries", "cryptography", "interpreted"];

    [Property(MaxTest = 60)]
    public void Order_does_not_matter(int seed)
    {
        foreach (string name in Cases)
        {
            string[] lines = Lines(name);
            string[] shuffled = [.. lines];
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(Observed(lines), Observed(shuffled));
        }
    }

    [Property(MaxTest = 30)]
    public void Duplicates_do_not_matter(int seed)
    {
        Random random = new(seed);
        foreach (string name in Cases)
        {
            string[] lines = Lines(name);
            string[] doubled = [.. lines.SelectMany(line => Enumerable.Repeat(line, random.Next(1, 4)))];
            random.Shuffle(doubled);
            Assert.Equal(Observed(lines), Observed(doubled));
        }
    }

    /// <summary>A record that is broken has its outcome at once, and none from its event beside.</summary>
    [Theory]
    [InlineData("type=MMAP msg=audit(1767225600.100:7): fd=x flags=0x2", "'fd'")]
    [InlineData("type=SOCKETCALL msg=audit(1767225600.100:7): nargs=3 a0=zz a1=1 a2=0", "'a0'")]
    [InlineData("type=SOCKADDR msg=audit(1767225600.100:7): saddr=02", "SOCKADDR")]
    [InlineData("type=SYSCALL msg=audit(1767225600.100:7): arch=c000003e syscall=42 success=yes exit=0 a0=3 pid=many", "'pid'")]
    public void A_broken_record_is_counted_once(string broken, string reason)
    {
        string call = broken.Contains("MMAP", StringComparison.Ordinal) ? "syscall=9 success=yes exit=7f00 a0=0 a1=4e4000 a2=5 a3=802"
            : broken.Contains("CALL ", StringComparison.Ordinal) ? "syscall=102 success=yes exit=3 a0=1 a1=bf a2=0 a3=0"
            : "syscall=42 success=yes exit=0 a0=3 a1=7f a2=10 a3=0";
        string whole = $"type=SYSCALL msg=audit(1767225600.100:7): arch={(call.Contains("102", StringComparison.Ordinal) ? "40000003" : "c000003e")} {call} ppid=1 pid=7 uid=0 comm=\"a\" exe=\"/usr/bin/a\"";
        foreach (string text in (string[])[$"{whole}\n{broken}\n", $"{broken}\n{whole}\n", $"{broken}\n"])
        {
            Reading reading = Reading.Of(text);
            Assert.Contains(reason, Assert.Single(reading.DeadLetters).Reason, StringComparison.Ordinal);
            Assert.Equal(text.Count(letter => letter == '\n'), reading.Counts.Records);
            Assert.Equal(reading.Counts.Records, reading.RecordsDone);
        }
    }

    [Fact]
    public void Events_are_put_together_over_inputs()
    {
        string[] lines = Lines("events");
        Reading reading = new();
        foreach (string line in lines)
        {
            reading.Stream(new MemoryStream(Encoding.UTF8.GetBytes(line + "\n")));
        }

        reading.Finish();
        Assert.Equal(Observed(lines), Text(reading));
    }

    /// <summary>An interpreted rendering names the user whose number the raw one has.</summary>
    [Fact]
    public void Two_renderings_of_an_event_say_the_same_whichever_comes_first()
    {
        const string Raw = """
            type=SYSCALL msg=audit(1767225600.100:7): arch=c000003e syscall=42 success=yes exit=0 a0=3 a1=7f a2=10 a3=0 items=0 ppid=1 pid=7 uid=0 comm="a" exe="/usr/bin/a"
            type=SOCKADDR msg=audit(1767225600.100:7): saddr=020001BBC63364070000000000000000
            """;
        const string Interpreted =
            "type=SYSCALL msg=audit(1767225600.100:7) : arch=x86_64 syscall=connect success=yes exit=0 a0=0x3 a1=0x7f a2=0x10 a3=0x0 items=0 ppid=1 pid=7 uid=root comm=a exe=/usr/bin/a";
        Assert.Contains("\"user\":\"0\"", Observed([Raw]), StringComparison.Ordinal);
        Assert.Equal(Observed([Raw]), Observed([Raw, Interpreted]));
        Assert.Equal(Observed([Raw]), Observed([Interpreted, Raw]));
    }

    [Fact]
    public void Each_record_has_one_outcome_whatever_the_order()
    {
        string[] lines = Lines("events");
        Reading forward = Reading.Of(string.Join('\n', lines));
        Reading backward = Reading.Of(string.Join('\n', lines.Reverse()));
        Assert.Equal(lines.Length, forward.Counts.Records);
        Assert.Equal((forward.Counts.Observed, forward.Counts.Skipped, forward.Counts.DeadLettered),
            (backward.Counts.Observed, backward.Counts.Skipped, backward.Counts.DeadLettered));
    }

    [Fact]
    public void More_events_than_may_wait_are_read_all_the_same()
    {
        const int Events = 20_000;
        StringBuilder text = new();
        for (int serial = 1; serial <= Events; serial++)
        {
            text.Append($"node=web1 type=SYSCALL msg=audit(1767225600.100:{serial}): arch=c000003e syscall=42 success=yes exit=0 a0=3 a1=7f a2=10 a3=0 ")
                .Append("items=0 ppid=1 pid=7 uid=0 comm=\"a\" exe=\"/usr/bin/a\" key=(null)\n")
                .Append($"node=web1 type=SOCKADDR msg=audit(1767225600.100:{serial}): saddr=020001BBC63364070000000000000000\n");
        }

        Reading reading = Reading.Of(text.ToString());
        Assert.Equal(Events, reading.Observations.Count);
        Assert.All(reading.Observations, observation => Assert.Equal(443, observation.Flow!.DstPort));
        Assert.Equal(2 * Events, reading.Counts.Observed);
    }

    private static string[] Lines(string name) =>
        File.ReadAllLines(Path.Combine(Repository.Root, "tests", "Golden", "auditd", name, "input.log"));

    private static string Observed(string[] lines) => Text(Reading.Of(string.Join('\n', lines)));

    private static string Text(Reading reading) => string.Join('\n', reading.Observations
        .Select(observation => Encoding.UTF8.GetString(ObservationJson.ToUtf8(observation))).Distinct().Order(StringComparer.Ordinal));
}
