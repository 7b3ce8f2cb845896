using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;
using CipherWatch.Core.Tests.Correlation;

namespace CipherWatch.Core.Tests.Pipeline.Delivery;

public class EntityExpiryTests
{
    private static readonly OutboxEntry Entry = new(Example.Detection("AN0404"), "AN0404", 1, 1, Withdrawn: false, default, default, default);

    [Fact]
    public void A_mark_is_of_the_state_as_it_is_stored_and_of_no_other()
    {
        EntityState<ChannelFacts> state = new(Example.Channel, []);
        string mark = EntityExpiry.MarkOf(FactKinds.Channel, FactsJson.Serialize(state));

        Assert.Matches("^[0-9a-f]{32}$", mark);
        Assert.Equal(mark, EntityExpiry.Mark(state));
        Assert.NotEqual(mark, EntityExpiry.Mark(state with { Outbox = [Entry] }));
        Assert.NotEqual(mark, EntityExpiry.Mark(state with { Facts = Example.Channel with { Claims = [] } }));
    }

    [Fact]
    public void A_state_is_judged_again_by_an_operation_that_tells_it_nothing()
    {
        EntityFacts again = FactKinds.Channel.Reassess(FactsJson.Serialize(new EntityState<ChannelFacts>(Example.Channel, [])))!;
        Assert.Equal((FactKinds.Channel, Example.ChannelKey.ToString(), false), (again.Kind, again.Key, again.IsInformed));
        Assert.Equal(FactsText.Of(new ChannelFacts { Key = Example.ChannelKey }), FactsText.Of(again.Facts));
        Assert.Null(FactKinds.Channel.Reassess(FactsJson.Serialize(new EntityState<ChannelFacts>(null, [Entry]))));
        Assert.Null(FactKinds.Clock.Reassess(FactsJson.Serialize(new EntityState<ClockFacts>(new("ws1", Example.Clock), []))));
    }
}
