using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Flow;

namespace CipherWatch.Core.Correlation.Process;

/// <summary>
/// Cuts what is known of a process number at the starts of the images that ran under it: each did what lies between its own start and
/// the next, and what lies before the first start on record was done by an image that began before the recording.
/// </summary>
/// <remarks>
/// A function of the facts alone. A slice's key is the number's with the start, <c>host|pid@ms</c>, so that its detections keep their
/// ids whatever is learned of other slices; that of what began before the recording is <c>host|pid</c>.
/// </remarks>
public static class ProcessSlices
{
    /// <summary>
    /// How far apart two records of one start may lie: osquery counts in seconds, and reckons a start from the time of boot.
    /// </summary>
    private const long CoarseMs = 2_000;

    /// <summary>How soon an image follows on the number that a job was given: launchd spawns its proxy, which execs the program.</summary>
    private const long SpawnMs = 5_000;

    private const long MsPerSecond = 1_000;

    /// <summary>The slices, in order of time; of a process that more than its number names, the process itself.</summary>
    public static IReadOnlyList<ProcessFacts> Of(ProcessFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (facts.Runs.IsEmpty)
        {
            return [facts.FirstSeen is { } seen ? Named(facts, seen) : facts];
        }

        Run[] runs = [new(null, long.MinValue, 0), .. Runs(facts)];
        ProcessFacts[] slices = new ProcessFacts[runs.Length];
        for (int index = 0; index < runs.Length; index++)
        {
            slices[index] = Slice(facts, runs[index], index + 1 < runs.Length ? runs[index + 1].FromMs : long.MaxValue);
        }

        Assign(facts, runs, slices);
        return slices;
    }

    /// <summary>Whether the start of what was done at a time was on record, and is forgotten: later starts took its room.</summary>
    public static bool IsForgotten(ProcessFacts facts, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts.ForgottenRun is not null && !facts.Runs.IsEmpty && time < facts.Clock.Resolve(facts.Runs[^1].Time);
    }

    /// <summary>The starts by the host's corrected clock, records of the same one put together.</summary>
    private static List<Run> Runs(ProcessFacts facts)
    {
        List<Run> runs = [];
        foreach (Run run in facts.Runs.Select(run => new Run(run, Ms(facts, run.Time), run.Time.Ms))
            .OrderBy(run => run.FromMs).ThenBy(run => run.Image!.Serial))
        {
            if (runs.Count > 0 && IsSame(runs[^1], run))
            {
                Run known = runs[^1];
                Run named = IsCoarse(known) || known.Image!.Image is null ? run : known;
                Run other = named == run ? known : run;
                runs[^1] = new(named.Image!.Merge(other.Image!), known.FromMs, named.KeyMs);
            }
            else
            {
                // Of two that began at one moment the later by its serial did what followed.
                runs.RemoveAll(known => known.FromMs == run.FromMs);
                runs.Add(run);
            }
        }

        return runs;
    }

    private static bool IsSame(Run earlier, Run later)
    {
        long apart = later.FromMs - earlier.FromMs;
        return earlier.Image!.Image is null ? apart <= SpawnMs
            : (later.Image!.Image is null || later.Image.Image == earlier.Image.Image)
                && (IsCoarse(earlier) || IsCoarse(later)) && apart <= CoarseMs;
    }

    private static bool IsCoarse(Run run) => run.Image!.Serial == 0 && run.Image.Time.Ms % MsPerSecond == 0;

