using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Telemetry.Network;

namespace CipherWatch.Core.Tests.Telemetry.Esxi;

/// <summary>What a row of <c>esxcli network ip connection list</c> says, whatever wrote it.</summary>
public class EsxcliTests
{
    private const string Header = "# esxcli network ip connection list host=esx01.lab.example time=2026-01-31T12:00:00Z\n";

    private const string Csv = "CCAlgo,ForeignAddress,LocalAddress,Proto,RecvQ,SendQ,State,WorldID,WorldName,\n";

    private static readonly DateTimeOffset Written = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Formatters =>
    [
        "Proto  Recv Q  Send Q  Local Address    Foreign Address   State        World ID  CC Algo  World Name\n-----  ------  ------  ---------------  ----------------  -----------  --------  -------  ----------\ntcp         0      48  10.20.0.5:49152  198.51.100.7:443  ESTABLISHED   2188123  newreno  python\n",
        "Proto  Recv Q  Send Q  Local Address    Foreign Address   State        World ID  World Name\n-----  ------  ------  ---------------  ----------------  -----------  --------  ----------\ntcp         0      48  10.20.0.5:49152  198.51.100.7:443  ESTABLISHED   2188123  python\n",
        Csv + "newreno,198.51.100.7:443,10.20.0.5:49152,tcp,0,48,ESTABLISHED,2188123,python,\n",
        Csv + "\"newreno\",\"198.51.100.7:443\",\"10.20.0.5:49152\",\"tcp\",\"0\",\"48\",\"ESTABLISHED\",\"2188123\",\"python\",\r\n",
        "ForeignAddress,LocalAddress,Proto,RecvQ,SendQ,State,WorldID,WorldName,\n198.51.100.7:443,10.20.0.5:49152,tcp,0,48,ESTABLISHED,2188123,python,\n",
        "IpConnection[7].ForeignAddress.string=198.51.100.7:443\nIpConnection[7].LocalAddress.string=10.20.0.5:49152\nIpConnection[7].Proto.string=tcp\nIpConnection[7].State.string=ESTABLISHED\nIpConnection[7].WorldID.integer=2188123\nIpConnection[7].WorldName.string=python\n",
        "<output xmlns=\"http://www.vmware.com/Products/ESX/5.0/esxcli\"><root><list type=\"structure\"><structure typeName=\"IpConnection\"><field name=\"ForeignAddress\"><string>198.51.100.7:443</string></field><field name=\"LocalAddress\"><string>10.20.0.5:49152</string></field><field name=\"Proto\"><string>tcp</string></field><field name=\"State\"><string>ESTABLISHED</string></field><field name=\"WorldID\"><integer>2188123</integer></field><field name=\"WorldName\"><string>python</string></field></structure></list></root></output>\n",
        "<returnval xmlns=\"urn:vim25\" xsi:type=\"ArrayOfDataObject\"><DataObject xsi:type=\"VimEsxCLInetworkipconnectionlistIpConnection\"><ForeignAddress>198.51.100.7:443</ForeignAddress><LocalAddress>10.20.0.5:49152</LocalAddress><Proto>tcp</Proto><State>ESTABLISHED</State><WorldID>2188123</WorldID><WorldName>python</WorldName></DataObject></returnval>\n",
        "[{\"CCAlgo\":\"newreno\",\"ForeignAddress\":\"198.51.100.7:443\",\"LocalAddress\":\"10.20.0.5:49152\",\"Proto\":\"tcp\",\"RecvQ\":0,\"SendQ\":48,\"State\":\"ESTABLISHED\",\"WorldID\":2188123,\"WorldName\":\"python\"}]\n",
    ];

    [Theory]
    [MemberData(nameof(Formatters))]
    public void Every_formatter_gives_the_same_observation(string listing)
    {
        Observation observation = NetworkReading.Of(Header + listing).Single();

        Assert.Equal(NetworkReading.Of(Header + Csv + "newreno,198.51.100.7:443,10.20.0.5:49152,tcp,0,48,ESTABLISHED,2188123,python,\n").Single().Id, observation.Id);
        Assert.Equal(Written, observation.Time);
        Assert.Equal("esx01", observation.Host);
        Assert.Equal("python", observation.Process!.Image);
        Assert.Equal(2188123, observation.Process.Pid);
        Assert.Equal(FlowDirection.Outbound, observation.Flow!.Direction);
        Assert.Equal(IpAddress.Parse("198.51.100.7"), observation.Flow.DstIp);
        Assert.Null(observation.Flow.BytesOut);
    }

    [Theory]
    [MemberData(nameof(Formatters))]
    public void Without_an_envelope_the_files_time_is_the_recorders(string listing)
    {
        Observation observation = NetworkReading.Of(listing, Written).Single();

        Assert.Null(observation.Time);
        Assert.Equal(Written, observation.RecordTime);
    }

    [Theory]
    [MemberData(nameof(Formatters))]
    public void Without_any_time_it_is_a_dead_letter(string listing) => Assert.Contains("without a time", NetworkReading.Of(listing).Reason(), StringComparison.Ordinal);

