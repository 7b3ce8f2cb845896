using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Telemetry.Network;

namespace CipherWatch.Core.Tests.Telemetry.MacOs;

/// <summary>Recorded lines of the unified log: each is observed, or skipped by design.</summary>
public class MacCorpusTests
{
    private const string Quoted = "log 1 pass = ";

    [Fact]
    public void Every_recorded_line_is_observed_or_skipped()
    {
        foreach (string file in Corpus.Files("macos"))
        {
            // Rule tests quote a line each.
            string[] lines = File.ReadAllLines(file);
            string text = Path.GetExtension(file) == ".ini"
                ? string.Join('\n', lines.Where(line => line.StartsWith(Quoted, StringComparison.Ordinal)).Select(line => line[Quoted.Length..]))
                : string.Join('\n', lines);
            NetworkReading reading = NetworkReading.Of(text, new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

            Assert.All(reading.Letters, letter => Assert.Fail($"{file}:{letter.Origin.Line}: {letter.Reason}"));
            Assert.Equal(reading.Counts.Records, reading.Counts.BySource[SourceNames.UnifiedLog]);
        }
    }

    [Fact]
    public void The_console_copy_tells_of_its_one_connection_outside()
    {
        NetworkReading reading = NetworkReading.Of(File.ReadAllText(Corpus.File("macos/unifiedlog/console-copy/app.selected.log")), new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

        FlowFields flow = Assert.Single(reading.Observations, observation => observation.Kind == ObservationKind.Flow).Flow!;
        Assert.Equal((994, 5727, 5538, Handshake.Established), (flow.BytesOut!.Value, flow.BytesIn!.Value, flow.DurationMs!.Value, flow.Handshake));
    }
}
