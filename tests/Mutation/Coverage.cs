using System.Reflection;
using System.Text.Json;
using Xunit.Sdk;

namespace CipherWatch.Mutation;

/// <summary>Which tests run which mutants, and how long each test takes.</summary>
/// <param name="Tests">Unique ids of the tests that pass without a mutant.</param>
/// <param name="Ms">Milliseconds of each.</param>
/// <param name="Hits">Mutants that each runs.</param>
internal sealed record Coverage(string[] Tests, long[] Ms, int[][] Hits)
{
    private static readonly Type Switch = Assembly.Load("CipherWatch.Core").GetType("CipherWatch.Core.Identity.MutantSwitch")!;

    /// <summary>Sets the mutant that acts; 0 for none.</summary>
    public static void Activate(int id) => Switch.GetField("Active")!.SetValue(null, id);

    /// <summary>Measures: every test once to warm up, so that what runs once only is over, and once recorded.</summary>
    /// <param name="host">Runs them.</param>
    /// <param name="mutants">The highest number of a mutant.</param>
    /// <param name="known">What was measured before and stands; null for none.</param>
    public static Coverage Measure(TestHost host, int mutants, Coverage? known)
    {
        List<string> tests = [.. known?.Tests ?? []];
        List<long> times = [.. known?.Ms ?? []];
        List<int[]> hits = [.. known?.Hits ?? []];
        HashSet<ITestCase> broken = [];
        ITestCase[] fresh = [.. host.Cases.Where(test => !tests.Contains(test.UniqueID))];
        foreach (ITestCase test in fresh)
        {
            if (host.Run([test], out _) is { } failed)
            {
                broken.Add(test);
                Console.Error.WriteLine($"Left out, it fails without a mutant: {failed}");
            }
        }

        foreach (ITestCase test in fresh.Where(test => !broken.Contains(test)))
        {
            bool[] hit = new bool[mutants + 1];
            Switch.GetField("Hits")!.SetValue(null, hit);
            _ = host.Run([test], out long ms);
            Switch.GetField("Hits")!.SetValue(null, null);
            tests.Add(test.UniqueID);
            times.Add(ms);
            hits.Add([.. Enumerable.Range(1, mutants).Where(id => hit[id])]);
        }

        return new([.. tests], [.. times], [.. hits]);
    }

    public static Coverage Read(string file) => JsonSerializer.Deserialize<Coverage>(File.ReadAllText(file))!;

    public void Write(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this));

    /// <summary>Tests that run a mutant, the fastest first.</summary>
    public IEnumerable<int> Of(int mutant) =>
        Enumerable.Range(0, Tests.Length).Where(test => Array.BinarySearch(Hits[test], mutant) >= 0).OrderBy(test => Ms[test]);
}
