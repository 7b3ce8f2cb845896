using System.IO.Compression;
using System.Text;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Randomness.Recognition;

namespace CipherWatch.Core.Tests.Randomness.Recognition;

public class FirstBytesTests
{
    // A real first message each, cut to what the recogniser reads; '*' fills with ciphertext to 256 bytes.
    [Theory]
    [InlineData("tls", "16 03 01 00 F8 01 00 00 F4 03 03 *")]
    [InlineData("tls", "17 03 03 01 40 *")]
    [InlineData("tls", "80 2E 01 03 01 00 15 00 00 00 10 *")]
    [InlineData("dtls", "16 FE FF 00 00 00 00 00 00 00 00 00 C0 01 *")]
    [InlineData("ssh", "53 53 48 2D 32 2E 30 2D 4F 70 65 6E 53 53 48")]
    [InlineData("quic", "C3 00 00 00 01 08 83 94 C8 F0 3E 51 57 08 00 *")]
    [InlineData("quic", "0D 11 22 33 44 55 66 77 88 51 30 34 33 01 *")]
    [InlineData("quic", "C3 51 30 34 36 50 11 22 33 44 55 66 77 88 00 00 00 01 *")]
    [InlineData("quic", "EA 00 00 00 00 00 08 11 22 33 44 55 66 77 88 00 00 00 01 6B 33 43 CF")]
    [InlineData("http", "47 45 54 20 2F 20 48 54 54 50 2F 31 2E 31 0D 0A")]
    [InlineData("ike", "11 22 33 44 55 66 77 88 00 00 00 00 00 00 00 00 21 20 22 08 00 00 00 00 00 00 01 00 *")]
    [InlineData("openvpn", "00 0E 38 11 22 33 44 55 66 77 88 00 00 00 00 00")]
    [InlineData("dns", "12 34 01 00 00 01 00 00 00 00 00 00 03 77 77 77 07 65 78 61 6D 70 6C 65 03 63 6F 6D 00 00 01 00 01")]
    [InlineData("stun", "00 01 00 00 21 12 A4 42 01 02 03 04 05 06 07 08 09 0A 0B 0C")]
    [InlineData("bittorrent", "13 42 69 74 54 6F 72 72 65 6E 74 20 70 72 6F 74 6F 63 6F 6C")]
    [InlineData("kerberos", "6A 82 00 FC 30 82 00 F8 A1 03 02 01 05 A2 03 02 01 0A *")]
    [InlineData("smb", "00 00 00 F4 FE 53 4D 42 40 00 *")]
    [InlineData("dcerpc", "05 00 0B 03 10 00 00 00 48 00 00 00 01 00 00 00 *")]
    [InlineData("ldap", "30 0C 02 01 01 60 07 02 01 03 04 00 80 00")]
    [InlineData("rdp", "03 00 00 13 0E E0 00 00 00 00 00 01 00 08 00 03 00 00 00")]
    [InlineData("mysql", "4A 00 00 00 0A 38 2E 30 2E 33 36 00")]
    [InlineData("mqtt", "10 0C 00 04 4D 51 54 54 04 02 00 3C 00 00")]
    [InlineData("whatsapp", "45 44 00 01 *")]
    [InlineData("zabbix", "5A 42 58 44 01 *")]
    [InlineData("alicloud", "CE FA BE BA *")]
    [InlineData("dnscrypt", "72 36 66 6E 76 57 6A 38 *")]
    [InlineData("fix", "38 3D 46 49 58 54 2E 31 2E 31 01 39 3D 36 32 01")]
    [InlineData("spotify", "00 04 00 00 01 49 52 0F 50 02 A0 01 *")]
    public void A_protocol_is_named(string name, string bytes)
    {
        PayloadScore score = PayloadScorer.Score(Sample(bytes));

        Assert.Equal(PayloadVerdict.Protocol, score.Verdict);
        Assert.Equal(name, score.Protocol);
    }

    [Fact]
    public void A_datagram_is_named_wherever_its_flow_began_and_a_stream_is_not()
    {
        byte[] query = Convert.FromHexString("86ED01000001000000000000046175746805" + "6B616B616F03636F6D0000010001");

        Assert.Equal("dns", PayloadScorer.Score(query, new PayloadContext { Transport = Transport.Udp, StartUnseen = true }).Protocol);
        Assert.Null(PayloadScorer.Score(query, new PayloadContext { Transport = Transport.Tcp, StartUnseen = true }).Protocol);
    }

