using CipherWatch.Core.Tests.Ingestion;

namespace CipherWatch.Core.Tests.Telemetry;

/// <summary>Inputs that do not say whose records they hold: all are taken to be of one host, and how many there are is told.</summary>
public class UnnamedHostTests
{
    private const string Audit = "type=SYSCALL msg=audit(1767225600.100:7): arch=c000003e syscall=59 success=yes exit=0 a0=1 a1=2 a2=3 a3=4 items=2 ppid=1 pid=7 uid=0 comm=\"a\" exe=\"/usr/bin/a\" key=(null)";
    private const string Daemon = "2022-06-02T11:58:12.193Z info hostd[2099656] [Originator@6876 sub=IO] Failed to connect; <io_obj p:0x01, h:8, <TCP '10.20.0.5 : 60001'>, <TCP '203.0.113.70 : 443'>>, e: 111";
    private const string Mac = "2025-06-24 14:32:30.000000+0300 0x78e2     Default     0x0                  0      0    kernel: tcp connect outgoing: [10.30.0.8:61500<->198.51.100.30:4444] interface: en0 (skipped: 0)\nso_gencnt: 8 t_state: SYN_SENT process: helper:98 SYN in/out: 0/1";
    private const string Named = "<166>2022-11-04T15:01:58.230Z esx01 Hostd: info hostd[2099656] [Originator@6876 sub=IO] Failed to connect; <io_obj p:0x01, h:8, <TCP '10.20.0.5 : 60001'>, <TCP '203.0.113.70 : 443'>>, e: 111";

    [Theory]
    [InlineData(3, Audit, Daemon, Mac)]
    [InlineData(3, Audit, Audit, Named, Audit)]
    [InlineData(1, Mac, "node=web1 " + Audit, Named)]
    [InlineData(0, "node=web1 " + Audit, Named)]
    [InlineData(0, "nothing that is read")]
    public void They_are_counted(int unnamed, params string[] inputs)
    {
        Reading reading = new();
        foreach (string input in inputs)
        {
            using MemoryStream stream = new(System.Text.Encoding.UTF8.GetBytes(input + "\n" + input + "\n"));
            reading.Stream(stream);
        }

        reading.Finish();
        Assert.Equal(unnamed, reading.Counts.UnnamedInputs);
    }
}