    private static ProcessFacts Slice(ProcessFacts facts, Run run, long untilMs)
    {
        bool IsWithin(FactTime time) => Ms(facts, time) is var at && at >= run.FromMs && at < untilMs;
        ProcessFacts slice = facts with
        {
            Key = run.Image is null ? facts.Key : facts.Key.At(run.KeyMs),
            Runs = [],
            FirstSeen = null,
            Ends = facts.Ends.Within(IsWithin),
            SignedLoads = facts.SignedLoads.Within(IsWithin),
            UnsignedLoads = facts.UnsignedLoads.Within(IsWithin),
            Modules = [.. facts.Modules.Select(module => module.Within(IsWithin))
                .Where(module => module.Loads.First is not null)],
            Destinations = [.. facts.Destinations
                .Select(destination => destination with { Connections = destination.Connections.Within(IsWithin) })
                .Where(destination => destination.Connections.First is not null)],
            ConnectionStarts = [.. facts.ConnectionStarts.Where(start => IsWithin(start.Time))],

            NumbersFirstNamedDay = facts.FirstNamedDay,

            // A sensor's times, which the host's clock does not correct.
            Names = [.. facts.Names.Where(name => name.First?.Ms < untilMs && name.Last?.Ms >= run.FromMs)],
            Transfers = [.. facts.Transfers.Where(transfer => IsWithin(transfer.Time))],
            Injections = [.. facts.Injections.Select(injection => injection with { Threads = injection.Threads.Within(IsWithin) })
                .Where(injection => injection.Threads.First is not null)],
        };
        ImageRun? seen = facts.FirstSeen is { } first && IsWithin(first.Time) ? first : null;
        return run.Image is null ? seen is null ? slice : Named(slice, seen) : Started(slice, run.Image, seen);
    }

    private static ProcessFacts Started(ProcessFacts slice, ImageRun run, ImageRun? seen)
    {
        Sightings start = run.Started is { } id ? Sightings.Of(id, run.Time) : Sightings.None;
        return Named(slice, run.Image is null && seen is not null ? run.Merge(seen) : run) with
        {
            Starts = start,
            SignedLoads = run.Signed is true ? start : slice.SignedLoads,
            UnsignedLoads = run.Signed is false ? start : slice.UnsignedLoads,
            Signer = run.Signed is false ? null : run.Signer,
        };
    }

    /// <summary>The facts under the name of an image; what it does not say stays as what is known of the number.</summary>
    private static ProcessFacts Named(ProcessFacts facts, ImageRun run) => facts with
    {
        FirstSeen = null,
        Image = run.Image ?? facts.Image,
        CommandLine = run.CommandLine ?? facts.CommandLine,
        ParentImage = run.ParentImage ?? facts.ParentImage,
        User = run.User ?? facts.User,
        SigningId = run.SigningId,
        Job = run.Job,
    };

    /// <summary>
    /// What the network saw goes to the slices that connected there; where several did, or none is known to, to the one in which it was
    /// seen.
    /// </summary>
    private static void Assign(ProcessFacts facts, Run[] runs, ProcessFacts[] slices)
    {
        ImmutableArray<FlowSummary>[] flows = [.. slices.Select(_ => ImmutableArray<FlowSummary>.Empty)];
        foreach (FlowSummary flow in facts.Flows)
        {
            int[] callers = [.. Enumerable.Range(0, slices.Length).Where(index => Connects(slices[index], flow))];
            int at = callers.Length == 1 ? callers[0] : Seen(runs, callers, flow);
            flows[at] = flows[at].Add(flow);
        }

        for (int index = 0; index < slices.Length; index++)
        {
            ProcessFacts slice = slices[index];
            slices[index] = slice with
            {
                Flows = flows[index],
                Exchanges = [.. facts.Exchanges.Where(exchange => Connects(slice, exchange.Oriented))],
            };
        }
    }

    /// <summary>Of the runs that may have opened a flow, the last that had begun when a sensor saw it first.</summary>
    private static int Seen(Run[] runs, int[] callers, FlowSummary flow)
    {
        long seenMs = flow.Seen.First is { } first ? first.Time.Ms : long.MaxValue;
        IEnumerable<int> candidates = callers.Length > 0 ? callers : Enumerable.Range(0, runs.Length);
        return candidates.Where(index => runs[index].FromMs <= seenMs).DefaultIfEmpty(candidates.First()).Last();
    }

    private static bool Connects(ProcessFacts slice, FlowSummary flow) => slice.Destinations.Any(destination =>
        destination.Key.Ip == flow.DestinationIp && destination.Key.Port == flow.DestinationPort && destination.Key.Day == flow.Day);

    private static long Ms(ProcessFacts facts, FactTime time) => facts.Clock.Resolve(time).ToUnixTimeMilliseconds();

    /// <summary>A start: its image, from when on what was done is its, and the time that its key has. None before the first.</summary>
    private sealed record Run(ImageRun? Image, long FromMs, long KeyMs);
}
