using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Telemetry.Network;

namespace CipherWatch.Core.Tests.Telemetry.Esxi;

/// <summary>Lines of ESXi and vCenter: headers of all versions, and what is told from what.</summary>
public class EsxiLineTests
{
    private const string Connection = "Failed to connect; <io_obj p:0x01, h:8, <TCP '10.20.0.5 : 60001'>, <TCP '203.0.113.70 : 443'>>, e: 111(Connection refused)";

    [Theory]
    [InlineData("2014-01-17T04:55:50.347Z [7F03ECE76700 verbose 'Default' opID=2140bc71] ", null)]
    [InlineData("2016-09-14T14:14:25.234Z info hostd[70840B70] [Originator@6876 sub=IO] ", "hostd")]
    [InlineData("2022-06-02T11:58:12.193Z warning hostd[2099656] [Originator@6876 sub=Vimsvc.Ticket 52 66 af sid=5 user=vpxuser:<no user>] ", "hostd")]
    [InlineData("2022-06-02T11:58:12.193Z warning hostd[2099656] [Originator@6876 sub=SoapAdapter[0].HTTPService opID=a=b] ", "hostd")]
    [InlineData("2022-06-02T11:58:12.193Z warning hostd[2099656] [Originator@6876 sub=VMXStatsProvider(000001), x] ", "hostd")]
    [InlineData("2022-06-02T11:58:12.193Z warning hostd[2099656] [Originator@6876 sub=Req@vsan/VMC M5 opID=1] ", "hostd")]
    [InlineData("2024-03-26T04:31:17.959Z In(166) Hostd[2098914]: [Originator@6876 sub=IO] ", "hostd")]
    [InlineData("2024-03-26T04:31:17.959Z In(166) Hostd[2098914]: info -[1001392061] [Originator@6876 sub=IO] ", "hostd")]
    [InlineData("2025-10-01T09:15:02.115-07:00 INFO vpxd 20973 [Originator@4413 sub=\"IO\" opID=\"a\"] ", "vpxd")]
    [InlineData("2025-10-01T09:15:02Z INFO vpxd 20973 [Originator@4413 sub=\"IO\" opID=\"a\"] ", "vpxd")]
    [InlineData("<166>2022-11-04T15:01:58.230Z esx01 Hostd: info hostd[2099656] [Originator@6876 sub=IO] ", "hostd")]
    [InlineData("<505>2022-11-04T15:01:58.230Z esx01 Hostd[2099656]: [Originator@6876 sub=IO] ", "hostd")]
    [InlineData("<144>1 2022-11-04T15:01:58.230Z esx01 Hostd 2099656 - - [Originator@6876 sub=IO] ", "hostd")]
    [InlineData("Nov  4 15:01:59 10.20.0.1 2022-11-04T15:01:58.230Z esx01 Hostd: info hostd[2099656] [Originator@6876 sub=IO] ", "hostd")]
    [InlineData("<13>Nov 14 15:01:59 10.20.0.1 2022-11-04T15:01:58.230Z esx01 Hostd: info hostd[2099656] [Originator@6876 sub=IO] ", "hostd")]
    [InlineData("<166>2022-11-04T15:01:58.230123456Z esx01 Rhttpproxy: warning rhttpproxy[2099] [Originator@6876 sub=IO][meta sequenceId=\"5\"] ", "rhttpproxy")]
    public void The_header_is_read_in_every_version_and_envelope(string header, string? program)
    {
        Observation observation = NetworkReading.Of(header + Connection).Single();

        Assert.NotNull(observation.Time);
        Assert.Equal(program, observation.Process?.Image);
        Assert.Equal(header.Contains(" esx01 ", StringComparison.Ordinal) ? "esx01" : "localhost", observation.Host);
        Assert.Equal(443, observation.Flow!.DstPort);
        Assert.Equal(FlowDirection.Outbound, observation.Flow.Direction);
        Assert.Equal(Handshake.Unknown, observation.Flow.Handshake);
    }

    [Theory]
    [InlineData("2011-04-01 15:14:34.203")]
    [InlineData("2011-04-01 15:14:34,203")]
    public void The_local_time_of_4_x_is_the_recorders(string time)
    {
        Observation observation = NetworkReading.Of($"[{time} F5A5AB90 info 'Net' opID=1] {Connection}").Single();

        Assert.Null(observation.Time);
        Assert.True(observation.RecordTimeIsLocal);
        Assert.Equal(new(2011, 4, 1, 15, 14, 34, 203, TimeSpan.Zero), observation.RecordTime);
    }

