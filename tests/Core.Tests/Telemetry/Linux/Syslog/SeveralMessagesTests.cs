using CipherWatch.Core.Tests.Ingestion;

namespace CipherWatch.Core.Tests.Telemetry.Linux.Syslog;

/// <summary>Messages behind one another on a line are accounted for each, those that wait for others of their events too.</summary>
public class SeveralMessagesTests
{
    private const string Head = "<13>Jan  1 00:00:30 web9 go-audit: ";
    private const string Cut = "{\"sequence\":900,\"tim";

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(2, false, false)]
    [InlineData(3, false, false)]
    [InlineData(1, true, false)]
    [InlineData(2, true, false)]
    [InlineData(1, false, true)]
    [InlineData(2, true, true)]
    public void Each_is_done_once(int whole, bool cutBefore, bool cutBehind)
    {
        string line = (cutBefore ? Head + Cut : string.Empty)
            + string.Concat(Enumerable.Range(901, whole).Select(serial => Head + Message(serial)))
            + (cutBehind ? Head + Cut : string.Empty);
        Reading reading = Reading.Of(line + "\n");

        Assert.Equal(whole, reading.Counts.Observed);
        Assert.Equal(cutBefore || cutBehind ? 1 : 0, reading.Counts.DeadLettered);
        Assert.Equal(reading.Counts.Records, reading.RecordsDone);
    }

    private static string Message(int serial) => $$$"""
        {"sequence":{{{serial}}},"timestamp":"1767225600.123","messages":[{"type":1300,"data":"arch=c000003e syscall=59 success=yes exit=0 a0=1 a1=2 a2=3 a3=4 items=2 ppid=1 pid=115 auid=1 uid=0 comm=\"agent\" exe=\"/usr/bin/agent\" key=(null)"},{"type":1309,"data":"argc=1 a0=\"agent\""}],"uid_map":{"0":"root"}}
        """;
}
