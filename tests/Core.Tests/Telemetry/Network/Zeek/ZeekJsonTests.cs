using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Tests.Telemetry.Network.Zeek;

public class ZeekJsonTests
{
    private const string Tsv =
        "#path\tconn\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\torig_bytes\tresp_bytes\tconn_state\thistory\n"
        + "1772445600.250001\tCw1\t10.20.0.7\t49812\t203.0.113.50\t443\ttcp\tssl\t1.5\t900\t4000\tSF\tShADadFf\n";

    private const string Epoch =
        """{"ts":1772445600.250001,"uid":"Cw1","id.orig_h":"10.20.0.7","id.orig_p":49812,"id.resp_h":"203.0.113.50","id.resp_p":443,"proto":"tcp","service":"ssl","duration":1.5,"orig_bytes":900,"resp_bytes":4000,"conn_state":"SF","history":"ShADadFf"}""";

    private const string Streaming =
        """{"_path":"conn","_write_ts":"2026-03-02T10:00:07.000000Z","ts":"2026-03-02T10:00:00.250001Z","uid":"Cw1","id.orig_h":"10.20.0.7","id.orig_p":49812,"id.resp_h":"203.0.113.50","id.resp_p":443,"proto":"tcp","service":"ssl","duration":1.5,"orig_bytes":900,"resp_bytes":4000,"conn_state":"SF","history":"ShADadFf"}""";

    private const string Flattened =
        """{"ts":"2026-03-02T10:00:00.250001Z","uid":"Cw1","id_orig_h":"10.20.0.7","id_orig_p":49812,"id_resp_h":"203.0.113.50","id_resp_p":443,"proto":"tcp","service":"ssl","duration":1.5,"orig_bytes":900,"resp_bytes":4000,"conn_state":"SF","history":"ShADadFf"}""";

    [Theory]
    [InlineData(Epoch)]
    [InlineData(Streaming)]
    [InlineData(Flattened)]
    public void Every_rendering_of_an_entry_is_the_same_observation(string json)
    {
        Observation separated = NetworkReading.Of(Tsv).Single();
        Observation observation = NetworkReading.Of(json).Single();

        Assert.Equal(separated.Id, observation.Id);
        Assert.Equal(separated, observation);
        Assert.Equal("tls", observation.Flow!.Application);
        Assert.Equal(Handshake.Hello, observation.Flow.Handshake);
    }

    [Fact]
    public void A_stream_name_is_as_good_as_a_path()
    {
        string json = Epoch.Replace("{\"ts\"", "{\"@stream\":\"conn\",\"@system\":\"sensor1\",\"@proc\":\"zeek\",\"ts\"", StringComparison.Ordinal);

        Assert.Equal(NetworkReading.Of(Tsv).Single(), NetworkReading.Of(json).Single());
    }

    [Theory]
    [InlineData("1772445600.250001", "2026-03-02T10:00:00.2500010Z")]
    [InlineData("1772445600", "2026-03-02T10:00:00.000Z")]
    [InlineData("1772445600250", "2026-03-02T10:00:00.250Z")]
    [InlineData("22.335172", "1970-01-01T00:00:22.3351720Z")]
    [InlineData("\"2026-03-02T10:00:00.250001Z\"", "2026-03-02T10:00:00.2500010Z")]
    public void Times_come_as_seconds_milliseconds_or_text(string ts, string expected)
    {
        Observation observation = NetworkReading.Of(Epoch.Replace("1772445600.250001", ts, StringComparison.Ordinal)).Single();

        Assert.Equal(expected, ObservationJson.Iso(observation.Time!.Value));
    }

    [Theory]
    [InlineData("""{"_path":"dns","ts":1772445600.1,"uid":"C1","id.orig_h":"10.20.0.7","id.orig_p":1,"id.resp_h":"10.20.0.1","id.resp_p":53,"proto":"udp","query":"www.example.org"}""")]
    [InlineData("""{"ts":1772445600.1,"uid":"C1","id.orig_h":"10.20.0.7","id.orig_p":1,"id.resp_h":"10.20.0.1","id.resp_p":53,"proto":"udp","trans_id":1,"query":"www.example.org"}""")]
    [InlineData("""{"ts":1772445600.1,"operation":"request","orig_h":"192.168.1.15","orig_hw":"00:00:5e:00:53:01"}""")]
    [InlineData("""{"ts":1772445600.1,"node":"zeek","filter":"ip or not ip","init":true}""")]
    [InlineData("""{"ts":1772445600.1,"note":"Scan::Port_Scan","msg":"many ports"}""")]
    [InlineData("""{"name":"/opt/zeek/share/zeek/base/init-bare.zeek"}""")]
    [InlineData("""{"ts":"2026-03-02T10:00:00.250001Z","host":"10.20.0.7"}""")]
    [InlineData("""{"ts":1772445600.1,"host":"10.20.0.1","port_num":443,"subject":"CN=router","issuer_subject":"CN=router","serial":"98D0AD47"}""")]
    [InlineData("""{"ts":1772445600.1,"host":"10.20.0.1","port_num":53,"port_proto":"udp","service":["DNS"]}""")]
    [InlineData("""{"ts":1772445600.1,"id":"FdZBFMEY","hashAlgorithm":"sha1","serialNumber":"30119E6E","certStatus":"good","thisUpdate":1772445000.0}""")]
    [InlineData("""{"ts":1772445600.1,"src":"10.20.0.7","dst":"203.0.113.5","proto":"udp"}""")]
    [InlineData("""{"ts":1772445600.1,"level":"Reporter::INFO","message":"received termination signal","location":""}""")]
    [InlineData("""{"ts":1772445600.1,"node":"worker-1","message":"got hello from manager"}""")]
    [InlineData("""{"@stream":"x509","@system":"sensor1","@proc":"zeek","ts":1772445600.1,"id":"Fw1aBcD2eFgH3iJk","certificate_version":3}""")]
    [InlineData("""{"@stream":"conn_summary","@system":"sensor1","@proc":"zeek","ts":1772445600.1,"uid":"C1","conn_state":"SF"}""")]
    public void Other_logs_are_recognised_and_skipped(string json)
    {
        NetworkReading reading = NetworkReading.Of(json);

        Assert.Equal(1, reading.Counts.Skipped);
        Assert.Equal(1, reading.Counts.BySource[SourceNames.Zeek]);
    }

