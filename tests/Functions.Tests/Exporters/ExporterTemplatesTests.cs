using CipherWatch.Functions.Tests.Fakes;

namespace CipherWatch.Functions.Tests.Exporters;

/// <summary>Templates of exporters outlive the worker that read them.</summary>
public class ExporterTemplatesTests
{
    // NetFlow version 9 of 2026-03-02, source 7: template 256 of two addresses and a protocol; the same with the ends turned; one record.
    private const string Header = "000900010000000069a560000000000100000007";
    private static readonly byte[] Template = Convert.FromHexString(Header + "000000140100000300080004000c000400040001");
    private static readonly byte[] Turned = Convert.FromHexString(Header + "0000001401000003000c00040008000400040001");
    private static readonly byte[] Data = Convert.FromHexString(Header + "0100000d0a140007cb00713206");

    [Fact]
    public async Task A_worker_that_never_saw_a_template_reads_the_data_by_what_another_kept()
    {
        App first = new();
        await first.TriggerAsync([Fleet.Event(Template, 1)], "0");
        App second = new(templates: first.Templates);
        await second.TriggerAsync([Fleet.Event(Data, 2)], "0");
        Assert.Empty(second.Letters.Held);
        Assert.Equal(1, first.Templates.Reads);
    }

    [Fact]
    public async Task A_worker_whose_turn_it_is_again_does_not_go_by_what_it_knew()
    {
        App first = new();
        await first.TriggerAsync([Fleet.Event(Template, 1)], "0");
        App second = new(templates: first.Templates);
        await second.TriggerAsync([Fleet.Event(Turned, 2)], "0");
        await first.TriggerAsync([Fleet.Event(Data, 3)], "0");
        Assert.Equal(1, first.Templates.Reads);
        Assert.Empty(first.Letters.Held);
    }

    [Fact]
    public async Task A_worker_that_reads_on_asks_the_store_for_nothing_it_knows()
    {
        App app = new();
        await app.TriggerAsync([Fleet.Event(Template, 1)], "0");
        for (int batch = 2; batch < 6; batch++)
        {
            await app.TriggerAsync([Fleet.Event(Data, batch)], "0");
        }

        Assert.Equal(0, app.Templates.Reads);
        Assert.Equal(1, app.Templates.Kept);
    }

    [Fact]
    public async Task Another_partition_knows_nothing_of_it()
    {
        App app = new();
        await app.TriggerAsync([Fleet.Event(Template, 1)], "0");
        await app.TriggerAsync([Fleet.Event(Data, 2)], "1");
        Assert.Contains("was not seen", Assert.Single(app.Letters.Held).Letter.Reason, StringComparison.Ordinal);
    }
}
