using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Telemetry.Formats;
using CipherWatch.Core.Telemetry.Network.Datagrams;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using static CipherWatch.Core.Tests.Telemetry.Network.Datagrams.DatagramBuilder;

namespace CipherWatch.Core.Tests.Telemetry.Network.Datagrams;

/// <summary>What exporters say of themselves in options data holds for their records, those that were sent before it too.</summary>
public class ExporterOptionsTests
{
    private static readonly DateTimeOffset Booted = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Flow = Ipfix(5, Set(256, PlainRecord()));
    private static readonly byte[] Template = Ipfix(5, Set(2, DatagramBuilder.Template(256, Plain)));
    private static readonly byte[] OptionsTemplate = Ipfix(5, Set(3, Options(257, (144, 4), (160, 8))));
    private static readonly byte[] OptionsData = Ipfix(5, Set(257, U32(0), U64((ulong)Booted.ToUnixTimeMilliseconds())));

    [Theory]
    [InlineData("T F O D")]
    [InlineData("T O D F")]
    [InlineData("O D T F")]
    [InlineData("D F O T")]
    [InlineData("F D T O")]
    public void The_exporters_start_dates_its_uptimes_wherever_it_stands(string order)
    {
        byte[] file = [.. order.Split(' ').SelectMany(part => part switch { "T" => Template, "F" => Flow, "O" => OptionsTemplate, _ => OptionsData })];

        NetworkReading reading = NetworkReading.Of(file);

        Assert.Equal((4, 1, 3, 0), (reading.Counts.Records, reading.Counts.Observed, reading.Counts.Skipped, reading.Counts.DeadLettered));
        Assert.Equal((Booted.AddMilliseconds(3_600_000 - 5_000), 2_000), (reading.Single().Time, reading.Single().Flow!.DurationMs));
    }

    [Fact]
    public void Another_domains_start_is_not_used()
    {
        byte[] other = Ipfix(6, Set(3, Options(257, (144, 4), (160, 8))), Set(257, U32(0), U64((ulong)Booted.ToUnixTimeMilliseconds())));

        Assert.Equal(Exported, NetworkReading.Of([.. other, .. Template, .. Flow]).Single().Time);
    }

    [Theory]
    [InlineData(true, 34)]
    [InlineData(false, 34)]
    [InlineData(true, 50)]
    [InlineData(true, 310)]
    public void Counters_of_an_exporter_that_samples_are_multiplied(bool first, int element)
    {
        byte[] options = [.. Ipfix(5, Set(3, Options(257, (144, 4), (element, 4)))), .. Ipfix(5, Set(257, U32(0), U32(1000)))];

        FlowFields flow = NetworkReading.Of(first ? [.. options, .. Template, .. Flow] : [.. Template, .. Flow, .. options]).Single().Flow!;

        Assert.Equal((2_560_000, 1000), (flow.BytesOut, flow.SampledOneIn));
    }

    [Fact]
    public void So_are_those_of_version_9()
    {
        byte[] options = V9(17, Set(1, U16(257), U16(4), U16(8), U16(1), U16(4), U16(34), U16(4), U16(35), U16(1), [0, 0]), Set(257, U32(0), U32(1000), [1, 0, 0, 0]));
        byte[] flow = V9(17, Set(0, DatagramBuilder.Template(256, Plain)), Set(256, PlainRecord()));

        Assert.Equal(2_560_000, NetworkReading.Of([.. flow, .. options]).Single().Flow!.BytesOut);
        Assert.Equal(2_560, NetworkReading.Of([.. flow, .. V9(18, options.AsSpan(20).ToArray())]).Single().Flow!.BytesOut);
    }

    [Theory]
    [InlineData(1, 2_560)]
    [InlineData(2, 256_000)]
    [InlineData(0, 2_560)]
    [InlineData(9, null)]
    public void A_record_that_names_its_sampler_is_sampled_as_that_one_is(uint sampler, int? bytes)
    {
        byte[] options = Ipfix(5, Set(3, Options(257, (302, 4), (34, 4))), Set(257, U32(1), U32(1), U32(2), U32(100)));
        byte[] flow = Ipfix(5, Set(2, DatagramBuilder.Template(256, [.. Plain, (302, 4)])), Set(256, PlainRecord(), U32(sampler)));

        Assert.Equal(bytes, NetworkReading.Of([.. flow, .. options]).Single().Flow!.BytesOut);
    }

    [Fact]
    public void They_are_remembered_from_batch_to_batch()
    {
        DatagramTemplates templates = new();
        NetworkReading first = new();
        NetworkReading second = new();
        foreach ((NetworkReading reading, byte[] body) in new[] { (first, (byte[])[.. Template, .. OptionsTemplate, .. OptionsData]), (second, Flow) })
        {
            Ingestor ingestor = new(reading, reading, templates: templates);
            ingestor.Read(body, "event", "hub/0/exporter");
            ingestor.Finish();
        }

        Assert.Equal(Booted.AddMilliseconds(3_600_000 - 5_000), Assert.Single(second.Observations).Time);
    }

    [Fact]
    public void More_than_is_held_is_read_as_it_came()
    {
        NetworkReading reading = new();
        List<RecordOutcome> outcomes = [];
        DatagramReader reader = new(
            new(), new(reading, new(), FormatTable.Index), (in result, in _, _) => outcomes.Add(result.Outcome))
        { MaxHeldBytes = 200 };
        foreach (byte[] datagram in (byte[][])[Template, .. Enumerable.Repeat(Flow, 10), OptionsTemplate, OptionsData])
        {
            Assert.True(FlowDatagram.TryRead(datagram, out FlowDatagram header));
            reader.Read(datagram, header, "file", default);
        }

        reader.Finish();

        Assert.Equal((10, 3), (outcomes.Count(outcome => outcome == RecordOutcome.Observed), outcomes.Count(outcome => outcome == RecordOutcome.Skipped)));
        Assert.Equal(Exported, reading.Observations[0].Time);
        Assert.Equal(Booted.AddMilliseconds(3_600_000 - 5_000), reading.Observations[^1].Time);
    }

    private static byte[] Options(int id, params (int Element, int Length)[] fields) =>
        [.. U16(id), .. U16(fields.Length), .. U16(1), .. fields.SelectMany(field => (byte[])[.. U16(field.Element), .. U16(field.Length)])];
}
