using System.Globalization;
using System.Text.Json;
using Xunit.Sdk;

namespace CipherWatch.Mutation;

/// <summary>A process that runs mutants one after another, beside the mutated assembly.</summary>
internal static class Worker
{
    /// <summary>The environment variable that bounds how long the tests that are run took by themselves, milliseconds.</summary>
    public const string MaxMsName = "MUTATION_MAX_MS";

    private const int TestsAtOnce = 12;

    /// <summary>How much longer than without a mutant tests may take, besides a fixed wait.</summary>
    private const int Patience = 20;

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    /// <summary>Runs the mutants of a list, and appends what became of each to a file.</summary>
    /// <param name="folder">Where the assemblies and the coverage are.</param>
    /// <param name="list">A file of mutants, one a line.</param>
    /// <param name="results">A file that outcomes are appended to.</param>
    public static int Run(string folder, string list, string results)
    {
        Coverage coverage = Coverage.Read(Path.Combine(folder, "coverage.json"));
        TestHost host = new();
        Dictionary<string, ITestCase> cases = host.Cases.ToDictionary(test => test.UniqueID);
        long maxMs = long.TryParse(Environment.GetEnvironmentVariable(MaxMsName), CultureInfo.InvariantCulture, out long bound) ? bound : long.MaxValue;
        HashSet<int> done = [.. Outcomes(results).Select(outcome => outcome.Mutant.Id)];
        foreach (string line in File.ReadLines(list))
        {
            Mutant mutant = JsonSerializer.Deserialize<Mutant>(line)!;
            if (done.Contains(mutant.Id))
            {
                continue;
            }

            File.WriteAllText(results + ".now", line);
            int[] tests = [.. coverage.Of(mutant.Id).Where(test => cases.ContainsKey(coverage.Tests[test]) && coverage.Ms[test] <= maxMs)];
            Outcome outcome = tests.Length == 0 ? new(mutant, Fate.Uncovered, string.Empty) : Judge(host, mutant, coverage, tests, cases);
            File.AppendAllText(results, JsonSerializer.Serialize(outcome) + "\n");
            if (outcome.Fate == Fate.Hung)
            {
                // The thread that hangs cannot be ended, but the process can: the next one goes on behind this mutant.
                return 3;
            }
        }

        return 0;
    }

    /// <summary>The outcomes in a file.</summary>
    public static IEnumerable<Outcome> Outcomes(string results) =>
        File.Exists(results) ? File.ReadLines(results).Select(line => JsonSerializer.Deserialize<Outcome>(line)!) : [];

    private static Outcome Judge(TestHost host, Mutant mutant, Coverage coverage, int[] tests, Dictionary<string, ITestCase> cases)
    {
        foreach (int[] some in tests.Chunk(TestsAtOnce))
        {
            string? failed = null;
            Coverage.Activate(mutant.Id);
            Task run = Task.Factory.StartNew(
                () => failed = host.Run([.. some.Select(test => cases[coverage.Tests[test]])], out _),
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            bool ended = run.Wait(Wait + TimeSpan.FromMilliseconds(Patience * some.Sum(test => coverage.Ms[test])));
            Coverage.Activate(0);
            if (!ended)
            {
                return new(mutant, Fate.Hung, $"{some.Length} tests did not end");
            }

            if (failed is not null)
            {
                return new(mutant, Fate.Killed, failed);
            }
        }

        return new(mutant, Fate.Survived, $"{tests.Length} tests pass");
    }
}
