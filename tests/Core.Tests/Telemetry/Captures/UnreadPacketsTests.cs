using CipherWatch.Core.Telemetry.Captures.Packets;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Telemetry.Captures;

/// <summary>A packet that could not be read is told apart from one that is of no interest.</summary>
public class UnreadPacketsTests
{
    [Theory]
    [InlineData(239, "link type 239 (NFLOG) is not read")]
    [InlineData(258, "link type 258 (PKTAP) is not read")]
    [InlineData(150, "link type 150 (user-defined) is not read")]
    [InlineData(9999, "link type 9999 is not read")]
    public void A_link_type_that_is_not_read_is_named(int link, string expected) =>
        Assert.StartsWith(expected, UnreadPackets.Reason(new byte[60], link), StringComparison.Ordinal);

    [Theory]
    [InlineData(0x8926, false, "Ethernet type 0x8926")]
    [InlineData(0x8926, true, "Ethernet type 0x8926")]
    [InlineData(0x0806, false, null)]
    [InlineData(0x88cc, true, null)]
    [InlineData(0x0040, false, null)]
    [InlineData(0x0800, false, "cut short, or a later fragment")]
    public void An_Ethernet_type_is_of_no_interest_or_not_followed(int type, bool tagged, string? expected)
    {
        byte[] type2 = [(byte)(type >> 8), (byte)type];
        byte[] frame = [.. new byte[12], .. tagged ? (byte[])[0x81, 0x00, 0x00, 0x07] : [], .. type2, .. new byte[40]];
        string? reason = UnreadPackets.Reason(frame, 1);
        Assert.Equal(expected is null, reason is null);
        Assert.Contains(expected ?? string.Empty, reason ?? string.Empty, StringComparison.Ordinal);
    }

    [Property]
    public void No_frame_throws(byte[] frame, ushort link) => UnreadPackets.Reason(frame, link % 300);
}
