using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CipherWatch.Core.Telemetry.Formats;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Golden;
using CipherWatch.Core.Tests.Ingestion;

namespace CipherWatch.Core.Tests.Telemetry.Formats;

/// <summary>
/// One reader of scalar values: whichever format of the table a record is of and whichever field of it is written otherwise, what it
/// says is the same; "no value" is as if the field were absent; and what cannot be a value is a dead letter that names the field,
/// never a zero and never left out silently.
/// </summary>
public class ScalarValueTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Nones = ["null", "\"\"", "\"-\"", "\"(empty)\"", "[]"];

    private static readonly string[] Nonsense = ["\"zz9zz\"", "\"5.5.5\"", "{\"zz9zz\":1}"];

    /// <summary>Fields that the properties are not about, each with its reason.</summary>
    private static readonly Dictionary<string, string> Exempt = new()
    {
        ["SyslogMessage"] = "a message may be empty or a hyphen",
        ["MESSAGE"] = "a message may be empty or a hyphen",
        ["output"] = "a listing of lines or of rows: without any it is empty",
        ["diffResults"] = "osquery writes an empty text for an empty list",
        ["Payload"] = "an event without data is broken, and stays one of EvtxECmd's",
        ["bytes"] = "a sample of no bytes is told apart from one without the field",
        ["tcp_flags_ts"] = "text in hexadecimal, of which digits are no decimal number",
        ["tcp_flags_tc"] = "text in hexadecimal, of which digits are no decimal number",
        ["syscall"] = "a call goes by its number or by its name: any text is a name",
        ["event_type"] = "by it Endpoint Security's events are told",
        ["signing_id"] = "by it osquery's rows of macOS are told",
        ["platform_binary"] = "by it osquery's rows of macOS are told",
        ["silkAppLabel"] = "an application's name or its port: any text is a name",
    };

    public static TheoryData<string> Rows => [.. FormatTable.Json.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_value_written_otherwise_says_the_same(string name) => AssertHolds(name, (record, leaf, actual, problems) =>
    {
        if (actual.Counts.Observed == 0)
        {
            return;
        }

        foreach (string form in Equivalents(leaf))
        {
            Compare($"{leaf.GetPath()} as {form}", actual, Read(record, leaf, form), problems);
        }
    });

    [Theory]
    [MemberData(nameof(Rows))]
    public void No_value_is_as_if_the_field_were_absent(string name) => AssertHolds(name, (record, leaf, actual, problems) =>
    {
        Reading absent = Read(record, leaf, null);
        foreach (string form in Nones)
        {
            Compare($"{leaf.GetPath()} as {form}", absent, Read(record, leaf, form), problems);
        }
    });

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_cannot_be_a_value_is_a_dead_letter_with_the_fields_name(string name) => AssertHolds(name, (record, leaf, actual, problems) =>
    {
        if (actual.Counts.Observed == 0 || !IsTyped(leaf))
        {
            return;
        }

        string own = Name(leaf);
        // An object is one more way of writing names where names are read in every way.
        foreach (string form in name == "respelled" ? Nonsense[..2] : Nonsense)
        {
            Reading changed = Read(record, leaf, form);
            bool isNamed = changed.DeadLetters.Any(letter => Names(letter.Reason, own, name));

            // Not used at all, or text that may say anything and is handed on.
            bool isUnused = Meaning(actual) == Meaning(changed);
            bool isText = Meaning(changed).Contains("zz9zz", StringComparison.Ordinal) || Meaning(changed).Contains("5.5.5", StringComparison.Ordinal);
            if (!isNamed && !isUnused && !isText)
            {
                problems.Add($"{leaf.GetPath()} as {form}: {string.Join("; ", changed.DeadLetters.Select(letter => letter.Reason))} {Meaning(changed)}");
            }
        }
    });

    /// <summary>
    /// Whether a reason names a field. Of names that were changed on the way it gives the name as it was, and of those that a module
    /// moved the sensor's own.
    /// </summary>
    private static bool Names(string reason, string own, string row)
    {
        int from = reason.IndexOf('\'', StringComparison.Ordinal);
        int to = from < 0 ? -1 : reason.IndexOf('\'', from + 1);
        string quoted = to < 0 ? "" : reason[(from + 1)..to];
        return reason.Contains(own, StringComparison.Ordinal) || (quoted.Length > 0 && own.Contains(quoted, StringComparison.Ordinal))
            || (row == "respelled" && quoted.Length > 0);
    }

    private static string Name(JsonValue leaf) => ((JsonObject)leaf.Parent!).Single(pair => ReferenceEquals(pair.Value, leaf)).Key;

    private static void AssertHolds(string name, Action<JsonNode, JsonValue, Reading, List<string>> check)
    {
        List<string> problems = [];
        JsonNode[] records = [.. Records(name)];
        Assert.True(records.Length > 0, $"No record of the row {name} stands in tests/Golden/{name}: add a case, of one object a line or an array of them.");
        foreach (JsonNode record in records)
        {
            Reading actual = Reading.Of(record.ToJsonString(Relaxed));
            foreach (JsonValue leaf in Leaves(record).ToList())
            {
                if (!Exempt.ContainsKey(Name(leaf)))
                {
                    check(record, leaf, actual, problems);
                }
            }
        }

        Assert.True(problems.Count == 0, $"{problems.Count} problems:\n{string.Join('\n', problems.Distinct().Take(40))}");
    }

    /// <summary>The records of a row's goldens, one of each shape.</summary>
    private static IEnumerable<JsonNode> Records(string name)
    {
        HashSet<string> shapes = [];
        foreach (string path in GoldenInputs.Of(name))
        {
            byte[] input = File.ReadAllBytes(path);
            IEnumerable<JsonNode?> nodes = TryParse(input) is { } whole ? whole as JsonArray ?? (IEnumerable<JsonNode?>)[whole]
                : GoldenInputs.Lines(input).Select(TryParse);
            foreach (JsonNode node in nodes.OfType<JsonObject>())
            {
                if (shapes.Add(string.Join(' ', Leaves(node).Select(leaf => leaf.GetPath()))))
                {
                    yield return node;
                }
            }
        }
    }

    private static JsonNode? TryParse(byte[] text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Values of objects; elements of lists are of no field.</summary>
    private static IEnumerable<JsonValue> Leaves(JsonNode node)
    {
        foreach ((_, JsonNode? child) in node is JsonObject fields ? fields : [])
        {
            if (child is JsonValue value)
            {
                yield return value;
            }
            else if (child is JsonObject)
            {
                foreach (JsonValue inner in Leaves(child))
                {
                    yield return inner;
                }
            }
        }
    }

    private static IEnumerable<string> Equivalents(JsonValue leaf)
    {
        string text = leaf.ToJsonString(Relaxed);
        yield return $"[{text}]";
        switch (leaf.GetValueKind())
        {
            case JsonValueKind.Number:
                yield return $"\"{(text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text)}\"";
                if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
                {
                    yield return $"{text}.0";
                    string digits = Math.Abs((decimal)whole).ToString(CultureInfo.InvariantCulture);
                    yield return $"{(whole < 0 ? "-" : "")}{digits[..1]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{digits.Length - 1}";
                }

                break;
            case JsonValueKind.String when long.TryParse(leaf.GetValue<string>(), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                && leaf.GetValue<string>() == number.ToString(CultureInfo.InvariantCulture) && number < 1L << 53:
                yield return number.ToString(CultureInfo.InvariantCulture);
                yield return $"{number}.0";
                break;
            case JsonValueKind.True or JsonValueKind.False:
                yield return $"\"{text}\"";
                yield return text == "true" ? "1" : "0";
                break;
        }
    }

    /// <summary>Whether a value is of a kind that not every text is: a number, a truth, a time, an address, a GUID.</summary>
    private static bool IsTyped(JsonValue leaf) => leaf.GetValueKind() != JsonValueKind.String
        || (leaf.GetValue<string>() is var text && (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            || bool.TryParse(text, out _) || (text.Contains('.') && IPAddress.TryParse(text, out _)) || Guid.TryParse(text, out _)
            || (text.Length > 18 && char.IsAsciiDigit(text[0]) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _))));

    private static Reading Read(JsonNode record, JsonValue leaf, string? form)
    {
        JsonObject parent = (JsonObject)leaf.Parent!;
        string field = parent.Single(pair => ReferenceEquals(pair.Value, leaf)).Key;
        const string Mark = "\u0001here\u0001";
        int place = parent.IndexOf(field);
        parent.RemoveAt(place);
        string text;
        if (form is null)
        {
            text = record.ToJsonString(Relaxed);
        }
        else
        {
            parent.Insert(place, field, Mark);
            text = record.ToJsonString(Relaxed).Replace(JsonSerializer.Serialize(Mark, Relaxed), form, StringComparison.Ordinal);
            parent.RemoveAt(place);
        }

        parent.Insert(place, field, leaf);
        return Reading.Of(text);
    }

    private static void Compare(string what, Reading expected, Reading actual, List<string> problems)
    {
        if (Meaning(expected) != Meaning(actual))
        {
            problems.Add($"{what}\n  expected {Meaning(expected)}\n  actual   {Meaning(actual)}");
        }
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
}
