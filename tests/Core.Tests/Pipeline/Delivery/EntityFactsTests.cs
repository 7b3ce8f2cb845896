using System.Text.Json;
using CipherWatch.Core.Correlation.Attempts;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;
using CipherWatch.Core.Tests.Correlation;

namespace CipherWatch.Core.Tests.Pipeline.Delivery;

/// <summary>Facts on their way to an entity.</summary>
public class EntityFactsTests
{
    private static readonly EntityFacts[] OneOfEach =
    [
        new(FactKinds.Clock, new ClockFacts("ws1", Example.Clock)), new(FactKinds.Flow, Example.Named), new(FactKinds.Audit, Example.AuditEvent),
        new(FactKinds.Channel, Example.Channel),
        new(FactKinds.Process, Example.Process with { SigningId = null, Job = null }), new(FactKinds.Attempts, Example.Attempts),
    ];

    [Fact]
    public void Facts_of_every_kind_arrive_as_they_were_sent_and_with_them_whether_the_journal_was_asked()
    {
        Assert.Equal(FactKinds.All, OneOfEach.Select(facts => facts.Kind));
        foreach (EntityFacts facts in OneOfEach.SelectMany(facts => new[] { facts, facts with { IsInformed = true } }))
        {
            EntityFacts read = FactsJson.Deserialize<EntityFacts>(FactsJson.Serialize(facts));
            Assert.Equal((facts.Kind, facts.Key, facts.IsInformed), (read.Kind, read.Key, read.IsInformed));
            Assert.Equal(FactsText.Of(facts.Facts), FactsText.Of(read.Facts));
        }
    }

    [Fact]
    public void Fields_of_a_later_version_are_passed_over()
    {
        string json = FactsJson.Serialize(OneOfEach[5]);
        EntityFacts read = FactsJson.Deserialize<EntityFacts>(json[..^1] + ""","x":{"j":[1]},"y":2}""");
        Assert.Equal((OneOfEach[5].Key, false), (read.Key, read.IsInformed));
        Assert.True(FactsJson.Deserialize<EntityFacts>(json[..^1] + ""","x":{"j":[1]},"j":true,"y":2}""").IsInformed);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"nothing":{}}""")]
    public void A_kind_that_is_not_known_is_refused(string json) => Assert.Throws<JsonException>(() => FactsJson.Deserialize<EntityFacts>(json));

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    public void Two_operations_on_one_entity_tell_it_both_things(bool left, bool right, bool informed)
    {
        AttemptFacts one = Example.Attempts, two = one with { Attempts = [one.Attempts[0] with { Hash = 6, Ms = 200 }] };
        EntityFacts both = new EntityFacts(FactKinds.Attempts, one, left).Merge(new(FactKinds.Attempts, two, right));
        Assert.Equal((FactKinds.Attempts, informed), (both.Kind, both.IsInformed));
        Assert.Equal(FactsText.Of(one.Merge(two)), FactsText.Of(both.Facts));
        Assert.Equal(2, ((AttemptFacts)both.Facts).Attempts.Length);
    }
}