    [Theory]
    [InlineData("2026-01-02T00:00:00Z", 2025)]
    [InlineData("2025-12-31T23:30:00Z", 2025)]
    [InlineData("2026-12-31T23:30:00Z", 2026)]
    public void A_time_without_a_year_is_of_the_year_before_the_input_was_written(string written, int year)
    {
        Observation observation = NetworkReading.Of(
            $"<166>Dec 31 23:59:58 esx01 Hostd: info hostd[2099656] [Originator@6876 sub=IO] {Connection}",
            DateTimeOffset.Parse(written, System.Globalization.CultureInfo.InvariantCulture)).Single();

        Assert.Equal(year, (observation.Time ?? observation.RecordTime)!.Value.Year);
    }

    [Fact]
    public void A_time_without_a_year_in_an_input_without_one_is_a_dead_letter() => Assert.Contains(
        "year", NetworkReading.Of($"<166>Dec 31 23:59:58 esx01 Hostd: info hostd[2099656] [Originator@6876 sub=IO] {Connection}").Reason(), StringComparison.Ordinal);

    [Theory]
    [InlineData("Closing stream <SSL(<io_obj p:0x01, h:8, <TCP '10.20.0.5 : 60001'>, <TCP '203.0.113.70 : 443'>>)>", Handshake.Established)]
    [InlineData("SSL Async Handshake Timeout : Read timeout. Closing stream <SSL(<io_obj p:0x01, h:8, <TCP '10.20.0.5:60001'>, <TCP '203.0.113.70:443'>>)>", Handshake.Hello)]
    [InlineData("SSL Handshake failed for stream <io_obj p:0x01, h:8, <TCP '10.20.0.5:60001'>, <TCP '203.0.113.70:443'>>: N7Vmacore3Ssl", Handshake.Hello)]
    [InlineData("Closing stream <io_obj p:0x01, h:8, <TCP '10.20.0.5 : 60001'>, <TCP '203.0.113.70 : 443'>>", Handshake.Unknown)]
    public void A_wrapped_stream_has_exchanged_keys(string text, Handshake expected) =>
        Assert.Equal(expected, NetworkReading.Of($"2022-06-02T11:58:12.193Z info hostd[2099656] [Originator@6876 sub=IO] {text}").Single().Flow!.Handshake);

    [Theory]
    [InlineData("Using key ID 4 to encrypt the core dump")]
    [InlineData("Loaded plugin libvmiof-disk-vmwarevmcrypt.so")]
    [InlineData("OpenSSL using FIPS provider")]
    [InlineData("kmxa: Trust Authority attested, keys to encrypt are at hand")]
    [InlineData("Setting congestion control algorithm: newreno")]
    [InlineData("Connected to localhost:8307 (/sdk) over <io_obj p:0x01, h:34, <TCP '127.0.0.1 : 55911'>, <TCP '127.0.0.1 : 8307'>>")]
    [InlineData("Listening on <acceptor p:0x01, h:5, <TCP '0.0.0.0 : 8000'>>, thread pool")]
    [InlineData("User vpxuser@127.0.0.1 logged in as VMware-client/7.0")]
    public void What_is_no_session_with_anyone_outside_is_skipped(string text)
    {
        NetworkReading reading = NetworkReading.Of($"2022-06-02T11:58:12.193Z info hostd[2099656] [Originator@6876 sub=Libs] {text}");

        Assert.Empty(reading.Observations);
        Assert.Equal(1, reading.Counts.Skipped);
    }

    [Theory]
    [InlineData("-->", 1)]
    [InlineData("--> ", 1)]
    public void A_continuation_without_the_line_before_is_skipped(string line, int skipped) => Assert.Equal(skipped, NetworkReading.Of(line).Counts.Skipped);

    [Fact]
    public void A_line_that_was_cut_is_put_together_with_the_next_of_its_program()
    {
        NetworkReading reading = NetworkReading.Of(
            "<166>2022-11-04T15:01:59.230Z esx01 Vpxa: warning vpxa[9B66B70] [Originator@6876 sub=Default] Closing <io_obj p:0x01, h:34, <TCP '10.20.0.5 : 50004'>, <TCP '203.0\n"
            + "<166>2022-11-04T15:01:59.230Z esx01 Hostd: info hostd[1] [Originator@6876 sub=Default] in between\n"
            + "<166>2022-11-04T15:01:59.231Z esx01 Vpxa: .113.83 : 443'>>, done\n");

        Observation observation = Assert.Single(reading.Observations);
        Assert.Equal(("203.0.113.83", 230), (observation.Flow!.DstIp.ToString(), observation.Time!.Value.Millisecond));
        Assert.Empty(reading.Letters);
        Assert.Equal((2, 1), (reading.Counts.Observed, reading.Counts.Skipped));
    }

