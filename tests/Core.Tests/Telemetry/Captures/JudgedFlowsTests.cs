using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Captures;
using CipherWatch.Core.Telemetry.Captures.Packets;
using static CipherWatch.Core.Tests.Telemetry.Captures.CaptureBuilder;

namespace CipherWatch.Core.Tests.Telemetry.Captures;

public class JudgedFlowsTests
{
    [Fact]
    public void Flows_come_in_their_order_each_with_its_own_judgement()
    {
        CapturedFlow[] flows = [.. Enumerable.Range(0, 700).Select(number => Flow(number) with { Number = number })];
        List<(int Number, PayloadVerdict Verdict, double Entropy)> seen = [];
        JudgedFlows judged = new((flow, score) => seen.Add((flow.Number, score.Verdict, score.Out.First!.Entropy)));

        foreach (CapturedFlow flow in flows)
        {
            judged.Add(flow);
        }

        Assert.NotEmpty(seen);
        judged.Finish();

        Assert.Equal(flows.Select(flow => (flow.Number, flow.Score().Verdict, flow.Score().Out.First!.Entropy)), seen);
    }

    private static CapturedFlow Flow(int number)
    {
        byte[] payload = number % 3 == 0 ? new byte[64 + number] : RandomBytes(64 + number, number);
        return new CaptureBuilder().Open().Tcp(true, 1001, TcpFlags.Acknowledge, payload).Flow();
    }
}
