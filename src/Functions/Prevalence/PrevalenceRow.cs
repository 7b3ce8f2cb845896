using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Pipeline.State;

namespace CipherWatch.Functions.Prevalence;

/// <summary>
/// The rows of the table: of a batch one, in the partition of the hour it was kept in, with a property for each group of cuts; of a period
/// one for each cut, and one of the hosts in sight.
/// </summary>
internal static class PrevalenceRow
{
    /// <summary>Days that are put together in one row of each cut: what is read reaches back a month and so many days more.</summary>
    public const int PeriodDays = 10;

    /// <summary>Row key of a period's hosts in sight.</summary>
    public const string Hosts = "hosts";

    /// <summary>What row keys of batches begin with, and what those after them do.</summary>
    public const string Batches = "words-";

    /// <inheritdoc cref="Batches"/>
    public const string AfterBatches = "words.";

    /// <summary>Keys that a period's cut keeps: two million in all.</summary>
    public const int MaxEntries = 8_192;

    /// <summary>Cuts that share a property of a batch's row: a row has fewer properties than there are cuts.</summary>
    private const int GroupCuts = 4;

    /// <summary>Bytes of one property at most. Source: Table storage's limits.</summary>
    private const int MaxPropertyBytes = 64 << 10;

    /// <summary>Bytes of a row's facts: a row is at most 1 MiB with its overhead.</summary>
    private const int MaxRowBytes = 900 << 10;

    /// <summary>The partition of batches of an hour.</summary>
    public static string Hour(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);

    /// <summary>The partition of the period of a day.</summary>
    public static string Period(DateTimeOffset time)
    {
        int day = DateOnly.FromDateTime(time.UtcDateTime).DayNumber;
        return DateOnly.FromDayNumber(day - (day % PeriodDays)).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
    }

    /// <summary>The partition of the period that an hour's partition lies in.</summary>
    public static string PeriodOf(string hour) =>
        Period(DateTimeOffset.ParseExact(hour, "yyyyMMddHH", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    /// <summary>The row key of a period's cut.</summary>
    public static string Cut(int cut) => string.Create(CultureInfo.InvariantCulture, $"cut-{cut:d3}");

    /// <summary>The property of a batch's row that holds a cut.</summary>
    public static string Property(int cut) => string.Create(CultureInfo.InvariantCulture, $"P{cut / GroupCuts:d2}");

    /// <summary>All properties of a batch's row but that of its hosts.</summary>
    public static IEnumerable<string> Properties => Enumerable.Range(0, PrevalenceWord.Cuts).Select(Property).Distinct();

    /// <summary>A batch's words by group of cuts. A batch says some 2,000 at most: a property holds them.</summary>
    public static TableEntity OfBatch(PrevalenceFacts words)
    {
        TableEntity row = new() { [Hosts] = PackedPrevalence.Pack(OnlyHosts(words)) };
        foreach (IGrouping<string, KeyValuePair<ulong, PrevalenceEntry>> group in words.Entries.GroupBy(
            static entry => Property(PrevalenceWord.CutOf(entry.Key))))
        {
            PrevalenceFacts some = new();
            foreach ((ulong key, PrevalenceEntry entry) in group)
            {
                some.Add(key, entry);
            }

            row[group.Key] = PackedPrevalence.Pack(some);
        }

        return row;
    }

    /// <summary>The hosts in sight alone.</summary>
    public static PrevalenceFacts OnlyHosts(PrevalenceFacts facts)
    {
        PrevalenceFacts hosts = new();
        hosts.AddHosts(facts.Hosts);
        return hosts;
    }

    /// <summary>Facts as a row, in as many properties as their bytes need; of those for which there is no room the first.</summary>
    public static void Write(TableEntity row, PrevalenceFacts facts)
    {
        byte[] bytes = PackedPrevalence.Pack(facts);
        for (int entries = MaxEntries / 2; bytes.Length > MaxRowBytes; entries /= 2)
        {
            PrevalenceFacts fewer = new(entries);
            fewer.Add(facts);
            bytes = PackedPrevalence.Pack(fewer);
        }

        byte[][] parts = [.. bytes.Chunk(MaxPropertyBytes)];
        for (int part = 0; part < parts.Length; part++)
        {
            row[Part(part)] = parts[part];
        }
    }

    /// <summary>Reads a row that <see cref="Write"/> wrote.</summary>
    public static void Read(TableEntity row, PrevalenceFacts into)
    {
        List<byte> bytes = [];
        for (int part = 0; row.GetBinary(Part(part)) is { } some; part++)
        {
            bytes.AddRange(some);
        }

        Read(bytes.ToArray(), into);
    }

    /// <summary>Reads bytes. What is broken says nothing: it is one row of many, and must not stand in the way of the others.</summary>
    public static void Read(byte[] bytes, PrevalenceFacts into)
    {
        try
        {
            PackedPrevalence.Read(bytes, into);
        }
        catch (JsonException)
        {
            // What stood before it counts.
        }
    }

    private static string Part(int part) => string.Create(CultureInfo.InvariantCulture, $"F{part:d2}");
}