    [Fact]
    public void The_same_connection_in_the_next_listing_is_the_same_observation()
    {
        string row = Csv + "newreno,198.51.100.7:443,10.20.0.5:49152,tcp,0,48,ESTABLISHED,2188123,python,\n";
        Observation first = NetworkReading.Of(Header + row).Single();
        Observation next = NetworkReading.Of(Header.Replace("12:00", "12:05", StringComparison.Ordinal) + row).Single();

        Assert.Equal(first.Id, next.Id);
        Assert.NotEqual(first.Time, next.Time);
    }

    [Theory]
    [InlineData("newreno,127.0.0.1:54721,127.0.0.1:8307,tcp,0,0,ESTABLISHED,2099656,hostd-IO,")]
    [InlineData("newreno,[::1]:54721,[::1]:8307,tcp,0,0,ESTABLISHED,2099656,hostd-IO,")]
    [InlineData(",0.0.0.0:0,127.0.0.1:6831,udp,0,0,,2099656,envoy,")]
    public void What_stays_on_the_host_is_skipped(string row)
    {
        NetworkReading reading = NetworkReading.Of(Header + Csv + row);

        Assert.Empty(reading.Observations);
        Assert.Equal(3, reading.Counts.Skipped);
    }

    [Theory]
    [InlineData("newreno,10.20.0.40:2049,10.20.0.5:812,tcp,0,0,ESTABLISHED,1,nfs,", FlowDirection.Outbound)]
    [InlineData("newreno,10.20.0.9:51544,10.20.0.5:443,tcp,0,0,ESTABLISHED,1,envoy,", FlowDirection.Inbound)]
    [InlineData("newreno,198.51.100.9:50000,10.20.0.5:4444,tcp,0,0,ESTABLISHED,1,nc,", FlowDirection.Inbound)]
    [InlineData("newreno,198.51.100.9:4444,10.20.0.5:50000,tcp,0,0,ESTABLISHED,1,nc,", FlowDirection.Outbound)]
    [InlineData("newreno,198.51.100.9:50000,10.20.0.5:4444,tcp,0,0,SYN_SENT,1,nc,", FlowDirection.Outbound)]
    [InlineData("newreno,10.20.0.9:8000,10.20.0.5:8000,tcp,0,0,ESTABLISHED,1,vmotion,", FlowDirection.Unknown)]
    public void Who_opened_it_is_told_by_the_ports(string row, FlowDirection expected) =>
        Assert.Equal(expected, NetworkReading.Of(Header + Csv + row).Single().Flow!.Direction);

    [Fact]
    public void A_listening_port_is_told_apart_and_lasts()
    {
        Observation one = NetworkReading.Of(Header + Csv + "newreno,0.0.0.0:0,0.0.0.0:4444,tcp,0,0,LISTEN,7,nc,").Single();
        Observation next = NetworkReading.Of(Header.Replace("12:00", "13:00", StringComparison.Ordinal) + Csv + "newreno,0.0.0.0:0,0.0.0.0:4444,tcp,0,0,LISTEN,7,nc,").Single();

        Assert.Equal(ObservationKind.Listen, one.Kind);
        Assert.Equal(4444, one.Flow!.DstPort);
        Assert.Equal(one.Id, next.Id);
    }

    [Theory]
    [InlineData("hostd-IO", "hostd")]
    [InlineData("hostd-worker", "hostd")]
    [InlineData("rhttpproxy-work", "rhttpproxy")]
    [InlineData("vpxa-worker", "vpxa")]
    [InlineData("python", "python")]
    public void Threads_of_a_daemon_are_the_daemon(string world, string expected) =>
        Assert.Equal("esx01|" + expected, NetworkReading.Of(Header + Csv + $"newreno,198.51.100.7:443,10.20.0.5:49152,tcp,0,0,ESTABLISHED,5,{world},").Single().Process!.Key!.Value.Value);

    [Fact]
    public void A_connection_that_no_world_holds_has_no_process() =>
        Assert.Null(NetworkReading.Of(Header + Csv + ",198.51.100.7:443,10.20.0.5:49152,tcp,0,0,TIME_WAIT,0,,").Single().Process);

    [Fact]
    public void A_listing_in_an_envelope_that_holds_a_broken_row_is_kept_whole()
    {
        NetworkReading reading = NetworkReading.Of(
            "{\"esxcli\":\"network ip connection list\",\"host\":\"esx01\",\"time\":\"2026-01-31T12:00:00Z\",\"output\":\"" + Csv.Replace("\n", "\\n", StringComparison.Ordinal)
            + "newreno,198.51.100.7:443,10.20.0.5:49152,tcp,0,0,ESTABLISHED,5,python,\\nnewreno,what,10.20.0.5:1,tcp,0,0,ESTABLISHED,5,python,\\n\"}");

        Assert.Single(reading.Observations);
        Assert.Equal(1, reading.Counts.Records);
        Assert.Contains("ForeignAddress", Assert.Single(reading.Letters).Reason, StringComparison.Ordinal);
    }
}
