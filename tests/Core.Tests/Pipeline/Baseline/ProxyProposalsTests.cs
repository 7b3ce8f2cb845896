using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Pipeline.Baseline;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Detections;

namespace CipherWatch.Core.Tests.Pipeline.Baseline;

/// <summary>A site's proxy is proposed with its counts; what few call, or what carries random payload, is refused by name.</summary>
public class ProxyProposalsTests
{
    private const string Proxy = "10.0.0.8";
    private readonly List<Observation> _told = [];

    [Fact]
    public void What_many_programs_of_many_hosts_call_instead_of_the_outside_is_proposed()
    {
        Site();
        Proposal proposal = Assert.Single(Learned().Proposals, proposal => proposal.Setting == "Proxies");

        Assert.Equal("\"10.0.0.8:3128\"", proposal.Json);
        Assert.Contains("3 program(s) call it, seen 6 times on 2 hosts over 1 day; 0 of 6 caller(s)", proposal.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Learned(Scenario.Settings("""{ "Proxies": [ "10.0.0.8:3128" ] }""")).Proposals, known => known.Setting == "Proxies");
    }

    [Fact]
    public void What_one_program_calls_is_refused()
    {
        Calls("ws1", "update.exe", Proxy);
        Calls("ws2", "update.exe", Proxy);

        Assert.Contains("few call it", Refusal().Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_called_beside_the_outside_is_refused()
    {
        Site();
        foreach (string host in (string[])["ws1", "ws2"])
        {
            Calls(host, "mail.exe", "203.0.113.7", 443);
            Calls(host, "chat.exe", "203.0.113.8", 443);
        }

        Assert.Contains("call public addresses themselves; 3 program(s)", Refusal().Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_random_payload_goes_to_is_refused()
    {
        Site();
        _told.AddRange(new Scenario().Payload(Scenario.Random(), Proxy, 3128).Payload(Scenario.Random(), Proxy, 3128, local: 50_200).Observations);

        Assert.Contains("looks like a relay", Refusal().Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_hosts_ask_for_many_names_is_proposed_on_any_port()
    {
        Asks("10.1.0.5", "a.example", "b.example");
        Asks("10.1.0.6", "b.example", "c.example");
        Proposal proposal = Assert.Single(Learned().Proposals, proposal => proposal.Setting == "Proxies");

        Assert.Equal("\"10.0.0.8:4480\"", proposal.Json);
        Assert.Contains("asked for 3 name(s), seen 4 times on 2 hosts", proposal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_asked_for_one_name_is_refused()
    {
        Asks("10.1.0.5", "a.example");
        Asks("10.1.0.6", "a.example");

        Assert.Contains("asked for few names", Refusal().Why, StringComparison.Ordinal);
    }

    private void Asks(string source, params string[] names) => _told.AddRange(names.Select((name, index) => new Observation
    {
        Kind = ObservationKind.Flow,
        Source = SourceNames.Zeek,
        Platform = TelemetryPlatform.Network,
        Time = Scenario.Noon.AddSeconds(_told.Count + index),
        Flow = new()
        {
            SrcIp = IpAddress.Parse(source),
            SrcPort = (ushort)(50_000 + _told.Count + index),
            DstIp = IpAddress.Parse(Proxy),
            DstPort = 4480,
            Protocol = Protocols.Tcp,
            InitiatorKnown = true,
            Application = "http",
            ServerName = name,
            IsProxied = true,
            ServerPort = 443,
        },
    }));

    private void Site()
    {
        foreach (string host in (string[])["ws1", "ws2"])
        {
            Calls(host, "browser.exe", Proxy);
            Calls(host, "mail.exe", Proxy);
            Calls(host, "chat.exe", Proxy);
        }
    }

    private void Calls(string host, string program, string ip, ushort port = 3128) => _told.Add(new()
    {
        Kind = ObservationKind.Connection,
        Source = SourceNames.Sysmon,
        Platform = TelemetryPlatform.Windows,
        Time = Scenario.Noon.AddSeconds(_told.Count),
        Host = host,
        Process = new() { Key = ProcessKey.FromGuid(host, program), Image = @"C:\Program Files\" + program },
        Flow = new()
        {
            SrcIp = IpAddress.Parse("10.1.0.5"),
            SrcPort = (ushort)(50_000 + _told.Count),
            DstIp = IpAddress.Parse(ip),
            DstPort = port,
            Protocol = Protocols.Tcp,
            Direction = FlowDirection.Outbound,
        },
    });

    private Refusal Refusal() => Assert.Single(Learned().Refusals, refusal => refusal.Setting == "Proxies");

    private BaselineResult Learned(DetectionSettings? settings = null)
    {
        using BaselineLearner learner = new(settings ?? DetectionSettings.Default, 100);
        _told.ForEach(learner.Receive);
        return learner.Finish();
    }
}
