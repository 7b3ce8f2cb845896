using System.Text;
using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Tests.Ingestion;
using CipherWatch.Core.Tests.Telemetry.Network;

namespace CipherWatch.Core.Tests.Telemetry.Linux;

/// <summary>What is skipped costs nothing but the reading.</summary>
public class LinuxSkipTests
{
    private const int Records = 2000;

    public static TheoryData<string> Skipped =>
    [
        "node=web1 type=SYSCALL msg=audit(1767225600.100:7): arch=c000003e syscall=0 success=yes exit=4096 a0=3 a1=7f a2=1000 a3=0 items=0 ppid=1 pid=7 comm=\"a\" exe=\"/usr/bin/a\" key=(null)",
        "type=SOCKADDR msg=audit(1767225600.100:7): saddr=01002F6465762F6C6F6700",
        "type=USER_AUTH msg=audit(1767225600.100:8): pid=1 uid=0 msg='op=PAM:authentication acct=\"root\" exe=\"/usr/sbin/sshd\" hostname=? addr=? terminal=ssh res=failed'",
        "{\"ID\":\"1767225600.100:9\",\"NODE\":\"web1\",\"SYSCALL\":{\"arch\":\"0xc000003e\",\"syscall\":0,\"success\":\"yes\",\"exit\":1,\"pid\":7,\"exe\":\"/usr/bin/a\"}}",
        "{\"@timestamp\":\"2026-01-01T00:00:00.100Z\",\"process\":{\"pid\":\"7\"},\"auditd\":{\"sequence\":9,\"result\":\"success\",\"data\":{\"arch\":\"x86_64\",\"syscall\":\"read\",\"exit\":\"1\"}}}",
        "Jan  1 00:00:01 web1 CRON[31051]: (root) CMD (touch /var/run/crond.somecheck)",
        "<30>1 2026-01-01T00:00:01Z web1 systemd 1 - - Started Session 7 of user ana.",
        "{\"__REALTIME_TIMESTAMP\":\"1767225600123456\",\"_HOSTNAME\":\"web1\",\"SYSLOG_IDENTIFIER\":\"systemd\",\"MESSAGE\":\"Started Session 7 of user ana.\"}",
    ];

    [Theory]
    [MemberData(nameof(Skipped))]
    public void A_skipped_record_allocates_nothing(string record)
    {
        byte[] one = Encoding.UTF8.GetBytes(record + "\n");
        byte[] many = [.. Enumerable.Repeat(one, Records).SelectMany(line => line)];
        Reading.Of(many);
        Assert.Equal(Records, Reading.Of(many).Counts.Skipped);

        // The reader itself is the same for one record and for many. A collection that other tests cause adds to a figure, so the
        // least of a few counts.
        Assert.Equal(Least(one), Least(many), tolerance: 1024);
    }

    private static long Least(byte[] body) => Enumerable.Range(0, 5).Min(_ => Allocated(body));

    private static long Allocated(byte[] body)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        NetworkReading reading = new();
        Ingestor ingestor = new(reading, reading);
        ingestor.Read(body, "input");
        ingestor.Finish();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
