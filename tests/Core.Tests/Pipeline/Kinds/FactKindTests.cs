using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CipherWatch.Core.Correlation.Attempts;
using CipherWatch.Core.Correlation.Audit;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;

namespace CipherWatch.Core.Tests.Pipeline.Kinds;

public class FactKindTests
{
    private static readonly Type[] Facts =
        [typeof(ClockFacts), typeof(FlowFacts), typeof(AuditEventFacts), typeof(ChannelFacts), typeof(ProcessFacts), typeof(AttemptFacts)];

    /// <summary>A kind that answered for another's types would write them by its own converter.</summary>
    [Fact]
    public void A_kind_says_how_its_facts_its_states_and_operations_are_written_and_nothing_else()
    {
        JsonSerializerOptions options = new();
        Assert.Equal(Facts.Length, FactKinds.All.Count);
        foreach ((FactKind kind, Type own) in FactKinds.All.Zip(Facts))
        {
            Type[] said = [.. Facts.Concat(Facts.Select(facts => typeof(EntityState<>).MakeGenericType(facts))).Append(typeof(EntityFacts)).Append(typeof(string))
                .Where(type => kind.TypeInfo(type, options) is not null)];
            Assert.Equal([own, typeof(EntityState<>).MakeGenericType(own), typeof(EntityFacts)], said);
            Assert.All(said, type => Assert.Equal(type, ((JsonTypeInfo)kind.TypeInfo(type, options)!).Type));
        }
    }

    [Fact]
    public void A_kind_is_found_by_its_name_and_no_other()
    {
        Assert.All(FactKinds.All, kind => Assert.Same(kind, FactKinds.Named(kind.Name)));
        Assert.Null(FactKinds.Named("Clock"));
        Assert.Null(FactKinds.Named(null));
    }
}
