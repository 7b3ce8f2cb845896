namespace CipherWatch.Mutation;

/// <summary>A part of Core whose mutants are counted together.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="Paths">Folders or files under <c>src/Core</c>.</param>
/// <param name="Sample">Mutants that are run: all where there are fewer.</param>
/// <param name="Decides">Whether it merges facts or judges them: its survivors are listed one by one.</param>
internal sealed record Room(string Name, string[] Paths, int Sample, bool Decides)
{
    /// <summary>The rooms.</summary>
    public static readonly IReadOnlyList<Room> All =
    [
        new("merging: Correlation", ["Correlation/"], 200, Decides: true),
        new("merging: batch plan, rounds, outbox",
            ["Pipeline/Delivery/", "Pipeline/Kinds/", "Pipeline/State/DetectionOutbox.cs", "Pipeline/Assessment.cs"], 120, Decides: true),
        new("judging: Detections", ["Detections/Analytics/", "Detections/Evidence/", "Detections/Confidence.cs", "Detections/Judgement.cs",
            "Detections/Settings/SettingsMatching.cs"], 200, Decides: true),
        new("settings and output of Detections", ["Detections/"], 60, Decides: false),
        new("state and journal of Pipeline", ["Pipeline/State/", "Pipeline/Journal/"], 60, Decides: false),
        new("other Pipeline", ["Pipeline/"], 60, Decides: false),
        new("decisions of Randomness", ["Randomness/OpaqueJudgement.cs", "Randomness/SampleJudgement.cs", "Randomness/HistogramJudgement.cs",
            "Randomness/FirstStage.cs", "Randomness/PayloadScorer.cs", "Randomness/Flow/", "Randomness/Accumulation/",
            "Randomness/Structure/XorRule.cs"], 100, Decides: false),
    ];

    /// <summary>The first room that a file belongs to; null where none has it.</summary>
    /// <param name="path">Path under <c>src/Core</c>, with forward slashes.</param>
    public static Room? Of(string path) =>
        All.FirstOrDefault(room => room.Paths.Any(start => path.StartsWith(start, StringComparison.Ordinal)));
}
