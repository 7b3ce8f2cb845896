using System.Reflection;
using CipherWatch.Core.Correlation.Attempts;
using CipherWatch.Core.Correlation.Audit;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;

namespace CipherWatch.Core.Tests.Correlation;

/// <summary>What is known of one thing stays known when it merges with what knows nothing, on either side.</summary>
public class KeptFactsTests
{
    /// <summary>Of each type a value in which everything is set, and one that has nothing but its key.</summary>
    public static TheoryData<string> Types => [.. Values.Keys];

    private static readonly SortedDictionary<string, (object Full, object Bare)> Values = new(StringComparer.Ordinal)
    {
        ["process"] = (Example.Process, new ProcessFacts { Key = Example.Process.Key }),
        ["run"] = (Example.Run, new ImageRun { Time = Example.Run.Time, Serial = Example.Run.Serial }),
        ["audit event"] = (Example.AuditEvent, new AuditEventFacts { Key = Example.AuditEvent.Key, Clock = FactClock.RecordLocal }),
        ["module"] = (Example.Module, new ModuleFacts { Name = Example.Module.Name }),
        ["injection"] = (Example.Injection, new InjectionFacts { Source = Example.Injection.Source }),
        ["destination"] = (Example.Destination, new DestinationFacts { Key = Example.Destination.Key }),
        ["name"] = (Example.Name, new NameFacts { Key = Example.Name.Key }),
        ["flow of a day"] = (Example.Summary, new FlowSummary { Key = Example.Summary.Key, Day = Example.Day }),
        ["flow by its name"] = (Example.Named, new FlowFacts { Id = Example.Named.Id }),
        ["owner"] = (Example.Owner, new FlowOwner(Example.Owner.Key, Sightings.None)),
        ["channel"] = (Example.Channel, new ChannelFacts { Key = Example.Channel.Key }),
        ["exchange"] = (Example.Exchange, Example.Exchange with { Flow = new() { Key = Example.Summary.Key, Day = Example.Day }, Span = Sightings.None }),
        ["clock"] = (Example.Clock, HostClock.Unknown),
        ["host"] = (new ClockFacts("ws1", Example.Clock), new ClockFacts(string.Empty, HostClock.Unknown)),
        ["sightings"] = (Example.Seen(1), Sightings.None),
        ["attempts"] = (Example.Attempts, new AttemptFacts { SourceIp = Example.Attempts.SourceIp }),
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Everything_is_kept_whichever_side_knows_it(string type)
    {
        (object full, object bare) = Values[type];

        Assert.Equal(FactsText.Of(full), FactsText.Of(Merge(full, bare)));
        Assert.Equal(FactsText.Of(full), FactsText.Of(Merge(bare, full)));
        Assert.Equal(FactsText.Of(full), FactsText.Of(Merge(full, full)));
        Assert.NotEqual(FactsText.Of(full), FactsText.Of(bare));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_single_fact_is_kept_beside_all_others(string type)
    {
        // Each property by itself against a value that lacks just this one: what one of the two knows, both together know.
        (object full, object bare) = Values[type];
        foreach (PropertyInfo property in Set(full.GetType()).Where(property => FactsText.Of(property.GetValue(full)) != FactsText.Of(property.GetValue(bare))))
        {
            object lacking = With(full, property, property.GetValue(bare));
            object only = With(bare, property, property.GetValue(full));

            Assert.Equal(FactsText.Of(full), FactsText.Of(Merge(lacking, only)));
            Assert.Equal(FactsText.Of(full), FactsText.Of(Merge(only, lacking)));
        }
    }

    [Fact]
    public void Nothing_of_the_examples_is_left_unset()
    {
        string[] unset =
        [
            .. from pair in Values
               from property in Set(pair.Value.Full.GetType())
               where property.Name is not ("SchemaVersion" or "Key" or "Id" or "Name" or "Source" or "Day" or "Channel" or "SourceIp" or "Counted"
                    or "Time" or "Serial"

                    // Of slices alone: no state has it.
                    or "Share"

                   // Of what is known by the way and what is known exactly, the latter holds: JoinTests.
                   or "IsLoose")
               where FactsText.Of(property.GetValue(pair.Value.Full)) == FactsText.Of(property.GetValue(pair.Value.Bare))
               select $"{pair.Key}.{property.Name}",
        ];

        Assert.Empty(unset);
    }

    [Fact]
    public void Flags_of_two_records_are_both_kept()
    {
        FlowSummary first = Example.Summary with { FirstInitiates = true, SecondInitiates = false };
        FlowSummary second = Example.Summary with { FirstInitiates = false, SecondInitiates = true };

        Assert.True(first.Merge(second) is { FirstInitiates: true, SecondInitiates: true });
        Assert.True(first.Merge(first) is { FirstInitiates: true, SecondInitiates: false });
        Assert.True(second.Merge(second) is { FirstInitiates: false, SecondInitiates: true });
    }

    private static IEnumerable<PropertyInfo> Set(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);

    private static object With(object value, PropertyInfo property, object? other)
    {
        object copy = value.GetType().GetMethod("<Clone>$")!.Invoke(value, null)!;
        property.SetValue(copy, other);
        return copy;
    }

    private static object Merge(object left, object right) =>
        left.GetType().GetMethod("Merge", [left.GetType()])!.Invoke(left, [right])!;
}
