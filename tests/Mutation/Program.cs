using System.Globalization;
using CipherWatch.Mutation;

// Builds the mutants, measures which test runs which, runs a sample, writes the report; the options are those of Run.
// worker and coverage are the processes it starts beside the mutated assembly.
if (args is ["worker", var folder, var list, var results])
{
    return Worker.Run(folder, list, results);
}

if (args is ["coverage", var place, var count])
{
    string file = Path.Combine(place, "coverage.json");
    Coverage? known = File.Exists(file) ? Coverage.Read(file) : null;
    Coverage.Measure(new(), int.Parse(count, CultureInfo.InvariantCulture), known).Write(file);
    return 0;
}

return Run.Of(args);
