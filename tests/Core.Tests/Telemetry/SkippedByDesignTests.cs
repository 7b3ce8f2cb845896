using System.Text;
using System.Text.RegularExpressions;
using CipherWatch.Core.Telemetry.Linux.Audit;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Tests.Ingestion;
using CipherWatch.Core.Tests.Telemetry.Network;

namespace CipherWatch.Core.Tests.Telemetry;

/// <summary>
/// What is skipped of recorded telemetry of Linux, macOS and ESXi is of the types that docs/telemetry.md lists, told from the text by
/// itself and not by the readers.
/// </summary>
public partial class SkippedByDesignTests
{
    /// <summary>Types of audit records that are read; what is skipped of them has reasons of its own.</summary>
    private static readonly string[] ReadTypes = ["SYSCALL", "PATH", "SOCKADDR", "CWD", "EXECVE", "CRYPTO_KEY_USER", "MAC_IPSEC_EVENT"];

    [Fact]
    public void Audit_records_are_of_the_types_that_are_listed()
    {
        HashSet<string> listed = [.. Name().Matches(Row("audit records of the types")).Select(match => match.Groups[1].Value)];
        HashSet<string> skipped = [];
        Assert.NotEmpty(listed);
        foreach (string file in Corpus.Files("linux").Where(file => file.EndsWith(".log", StringComparison.Ordinal) || file.EndsWith(".log.gz", StringComparison.Ordinal)))
        {
            foreach (string record in Skipped(Corpus.Bytes(file)))
            {
                string[] types = [.. AuditHead().Matches(record).Select(match => match.Groups[1].Value)];
                skipped.UnionWith(types);

                // Several records on a line are one piece, of which one is of use or none.
                if (types is ["SYSCALL"] && Call().Match(record) is { Success: true } call)
                {
                    AuditArch arch = AuditArch.Of(Encoding.ASCII.GetBytes(call.Groups[1].Value), out _);
                    AuditCall does = AuditCalls.Of(arch, Encoding.ASCII.GetBytes(call.Groups[2].Value));
                    bool hasEnded = record.Contains("success=yes", StringComparison.Ordinal) || record.Contains("exit=-115", StringComparison.Ordinal);
                    Assert.False(does is AuditCall.Exec or AuditCall.Exit && hasEnded, record);
                }
            }
        }

        Assert.NotEmpty(skipped);
        Assert.Empty(skipped.Except(listed).Except(ReadTypes).Order());
    }

    [Fact]
    public void Lines_of_daemons_tell_of_no_session()
    {
        int skipped = 0;
        foreach (string file in Corpus.Files("linux/syslog").Concat(Corpus.Files("linux/syslog-plaso/syslog")))
        {
            foreach (string line in Skipped(Lines(file)))
            {
                skipped++;
                Assert.False(Session().IsMatch(line), $"{file}: {line}");
            }
        }

        Assert.True(skipped > 0);
    }

    [Fact]
    public void Entries_of_the_unified_log_tell_of_no_connection_handshake_or_start()
    {
        int skipped = 0;
        foreach (string file in Corpus.Files("macos"))
        {
            foreach (string line in Skipped(Lines(file)).Where(line => line.Length > 0 && line[0] != '\t'))
            {
                skipped++;
                Assert.False(MacEntry().IsMatch(line) && !OnHost().IsMatch(line), $"{file}: {line}");
            }
        }

        Assert.True(skipped > 0);
    }

    [Fact]
    public void Lines_of_vmware_tell_of_no_connection_outside_login_or_command()
    {
        int skipped = 0;
        foreach (string file in Corpus.Files("esxi").Where(file => !file.EndsWith(".json", StringComparison.Ordinal)))
        {
            foreach (string line in Skipped(Corpus.Bytes(file)))
            {
                skipped++;
                Assert.False(EsxiEntry().IsMatch(line) && !OnHost().IsMatch(line), $"{file}: {line}");
            }
        }

        Assert.True(skipped > 0);
    }

    /// <summary>The row of the list that begins with some words.</summary>
    private static string Row(string words) => File.ReadLines(Path.Combine(Repository.Root, "docs", "telemetry.md"))
        .Single(line => line.StartsWith('|') && line.Contains(words, StringComparison.Ordinal));

    /// <summary>The lines of a file; of other projects' rule tests those that they quote.</summary>
    private static byte[] Lines(string file)
    {
        string[] lines = File.ReadAllLines(file);
        return Encoding.UTF8.GetBytes(string.Join('\n', Path.GetExtension(file) != ".ini" ? lines : lines
            .Where(line => line.StartsWith("log ", StringComparison.Ordinal) && line.Contains(" pass = ", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(" pass = ", StringComparison.Ordinal) + " pass = ".Length)..])));
    }

    private static IEnumerable<string> Skipped(byte[] input)
    {
        Reading reading = Reading.Of(input);
        return reading.Pieces.Where(piece => piece.Outcome == RecordOutcome.Skipped)
            .Select(piece => Encoding.UTF8.GetString(input, (int)piece.Offset, piece.Length));
    }

    [GeneratedRegex("`([A-Z_0-9]+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"type=([A-Z_0-9]+)(?:\[\d+\])? (?:msg=)?audit\(")]
    private static partial Regex AuditHead();

    [GeneratedRegex(@"arch=(\S+) syscall=(\S+)")]
    private static partial Regex Call();

    [GeneratedRegex(@"\b(?:sshd|dropbear|openvpn|stunnel4?|charon|pluto|ss-server|v2ray|xray)(?:\[\d+\])?: .*(?:Accepted |Failed password .* from \d|Peer Connection Initiated|established|Initiate)", RegexOptions.IgnoreCase)]
    private static partial Regex Session();

    [GeneratedRegex(@"\[C?\d+ .*\] (?:start|cancelled)$|TLS connected \[|event: flow:finish_connect|tcp connect (?:outgoing|incoming)|xpcproxy spawned")]
    private static partial Regex MacEntry();

    [GeneratedRegex(@"<io_obj|<resolver |<TCP '|logged in as|session was opened for|Accepted \w+ for|ForkExec|shell\[\d+\]: \[")]
    private static partial Regex EsxiEntry();

    [GeneratedRegex(@"127\.\d+\.\d+\.\d+|\[?::1\b|localhost|acceptor|'0\.0\.0\.0 ?:|interface: lo0")]
    private static partial Regex OnHost();
}
