using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace CipherWatch.Mutation;

/// <summary>One measurement: builds the mutants, finds the tests of each, runs a sample, reports.</summary>
internal static class Run
{
    private const int Seed = 20260301;

    /// <summary>Runs it.</summary>
    /// <param name="args">
    /// <c>--seed N</c>, <c>--room TEXT</c> (rooms whose name holds it), <c>--all</c> (no sample), <c>--workers N</c>, <c>--max-ms N</c> (tests
    /// that take longer are left out), <c>--survivors</c> (those of the last run again, with tests that were added since, or with <c>--from N</c> those from
    /// that place in <c>coverage.json</c>), <c>--tests A,B</c> (only test classes whose name holds one of these).
    /// </param>
    public static int Of(string[] args)
    {
        string root = Root();
        string folder = Path.Combine(root, "artifacts", "mutation");
        string mutants = Path.Combine(folder, "mutants.json"), assembly = Path.Combine(folder, "mutated.dll");
        string last = Path.Combine(folder, "outcomes.json");
        bool again = args.Contains("--survivors");
        Environment.SetEnvironmentVariable(TestHost.ClassesName, Value(args, "--tests"));
        Prepare(root, folder);
        if (!again)
        {
            MutatedCore core = new(root);
            core.Build(assembly);
            File.WriteAllLines(mutants, core.Mutants.Select(mutant => JsonSerializer.Serialize(mutant)));
        }

        string coverage = Path.Combine(folder, "coverage.json");
        int known = again ? Coverage.Read(coverage).Tests.Length : 0;
        Mutant[] all = [.. File.ReadLines(mutants).Select(line => JsonSerializer.Deserialize<Mutant>(line)!)];
        File.Copy(assembly, Path.Combine(folder, "CipherWatch.Core.dll"), overwrite: true);
        if (!again)
        {
            File.Delete(coverage);
        }

        if (Start(folder, "coverage", folder, all.Max(mutant => mutant.Id).ToString(CultureInfo.InvariantCulture)).Ended() != 0)
        {
            return 1;
        }

        Outcome[] before = again ? [.. Worker.Outcomes(last)] : [];
        Mutant[] sample = again
            ? [.. before.Where(outcome => outcome.Fate is Fate.Survived or Fate.Uncovered).Select(outcome => outcome.Mutant)]
            : [.. Sample(all, args)];
        Console.Error.WriteLine($"{all.Length} mutants, {sample.Length} of them run.");
        Environment.SetEnvironmentVariable(Worker.MaxMsName, Value(args, "--max-ms"));
        Environment.SetEnvironmentVariable(Worker.FromName, Value(args, "--from") ?? known.ToString(CultureInfo.InvariantCulture));
        Outcome[] outcomes = Judge(folder, sample, int.Parse(Value(args, "--workers") ?? "2", CultureInfo.InvariantCulture));
        HashSet<int> run = [.. outcomes.Select(outcome => outcome.Mutant.Id)];
        outcomes = [.. before.Where(outcome => !run.Contains(outcome.Mutant.Id)), .. outcomes];
        File.WriteAllLines(last, outcomes.Select(outcome => JsonSerializer.Serialize(outcome)));
        Console.WriteLine(Report.Of(all, outcomes));
        return 0;
    }

    /// <summary>The mutants to run: of each room so many, as the seed decides.</summary>
    private static IEnumerable<Mutant> Sample(Mutant[] all, string[] args)
    {
        int seed = Value(args, "--seed") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : Seed;
        foreach (Room room in Room.All.Where(room => Value(args, "--room") is not { } part || room.Name.Contains(part, StringComparison.Ordinal)))
        {
            Mutant[] own = [.. all.Where(mutant => mutant.Room == room.Name)];
            new Random(seed).Shuffle(own);
            foreach (Mutant mutant in own.Take(args.Contains("--all") ? own.Length : room.Sample))
            {
                yield return mutant;
            }
        }
    }

    private static Outcome[] Judge(string folder, Mutant[] sample, int workers)
    {
        Thread[] threads = [.. Enumerable.Range(0, workers).Select(worker => new Thread(() =>
        {
            string list = Path.Combine(folder, $"list-{worker}.json"), results = Path.Combine(folder, $"results-{worker}.json");
            File.Delete(results);
            File.WriteAllLines(list, sample.Where((_, index) => index % workers == worker).Select(mutant => JsonSerializer.Serialize(mutant)));
            while (Start(folder, "worker", folder, list, results).Ended() is var code and not 0)
            {
                if (code != 3)
                {
                    // The process died of the mutant: a stack overflow, or memory.
                    Mutant mutant = JsonSerializer.Deserialize<Mutant>(File.ReadAllText(results + ".now"))!;
                    File.AppendAllText(results, JsonSerializer.Serialize(new Outcome(mutant, Fate.Hung, "the process died")) + "\n");
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return [.. Enumerable.Range(0, workers).SelectMany(worker => Worker.Outcomes(Path.Combine(folder, $"results-{worker}.json")))];
    }

    /// <summary>The tests' assemblies and this program in one folder, which the mutated assembly joins.</summary>
    private static void Prepare(string root, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string project in (string[])["Core.Tests", "Mutation"])
        {
            foreach (string file in Directory.EnumerateFiles(Path.Combine(root, "artifacts", "bin", project, "debug")))
            {
                if (!file.EndsWith(".deps.json", StringComparison.Ordinal))
                {
                    File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
                }
            }
        }
    }

    private static Process Start(string folder, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(folder, "CipherWatch.Mutation.dll"), .. arguments]);
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x80000000";
        return Process.Start(start)!;
    }

    private static int Ended(this Process process)
    {
        using (process)
        {
            process.WaitForExit();
            return process.ExitCode;
        }
    }

    private static string? Value(string[] args, string name) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Functions.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("This program must stand within the repository.");
    }
}
