using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Tests.Telemetry.Network.Datagrams;

/// <summary>Datagrams that real exporters sent: as many flows as they hold, between addresses, by protocols that exist.</summary>
public class DatagramCorpusTests
{
    private const string Folder = "nsm/netflow/logstash-codec-spec/spec/codecs/";

    [Theory]
    [InlineData(30, "netflow5.dat")]
    [InlineData(29, "netflow5_test_juniper_mx80.dat")]
    [InlineData(25, "netflow9_cisco_asr1001x_tpl259.dat")]
    [InlineData(7, "netflow9_test_softflowd_tpl_data.dat")]
    [InlineData(26, "ipfix_test_openbsd_pflow_tpl.dat", "ipfix_test_openbsd_pflow_data.dat")]
    [InlineData(2, "ipfix_test_barracuda_extended_uniflow_tpl256.dat", "ipfix_test_barracuda_extended_uniflow_data256.dat")]
    public void A_real_exporters_flows_are_read(int flows, params string[] files)
    {
        NetworkReading reading = NetworkReading.Of([.. files.SelectMany(file => Corpus.Bytes(Corpus.File(Folder + file)))]);

        Assert.Equal((flows, 0L), (reading.Observations.Count, reading.Counts.DeadLettered));
        Assert.All(reading.Observations, seen => Assert.Contains(seen.Flow!.Protocol, new byte[] { Protocols.Tcp, Protocols.Udp, 58 }));
        Assert.All(reading.Observations, seen => Assert.InRange(seen.Time!.Value.Year, 2015, 2018));
    }
}
