using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Evidence;

namespace CipherWatch.Core.Detections.Analytics;

/// <summary>What is particular to a platform in judging its processes; all else is <see cref="ProcessAnalytic"/>'s.</summary>
internal abstract class ProcessRules
{
    /// <summary>Whether the path is one that any user may write to.</summary>
    public abstract bool IsUserWritable(string image);

    /// <summary>Whether other code was brought into the process, so that nothing which its program may do excuses it.</summary>
    public virtual bool IsTakenOver(ProcessFacts facts) => false;

    /// <summary>Whether a destination makes no suspect: what every host talks to, or what the settings exempt.</summary>
    public virtual bool IsExempt(DestinationDay destination, ProcessDay day) =>
        InfrastructurePorts.Covers(destination, day.Connections.Destinations);

    /// <summary>Adds what the process is; says whether it is odd for a program that talks to the network.</summary>
    public abstract bool AddProgram(ProcessDay day);
}
