using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Ingestion;

namespace CipherWatch.Core.Tests.Telemetry.Linux;

/// <summary>
/// Every field that an observation of an audit event carries, against what others read in the same records: go-libaudit's parses that
/// stand beside its logs, and <c>ausearch -i</c> where it is installed. What they disagree in stands in docs/telemetry.md.
/// </summary>
public partial class AuditParsesTests(ITestOutputHelper output)
{
    private static readonly string[] Interpreters = ["/usr/sbin/ausearch", "/sbin/ausearch"];

    private static string Folder => Path.Combine(Repository.Corpus ?? string.Empty, "linux");

    [Fact]
    public void Go_libaudit_reads_the_same()
    {
        Assert.SkipUnless(Repository.Corpus is not null && Directory.Exists(Folder), "The corpus is not there.");
        int compared = 0;
        foreach (string parse in Directory.EnumerateFiles(Path.Combine(Folder, "auditd"), "*.log.golden", SearchOption.AllDirectories))
        {
            List<Record> records = [];
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(parse));
            foreach (JsonElement one in document.RootElement.EnumerateArray())
            {
                if (one.ValueKind == JsonValueKind.Object && one.TryGetProperty("data", out JsonElement data) && one.TryGetProperty("sequence", out JsonElement serial))
                {
                    records.Add(new(
                        serial.GetInt64(), one.GetProperty("record_type").GetString()!.ToUpperInvariant(),
                        data.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.ToString(), StringComparer.Ordinal)));
                }
            }

