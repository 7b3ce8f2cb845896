using System.Text;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;

namespace CipherWatch.Core.Tests.Telemetry;

/// <summary>What says nothing of encrypted channels, which is nearly all of a host's log, costs no allocation.</summary>
public class SkippedHostRecordTests
{
    private const int Records = 2000;

    [Theory]
    [InlineData("2022-06-02T11:58:12.193Z info vpxd[45715] [Originator@6876 sub=vpxLro opID=7e1280cf] [VpxLRO] -- FINISH lro-846063")]
    [InlineData("<166>2022-11-04T15:01:58.230Z esx01.lab.example Vpxa: verbose vpxa[9B66B70] [Originator@6876 sub=VpxaCnxHostd] nothing of use")]
    [InlineData("2024-03-26T04:31:19Z cpu7:2097868)WARNING: NetPort: 1652: an example")]
    [InlineData("2024-03-26T04:31:17.959Z In(166) Hostd[2098914]: [Originator@6876 sub=Proxy] <io_obj p:0x01, h:34, <TCP '127.0.0.1 : 55911'>, <TCP '127.0.0.1 : 8307'>>")]
    [InlineData("2025-06-24 14:32:40.176 Df Sample[612:4505afd] [com.example:ui] nothing of use")]
    [InlineData("2025-06-24 14:32:40.176682+0300 0x78e2     Default     0x0                  612    0    Sample: (Network) [com.apple.network:connection] nothing")]
    [InlineData("default\t17:05:52.535357-0500\tSample\tnothing of use")]
    [InlineData("{\"traceID\":1,\"eventMessage\":\"nothing\\/of use\",\"eventType\":\"logEvent\",\"processImagePath\":\"\\/usr\\/bin\\/x\",\"timestamp\":\"2025-06-24 14:32:40.176682+0300\",\"machTimestamp\":1}")]
    [InlineData("{\"schema_version\":1,\"event_type\":11,\"mach_time\":1,\"time\":\"2026-02-07T13:21:35.880814738Z\",\"process\":{\"ppid\":1},\"event\":{\"fork\":{}}}")]
    public void It_costs_no_allocation(string line)
    {
        byte[] some = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line + "\n", Records)));
        byte[] twice = [.. some, .. some];
        Strict strict = new();
        Ingestor ingestor = new(strict, strict);
        ingestor.Read(twice, "warm");

        // What an input costs once, the runtime included, is no record's.
        long one = Least(ingestor, some);
        Assert.Equal(0, (Least(ingestor, twice) - one) / Records);
        Assert.Equal(ingestor.Counts.Records, ingestor.Counts.Skipped);
    }

    /// <summary>A collection that other tests cause adds to a figure: the least of a few counts.</summary>
    private static long Least(Ingestor ingestor, byte[] bytes) => Enumerable.Range(0, 5).Min(_ => Allocated(ingestor, bytes));

    private static long Allocated(Ingestor ingestor, byte[] bytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        ingestor.Read(bytes, "measured");
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private sealed class Strict : IObservationReceiver, IDeadLetterSink
    {
        public bool WantsModule(ReadOnlySpan<byte> path, TelemetryPlatform platform) => true;

        public void Receive(Observation observation) => Assert.Fail("Nothing of this is to be observed.");

        public void RecordDone()
        {
        }

        public void Write(DeadLetter letter) => Assert.Fail(letter.Reason);
    }
}
