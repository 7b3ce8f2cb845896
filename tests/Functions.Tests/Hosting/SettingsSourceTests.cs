using CipherWatch.Core.Detections.Settings;
using CipherWatch.Functions.Hosting;

namespace CipherWatch.Functions.Tests.Hosting;

public sealed class SettingsSourceTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"cipherwatch-{Environment.ProcessId}-{TestContext.Current.Test!.UniqueID}.json");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Nothing_is_the_shipped_settings(string? location) => Assert.Same(DetectionSettings.Default, Read(location));

    [Fact]
    public void A_file_is_read()
    {
        File.WriteAllText(_file, """{ "EntropyThreshold": 6.5 }""");
        Assert.Equal(6.5, Read(_file).EntropyThreshold);
    }

    [Fact]
    public void A_mistake_stops_the_app_and_is_named()
    {
        File.WriteAllText(_file, """{ "EntropyTreshold": 6.5 }""");
        Assert.Contains("EntropyTreshold", Assert.Throws<InvalidOperationException>(() => Read(_file)).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<InvalidOperationException>(() => Read(_file + ".absent")).Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_file);

    private static DetectionSettings Read(string? location) => SettingsSource.Read(location, () => throw new NotSupportedException());
}