            compared += Compare(Read(parse[..^".golden".Length]).Observations, records, static (field, ours, theirs, _) => ours == theirs || IsUnknown(field, theirs));
        }

        output.WriteLine($"{compared} fields");
        Assert.True(compared > 10, $"only {compared} fields were compared");
    }

    [Theory]
    [InlineData("constructed/shadewatcher-half1.audit.log.gz", 3_000)]
    [InlineData("constructed/auditd-saddr-traps.log", 40)]
    [InlineData("auditd/go-libaudit/auparse/testdata/audit-rhel7.log", 2)]
    [InlineData("auditd/oms-auditd-plugin/events.lines.log", 0)]
    [InlineData("syslog-plaso/audit_enriched.log", 0)]
    public void Ausearch_reads_the_same(string file, int leastCompared)
    {
        string? ausearch = Interpreters.FirstOrDefault(File.Exists);
        Assert.SkipUnless(ausearch is not null && Repository.Corpus is not null && Directory.Exists(Folder), "The corpus or ausearch is not there.");
        string log = Path.GetTempFileName();
        try
        {
            using (Stream input = Open(Path.Combine(Folder, file)))
            using (FileStream copy = File.Create(log))
            {
                input.CopyTo(copy);
            }

            int compared = Compare(Read(Path.Combine(Folder, file)).Observations, [.. Interpreted(ausearch!, log)], Agrees);
            output.WriteLine($"{file}: {compared} fields");
            Assert.True(compared >= leastCompared, $"only {compared} fields were compared");
        }
        finally
        {
            File.Delete(log);
        }
    }

    /// <summary>
    /// ausearch reads addresses of big-endian hosts and AF_ALG not at all, names users of the machine that it runs on, and prints what a name
    /// in hexadecimal spells with the bytes it cannot print escaped.
    /// </summary>
    private static bool Agrees(string field, string ours, string theirs, Record record) =>
        ours == theirs
        || (field == "command line" && Escaped(ours).Replace(" ", string.Empty, StringComparison.Ordinal) == theirs.Replace(" ", string.Empty, StringComparison.Ordinal))
        || (field == "user" && !long.TryParse(theirs, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
        || (field == "address" && (theirs.StartsWith("unknown-family", StringComparison.Ordinal) || theirs.Contains("saddr_fam=alg", StringComparison.Ordinal)))
        || (field == "image" && record.Fields.GetValueOrDefault("arch") is null && theirs.Contains('\\', StringComparison.Ordinal));

    /// <summary>As ausearch prints it: what cannot be printed as three octal digits.</summary>
    private static string Escaped(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(letter =>
        letter is >= 0x20 and < 0x7f ? ((char)letter).ToString() : "\\" + Convert.ToString(letter, 8).PadLeft(3, '0')));

    private static bool IsUnknown(string field, string theirs) => field == "user" && theirs == "unset";

    /// <summary>Compares what both carry; a field that theirs does not have says nothing.</summary>
    private static int Compare(IEnumerable<Observation> observations, IReadOnlyList<Record> records, Func<string, string, string, Record, bool> agrees)
    {
        ILookup<long, Record> bySerial = records.ToLookup(record => record.Serial);
        int compared = 0;
        foreach (Observation observation in observations.Where(observation => observation.EventSerial is not null))
        {
            Record? call = bySerial[observation.EventSerial!.Value].FirstOrDefault(record => record.Type == "SYSCALL"
                && (observation.Process?.Pid is not { } pid || record.Fields.GetValueOrDefault("pid") == pid.ToString(CultureInfo.InvariantCulture)));
            foreach ((string field, string? ours, string? theirs, Record record) in Pairs(observation, call, [.. bySerial[observation.EventSerial.Value]]))
            {
                if (ours is not null && theirs is not null)
                {
                    Assert.True(agrees(field, ours, theirs, record), $"event {observation.EventSerial}, {field}: {ours}, and they read {theirs}");
                    compared++;
                }
            }
        }

        return compared;
    }

    private static IEnumerable<(string Field, string? Ours, string? Theirs, Record Record)> Pairs(Observation observation, Record? call, Record[] records)
    {
        if (call is not null && observation.Process is { } process)
        {
            yield return ("pid", Text(process.Pid), call["pid"], call);
            yield return ("parent", Text(process.ParentPid), call["ppid"], call);
            yield return ("image", process.Image, call["exe"], call);
            yield return ("thread", process.ThreadName, call["comm"], call);
            yield return ("user", process.User, call["uid"], call);
        }

        if (observation.Process?.CommandLine is { } line && records.Where(record => record.Type == "EXECVE").ToArray() is [var arguments]
            && !arguments.Fields.Keys.Any(name => name.EndsWith("_len", StringComparison.Ordinal)))
        {
            string[] all = [.. Enumerable.Range(0, int.Parse(arguments["argc"] ?? "0", CultureInfo.InvariantCulture))
                .Select(index => arguments[string.Create(CultureInfo.InvariantCulture, $"a{index}")]).OfType<string>()];
            yield return ("command line", line, string.Join(' ', all), arguments);
        }

        if (observation.Flow is { } flow && records.FirstOrDefault(record => record.Type == "SOCKADDR") is { } address)
        {
            (IpAddress ip, ushort port) = flow.Direction == FlowDirection.Inbound ? (flow.SrcIp, flow.SrcPort) : (flow.DstIp, flow.DstPort);
            string? braced = address["saddr"] ?? address["SADDR"];
            string? theirs = address["addr"] is { } host ? $"{host} {address["port"]}"
                : braced is null ? null
                : Braced().Match(braced) is { Success: true } match ? $"{match.Groups[1].Value} {match.Groups[2].Value}" : braced;
            yield return ("address", observation.IsPartial && ip.IsUnspecified ? null : $"{ip} {port}", theirs?.Replace("::ffff:", string.Empty, StringComparison.Ordinal), address);
        }
    }

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<Record> Interpreted(string ausearch, string log)
    {
        using Process process = System.Diagnostics.Process.Start(new ProcessStartInfo(ausearch, ["-i", "-if", log]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        _ = process.StandardError.ReadToEndAsync();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (Head().Match(line) is { Success: true } head)
            {
                Dictionary<string, string> fields = new(StringComparer.Ordinal);

                // Arguments are not quoted, and may look like fields.
                Regex pattern = head.Groups[1].Value == "EXECVE" ? Argument() : Field();
                foreach (Match field in pattern.Matches(line[head.Length..]))
                {
                    fields.TryAdd(field.Groups[1].Value, field.Groups[2].Value.Trim());
                }

                yield return new(long.Parse(head.Groups[2].Value, CultureInfo.InvariantCulture), head.Groups[1].Value, fields);
            }
        }

        process.WaitForExit();
    }

    private static Reading Read(string path)
    {
        Reading reading = new();
        using Stream stream = Open(path);
        reading.Stream(stream);
        reading.Finish();
        return reading;
    }

    private static Stream Open(string path) =>
        path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.OpenRead(path), CompressionMode.Decompress) : File.OpenRead(path);

    [GeneratedRegex(@"^(?:node=\S+ )?type=(\w+) msg=audit\([^)]*:(\d+)\) :\s*")]
    private static partial Regex Head();

    [GeneratedRegex(@"(\w+)=(\{[^}]*\}|.*?)(?=\s+\w+=|\s*$)")]
    private static partial Regex Field();

    [GeneratedRegex(@"\b(argc|a\d+)=(.*?)(?=\s+a\d+=|\s*$)")]
    private static partial Regex Argument();

    [GeneratedRegex(@"laddr=(\S+) lport=(\d+)")]
    private static partial Regex Braced();

    private sealed record Record(long Serial, string Type, Dictionary<string, string> Fields)
    {
        public string? this[string field] => Fields.GetValueOrDefault(field);
    }
}
