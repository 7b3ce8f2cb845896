using System.Text.Json;
using CipherWatch.Mutation;

// Mutation [--seed N] [--room TEXT] [--all] [--workers N] [--mutant ID]… : builds, measures, runs a sample, writes the report.
// worker and coverage are the processes it starts beside the mutated assembly.
if (args is ["worker", var folder, var list, var results])
{
    return Worker.Run(folder, list, results);
}

if (args is ["coverage", var place, var count])
{
    Coverage.Measure(new(), int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)).Write(Path.Combine(place, "coverage.json"));
    return 0;
}

return Run.Of(args);