    [Theory]
    [InlineData("E4 00 00 00 00 01 00 00 00 00 00 00 04 77 70 61 64 00 00 1C 00 01")]
    [InlineData("40 D7 01 00 00 01 00 00 00 00 00 00 01 31 01 30 01 30 02 31 30 07 69 6E 2D 61 64 64 72 04 61 72 70 61 00 00 0C 00 01")]
    [InlineData("38 0C 01 00 00 01 00 00 00 00 00 00 01 37 02 31 36 03 31 36 38 03 31 39 32 07 69 6E 2D 61 64 64 72 04 61 72 70 61 00 00 0C 00 01")]
    public void A_query_is_no_key_exchange_whatever_its_id(string bytes)
    {
        PayloadScore score = PayloadScorer.Score(Sample(bytes), new PayloadContext { Transport = Transport.Udp, DestinationPort = 53 });

        Assert.Equal("dns", score.Protocol);
    }

    [Theory]
    [InlineData(0x38, 16, 38)]
    [InlineData(0x40, 20, 54)]
    [InlineData(0x38, 64, 86)]
    [InlineData(0x38, 0, 54)]
    [InlineData(0x40, 0, 66)]
    [InlineData(0x40, 0, 72)]
    [InlineData(0x50, 0, 344)]
    public void A_guarded_reset_is_openvpn_at_the_length_it_has(byte opcode, int digest, int length)
    {
        byte[] datagram = SampleBytes.Cipher(length, 9);
        datagram[0] = opcode;
        byte[] id = [0, 0, 0, 1];
        id.CopyTo(datagram, 9 + digest);
        PayloadContext context = new PayloadContext { Transport = Transport.Udp, DestinationPort = 1194 };

        Assert.Equal("openvpn", PayloadScorer.Score(datagram, context).Protocol);
        Assert.NotEqual("openvpn", PayloadScorer.Score(datagram.AsSpan(0, length - 1), context).Protocol);
    }

