using System.Text;
using CipherWatch.Core.Correlation.Facts;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Correlation.Facts;

public class BoundedTextTests
{
    [Property]
    public void It_fits_and_keeps_what_fits(string? text, byte room)
    {
        int max = 4 + room;
        foreach (string? cut in new[] { BoundedText.Head(text, max), BoundedText.Tail(text, max) })
        {
            Assert.True(cut is null || Encoding.UTF8.GetByteCount(cut) <= max);
            Assert.Equal(text is null, cut is null);
            if (text is not null && Encoding.UTF8.GetByteCount(text) <= max)
            {
                Assert.Same(text, cut);
            }
        }
    }

    [Theory]
    [InlineData("abcdefgh", 7, "abcd…", "…efgh")]
    [InlineData("ééééé", 9, "ééé…", "…ééé")]
    [InlineData("🔒🔒🔒", 10, "🔒…", "…🔒")]
    public void It_cuts_whole_characters_and_marks_the_cut(string text, int max, string head, string tail)
    {
        Assert.Equal(head, BoundedText.Head(text, max));
        Assert.Equal(tail, BoundedText.Tail(text, max));
    }

    [Theory]
    [InlineData("/usr/lib/libcrypto.so.3", 56, "/usr/lib/libcrypto.so.3")]
    [InlineData("/nix/store/0123456789abcdef-openssl-3.0.14/lib/libcrypto.so.3", 40, "/nix/store/0123456…/lib/libcrypto.so.3")]
    public void A_path_keeps_both_its_ends(string path, int bytes, string expected)
    {
        string? cut = BoundedText.Ends(path, bytes);

        Assert.Equal(expected, cut);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(cut!), 1, bytes);
    }

    [Theory]
    [InlineData("éééééééé/aaaaaaaa", 15, "ééé…aaaaaa")]
    [InlineData("aaaaaaaa/éééééééé", 15, "aaaaaa…ééé")]
    public void Both_ends_hold_as_many_characters_as_fit(string text, int bytes, string cut) => Assert.Equal(cut, BoundedText.Ends(text, bytes));

    [Theory]
    [InlineData("éééé", 8, "éééé")]
    [InlineData("éééé", 7, "éé…")]
    public void What_fits_to_the_byte_stays_whole(string text, int bytes, string head) => Assert.Equal(head, BoundedText.Head(text, bytes));

    [Property]
    public bool Both_ends_fit(string? text, byte room) => BoundedText.Ends(text, room + 8) is not { } cut
        || System.Text.Encoding.UTF8.GetByteCount(cut) <= room + 8;

    /// <summary>Of text whose ends differ in how many bytes a character takes, and of pairs that the bound would part.</summary>
    [Theory]
    [InlineData("ééééééééaaaaaaaa", 13, "ééééé…", "…éaaaaaaaa")]
    [InlineData("aaaaaaaaéééééééé", 13, "aaaaaaaaé…", "…ééééé")]
    [InlineData("🔒xxxxxxxxx", 6, "…", "…xxx")]
    [InlineData("xxxxxxxxx🔒", 6, "xxx…", "…")]
    [InlineData("a🔒xxxxxxxx", 7, "a…", "…xxxx")]
    [InlineData("xxxxxxxx🔒a", 7, "xxxx…", "…a")]
    [InlineData("éééééé", 4, "…", "…")]
    [InlineData("€€€€€", 14, "€€€…", "…€€€")]
    public void Each_end_holds_as_many_whole_characters_as_fit(string text, int bytes, string head, string tail)
    {
        Assert.Equal(head, BoundedText.Head(text, bytes));
        Assert.Equal(tail, BoundedText.Tail(text, bytes));
    }
}
