using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Golden;
using CipherWatch.Core.Tests.Ingestion;

namespace CipherWatch.Core.Tests.Telemetry.Formats;

/// <summary>As <see cref="ScalarValueTests"/>, for values in XML, in descriptions and in columns.</summary>
public partial class ScalarTextTests
{
    private static readonly string[] Whole = ["ProcessId", "SourcePort", "DestinationPort"];

    private static readonly string[] Typed =
        [.. Whole, "ProcessGuid", "SourceIp", "DestinationIp", "Protocol", "Initiated", "Signed", "UtcTime", "SourceProcessId"];

    [Theory]
    [InlineData("event-xml")]
    [InlineData("event-text")]
    public void Values_of_Sysmon_events_as_text(string format)
    {
        List<string> problems = [];
        int changed = 0;
        foreach (string text in GoldenInputs.Of(format).Where(path => !path.EndsWith(".json", StringComparison.Ordinal)).Select(File.ReadAllText))
        {
            string[] records = format == "event-xml" ? [.. Events().Matches(text).Select(match => match.Value)]
                : [.. Regex.Split(text, "(?m)^(?=ProviderName=)").Where(part => part.StartsWith("Provider", StringComparison.Ordinal))];
            foreach (string record in records)
            {
                foreach (Match match in (format == "event-xml" ? Data() : Lines()).Matches(record))
                {
                    changed++;
                    Check(record, match, problems);
                }
            }
        }

        Assert.True(changed > 15);
        Assert.True(problems.Count == 0, string.Join('\n', problems.Distinct().Take(40)));
    }

    [Fact]
    public void Values_of_columns()
    {
        string[] lines = File.ReadAllLines(GoldenInputs.Of("zeek").First(path => path.Contains("conn-tsv", StringComparison.Ordinal)));
        string[] columns = lines.First(line => line.StartsWith("#fields", StringComparison.Ordinal)).Split('\t')[1..];
        string header = string.Join('\n', lines.TakeWhile(line => line.StartsWith('#'))) + "\n";
        string[] cells = lines.First(line => !line.StartsWith('#') && Reading.Of(header + line).Counts.Observed == 1).Split('\t');
        string[] whole = ["id.orig_p", "id.resp_p", "orig_bytes", "resp_bytes", "orig_pkts", "resp_pkts", "missed_bytes"];
        Reading actual = Reading.Of(header + string.Join('\t', cells));
        foreach ((int place, string column) in columns.Index().Where(column => whole.Contains(column.Item) && cells[column.Index] != "-"))
        {
            Assert.Equal(Meaning(actual), Meaning(With(place, cells[place] + ".0")));
            Assert.Contains(column, Assert.Single(With(place, "zz9zz").DeadLetters).Reason, StringComparison.Ordinal);
            Assert.Contains(column, Assert.Single(With(place, "-5").DeadLetters).Reason, StringComparison.Ordinal);
        }

        Reading With(int place, string value) => Reading.Of(header + string.Join('\t', [.. cells[..place], value, .. cells[(place + 1)..]]));
    }

    private static void Check(string record, Match match, List<string> problems)
    {
        string name = match.Groups["name"].Value;
        Group value = match.Groups["value"];
        Reading actual = Reading.Of(record);
        string absent = Meaning(Reading.Of(record.Remove(match.Index, match.Length)));
        foreach (string none in (string[])["", "-"])
        {
            if (Meaning(With(none)) != absent)
            {
                problems.Add($"{name} as '{none}' is not as if absent");
            }
        }

        if (actual.Counts.Observed == 0 || !Typed.Contains(name) || value.Value is "" or "-")
        {
            return;
        }

        if (Whole.Contains(name) && Meaning(With(value.Value + ".0")) != Meaning(actual))
        {
            problems.Add($"{name} as {value.Value}.0 is another");
        }

        Reading wrong = With("zz9zz");
        if (Meaning(wrong) != Meaning(actual) && !wrong.DeadLetters.Any(letter => letter.Reason.Contains(name, StringComparison.Ordinal)))
        {
            problems.Add($"{name} as zz9zz: {Meaning(wrong)}");
        }

        Reading With(string text) => Reading.Of(record[..value.Index] + text + record[(value.Index + value.Length)..]);
    }

    private static string Meaning(Reading reading)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{reading.Counts.Observed} {reading.Counts.Skipped} {reading.Counts.DeadLettered} ");
        foreach (Observation observation in reading.Observations)
        {
            text.Append(Encoding.UTF8.GetString(ObservationJson.ToUtf8(observation)));
        }

        return text.AppendJoin(' ', reading.DeadLetters.Select(letter => letter.Reason)).ToString();
    }

    [GeneratedRegex("""<Event[ >].*?</Event>""", RegexOptions.Singleline)]
    private static partial Regex Events();

    [GeneratedRegex("""<Data Name=['"](?<name>\w+)['"]>(?<value>[^<&]*)</Data>""")]
    private static partial Regex Data();

    [GeneratedRegex("""^(?<name>\w+): (?<value>[^\r\n]*)\r?\n""", RegexOptions.Multiline)]
    private static partial Regex Lines();
}
