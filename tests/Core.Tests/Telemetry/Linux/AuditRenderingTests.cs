using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Ingestion;

namespace CipherWatch.Core.Tests.Telemetry.Linux;

/// <summary>The same event by auditd, laurel, the Log Analytics agent, go-audit, the journal and Auditbeat is one observation with one id.</summary>
public class AuditRenderingTests
{
    private const string Fields = "arch=c000003e syscall=42 success=no exit=-115 a0=5 a1=7f a2=10 a3=0 items=0 ppid=1 pid=4242 auid=1000 uid=1000 comm=\\\"curl\\\" exe=\\\"/usr/bin/curl\\\" key=(null)";
    private const string Address = "020001BBC63364070000000000000000";

    public static TheoryData<string> Renderings =>
    [
        "node=web1 type=SYSCALL msg=audit(1767225600.108:105): " + Plain(Fields) + "\nnode=web1 type=SOCKADDR msg=audit(1767225600.108:105): saddr=" + Address,
        "node=WEB1.example.org type=SOCKADDR msg=audit(1767225600.108:105): saddr=" + Address + "\nnode=WEB1.example.org type=SYSCALL msg=audit(1767225600.108:105): " + Plain(Fields),
        """{"ID":"1767225600.108:105","NODE":"web1","SYSCALL":{"arch":"0xc000003e","syscall":42,"success":"no","exit":-115,"a0":"0x5","a1":"0x7f","a2":"0x10","a3":"0x0","ppid":1,"pid":4242,"uid":1000,"comm":"curl","exe":"/usr/bin/curl"},"SOCKADDR":[{"SADDR":{"saddr_fam":"inet","addr":"198.51.100.7","port":443}}]}""",
        """{"ID":"1767225600.108:105","NODE":"web1","SYSCALL":{"arch":"0xc000003e","syscall":42,"success":"no","exit":-115,"ARGV":["0x5","0x7f","0x10","0x0"],"ppid":1,"pid":4242,"uid":1000,"comm":"curl","exe":"/usr/bin/curl"},"SOCKADDR":[{"saddr":"%02%00%01%bb%c63d%07%00%00%00%00%00%00%00%00"}]}""",
        """{"TimeGenerated":"2026-01-01T00:00:01Z","Computer":"WEB1","EventTime":"2026-01-01T00:00:00Z","ProcessName":"auoms","SyslogMessage":"type=AUOMS_SYSCALL audit(1767225600.108:105): node=WEB1 arch=x86_64 syscall=connect syscall_r=42 success=no exit=-115 a0=5 a1=7f a2=10 a3=0 ppid=1 pid=4242 user=ana uid=1000 comm=\"curl\" exe=\"/usr/bin/curl\" saddr_r=020001BBC63364070000000000000000 redactors= containerid="}""",
        $$$"""{"sequence":105,"timestamp":"1767225600.108","hostname":"web1","messages":[{"type":1300,"data":"{{{Fields}}}"},{"type":1306,"data":"saddr={{{Address}}}"}],"uid_map":{"1000":"ana"}}""",
        """{"@timestamp":"2026-01-01T00:00:00.108Z","host":{"name":"web1"},"process":{"pid":4242,"parent":{"pid":1},"executable":"/usr/bin/curl","name":"curl"},"auditd":{"sequence":105,"result":"fail","data":{"arch":"x86_64","syscall":"connect","exit":"EINPROGRESS","a0":"5","socket":{"family":"ipv4","addr":"198.51.100.7","port":"443"}}}}""",
        $$"""
        {"__REALTIME_TIMESTAMP":"1767225600108000","_HOSTNAME":"web1","_TRANSPORT":"audit","_AUDIT_TYPE":"1300","_AUDIT_ID":"105","MESSAGE":"SYSCALL {{Fields}}"}
        {"__REALTIME_TIMESTAMP":"1767225600108000","_HOSTNAME":"web1","_TRANSPORT":"audit","_AUDIT_TYPE":"1306","_AUDIT_ID":"105","MESSAGE":"SOCKADDR saddr={{Address}}"}
        """,
    ];

    [Theory]
    [MemberData(nameof(Renderings))]
    public void One_event_is_one_observation(string rendering)
    {
        Observation expected = Assert.Single(Reading.Of((string)Renderings.First().Data).Observations);
        Observation observation = Assert.Single(Reading.Of(rendering).Observations);
        Assert.Equal(expected.Id, observation.Id);
        Assert.Equal((expected.Time, expected.Flow!.DstIp, expected.Flow.DstPort, expected.Flow.Protocol),
            (observation.Time, observation.Flow!.DstIp, observation.Flow.DstPort, observation.Flow.Protocol));
    }

    [Fact]
    public void All_renderings_in_one_run_are_one_observation()
    {
        Reading reading = Reading.Of(string.Join('\n', Renderings.Select(rendering => (string)rendering.Data)));
        Assert.Single(reading.Observations);
    }

    [Fact]
    public void Serials_and_hosts_tell_events_of_one_moment_apart()
    {
        string one = (string)Renderings.First().Data;
        Reading reading = Reading.Of(string.Join('\n', one, one.Replace(":105)", ":106)", StringComparison.Ordinal), one.Replace("web1", "web2", StringComparison.Ordinal)));
        Assert.Equal(3, reading.Observations.Select(observation => observation.Id).Distinct().Count());
    }

    private static string Plain(string fields) => fields.Replace("\\\"", "\"", StringComparison.Ordinal);
}
