using System.Globalization;
using System.Text;
using CipherWatch.Core.Detections;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Tests.Ingestion;
using CipherWatch.Core.Tests.Telemetry.Network;

namespace CipherWatch.Core.Tests.Detections.Analytics.An0401Linux;

/// <summary>An attack and its benign twin as auditd writes them, among thousands of records of a host at work.</summary>
public class AuditScenarioTests
{
    private const int Benign = 400;
    private const string Libraries = "/usr/lib/x86_64-linux-gnu/";
    private const string RawAes = "/usr/lib/python3/dist-packages/Crypto/Cipher/_raw_aes.cpython-311-x86_64-linux-gnu.so";

    [Fact]
    public void The_attack_is_found_and_nothing_else()
    {
        AuditLog log = Day();
        log.Run(9001, "/usr/bin/python3.11", ["python3", "/tmp/.x/agent.py"], [Libraries + "libcrypto.so.3", RawAes], "203.0.113.9", 8444);

        Detection detection = Assert.Single(Found(log));

        Assert.Equal(("AN0401", "T1573.001", Severity.Medium), (detection.AnalyticId, detection.Technique, detection.Severity));
        Assert.Equal("/usr/bin/python3.11", detection.Process?.Image);
        Assert.Equal("203.0.113.9", detection.Destination?.Ip.ToString());
        Assert.Contains(detection.Evidence, evidence => evidence.Kind == "cipherUse");
        Assert.Contains(detection.Evidence, evidence => evidence.Kind == "noTlsProvider");
    }

    [Fact]
    public void Its_benign_twin_is_not()
    {
        AuditLog log = Day();
        log.Run(
            9001, "/usr/bin/python3.11", ["python3", "/usr/bin/dnf", "makecache"],
            [Libraries + "libcrypto.so.3", Libraries + "libssl.so.3"], "203.0.113.9", 80);

        Assert.Empty(Found(log));
    }

    [Fact]
    public void The_order_of_the_records_does_not_matter()
    {
        AuditLog log = Day();
        log.Run(9001, "/usr/bin/python3.11", ["python3", "/tmp/.x/agent.py"], [RawAes], "203.0.113.9", 8444);

        Assert.Equal(
            Assert.Single(Found(log)).Evidence.Select(evidence => (evidence.Kind, evidence.Weight)),
            Assert.Single(Found(log, backwards: true)).Evidence.Select(evidence => (evidence.Kind, evidence.Weight)));
    }

    [Fact]
    public void Recorded_sessions_without_such_a_channel_give_nothing_of_weight()
    {
        const string Shell = "log4shell_cve2021_44228_jndi_reference_2022-05-11181020.json";
        string[][] sessions =
        [
            ["linux/constructed/shadewatcher-half1.audit.log.gz"],
            ["linux/auditbeat/shadewatcher-nano_scp_1.lines1-34391.ndjson.gz"],

            // A plain reverse shell, by the agent's rows, by Sysmon, and by the connections of the host together.
            [
                $"linux/auoms-syslog/syslog_auoms_auditd_{Shell}", $"linux/auoms-syslog/vminsights_vmconnection_{Shell}",
                $"linux/sysmon-linux/syslog_sysmon_{Shell}",
            ],
        ];
        // Outside of the assertion, which takes a skip for a failure.
        string[][] paths = [.. sessions.Select(session => session.Select(Corpus.File).ToArray())];
        Assert.All(paths, session =>
        {
            Reading[] readings = [.. session.Select(path => Reading.Of(Corpus.Bytes(path)))];
            Assert.Contains(readings, reading => reading.Observations.Exists(observation => observation.Flow is not null));
            Assert.DoesNotContain(
                Judge(readings), detection => detection.Severity > Severity.Low || (session.Length > 1 && detection.Technique == "T1573.001"));
        });
    }

