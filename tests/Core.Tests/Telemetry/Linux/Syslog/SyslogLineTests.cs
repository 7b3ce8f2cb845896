using CipherWatch.Core.Tests.Ingestion;

namespace CipherWatch.Core.Tests.Telemetry.Linux.Syslog;

/// <summary>A message of several lines goes on in lines that look like nothing; one that a recorder wrote does not.</summary>
public class SyslogLineTests
{
    [Theory]
    [InlineData("Jan  1 00:00:40 web1 billing[71]: java.lang.IllegalStateException: closed", 0)]
    [InlineData("<13>1 2026-01-01T00:00:40Z web1 billing 71 - - java.lang.IllegalStateException: closed", 0)]
    [InlineData("Jan  1 00:00:40 web1 audit[71]: SYSCALL arch=c000003e syscall=59 success=yes exit=0", 1)]
    [InlineData("Jan  1 00:00:40 web1 audispd: node=web1 type=CWD msg=audit(1767225640.200:1): cwd=\"/\"", 1)]
    [InlineData("Jan  1 00:00:40 web1 kernel: [   12.345678] usb 1-1: new high-speed USB device", 1)]
    [InlineData("Jan  1 00:00:40 web1 sshd[71]: Server listening on 0.0.0.0 port 22.", 1)]
    public void A_line_that_looks_like_nothing_is_lost_behind_no_line_of_a_recorder(string before, int deadLettered)
    {
        Reading reading = Reading.Of($"{before}\naudit(: arch=c000003e syscall=59\n");
        Assert.Equal((2, deadLettered), (reading.Counts.Records, reading.Counts.DeadLettered));
    }
}
