using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;

namespace CipherWatch.Core.Tests.Telemetry.Network.Zeek;

public class ZeekTsvTests
{
    private const string ConnHeader =
        "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n#open\t2026-03-02-10-00-00\n"
        + "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\torig_bytes\tresp_bytes\tconn_state\t"
        + "local_orig\tlocal_resp\tmissed_bytes\thistory\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\ttunnel_parents\n"
        + "#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tcount\tcount\tstring\tbool\tbool\tcount\tstring\tcount\t"
        + "count\tcount\tcount\tset[string]\n";

    private const string Line =
        "1772445600.250001\tCw1aBcD2eFgH3iJkL\t10.20.0.7\t49812\t203.0.113.50\t8443\ttcp\t-\t12.500250\t2048\t512\tSF\tT\tF\t0\t"
        + "ShADadFf\t12\t2560\t9\t980\t-\n";

    [Fact]
    public void A_conn_line_becomes_a_flow_and_header_lines_are_no_records()
    {
        NetworkReading reading = NetworkReading.Of(ConnHeader + Line + "#close\t2026-03-02-11-00-00\n");

        Observation observation = reading.Single();
        Assert.Equal(1, reading.Counts.Records);
        Assert.Equal(ObservationKind.Flow, observation.Kind);
        Assert.Equal(SourceNames.Zeek, observation.Source);
        Assert.Equal(TelemetryPlatform.Network, observation.Platform);
        Assert.Null(observation.Host);
        Assert.Equal("Cw1aBcD2eFgH3iJkL", observation.FlowUid);
        Assert.Equal("2026-03-02T10:00:00.2500010Z", ObservationJson.Iso(observation.Time!.Value));
        FlowFields flow = observation.Flow!;
        Assert.Equal(("10.20.0.7", 49812, "203.0.113.50", 8443, Protocols.Tcp), (flow.SrcIp.ToString(), flow.SrcPort, flow.DstIp.ToString(), flow.DstPort, flow.Protocol));
        Assert.Equal((2048, 512, 12, 9, 12500), (flow.BytesOut, flow.BytesIn, flow.PacketsOut, flow.PacketsIn, flow.DurationMs));
        Assert.Null(flow.Application);
        Assert.Equal(Handshake.None, flow.Handshake);
    }

    [Fact]
    public void Names_may_be_joined_by_an_underscore_and_extended()
    {
        string joined = (ConnHeader + Line).Replace("\tid.", "\tid_", StringComparison.Ordinal);
        string extended = joined.Replace("#fields\t", "#fields\t_write_ts\t_system_name\t", StringComparison.Ordinal)
            .Replace("#types\t", "#types\ttime\tstring\t", StringComparison.Ordinal)
            .Replace("1772445600.250001\t", "1772445613.5\tsensor1\t1772445600.250001\t", StringComparison.Ordinal);

        Observation expected = NetworkReading.Of(ConnHeader + Line).Single();
        Assert.Equal(expected, NetworkReading.Of(joined).Single());
        Assert.Equal(expected, NetworkReading.Of(extended).Single());
    }

    [Fact]
    public void Unset_and_empty_fields_are_unknown()
    {
        Observation observation = NetworkReading.Of(ConnHeader
            + "1772445600.250001\tC1\t10.20.0.7\t49812\t203.0.113.50\t8443\tudp\t(empty)\t-\t-\t-\tS0\t-\t-\t0\tD\t1\t60\t0\t0\t-\n").Single();

        Assert.Null(observation.Flow!.Application);
        Assert.Null(observation.Flow.DurationMs);
        Assert.Null(observation.Flow.BytesOut);
        Assert.Equal(Handshake.Unknown, observation.Flow.Handshake);
    }

    [Fact]
    public void The_header_names_the_separator_and_what_unset_looks_like()
    {
        Observation observation = NetworkReading.Of(
            "#separator |\n#unset_field|?\n#path|conn\n#fields|ts|id.orig_h|id.orig_p|id.resp_h|id.resp_p|proto|service\n"
            + "1772445600.5|10.20.0.7|1|203.0.113.50|2|tcp|?\n").Single();

        Assert.Null(observation.Flow!.Application);
        Assert.Equal(2, observation.Flow.DstPort);
        Assert.Null(observation.FlowUid);
    }

