using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Baseline;

namespace CipherWatch.Core.Tests.Pipeline.Baseline;

public class ImagePatternTests
{
    [Theory]
    [InlineData(@"C:\Program Files\Acme\acme.exe", @"?:\Program Files\Acme\acme.exe")]
    [InlineData(@"C:\Users\ada\AppData\Local\Acme\acme.exe", @"?:\Users\*\AppData\Local\Acme\acme.exe")]
    [InlineData(@"C:\Program Files\Acme\12.4.118\acme.exe", @"?:\Program Files\Acme\*\acme.exe")]
    [InlineData(@"C:\Program Files\Acme\app-3.2.1\acme.exe", @"?:\Program Files\Acme\*\acme.exe")]
    [InlineData("/home/ada/.local/bin/acme", "/home/*/.local/bin/acme")]
    [InlineData("/opt/acme/7.1/acme", "/opt/acme/*/acme")]
    [InlineData("/usr/bin/python3.11", "/usr/bin/python3.11")]
    [InlineData("System", "System")]
    public void A_path_becomes_a_pattern_that_fits_it(string image, string pattern)
    {
        Assert.Equal(pattern, ImagePattern.Of(image));
        Assert.True(new Glob(pattern).Matches(image));
    }
}
