using System.Text;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Telemetry.Network;

namespace CipherWatch.Core.Tests.Pipeline;

/// <summary>What folds away is not paid for: the room of one batch is the room of the next.</summary>
public class FoldingAllocationTests
{
    private const int Records = 500;

    [Theory]
    [InlineData("ssl", "SF", 40_000, "explained")]
    [InlineData("-", "SF", 20, "too short to judge")]
    public void A_flow_that_folds_into_what_is_there_costs_no_allocation(string service, string state, int bytes, string what)
    {
        IReadOnlyList<Observation> flows = Flows(service, state, bytes);
        using EntityStates states = new();
        long first = Allocated(states, flows);

        // A collection that other tests bring about takes away what is left of this thread's room, which counts as if it were used.
        long again = long.MaxValue;
        for (int repetition = 0; repetition < 5; repetition++)
        {
            states.Clear();
            again = Math.Min(again, Allocated(states, flows));
        }

        Assert.True(again < Records, $"{again} bytes for {Records} flows that are {what}; {first} the first time.");
    }

    private static long Allocated(EntityStates states, IReadOnlyList<Observation> flows)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (Observation flow in flows)
        {
            states.Add(flow);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static IReadOnlyList<Observation> Flows(string service, string state, int bytes)
    {
        StringBuilder text = new("#separator \\x09\n#path\tconn\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice"
            + "\tduration\torig_bytes\tresp_bytes\tconn_state\thistory\torig_pkts\tresp_pkts\n");
        for (int index = 0; index < Records; index++)
        {
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{1772445600 + index}.5\tC{index}\t10.0.0.{index % 8}\t{40000 + index}\t203.0.113.{index % 8}\t4447\ttcp\t{service}\t1.5\t{bytes}\t{bytes}\t{state}\t{(state == "S0" ? "S" : "ShADad")}\t40\t40\n");
        }

        NetworkReading reading = NetworkReading.Of(text.ToString());
        Assert.Equal(Records, reading.Observations.Count);
        return reading.Observations;
    }
}
