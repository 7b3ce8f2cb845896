using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Tests.Telemetry.Network.Suricata;

public class EveOrientationTests
{
    [Fact]
    public void The_sender_of_a_file_that_was_fetched_is_the_server()
    {
        FlowFields flow = Fileinfo("GET").Flow!;

        Assert.Equal(("10.20.0.7", 49812, "203.0.113.50", 8008), (flow.SrcIp.ToString(), flow.SrcPort, flow.DstIp.ToString(), flow.DstPort));
        Assert.True(flow.InitiatorKnown);
    }

    [Fact]
    public void The_sender_of_a_file_in_a_post_may_be_either() => Assert.False(Fileinfo("POST").Flow!.InitiatorKnown);

    private static Observation Fileinfo(string method) => NetworkReading.Of(
        """{"timestamp":"2026-03-02T11:00:05.000001+0100","flow_id":1374195536821504,"event_type":"fileinfo","src_ip":"203.0.113.50","src_port":8008,"dest_ip":"10.20.0.7","dest_port":49812,"proto":"TCP","http":{"hostname":"www.example.org","http_method":"""
        + $"\"{method}\"" + ""","status":200,"length":1071},"app_proto":"http","fileinfo":{"filename":"/device.xml","size":1071}}""").Single();
}