    [Fact]
    public void Columns_are_found_by_name_in_any_order_and_without_a_path()
    {
        Observation observation = NetworkReading.Of(
            "#fields\tproto\tid.resp_p\tid.resp_h\tid.orig_p\tid.orig_h\tconn_state\tts\n"
            + "udp\t53\t198.51.100.1\t4000\t10.20.0.7\tSF\t1772445600\n").Single();

        Assert.Equal(4000, observation.Flow!.SrcPort);
        Assert.Equal(Protocols.Udp, observation.Flow.Protocol);
    }

    [Fact]
    public void Logs_that_say_nothing_of_encryption_are_skipped()
    {
        NetworkReading reading = NetworkReading.Of("#separator \\x09\n#path\tarp\n#fields\tts\toperation\n1772445600.1\trequest\n1772445600.2\treply\n");

        Assert.Equal(2, reading.Counts.Skipped);
        Assert.Equal(2, reading.Counts.Records);
    }

    [Fact]
    public void A_log_of_one_column_is_skipped_line_by_line()
    {
        NetworkReading reading = NetworkReading.Of("#separator \\x09\n#path\tloaded_scripts\n#fields\tname\n#types\tstring\n/opt/zeek/init-bare.zeek\n  /opt/zeek/const.bif.zeek\n");

        Assert.Equal((2, 2), (reading.Counts.Skipped, reading.Counts.Records));
    }

    [Fact]
    public void A_line_with_too_few_columns_is_a_dead_letter_that_says_so()
    {
        string reason = NetworkReading.Of(ConnHeader + "1772445600.250001\tC1\t10.20.0.7\t498").Reason();

        Assert.Equal("Zeek log line with 4 columns where its header names 21.", reason);
    }

    [Theory]
    [InlineData("yesterday\tC1\t10.20.0.7\t1\t203.0.113.5\t2\ttcp\tSF", "'ts'")]
    [InlineData("1772445600.1\tC1\tten\t1\t203.0.113.5\t2\ttcp\tSF", "id.orig_h")]
    [InlineData("1772445600.1\tC1\t10.20.0.7\t65536\t203.0.113.5\t2\ttcp\tSF", "id.orig_p")]
    [InlineData("1772445600.1\tC1\t10.20.0.7\t1\t203.0.113.5\t2\t-\tSF", "'proto'")]
    public void A_line_without_what_makes_it_a_flow_is_a_dead_letter(string line, string named) =>
        Assert.Contains(named, NetworkReading.Of("#path\tconn\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tconn_state\n" + line).Reason());

    [Fact]
    public void After_the_close_the_columns_hold_no_longer()
    {
        NetworkReading reading = NetworkReading.Of(ConnHeader + "#close\t2026-03-02-11-00-00\n" + Line);

        Assert.Equal("No known telemetry format fits this record.", reading.Reason());
    }

    [Fact]
    public void A_second_header_replaces_the_first()
    {
        NetworkReading reading = NetworkReading.Of(ConnHeader + Line
            + "#separator \\x09\n#path\tssl\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tversion\tserver_name\tresumed\testablished\n"
            + "1772445600.3\tC2\t10.20.0.7\t49900\t203.0.113.60\t443\tTLSv12\tcaf\\xc3\\xa9.example.org\tF\tT\n");

        Assert.Empty(reading.Letters);
        Assert.Equal(2, reading.Observations.Count);
        Assert.Equal("café.example.org", reading.Observations[1].Flow!.ServerName);
        Assert.Equal(Handshake.Established, reading.Observations[1].Flow!.Handshake);
    }

    [Fact]
    public void An_unknown_transport_is_skipped_unless_its_number_is_given()
    {
        const string Header = "#path\tconn\n#fields\tts\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tconn_state\tip_proto\n";

        Assert.Equal(1, NetworkReading.Of(Header + "1772445600.1\t10.20.0.7\t0\t203.0.113.5\t0\tunknown_transport\tOTH\t-\n").Counts.Skipped);
        Assert.Equal(50, NetworkReading.Of(Header + "1772445600.1\t10.20.0.7\t0\t203.0.113.5\t0\tunknown_transport\tOTH\t50\n").Single().Flow!.Protocol);
    }
}
