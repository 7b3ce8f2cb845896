using CipherWatch.Cli.Simulation.Model;

namespace CipherWatch.Cli.Simulation.Behaviour;

/// <summary>An implant: started by the user, it calls home every ten minutes or so, over AES under a key that was built in.</summary>
internal static class ImplantDay
{
    private const int Beacons = 46;
    private const int LeastMessage = 240;
    private const int MostMessage = 1_200;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Jitter = TimeSpan.FromSeconds(75);

    /// <summary>Lets it run from a given time on.</summary>
    public static SimulatedProcess Run(Actor actor, SimulatedHost host, DateTimeOffset start)
    {
        SimulatedProcess implant = actor.Start(host, Programs.Implant(host), start);
        DateTimeOffset time = start.AddSeconds(4);
        for (int beacon = 0; beacon < Beacons; beacon++)
        {
            byte[] request = FirstBytes.Encrypted(actor.Random, actor.Random.Between(LeastMessage, MostMessage));
            byte[] answer = FirstBytes.Encrypted(actor.Random, actor.Random.Between(LeastMessage, MostMessage));
            actor.Connect(implant, time, Places.CommandAndControl, (request.Length, answer.Length), (request, answer));
            time += Interval + actor.Random.Between(-Jitter, Jitter);
        }

        return implant;
    }
}
