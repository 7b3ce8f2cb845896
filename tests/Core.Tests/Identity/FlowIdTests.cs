using CipherWatch.Core.Identity;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Identity;

public class FlowIdTests
{
    [Property]
    public void A_community_id_and_its_5_tuple_are_one_flow(uint ip, ushort port, uint otherIp, ushort otherPort, byte protocol)
    {
        FlowKey key = FlowKey.Create(Address(ip), port, Address(otherIp), otherPort, protocol);

        Assert.True(FlowId.TryParse(key.CommunityId(), out FlowId named));
        Assert.Equal(FlowId.Of(key), named);
        Assert.True(FlowId.TryParseHex(named.ToString(), out FlowId read));
        Assert.Equal(named, read);
    }

    [Property]
    public void Order_is_that_of_the_text(ulong high, ulong middle, uint low, ulong otherHigh)
    {
        FlowId left = new(high, middle, low);
        FlowId right = new(otherHigh, middle, low);

        Assert.Equal(Math.Sign(string.CompareOrdinal(left.ToString(), right.ToString())), Math.Sign(left.CompareTo(right)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1:")]
    [InlineData("2:LQU9qZlK+B5F3KDmev6m5PMibrg=")]
    [InlineData("1:LQU9qZlK+B5F3KDmev6m5PMibrg")]
    [InlineData("1:LQU9qZlK+B5F3KDmev6m5PMibrgA")]
    [InlineData("1:LQU9qZlK+B5F3KDmev6m5PMibr?=")]
    public void What_is_no_community_id_is_none(string? text) => Assert.False(FlowId.TryParse(text, out _));

    private static IpAddress Address(uint value) => IpAddress.FromBytes(BitConverter.GetBytes(value));
}