    [Theory]
    [InlineData("wireguard", "01 00 00 00", 148, 51820)]
    [InlineData("wireguard", "02 00 00 00", 92, 51820)]
    [InlineData("esp", "12 34 56 78 00 00 00 2A", 120, 4500)]
    [InlineData("ntp", "23 00 00 00 00 00 00 00 00 00 00 00", 48, 123)]
    [InlineData("kcp", "0A 00 00 00 51 02 80 00 14 00 00 00 00 00 00 00 00 00 00 00 68 00 00 00", 128, 8000)]
    [InlineData("ethereum", "00 C6 04", 200, 30303)]
    [InlineData("collectd", "02 10 FF FF 00 04 75 73 65 72", 300, 25826)]
    [InlineData("openvpn", "38 01 02 03 04 05 06 07 08 00 00 00 00 00", 14, 1194)]
    public void A_datagram_is_named_by_size_and_port(string name, string bytes, int length, int port)
    {
        byte[] datagram = SampleBytes.Cipher(length, 9);
        Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)).CopyTo(datagram, 0);

        PayloadScore score = PayloadScorer.Score(datagram, new PayloadContext { Transport = Transport.Udp, DestinationPort = port });

        Assert.Equal(name, score.Protocol);
    }

    [Fact]
    public void Containers_made_by_real_compressors_are_named()
    {
        byte[] plain = SampleBytes.Json(20_000);
        Assert.Equal("gzip", Compressed(plain, s => new GZipStream(s, CompressionLevel.Optimal)).Container);
        Assert.Equal("zlib", Compressed(plain, s => new ZLibStream(s, CompressionLevel.Optimal)).Container);
        using MemoryStream memory = new MemoryStream();
        using (ZipArchive zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = zip.CreateEntry("a.json").Open();
            entry.Write(plain);
        }

        Assert.Equal("zip", PayloadScorer.Score(memory.ToArray().AsSpan(0, 512)).Container);
    }

    [Theory]
    [InlineData("xz", "FD 37 7A 58 5A 00 *")]
    [InlineData("bzip2", "42 5A 68 39 31 41 59 26 53 59 *")]
    [InlineData("7z", "37 7A BC AF 27 1C *")]
    [InlineData("lz4", "04 22 4D 18 *")]
    [InlineData("png", "89 50 4E 47 0D 0A 1A 0A *")]
    [InlineData("jpeg", "FF D8 FF E0 *")]
    [InlineData("webp", "52 49 46 46 24 10 00 00 57 45 42 50 *")]
    [InlineData("ogg", "4F 67 67 53 00 02 *")]
    [InlineData("mp4", "00 00 00 20 66 74 79 70 69 73 6F 6D *")]
    [InlineData("webm", "1A 45 DF A3 *")]
    [InlineData("zstd", "28 B5 2F FD 64 00 40 00 10 00 *")]
    public void Container_magic_is_named(string name, string bytes)
    {
        PayloadScore score = PayloadScorer.Score(Sample(bytes));

        Assert.Equal(PayloadVerdict.Compressed, score.Verdict);
        Assert.Equal(name, score.Container);
    }

    [Fact]
    public void Magic_in_front_of_ciphertext_is_mostly_not_believed()
    {
        int believed = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            byte[] fake = SampleBytes.Cipher(512, seed);
            byte[] magic = [0x1F, 0x8B, 0x08, 0x00, 0, 0, 0, 0, 0, 0xFF];
            magic.CopyTo(fake, 0);
            believed += PayloadScorer.Score(fake).Container is "gzip" ? 1 : 0;
        }

        // A quarter of random starts claim a block with fixed codes, which every byte string satisfies for a while.
        Assert.InRange(believed, 10, 45);
    }

    [Fact]
    public void Ciphertext_is_taken_for_a_format_less_than_once_in_a_thousand()
    {
        const int Samples = 10_000;
        Dictionary<string, int> named = new Dictionary<string, int>();
        foreach (Transport transport in new[] { Transport.Unknown, Transport.Udp, Transport.Tcp })
        {
            for (int seed = 0; seed < Samples; seed++)
            {
                byte[] sample = SampleBytes.Cipher(64 + (seed % 7 * 16), seed);
                Signature? row = FirstBytes.Recognise(sample, new PayloadContext { Transport = transport, SourcePort = 40000, DestinationPort = 8443 });
                if (row is not null)
                {
                    named[row.Name] = named.GetValueOrDefault(row.Name) + 1;
                }
            }
        }

        Assert.True(named.Values.Sum() <= 3 * Samples * 0.001, string.Join(", ", named.Select(n => $"{n.Key} {n.Value}")));
    }

    [Fact]
    public void A_start_that_was_not_seen_names_only_what_restarts_in_a_stream()
    {
        Assert.Null(PayloadScorer.Score(Sample("45 44 00 01 *"), startSeen: false).Protocol);
        Assert.Equal("tls", PayloadScorer.Score(Sample("17 03 03 01 40 *"), startSeen: false).Protocol);
    }

    [Fact]
    public void A_length_prefix_is_no_exemption()
    {
        foreach (string? prefix in new[] { "00 FE", "FE 00", "00 00 00 FC", "FC 00 00 00" })
        {
            Assert.Equal(PayloadVerdict.Encrypted, PayloadScorer.Score(Sample(prefix + " *", 21)).Verdict);
        }
    }

    [Fact]
    public void An_executable_is_binary_and_named()
    {
        byte[] program = new byte[512];
        Encoding.ASCII.GetBytes("\u007FELF").CopyTo(program, 0);
        program[4] = 2;

        PayloadScore score = PayloadScorer.Score(program);

        Assert.Equal(PayloadVerdict.Binary, score.Verdict);
        Assert.Equal("elf", score.Container);
    }

    private static PayloadScore Compressed(byte[] plain, Func<Stream, Stream> compressor)
    {
        using MemoryStream memory = new MemoryStream();
        using (Stream stream = compressor(memory))
        {
            stream.Write(plain);
        }

        return PayloadScorer.Score(memory.ToArray().AsSpan(0, 512));
    }

    private static byte[] Sample(string bytes, int seed = 4)
    {
        byte[] fixedPart = Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal).TrimEnd('*'));
        if (!bytes.EndsWith('*'))
        {
            return fixedPart;
        }

        byte[] sample = SampleBytes.Cipher(256, seed);
        fixedPart.CopyTo(sample, 0);
        return sample;
    }
}
