using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CipherWatch.Core.Telemetry.Formats;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Golden;
using CipherWatch.Core.Tests.Ingestion;

namespace CipherWatch.Core.Tests.Telemetry.Formats;

/// <summary>
/// As <see cref="ScalarValueTests"/>, for every other row of the table: each number, address, time and GUID of its goldens, written as
/// nonsense, makes its record a dead letter that names what is wrong, unless nothing uses it or it is text that is handed on.
/// </summary>
public partial class TextValueTests
{
    private const string Nonsense = "zz9zz";
    private const string AskedFor = "what a client asks a proxy for is the client's own word: any text";
    private const string Answers = "names and addresses that a resolver answered: any text is a name";

    /// <summary>Rows whose fields are no text, each with the reason.</summary>
    private static readonly Dictionary<string, string> Binary = new()
    {
        ["evtx"] = "values have a type; EventValueTests and EventLogDamageTests",
        ["flow-datagram"] = "any bits are a number; DatagramTests",
        ["capture"] = "any bits are a number; CaptureNeverThrowsTests",
    };

    /// <summary>Places where any text may stand, or whose loss leaves a line of another kind: by what stands before them in the line.</summary>
    private static readonly Dictionary<string, (Regex Before, string Reason)[]> Prose = new()
    {
        ["auditd"] =
        [
            (new(@"\b(syscall|arch|uring_op)=$"), "a name or a number: any text is a name"),
            (new(@"\btype=(UNKNOWN\[)?$"), "a name or a number: any text is a name"),
            (new(@"\ba\d+(_len)?(\[|=)[^ ]*$"), "an argument of a program: any text is one"),
            (new(@"(uid|gid)=$"), "a number or a name"),
            (new(@"uring_op=.*pid=$"), "told by its records of addresses; by itself it says nothing"),
            (new(@"type=\S+ msg=audit\(.* type=\S+ msg=audit\([\d.:]*$"), "a second record of a line has no head then, and is a part of the first"),
        ],
        // Messages are prose: with another word in the place of an address or a count one is another message.
        ["unified-log"] =
        [
            (new(@"^((default|info|debug|error|fault)\t[\d:]*)?$"), "without the time that it begins with a line has no head, and goes on with the one before"),
            (new(@"^(\t|\{|so_gencnt|.*\[[\w.]+[:\]] ?.*\[C|.*(: |\) |kernel: |\[|pid )|\d{4}-.* (Df|I|E|F) .*\[$)"), "a message, or its further lines"),
        ],
        ["esxi"] =
        [
            (new(@"<TCP '|TCP:|envoy-access\[|\[Originator|Event \[|^Nov  4 15:01:59 10\.20\.0\.1 $"), "a message"),
            (new(@"(In\(|vpxd |INFO vpxd |Hostd\[\d+\]: (13\.82 : )?|Vpxa: \.113\.83 : )$"), "a head of another product, or a message that goes on"),
        ],
        ["syslog"] =
        [
            (new(@"^(<\d+>)?((Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} +(\d+ )?)?$"), "without the time that it begins with a line has no head, and goes on with the one before"),
            (new(@"^<.*<$"), "a second message of a line has no head then, and is a part of the first"),
        ],
        ["cef"] = [(new(@"CEF:$"), "the mark of the format"), (new(@"request=\S*:$"), AskedFor)],
        ["squid"] =
        [
            (new(@"^$|^\S+ +\d+ $|squid\[\d+\]: (\S+ +\d+ )?$"), "a client by its name, where the log resolves it; or without its time a line of another kind"),
            (new(@"^\S+ +\d+ [\w.:]+[:/]$"), "a client by its name, where the log resolves it"),
            (new(@"(GET|POST) \S*:$"), AskedFor),
        ],
        ["zeek"] = [(new(@"\t([\w.]+,)*$"), Answers), (new(@"\t(\w+|-)\t\S*(\t\S*)?:$"), AskedFor)],
    };

    /// <summary>In any row: an event 22, in whatever it came. Names and addresses are told apart by how they look.</summary>
    private static readonly Regex Resolved = new(@"QueryResults.*::ffff:$");

    public static TheoryData<string> Rows =>
        [.. FormatTable.All.Except(FormatTable.Json).Select(row => row.Name).Except(Binary.Keys).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_cannot_be_a_value_is_a_dead_letter_that_says_what(string name)
    {
        List<string> problems = [];
        int named = 0;
        foreach (string path in GoldenInputs.Of(name).Where(path => !path.EndsWith(".json", StringComparison.Ordinal)))
        {
            string input = Encoding.Latin1.GetString(File.ReadAllBytes(path));
            Reading actual = Read(input);
            string meaning = Meaning(actual);
            foreach (Match token in Tokens().Matches(input))
            {
                Reading changed = Read(input[..token.Index] + Nonsense + input[(token.Index + token.Length)..]);
                string now = Meaning(changed);
                bool isNamed = changed.DeadLetters.CountBy(letter => letter.Reason).Except(actual.DeadLetters.CountBy(letter => letter.Reason)).Any()
                    || changed.DeadLetters.Count > actual.DeadLetters.Count;
                named += isNamed ? 1 : 0;
                string before = input[(input.LastIndexOf('\n', Math.Max(0, token.Index - 1)) + 1)..token.Index];
                if (Resolved.IsMatch(before) || Prose.GetValueOrDefault(name)?.Any(rule => rule.Before.IsMatch(before)) == true)
                {
                    continue;
                }

                if (!isNamed && now != meaning && !now.Contains(Nonsense, StringComparison.Ordinal))
                {
                    int from = Math.Max(0, input.LastIndexOf('\n', token.Index) + 1);
                    int to = input.IndexOf('\n', token.Index) is >= 0 and var end ? end : input.Length;
                    problems.Add($"{Path.GetFileName(Path.GetDirectoryName(path))}: {input[from..token.Index]}«{token.Value}»{input[(token.Index + token.Length)..to]}\n      {Counts(actual)} -> {Counts(changed)}");
                }
            }
        }

        Assert.True(named > 0, $"No value of tests/Golden/{name} is missed when it is nonsense.");
        Assert.True(problems.Count == 0, $"{problems.Count} problems:\n{string.Join('\n', problems)}");
    }

    [Fact]
    public void Each_row_of_the_table_is_held_by_one_of_the_two() => Assert.Empty(
        FormatTable.All.Select(row => row.Name).Except(FormatTable.Json.Select(row => row.Name)).Except(Rows.Select(row => row.Data)).Except(Binary.Keys));

    private static Reading Read(string input) => Reading.Of(Encoding.Latin1.GetBytes(input));

    private static string Counts(Reading reading) => $"{reading.Counts.Observed} {reading.Counts.Skipped} {reading.Counts.DeadLettered}";

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

    /// <summary>A time, a GUID, an address of either version, or a number that stands by itself.</summary>
    [GeneratedRegex("""(?<![\w.-])(?:\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*(?:Z|[+-]\d\d:?\d\d)?|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|(?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-f]{1,4}:){2,7}:?[0-9a-f]{0,4}|\d+(?:\.\d+)?)(?![\w.])""")]
    private static partial Regex Tokens();
}
