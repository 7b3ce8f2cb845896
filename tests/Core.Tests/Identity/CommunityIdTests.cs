using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Tests.Identity;

/// <summary>Community ID v1 against the test vectors published with its specification and reference implementation (seed 0).</summary>
public class CommunityIdTests
{
    [Theory]
    [InlineData("128.232.110.120", 34855, "66.35.250.204", 80, 6, "1:LQU9qZlK+B5F3KDmev6m5PMibrg=")]
    [InlineData("10.0.0.1", 10, "10.0.0.2", 11569, 6, "1:SXBGMX1lBOwhhoDrZynfROxnhnM=")]
    [InlineData("2001:470:e5bf:dead:4957:2174:e82c:4887", 63943, "2607:f8b0:400c:c03::1a", 25, 6, "1:/qFaeAR+gFe1KYjMzVDsMv+wgU4=")]
    [InlineData("192.168.1.52", 54585, "8.8.8.8", 53, 17, "1:d/FP5EW3wiY1vCndhwleRRKHowQ=")]
    [InlineData("192.168.170.8", 7, "192.168.170.56", 7, 132, "1:MP2EtRCAUIZvTw6MxJHLV7N7JDs=")]
    [InlineData("192.168.170.8", 7, "192.168.170.56", 80, 132, "1:jQgCxbku+pNGw8WPbEc/TS/uTpQ=")]
    public void A_flow_with_ports_has_the_published_id_from_either_end(
        string ip, int port, string otherIp, int otherPort, int protocol, string expected)
    {
        Assert.Equal(expected, Id(ip, port, otherIp, otherPort, protocol));
        Assert.Equal(expected, Id(otherIp, otherPort, ip, port, protocol));
    }

    [Theory]
    [InlineData("10.1.24.4", "10.1.12.1", "1:/nQI4Rh/TtY3mf0R2gJFBkVlgS4=")]
    [InlineData("10.1.12.1", "10.1.12.2", "1:KHlLkgoJW7ifUTyTSgyVfkFHzKw=")]
    public void A_protocol_without_ports_hashes_addresses_and_protocol(string ip, string otherIp, string expected)
    {
        const int Rsvp = 46;
        Assert.Equal(expected, Id(ip, 0, otherIp, 0, Rsvp));
        Assert.Equal(expected, Id(otherIp, 0, ip, 0, Rsvp));
    }

    [Theory]
    [InlineData("192.168.0.89", 8, "192.168.0.1", 0, 1, "1:X0snYXpgwiv9TZtqg64sgzUn6Dk=")]
    [InlineData("192.168.0.1", 0, "192.168.0.89", 8, 1, "1:X0snYXpgwiv9TZtqg64sgzUn6Dk=")]
    [InlineData("192.168.0.1", 0, "192.168.0.89", 20, 1, "1:X0snYXpgwiv9TZtqg64sgzUn6Dk=")]
    [InlineData("192.168.0.89", 20, "192.168.0.1", 0, 1, "1:3o2RFccXzUgjl7zDpqmY7yJi8rI=")]
    [InlineData("192.168.0.89", 20, "192.168.0.1", 1, 1, "1:tz/fHIDUHs19NkixVVoOZywde+I=")]
    [InlineData("10.0.0.1", 11, "10.0.0.2", 0, 1, "1:YHxtAirCG//0OzkcVAukqKQN9xM=")]
    [InlineData("fe80::200:86ff:fe05:80da", 135, "fe80::260:97ff:fe07:69ea", 0, 58, "1:dGHyGvjMfljg6Bppwm3bg0LO8TY=")]
    [InlineData("fe80::260:97ff:fe07:69ea", 136, "fe80::200:86ff:fe05:80da", 0, 58, "1:dGHyGvjMfljg6Bppwm3bg0LO8TY=")]
    [InlineData("fe80::260:97ff:fe07:69ea", 135, "fe80::200:86ff:fe05:80da", 136, 58, "1:zavyT/cezQr1fmImYCwYnMXbgck=")]
    [InlineData("3ffe:507:0:1:260:97ff:fe07:69ea", 3, "3ffe:507:0:1:200:86ff:fe05:80da", 0, 58, "1:NdobDX8PQNJbAyfkWxhtL2Pqp5w=")]
    [InlineData("3ffe:507:0:1:200:86ff:fe05:80da", 3, "3ffe:507:0:1:260:97ff:fe07:69ea", 0, 58, "1:/OGBt9BN1ofenrmSPWYicpij2Vc=")]
    [InlineData("3ffe:501:1800:2345::2", 3, "3ffe:507:0:1:200:86ff:fe05:80da", 0, 58, "1:2ObVBgIn28oZvibYZhZMBgh7WdQ=")]
    [InlineData("3ffe:501:410:0:2c0:dfff:fe47:33e", 1, "3ffe:507:0:1:200:86ff:fe05:80da", 4, 58, "1:hLZd0XGWojozrvxqE0dWB1iM6R0=")]
    [InlineData("3ffe:507:0:1:200:86ff:fe05:80da", 128, "3ffe:501:0:1001::2", 0, 58, "1:+TW+HtLHvV1xnGhV1lv7XoJrqQg=")]
    [InlineData("3ffe:501:0:1001::2", 129, "3ffe:507:0:1:200:86ff:fe05:80da", 0, 58, "1:+TW+HtLHvV1xnGhV1lv7XoJrqQg=")]
    [InlineData("fe80::200:86ff:fe05:80da", 133, "ff02::2", 0, 58, "1:hO+sN4H+MG5MY/8hIrXPqc4ZQz0=")]
    [InlineData("fe80::260:97ff:fe07:69ea", 134, "ff02::1", 0, 58, "1:pkvHqCL88/tg1k4cPigmZXUtL00=")]
    public void Icmp_pairs_a_request_with_its_answer_and_keeps_the_direction_of_the_rest(
        string ip, int type, string otherIp, int code, int protocol, string expected) =>
        Assert.Equal(expected, Id(ip, type, otherIp, code, protocol));

    private static string Id(string ip, int port, string otherIp, int otherPort, int protocol) =>
        FlowKey.Create(Address(ip), (ushort)port, Address(otherIp), (ushort)otherPort, (byte)protocol).CommunityId();

    private static IpAddress Address(string text)
    {
        Assert.True(IpAddress.TryParse(text, out IpAddress address));
        return address;
    }
}
