using System.Globalization;

namespace CipherWatch.Functions.Tests.Fakes;

/// <summary>
/// Sysmon records of 24 hosts: all have a tool that is of no interest, half of them an odd but signed program, two of them an implant that
/// nobody signed, whose records come before those of most others.
/// </summary>
internal static class ManyHosts
{
    public const int Hosts = 24;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The records, one a line.</summary>
    public static IReadOnlyList<string> Records() =>
    [
        .. Enumerable.Range(1, 2).SelectMany(static host => Program(host, 1, @"C:\Users\ada\Downloads\upd.exe", signer: null, "203.0.113.9", calls: 9)),
        .. Enumerable.Range(1, Hosts).SelectMany(static host => Program(host, 2, @"C:\Program Files\Tool\tool.exe", "Tools", "198.51.100.7", calls: 1)),
        .. Enumerable.Range(1, Hosts / 2).SelectMany(static host => Program(host, 3, @"C:\Users\ada\AppData\Local\Editor\editor.exe", "Editor AG", "198.51.100.8", calls: 12)),
    ];

    private static IEnumerable<string> Program(int host, int number, string image, string? signer, string destination, int calls)
    {
        string hash = string.Create(CultureInfo.InvariantCulture, $"\"Hashes\":\"SHA256={number:d64}\"");
        int at = (host * 10) + number;
        yield return Record(1, at, $"{hash},\"ParentImage\":\"C:\\\\Windows\\\\System32\\\\wscript.exe\",\"CommandLine\":\"x\"");
        yield return Record(7, at + 1, Load(image, signer, hash));
        yield return Record(7, at + 2, Load(@"C:\Windows\System32\bcryptprimitives.dll", "Microsoft Windows", "\"Hashes\":\"-\""));
        for (int call = 0; call < calls; call++)
        {
            yield return Record(3, at + 3 + (call * 60), string.Create(
                CultureInfo.InvariantCulture,
                $"\"Protocol\":\"tcp\",\"Initiated\":\"true\",\"SourceIp\":\"10.20.0.{host}\",\"SourcePort\":\"{50_000 + (number * 100) + call}\",\"DestinationIp\":\"{destination}\",\"DestinationPort\":\"8444\""));
        }

        string Record(int id, int second, string fields)
        {
            DateTimeOffset time = Start.AddSeconds(second);
            return string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"EventTime":"{{time:yyyy-MM-dd HH:mm:ss}}","Hostname":"WS-{{host:d3}}.corp.example","Channel":"Microsoft-Windows-Sysmon/Operational","SourceName":"Microsoft-Windows-Sysmon","EventID":{{id}},"UtcTime":"{{time:yyyy-MM-dd HH:mm:ss.fff}}","ProcessGuid":"{6d3f0b{{host:d2}}-5a2b-67c7-b105-0000000000{{number:d2}}}","ProcessId":"{{4000 + number}}","Image":"{{Escaped(image)}}",{{fields}}}""");
        }
    }

    private static string Load(string path, string? signer, string hash) =>
        $"\"ImageLoaded\":\"{Escaped(path)}\",\"Signed\":\"{(signer is null ? "false" : "true")}\",\"Signature\":\"{signer ?? "-"}\",\"SignatureStatus\":\"{(signer is null ? "Unavailable" : "Valid")}\",{hash}";

    private static string Escaped(string path) => path.Replace(@"\", @"\\", StringComparison.Ordinal);
}
