using CipherWatch.Benchmarks.Synthetic;

namespace CipherWatch.Core.Tests.Telemetry.Windows.Evtx;

/// <summary>The log of the golden case <c>evtx/sysmon</c>: one process's events, others', one without templates, one damaged.</summary>
public class EventLogSampleTests
{
    private const string Sysmon = "Microsoft-Windows-Sysmon";
    private const string Image = @"C:\Users\ada\AppData\Local\Temp\upd.exe";
    private const string ProcessGuid = "{6D3F0A11-5A28-67C7-B105-000000001A00}";

    private static readonly DateTime Start = new(2025, 3, 4, 15, 15, 20, 125, DateTimeKind.Utc);

    [Fact]
    public void The_golden_log_is_the_one_that_is_written_here()
    {
        string path = Path.Combine(Repository.Root, "tests", "Golden", "evtx", "sysmon", "input.evtx");
        if (Environment.GetEnvironmentVariable("CIPHERWATCH_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, Write());
        }

        Assert.Equal(Write(), File.ReadAllBytes(path));
    }

    private static byte[] Write()
    {
        EventLogBuilder builder = new();
        SyntheticEvent[] events =
        [
            Event(
                1, 0, ("Image", Image), ("CommandLine", "upd.exe -q \"R&D Müller\""), ("User", @"CORP\ada"),
                ("Hashes", "SHA256=" + new string('B', 64)), ("ParentImage", @"C:\Windows\explorer.exe")),
            Event(
                7, 1, ("Image", Image), ("ImageLoaded", Image), ("Signed", "false"), ("Signature", "-"),
                ("SignatureStatus", "Unavailable")),
            Event(
                7, 1.25, ("Image", Image), ("ImageLoaded", @"C:\Windows\System32\bcryptprimitives.dll"), ("Signed", "true"),
                ("Signature", "Microsoft Windows"), ("SignatureStatus", "Valid")),
            Event(22, 2, ("QueryName", "updates.example.net"), ("QueryStatus", "0"), ("Image", Image)),
            Event(
                3, 2.5, ("Image", Image), ("User", @"CORP\ada"), ("Protocol", "tcp"), ("Initiated", "true"), ("SourceIp", "10.20.0.7"),
                ("SourcePort", "49812"), ("DestinationIp", "203.0.113.50"), ("DestinationPort", "4444")),
            Event(
                13, 3, ("EventType", "SetValue"), ("Image", Image), ("TargetObject", @"HKU\S-1-5-21\Software\Run\upd"),
                ("Details", "upd.exe")),
            Event(5, 60, ("Image", Image)),
            new(
                "Security", "Microsoft-Windows-Security-Auditing", 4688, "WS-041.corp.example", Start, 7001,
                [("NewProcessId", "0x1c90"), ("NewProcessName", Image)]),
        ];
        foreach (SyntheticEvent record in events)
        {
            builder.Add(EventLogBuilder.Event(record), record.Recorded);
        }

        SyntheticEvent forwarded = Event(
            3, 5, ("Image", "-"), ("Protocol", "udp"), ("Initiated", "true"), ("SourceIp", "fe80:0:0:0:0:0:0:1"), ("SourcePort", "546"),
            ("DestinationIp", "ff02:0:0:0:0:0:1:2"), ("DestinationPort", "547"));
        builder.Add(EventLogBuilder.Plain(forwarded), forwarded.Recorded).Add(EventLogBuilder.Event(events[4]), events[4].Recorded);
        byte[] log = builder.Build();
        log.AsSpan(builder.Places[^1] + 28, 8).Fill(0xee);
        return log;
    }

    private static SyntheticEvent Event(int id, double seconds, params (string Name, string Value)[] data)
    {
        DateTime time = Start.AddSeconds(seconds);
        string written = time.ToString("yyyy-MM-dd HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture);
        return new(
            Sysmon + "/Operational", Sysmon, id, "WS-041.corp.example", time.AddMilliseconds(12), 90_215 + id,
            [("RuleName", "-"), ("UtcTime", written), ("ProcessGuid", ProcessGuid), ("ProcessId", "7312"), .. data]);
    }
}
