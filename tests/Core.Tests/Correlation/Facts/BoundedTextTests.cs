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
}
