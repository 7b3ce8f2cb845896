using CipherWatch.Infra.Tests.Tools;

namespace CipherWatch.Infra.Tests.Templates;

/// <summary>
/// What each parameter file would deploy is on record. <c>CIPHERWATCH_UPDATE_GOLDEN=1</c> records it anew, to be read as a diff.
/// </summary>
public class SnapshotTests
{
    private const string UpdateSwitch = "CIPHERWATCH_UPDATE_GOLDEN";

    [Theory]
    [MemberData(nameof(Predicted.Names), MemberType = typeof(Predicted))]
    public void The_snapshot_is_what_would_be_deployed(string name)
    {
        string mode = Environment.GetEnvironmentVariable(UpdateSwitch) == "1" ? "overwrite" : "validate";
        Ran ran = Bicep.Snapshot(Repository.PathOf($"infra/snapshots/{name}.bicepparam"), mode);
        Assert.True(ran.ExitCode == 0, $"Look at the change, and record it with {UpdateSwitch}=1.\n{ran.Output}{ran.Error}");
    }

    [Theory]
    [MemberData(nameof(Predicted.Names), MemberType = typeof(Predicted))]
    public void Nothing_in_it_went_wrong(string name) => Assert.Empty(Predicted.Of(name).Diagnostics);

    [Fact]
    public void Another_deployment_is_reported()
    {
        using TemporaryCopy copy = new("infra");
        copy.Replace("modules/eventHubs.bicep", "minimumTlsVersion: '1.2'", "minimumTlsVersion: '1.0'");
        Ran ran = Bicep.Snapshot(copy.PathOf("snapshots/newWorkspace.bicepparam"), "validate");
        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("minimumTlsVersion", ran.Output + ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_hold_no_secret()
    {
        foreach (string name in Predicted.Names)
        {
            Assert.DoesNotContain(Predicted.Of(name).Outputs, output => output.Contains("listKeys", StringComparison.OrdinalIgnoreCase)
                || output.Contains("connectionString", StringComparison.OrdinalIgnoreCase));
        }
    }
}