    [Theory]
    [InlineData("""{"ts":1772445600.1,"message":"started"}""")]
    [InlineData("""{"ts":1772445600.1,"host":"ws-041"}""")]
    [InlineData("""{"ts":1772445600.1,"host":"10.20.0.7","temperature":21}""")]
    [InlineData("""{"ts":1772445600.1,"level":"info","message":"started","location":"here"}""")]
    [InlineData("""{"ts":1772445600.1,"node":"db-1","message":"started","pod":"x"}""")]
    [InlineData("""{"ts":1772445600.1,"src":"10.20.0.7","dst":"203.0.113.5","proto":"udp","bytes":100}""")]
    [InlineData("""{"name":"explorer.exe"}""")]
    public void A_time_or_a_name_alone_is_not_zeek(string json) => Assert.Equal(1, NetworkReading.Of(json).Counts.BySource[SourceNames.Unrecognised]);

    [Theory]
    [InlineData("true", "false", Handshake.Established)]
    [InlineData("true", "true", Handshake.Resumed)]
    [InlineData("false", "false", Handshake.Hello)]
    [InlineData("false", "true", Handshake.Hello)]
    public void An_ssl_entry_says_how_far_the_handshake_went(string established, string resumed, Handshake expected)
    {
        Observation observation = NetworkReading.Of(
            "{\"ts\":1772445600.1,\"uid\":\"C1\",\"id.orig_h\":\"10.20.0.7\",\"id.orig_p\":1,\"id.resp_h\":\"203.0.113.5\",\"id.resp_p\":443,"
            + $"\"version\":\"TLSv13\",\"server_name\":\"www.example.org\",\"resumed\":{resumed},\"established\":{established}}}").Single();

        Assert.Equal(expected, observation.Flow!.Handshake);
        Assert.Equal(("tls", "www.example.org", Protocols.Tcp), (observation.Flow.Application, observation.Flow.ServerName, observation.Flow.Protocol));
    }

    [Fact]
    public void An_ssl_entry_whose_server_never_answered_has_no_version()
    {
        FlowFields flow = NetworkReading.Of(
            """{"ts":1772445600.1,"uid":"C1","id.orig_h":"10.20.0.7","id.orig_p":1,"id.resp_h":"203.0.113.5","id.resp_p":443,"server_name":"www.example.org","resumed":false,"established":false}""").Single().Flow!;

        Assert.Equal(("tls", "www.example.org", Handshake.Hello), (flow.Application, flow.ServerName, flow.Handshake));
    }

    [Fact]
    public void Dtls_runs_over_udp()
    {
        FlowFields flow = NetworkReading.Of(
            """{"_path":"ssl","ts":1772445600.1,"uid":"C1","id.orig_h":"10.20.0.7","id.orig_p":1,"id.resp_h":"203.0.113.5","id.resp_p":443,"version":"DTLSv12","established":true}""").Single().Flow!;

        Assert.Equal(("dtls", Protocols.Udp), (flow.Application, flow.Protocol));
    }

    [Fact]
    public void Conn_and_ssl_entries_of_one_flow_at_one_time_are_two_observations()
    {
        NetworkReading reading = NetworkReading.Of(Epoch + "\n"
            + """{"_path":"ssl","ts":1772445600.250001,"uid":"Cw1","id.orig_h":"10.20.0.7","id.orig_p":49812,"id.resp_h":"203.0.113.50","id.resp_p":443,"established":false}""");

        Assert.Equal(2, reading.Observations.Select(observation => observation.Id).Distinct().Count());
        Assert.All(reading.Observations, observation => Assert.Equal("Cw1", observation.FlowUid));
    }
}
