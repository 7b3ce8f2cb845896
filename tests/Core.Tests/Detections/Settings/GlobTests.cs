using CipherWatch.Core.Detections.Settings;
using FsCheck;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Detections.Settings;

public class GlobTests
{
    [Theory]
    [InlineData(@"?:\Users\*", @"C:\users\Ana\a.exe", true)]
    [InlineData(@"?:\Users\*", @"\\srv\Users\a.exe", false)]
    [InlineData("*.exe", "a.dll", false)]
    [InlineData("a*b*c", "aXXbYYc", true)]
    [InlineData("a*b*c", "aXXcYYb", false)]
    [InlineData("*", "", true)]
    [InlineData("", "a", false)]
    [InlineData("/usr/lib/*", @"\usr\lib\x", true)]
    [InlineData("a", null, false)]
    public void Matches(string pattern, string? text, bool expected) => Assert.Equal(expected, new Glob(pattern).Matches(text));

    [Property]
    public bool A_text_without_stars_matches_itself(NonNull<string> text) =>
        text.Get.AsSpan().ContainsAny('*', '?') || new Glob(text.Get).Matches(text.Get);

    [Property]
    public bool Stars_around_match_any_text_that_holds_it(NonNull<string> before, NonNull<string> inner, NonNull<string> after) =>
        inner.Get.AsSpan().ContainsAny('*', '?') || new Glob($"*{inner.Get}*").Matches(before.Get + inner.Get + after.Get);
}