    [Theory]
    [InlineData("{\"message\":\"<166>2022-11-04T15:01:59.230Z esx01 Vpxa: ", "\"}\n")]
    [InlineData("{\"records\":[{\"TimeGenerated\":\"2022-11-04T15:01:59.230Z\",\"Computer\":\"esx01\",\"ProcessName\":\"Vpxa\",\"SyslogMessage\":\"", "\"}]}\n")]
    [InlineData("TimeGenerated,Computer,ProcessName,SyslogMessage\n2022-11-04T15:01:59.230Z,esx01,Vpxa,\"", "\"\n")]
    public void A_line_that_was_cut_is_completed_whatever_record_carries_it(string before, string after)
    {
        string next = before[(before.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        NetworkReading reading = NetworkReading.Of(
            $"{before}warning vpxa[9B66B70] [Originator@6876 sub=Default] Closing <io_obj p:0x01, h:34, <TCP '10.20.0.5 : 50004'>, <TCP '203.0{after}"
            + $"{next}.113.83 : 443'>>, done{after}");

        Assert.Equal("203.0.113.83", Assert.Single(reading.Observations).Flow!.DstIp.ToString());
        Assert.Empty(reading.Letters);
        Assert.Equal(2, reading.Counts.Observed);
    }

    [Fact]
    public void A_line_that_was_cut_and_completed_within_one_record_is_observed()
    {
        NetworkReading reading = NetworkReading.Of(
            "{\"message\":\"<166>2022-11-04T15:01:59.230Z esx01 Vpxa: warning vpxa[9B66B70] [Originator@6876 sub=Default] Closing <io_obj p:0x01, h:34, <TCP '10.20.0.5 : 50004'>, <TCP '203.0"
            + "\\n<166>2022-11-04T15:01:59.231Z esx01 Vpxa: .113.83 : 443'>>, done\"}\n");

        Assert.Equal((1, 1, 0), (reading.Observations.Count, reading.Counts.Observed, reading.Letters.Count));
    }

    [Fact]
    public void A_record_of_which_one_line_was_cut_and_the_next_is_whole_is_accounted_for_once()
    {
        NetworkReading reading = NetworkReading.Of(
            "{\"message\":\"<166>2022-11-04T15:01:59.230Z esx01 Vpxa: warning vpxa[9B66B70] [Originator@6876 sub=Default] Closing <io_obj p:0x01, h:34, <TCP '10.20.0.5 : 50004'>, <TCP '203.0"
            + "\\n<166>2022-11-04T15:01:59.231Z esx01 Vpxa: warning vpxa[9B66B70] [Originator@6876 sub=Default] Closing <io_obj p:0x01, h:34, <TCP '10.20.0.5 : 50004'>, <TCP '203.0.113.83 : 443'>>\"}\n");

        Assert.Equal((1, 0, 1, 1), (reading.Observations.Count, reading.Counts.Observed, reading.Counts.DeadLettered, reading.Letters.Count));
    }

    /// <summary>What is cut waits in vain to the end of its input; then it is the dead letter that it would have been at once.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("<166>2022-11-04T15:01:59.231Z esx01 Vpxa: warning vpxa[9B66B70] [Originator@6876 sub=Default] begins anew\n")]
    [InlineData("<166>2022-11-04T15:01:59.231Z esx01 Vpxa: no rest of it\n")]
    public void A_line_that_nothing_completes_is_a_dead_letter_with_its_bytes(string next)
    {
        const string Cut = "<166>2022-11-04T15:01:59.230Z esx01 Vpxa: warning vpxa[9B66B70] [Originator@6876 sub=Default] Closing <io_obj p:0x01, h:34, <TCP '10.20.0.5 : 50004'>, <TC";
        NetworkReading reading = NetworkReading.Of($"{Cut}\n{next}");

        Assert.Equal(Cut, System.Text.Encoding.UTF8.GetString(Assert.Single(reading.Letters).Raw.Span));
        Assert.Equal((next.Length == 0 ? 0 : 1, 1), (reading.Counts.Skipped, reading.Counts.DeadLettered));
    }

    [Fact]
    public void Lines_that_go_on_do_not_reach_into_the_next_input()
    {
        CipherWatch.Core.Tests.Ingestion.Reading reading = new();
        using MemoryStream first = new("2022-06-02T11:58:12.193Z info hostd[1] [Originator@6876 sub=IO] Stream error"u8.ToArray());
        using MemoryStream second = new("--> <io_obj p:0x01, h:34, <TCP '10.20.0.5 : 50001'>, <TCP '203.0.113.80 : 443'>>"u8.ToArray());
        reading.Stream(first);
        reading.Stream(second);
        reading.Finish();

        Assert.Empty(reading.Observations);
        Assert.Equal(2, reading.Counts.Skipped);
    }

    [Fact]
    public void Broken_utf_8_in_what_is_used_is_a_dead_letter() => Assert.Contains(
        "UTF-8",
        NetworkReading.Of([.. "2023-12-05T17:36:17.835Z In(14) shell[1053659]: [root]: cat "u8, 0xff, 0xfe]).Reason(),
        StringComparison.Ordinal);
}
