using CipherWatch.Cli.Simulation.Behaviour;
using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Implants;

/// <summary>How an implant calls home: how often, and what it sends.</summary>
/// <param name="Interval">From one call to the next.</param>
/// <param name="JitterPercent">How far a call may lie from its time, of the interval.</param>
/// <param name="Message">Makes a message of an implant or its server, as it goes over the wire.</param>
internal sealed record Beacon(TimeSpan Interval, int JitterPercent, Func<SimulationRandom, int, byte[]> Message)
{
    /// <summary>One in so many calls fetches a task or brings a result: larger than the rest.</summary>
    private const int TaskOneIn = 12;
    private const int MinMessage = 96;
    private const int MaxMessage = 900;
    private const int MaxResult = 60_000;

    /// <summary>First bytes that a sensor keeps of a direction.</summary>
    private const int MaxFirstBytes = 2_048;

    /// <summary>A beacon with traits of its own: half a minute to a quarter of an hour, 5 to 40 % of jitter.</summary>
    public static Beacon Of(SimulationRandom traits, Func<SimulationRandom, int, byte[]> message)
    {
        int[] seconds = [30, 45, 60, 60, 120, 180, 300, 300, 600, 900];
        return new(TimeSpan.FromSeconds(traits.Pick(seconds)), traits.Between(5, 41), message);
    }

    /// <summary>Calls until the day ends.</summary>
    public void Run(
        Actor actor, SimulatedProcess process, Destination server, DateTimeOffset begin, TimeSpan span, Func<byte[], byte[],
            Payload>? wrap = null)
    {
        DateTimeOffset time = begin + actor.Random.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8));
        TimeSpan jitter = Interval * JitterPercent / 100;
        while (time < begin + span)
        {
            Call(actor, process, server, time, wrap);
            time += Interval + actor.Random.Between(-jitter, jitter + TimeSpan.FromMilliseconds(1));
        }
    }

    /// <summary>One call.</summary>
    public void Call(
        Actor actor, SimulatedProcess process, Destination server, DateTimeOffset time, Func<byte[], byte[], Payload>? wrap = null)
    {
        bool isTask = actor.Random.OneIn(TaskOneIn);
        int sent = isTask ? actor.Random.Scaled(MaxMessage, MaxResult) : actor.Random.Between(MinMessage, MaxMessage);
        int received = isTask ? actor.Random.Scaled(MinMessage, MaxResult / 4) : actor.Random.Between(MinMessage, MaxMessage / 2);
        byte[] request = Message(actor.Random, Math.Min(sent, MaxFirstBytes));
        byte[] answer = Message(actor.Random, Math.Min(received, MaxFirstBytes));
        Payload payload = wrap is null ? new(request, answer) : wrap(request, answer);
        actor.Connect(process, time, server, (Math.Max(sent, payload.Out.Length), Math.Max(received, payload.In.Length)), payload);
    }
}
