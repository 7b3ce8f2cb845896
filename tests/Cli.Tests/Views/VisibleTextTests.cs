using CipherWatch.Cli.Views;
using FsCheck.Xunit;

namespace CipherWatch.Cli.Tests.Views;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain C:\\x", "plain C:\\x")]
    [InlineData("größe 字", "größe 字")]
    [InlineData("\u001b[31mred", "\\u001b[31mred")]
    [InlineData("invoice\u202excod.exe", "invoice\\u202excod.exe")]
    [InlineData("two\nlines", "two\\u000alines")]
    public void What_would_move_the_cursor_or_turn_the_writing_is_spelt_out(string text, string visible) =>
        Assert.Equal(visible, VisibleText.Of(text));

    [Property]
    public bool No_control_character_is_left(string? text) => !VisibleText.Of(text ?? "").Any(char.IsControl);
}
