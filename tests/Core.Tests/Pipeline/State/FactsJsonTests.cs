using System.Text.Json;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Clock;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Pipeline.State;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Correlation;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Pipeline.State;

/// <summary>Facts survive their JSON whole: every property, whatever it holds.</summary>
[Properties(Arbitrary = [typeof(ObservationArbitrary)], MaxTest = 60)]
public class FactsJsonTests
{
    [Property]
    public void Folded_facts_survive(Observation[] stream)
    {
        EntityStates states = new();
        foreach (Observation observation in stream)
        {
            states.Add(observation);
        }

        foreach (ProcessFacts process in states.Of(FactKinds.Process).Facts.Values)
        {
            HostClock clock = states.Of(FactKinds.Clock).Facts.GetValueOrDefault(process.Key.Host.ToString())?.Clock ?? HostClock.Unknown;
            ChannelFacts[] channels = [.. states.Of(FactKinds.Channel).Facts.Values];
            AssertSurvives(process with
            {
                Clock = clock,
                Flows = [.. channels.SelectMany(channel => channel.Flows)],
                Exchanges = [.. channels.SelectMany(channel => channel.Flows.Select(flow => ExchangeFacts.Of(channel.Key, flow)))],
            });
        }

        foreach (FactSet set in states.Sets)
        {
            foreach (EntityFacts facts in set.InOrder())
            {
                EntityFacts read = FactsJson.Deserialize<EntityFacts>(FactsJson.Serialize(facts with { IsInformed = true }));
                Assert.Equal((facts.Kind, facts.Key, true), (read.Kind, read.Key, read.IsInformed));
                Assert.Equal(FactsText.Of(facts.Facts), FactsText.Of(read.Facts));
            }
        }
    }

    [Property]
    public void Numbers_survive(long ms, long delta, int code, byte clock, ulong high, ulong low)
    {
        ObservationId id = new(new UInt128(high, low));
        Sighting sighting = new(id, new((FactClock)(clock % 4), ms));
        AssertSurvives(new ClockFacts("alpha", new HostClock { Samples = [new((FactClock)(clock % 4), code, id, delta)] }));
        AssertSurvives(new ProcessFacts
        {
            Key = ProcessKey.FromPid("alpha", 7, ms),
            Platform = (clock % 5) is var platform and < 4 ? (TelemetryPlatform)platform : null,
            Starts = new() { Sample = [sighting], First = sighting, Last = new Sighting(id, new(FactClock.Event, delta)) },
            Ends = new() { First = sighting },
        });
    }

    [Fact]
    public void Every_text_survives()
    {
        const string Odd = "C:\\Ä ö\"\\\t\u0001|🔒.exe";
        AssertSurvives(new ProcessFacts
        {
            Key = ProcessKey.FromGuid("alpha", "g"),
            Platform = TelemetryPlatform.Linux,
            HostFqdn = Odd,
            Pid = 0,
            Guid = string.Empty,
            Image = Odd,
            CommandLine = Odd,
            ParentImage = Odd,
            User = Odd,
            Hash = Odd,
            Signer = Odd,
            Modules = [new() { Name = Odd, Path = Odd }],
            Destinations = [new() { Key = new(-3, IpAddress.Parse("2001:db8::1"), 65535, 255), Name = Odd, Handshake = Handshake.Resumed }, new() { Key = new(-3, IpAddress.Parse("2001:db8::1"), 65535, 255, IsOfKernel: true) }],
            Transfers = [new(IpAddress.Parse("2001:db8::1"), 65535, 255, ulong.MaxValue, new(FactClock.RecordLocal, -5), long.MaxValue >> 7, 0)],
            Injections = [new() { Source = Odd }],
            Flows = [Flow()],
        });
    }

    [Fact]
    public void A_process_of_schema_4_has_no_names_and_is_read()
    {
        ProcessFacts facts = FactsJson.Deserialize<ProcessFacts>("""{"v":4,"k":"alpha|g","p":"/tmp/x"}""");

        Assert.Equal((ProcessFacts.CurrentSchema, "/tmp/x", 0), (facts.SchemaVersion, facts.Image, facts.Names.Length));
    }

    [Fact]
    public void Defaults_are_left_out()
    {
        string json = FactsJson.Serialize(new ProcessFacts { Key = ProcessKey.FromGuid("alpha", "g"), Platform = TelemetryPlatform.Windows });
        Assert.Equal("""{"v":7,"k":"alpha|g"}""", json);
    }

    [Fact]
    public void A_later_field_is_passed_over_and_a_later_shape_is_refused_so_that_it_is_not_overwritten()
    {
        ProcessFacts facts = FactsJson.Deserialize<ProcessFacts>("""{"v":2,"k":"alpha|g","zz":{"a":[1,{"b":2}]},"p":"x.exe"}""");
        Assert.Equal("x.exe", facts.Image);
        Assert.Throws<JsonException>(() => FactsJson.Deserialize<ProcessFacts>("""{"v":99,"k":["alpha","g"],"s":{"first":1},"p":"x.exe"}"""));
    }

    [Property]
    public void Broken_bytes_are_refused_as_json(byte[] bytes)
    {
        string json = $$"""{"v":2,"k":"alpha|g","s":"{{Convert.ToBase64String(bytes)}}","c":"{{Convert.ToBase64String(bytes)}}"}""";
        try
        {
            FactsJson.Deserialize<ProcessFacts>(json);
        }
        catch (JsonException)
        {
            return;
        }

        // What is read is what such bytes can mean, and survives in turn.
        AssertSurvives(FactsJson.Deserialize<ProcessFacts>(json));
    }

    private static FlowSummary Flow() => new()
    {
        Key = FlowKey.Create(IpAddress.Parse("2001:db8::2"), 50000, IpAddress.Parse("2001:db8::1"), 443, 17),
        Day = 20000,
        FirstInitiates = true,
        SecondInitiates = true,
        FirstBytes = 0,
        SecondBytes = long.MaxValue,
        Handshake = Handshake.Resumed,
        Applications = ["quic", "tls"],
        ServerName = "a.example",
        Payloads =
        [
            new()
            {
                SampleId = ulong.MaxValue, Speaker = FlowEnd.Second, Sampled = 1, Verdict = PayloadVerdict.Protocol, Score = -1,
                Z = -5, CompressionZ = 9, XorKeyLength = 3, EcbRepeats = 4, Observation = new(UInt128.MaxValue),
            },
        ],
    };

    private static void AssertSurvives<T>(T facts) =>
        Assert.Equal(FactsText.Of(facts), FactsText.Of(FactsJson.Deserialize<T>(FactsJson.Serialize(facts))));
}
