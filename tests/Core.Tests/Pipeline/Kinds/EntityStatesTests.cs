using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Kinds;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Detections;

namespace CipherWatch.Core.Tests.Pipeline.Kinds;

public class EntityStatesTests
{
    [Fact]
    public void Each_observation_adds_as_many_operations_as_entities_hear_of_it_first()
    {
        using EntityStates states = new();

        // A start is the first word on its process and on its host's clock, a load on none; a connection on its channel.
        int[] added = [.. new Scenario().Started().Loads("bcrypt.dll").Connects().Connects().Payload(Scenario.Random()).Observations.Select(states.Add)];

        Assert.Equal([2, 0, 1, 0, 0], added);
        Assert.Equal(3, states.Count);
    }

    [Fact]
    public void What_was_cleared_is_forgotten()
    {
        EntityStates states = new();
        foreach (Observation observation in new Scenario().Started().Connects().FlowRecord(Handshake.Established, "tls").Observations)
        {
            states.Add(observation);
        }

        Assert.Equal((true, true), (states.Count > 0, states.Journal.Count > 0));
        states.Clear();
        Assert.Equal((0, 0L), (states.Count, states.Journal.Count));
        Assert.All(states.Sets, set => Assert.Equal(0, set.Count));
    }
}
