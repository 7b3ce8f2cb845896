using System.Text;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Tests.Ingestion;

namespace CipherWatch.Core.Tests.Golden;

/// <summary>
/// Golden baselines: <c>tests/Golden/&lt;format&gt;/&lt;case&gt;/input.*</c>, written in the real format, must give exactly
/// <c>expected.ndjson</c>. With the environment variable <c>CIPHERWATCH_UPDATE_GOLDEN=1</c> the expectations are written instead.
/// </summary>
public class GoldenTests
{
    private const string UpdateSwitch = "CIPHERWATCH_UPDATE_GOLDEN";

    public static TheoryData<string> Cases => [.. GoldenInputs.Cases];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Input_gives_what_was_recorded(string name)
    {
        string actual = Read(name);
        string recorded = Path.Combine(GoldenInputs.Folder, name, "expected.ndjson");
        if (Environment.GetEnvironmentVariable(UpdateSwitch) == "1")
        {
            File.WriteAllText(recorded, actual);
        }

        Assert.True(File.Exists(recorded), $"{name} has no expected.ndjson: look at what it gives, and record it with {UpdateSwitch}=1.");
        Assert.Equal(File.ReadAllText(recorded), actual);
    }

    [Fact]
    public void There_are_cases() => Assert.NotEmpty(Cases);

    private static string Read(string name)
    {
        Reading reading = new();
        foreach (string input in GoldenInputs.Of(name))
        {
            using FileStream stream = File.OpenRead(input);
            reading.Stream(stream);
        }

        reading.Finish();

        StringBuilder text = new();
        foreach (Observation observation in reading.Observations)
        {
            text.Append(Encoding.UTF8.GetString(ObservationJson.ToUtf8(observation))).Append('\n');
        }

        foreach (DeadLetter letter in reading.DeadLetters)
        {
            text.Append(FormattableString.Invariant(
                $"dead letter: line {letter.Origin.Line}, offset {letter.Origin.Offset}, {letter.Raw.Length} bytes, {letter.Source}: {letter.Reason}\n"));
        }

        foreach ((string source, long records) in reading.Counts.BySource)
        {
            text.Append(FormattableString.Invariant($"{source}: {records} records\n"));
        }

        return text.Append(FormattableString.Invariant(
            $"records {reading.Counts.Records} = observed {reading.Counts.Observed} + skipped {reading.Counts.Skipped} + dead-lettered {reading.Counts.DeadLettered}\n")).ToString();
    }
}
