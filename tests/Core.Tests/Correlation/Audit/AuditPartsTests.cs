using System.Globalization;
using System.Text;
using CipherWatch.Core.Correlation.Audit;
using CipherWatch.Core.Correlation.Folding;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Tests.Pipeline.Delivery;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Correlation.Audit;

/// <summary>An audit event whose records come in several batches says what it says in one.</summary>
public class AuditPartsTests
{
    private static readonly string[] Log = Lines();

    [Fact]
    public void The_log_has_detections_of_each_kind_of_event()
    {
        string found = string.Join('\n', Local([Log]));
        Assert.Contains("/dev/shm/.agent --quiet", found, StringComparison.Ordinal);
        Assert.Contains("libcrypto.so.3", found, StringComparison.Ordinal);
        Assert.Contains("af_alg", found, StringComparison.Ordinal);
        Assert.Contains("203.0.113.9", found, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_record_a_batch() => AssertSame([.. Log.Select(line => new[] { line })]);

    [Property(MaxTest = 40)]
    public Property Batches_of_any_length_in_any_order() => Prop.ForAll(
        (from lengths in Gen.Choose(1, 7).ArrayOf(Log.Length)
         from order in Gen.Shuffle(Enumerable.Range(0, Log.Length).ToArray())
         from isShuffled in Gen.Elements(true, false)
         select Batches(lengths, order, isShuffled)).ToArbitrary(),
        AssertSame);

    [Fact]
    public void Without_the_call_nothing_is_said()
    {
        AuditEventFacts part = AuditObservationFacts.Of(Observation(new IpPart()))!;
        Assert.Empty(AuditObservationFacts.ToProcesses(part));
    }

    [Fact]
    public void A_key_is_read_back_from_its_text()
    {
        AuditEventKey key = new("web1", 1_767_225_600_123, 42);
        Assert.True(AuditEventKey.TryParse(key.ToString(), out AuditEventKey read));
        Assert.Equal(key, read);
        Assert.False(AuditEventKey.TryParse("web1|12", out _));
        Assert.False(AuditEventKey.TryParse("web1|x|1", out _));
    }

    private static Observation Observation(IpPart part) => new()
    {
        Kind = ObservationKind.Connection,
        Source = SourceNames.Auditd,
        Platform = Core.Identity.TelemetryPlatform.Linux,
        Time = DateTimeOffset.UnixEpoch.AddDays(20_000),
        Host = part.Host,
        EventSerial = 7,
        IsPartial = true,
        Flow = new() { SrcIp = default, SrcPort = 0, DstIp = Core.Identity.IpAddress.Parse("203.0.113.9"), DstPort = 8444, Protocol = 6, IsPartial = true },
    };

    private static string[][] Batches(int[] lengths, int[] order, bool isShuffled)
    {
        List<string[]> batches = [];
        for (int at = 0, batch = 0; at < Log.Length; at += batches[^1].Length, batch++)
        {
            batches.Add(Log[at..Math.Min(Log.Length, at + lengths[batch])]);
        }

        return isShuffled ? [.. order.Where(index => index < batches.Count).Select(index => batches[index])] : [.. batches];
    }

    private static void AssertSame(string[][] batches)
    {
        IReadOnlyList<string> whole = Local([Log]);
        Assert.Equal(whole, Local(batches));
        Assert.Equal(whole, Delivered(batches));
    }

    private static IReadOnlyList<string> Local(string[][] batches)
    {
        using LocalPipeline pipeline = new(DetectionSettings.Default, 3);
        foreach (string[] batch in batches)
        {
            Read(batch, pipeline);
        }

        return DeliveryRun.Lines(pipeline.Finish().Detections);
    }

    private static IReadOnlyList<string> Delivered(string[][] batches)
    {
        using DeliveryRun run = new(DetectionSettings.Default);
        foreach (string[] batch in batches)
        {
            Kept kept = new();
            Read(batch, kept);
            run.Deliver(kept.Observations);
        }

        run.LookAgain();
        return run.Standing();
    }

    private static void Read(string[] batch, IObservationReceiver receiver)
    {
        Ingestor ingestor = new(receiver, new Kept());
        ingestor.Read(Encoding.UTF8.GetBytes(string.Join('\n', batch) + '\n'), "audit.log");
        ingestor.Finish();
    }

    /// <summary>An implant that is executed, loads a library, asks the kernel for a cipher and calls home; and a browser beside it.</summary>
    private static string[] Lines()
    {
        List<string> lines = [];
        int serial = 100;
        void Event(int ms, int pid, string exe, string call, params string[] rest)
        {
            string head = string.Create(CultureInfo.InvariantCulture, $"msg=audit({1_767_225_600 + (ms / 1000)}.{ms % 1000:d3}:{serial++}):");
            string comm = exe[(exe.LastIndexOf('/') + 1)..];
            lines.Add($"node=web1 type=SYSCALL {head} arch=c000003e {call} items=1 ppid=1 pid={pid} auid=1000 uid=1000 gid=1000 euid=1000 suid=1000 fsuid=1000 egid=1000 sgid=1000 fsgid=1000 tty=(none) ses=1 comm=\"{comm}\" exe=\"{exe}\" key=\"x\"");
            lines.AddRange(rest.Select(record => "node=web1 " + record.Replace("HEAD", head, StringComparison.Ordinal)));
        }

        Event(0, 500, "/dev/shm/.agent", "syscall=59 success=yes exit=0 a0=1 a1=2 a2=3 a3=4", "type=EXECVE HEAD argc=2 a0=\"/dev/shm/.agent\" a1=\"--quiet\"", "type=CWD HEAD cwd=\"/\"");
        Event(4, 500, "/dev/shm/.agent", "syscall=257 success=yes exit=3 a0=ffffff9c a1=7f a2=80000 a3=0", "type=CWD HEAD cwd=\"/usr/lib\"", "type=PATH HEAD item=0 name=\"/usr/lib/libcrypto.so.3\" nametype=NORMAL");
        Event(8, 500, "/dev/shm/.agent", "syscall=49 success=yes exit=0 a0=4 a1=7f a2=58 a3=0", "type=SOCKADDR HEAD saddr=" + Alg("skcipher", "ctr(aes)"));
        for (int call = 0; call < 6; call++)
        {
            Event(100 + (call * 60_000), 500, "/dev/shm/.agent", "syscall=42 success=no exit=-115 a0=5 a1=7f a2=10 a3=0", "type=SOCKADDR HEAD saddr=020020FCCB0071090000000000000000");
            Event(130 + (call * 60_000), 600, "/usr/bin/firefox", "syscall=42 success=no exit=-115 a0=5 a1=7f a2=10 a3=0", "type=SOCKADDR HEAD saddr=020001BBC63364070000000000000000");
        }

        return [.. lines];
    }

    private static string Alg(string type, string name)
    {
        byte[] bytes = new byte[88];
        bytes[0] = 38;
        Encoding.ASCII.GetBytes(type).CopyTo(bytes, 2);
        Encoding.ASCII.GetBytes(name).CopyTo(bytes, 24);
        return Convert.ToHexString(bytes);
    }

    private sealed record IpPart(string Host = "web1");

    private sealed class Kept : IObservationReceiver, IDeadLetterSink
    {
        private readonly ModuleFilter _filter = new(DetectionSettings.Default);

        public List<Observation> Observations { get; } = [];

        public bool JoinsParts => true;

        public bool WantsModule(ReadOnlySpan<byte> path, Core.Identity.TelemetryPlatform platform) => _filter.Wants(path, platform);

        public void Receive(Observation observation) => Observations.Add(observation);

        public void RecordDone()
        {
        }

        public void Write(DeadLetter letter) => Assert.Fail(letter.Reason);
    }
}
