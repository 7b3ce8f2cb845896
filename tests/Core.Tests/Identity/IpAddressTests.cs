using System.Net;
using System.Text;
using CipherWatch.Core.Identity;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Identity;

public class IpAddressTests
{
    [Theory]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("255.255.255.255", "255.255.255.255")]
    [InlineData("10.20.0.7", "10.20.0.7")]
    [InlineData("::", "::")]
    [InlineData("::1", "::1")]
    [InlineData("fe80::", "fe80::")]
    [InlineData("2001:DB8:0:0:0:0:0:1", "2001:db8::1")]
    [InlineData("2001:0db8:0000:0000:0000:ff00:0042:8329", "2001:db8::ff00:42:8329")]
    [InlineData("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:c000:201", "192.0.2.1")]
    [InlineData("fe80::1%eth0", "fe80::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("010.020.030.040", "10.20.30.40")]
    [InlineData("192.168.001.255", "192.168.1.255")]
    public void An_address_is_read_as_written(string text, string expected)
    {
        Assert.True(IpAddress.TryParse(Encoding.UTF8.GetBytes(text), out IpAddress address));
        Assert.Equal(expected, address.ToString());
        Assert.True(IpAddress.TryParse(text, out IpAddress ofText));
        Assert.Equal(address, ofText);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.4x")]
    [InlineData(":::")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("12345::")]
    [InlineData("1:")]
    [InlineData(":1")]
    [InlineData("010.0.0.1")]
    [InlineData("10.0.0.010")]
    [InlineData("0x0a.0.0.1")]
    [InlineData("10.0.0.0x1")]
    [InlineData("10.0.0.1/24")]
    [InlineData("256.100.100.100")]
    [InlineData("+10.020.030.040")]
    [InlineData("[2001:db8::1]:443")]
    [InlineData("2001:db8::1/64")]
    public void What_is_no_address_is_not_read(string text)
    {
        Assert.False(IpAddress.TryParse(Encoding.UTF8.GetBytes(text), out _));
        Assert.False(IpAddress.TryParse(text, out _));
    }

    /// <summary>No way of writing an address is read for another one.</summary>
    [Property(MaxTest = 2000)]
    public Property Octets_are_decimal_however_they_are_written() => Prop.ForAll(
        Gen.Choose(0, 300).ArrayOf(4).Zip(Gen.Choose(0, 3).ArrayOf(4)).ToArbitrary(),
        written =>
        {
            (int[] octets, int[] zeros) = written;
            string text = string.Join('.', octets.Zip(zeros, (octet, more) => new string('0', more) + octet));
            return !IpAddress.TryParse(text, out IpAddress address) || address.ToString() == string.Join('.', octets);
        });

    /// <summary>Few characters, so that what comes out is often an address or nearly one.</summary>
    [Property(MaxTest = 2000)]
    public Property What_is_read_without_the_platform_the_platform_reads_alike() => Prop.ForAll(
        Gen.Elements("0123456789afF:::....".ToCharArray()).ArrayOf().Select(characters => new string(characters))
            .Or(Gen.Choose(0, 70000).ArrayOf(8).Select(groups => string.Join(':', groups.Select(group => group < 20000 ? "" : $"{group - 20000:x}"))))
            .Or(Gen.Choose(0, 300).ArrayOf(4).Select(octets => string.Join('.', octets))).ToArbitrary(),
        text =>
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            bool v4 = AddressText.TryV4(utf8, out _);
            bool v6 = AddressText.TryV6(utf8, out _);
            return (!v4 && !v6)
                || (IPAddress.TryParse(text, out IPAddress? platform) && IpAddress.TryParse(utf8, out IpAddress ours)
                    && ours == IpAddress.FromBytes(platform.GetAddressBytes()));
        });

    [Theory]
    [InlineData("10.255.0.1", true)]
    [InlineData("11.0.0.1", false)]
    [InlineData("172.15.255.255", false)]
    [InlineData("172.16.0.0", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.0", false)]
    [InlineData("192.168.1.1", true)]
    [InlineData("192.169.0.0", false)]
    [InlineData("100.63.255.255", false)]
    [InlineData("100.64.0.0", true)]
    [InlineData("100.127.255.255", true)]
    [InlineData("100.128.0.0", false)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("fc00::1", true)]
    [InlineData("fdff::1", true)]
    [InlineData("fe00::1", false)]
    [InlineData("2001:db8::1", false)]
    public void Private_ranges_belong_to_nobody_in_particular(string text, bool expected) =>
        Assert.Equal(expected, IpAddress.Parse(text).IsPrivate);
}