    /// <summary>A host at work: remote copies on odd ports, downloads, package managers, shells.</summary>
    private static AuditLog Day()
    {
        AuditLog log = new();
        for (int at = 0; at < Benign; at++)
        {
            string peer = string.Create(CultureInfo.InvariantCulture, $"198.51.100.{1 + (at % 200)}");
            _ = (at % 5) switch
            {
                0 => log.Run(1000 + at, "/usr/bin/ssh", ["ssh", "-x", peer], [Libraries + "libcrypto.so.3"], peer, 8080),
                1 => log.Run(1000 + at, "/usr/bin/curl", ["curl", "https://host.example/"], [Libraries + "libssl.so.3", Libraries + "libcrypto.so.3"], peer, 443),
                2 => log.Run(1000 + at, "/usr/bin/top", ["top"], [Libraries + "libsystemd.so.0", Libraries + "libgcrypt.so.20"], null, 0),
                3 => log.Run(1000 + at, "/usr/bin/bash", ["bash", "-c", "true"], [], null, 0),
                _ => log.Run(1000 + at, "/usr/bin/python3.11", ["python3", "/usr/bin/dnf", "check"], [Libraries + "libcrypto.so.3", Libraries + "libssl.so.3"], peer, 80),
            };
        }

        return log;
    }

    private static IReadOnlyList<Detection> Found(AuditLog log, bool backwards = false)
    {
        Reading reading = Reading.Of(log.ToString());
        Assert.Empty(reading.DeadLetters);
        Assert.InRange(reading.Observations.Count, 1000, int.MaxValue);
        if (backwards)
        {
            reading.Observations.Reverse();
        }

        return Judge(reading);
    }

    private static IReadOnlyList<Detection> Judge(params Reading[] readings)
    {
        LocalPipeline pipeline = new(DetectionSettings.Default, 100);
        Array.ForEach(readings, reading => reading.Observations.ForEach(pipeline.Receive));
        return pipeline.Finish().Detections;
    }

    /// <summary>Writes records as auditd does.</summary>
    private sealed class AuditLog
    {
        private const string Ids = "ppid=900 {0} auid=1000 uid=1000 gid=1000 euid=1000 suid=1000 fsuid=1000 egid=1000 sgid=1000 fsgid=1000 tty=pts0 ses=7";
        private static readonly CompositeFormat IdsFormat = CompositeFormat.Parse(Ids);
        private readonly StringBuilder _lines = new();
        private long _ms = 1_767_225_600_000;
        private int _serial = 100;

        /// <summary>A program's start, the libraries it opens, and a connection unless it makes none.</summary>
        public AuditLog Run(int pid, string exe, string[] arguments, string[] libraries, string? peer, ushort port)
        {
            string head = Call(59, 0, "0", pid, exe);
            string words = string.Join(' ', arguments.Select((word, at) => string.Create(CultureInfo.InvariantCulture, $"a{at}=\"{word}\"")));
            Line($"type=EXECVE {head} argc={arguments.Length} {words}");
            foreach (string library in libraries)
            {
                head = Call(257, 3, "ffffff9c", pid, exe);
                Line($"type=CWD {head} cwd=\"/\"");
                Line($"type=PATH {head} item=0 name=\"{library}\" inode=1 dev=08:02 mode=0100644 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL");
            }

            if (peer is not null)
            {
                head = Call(42, 0, "4", pid, exe);
                string address = string.Concat(peer.Split('.').Select(part => byte.Parse(part, CultureInfo.InvariantCulture).ToString("X2", CultureInfo.InvariantCulture)));
                Line($"type=SOCKADDR {head} saddr=0200{port:X4}{address}0000000000000000");
            }

            return this;
        }

        public override string ToString() => _lines.ToString();

        private string Call(int number, int exit, string a0, int pid, string exe)
        {
            _ms += 4;
            string head = string.Create(CultureInfo.InvariantCulture, $"msg=audit({_ms / 1000}.{_ms % 1000:000}:{++_serial}):");
            string ids = string.Format(CultureInfo.InvariantCulture, IdsFormat, string.Create(CultureInfo.InvariantCulture, $"pid={pid}"));
            string name = exe[(exe.LastIndexOf('/') + 1)..];
            Line($"type=SYSCALL {head} arch=c000003e syscall={number} success=yes exit={exit} a0={a0} a1=0 a2=10 a3=0 items=1 {ids} comm=\"{name}\" exe=\"{exe}\" key=(null)");
            return head;
        }

        private void Line(FormattableString line) => _lines.Append(FormattableString.Invariant(line)).Append('\n');
    }
}
