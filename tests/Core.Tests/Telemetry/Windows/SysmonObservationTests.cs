using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Telemetry.Network;

namespace CipherWatch.Core.Tests.Telemetry.Windows;

public class SysmonObservationTests
{
    [Theory]
    [InlineData("true", "Valid", true)]
    [InlineData("true", "Expired", false)]
    [InlineData("false", "Unavailable", false)]
    [InlineData("failed: Invalid hash", "-", false)]
    [InlineData("-", "-", null)]
    public void Only_a_valid_signature_vouches_for_a_library(string signed, string status, bool? expected)
    {
        Observation observation = NetworkReading.Of(
            """{"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":7,"Hostname":"ws-041","UtcTime":"2025-03-04 15:15:21.349","ProcessGuid":"{6D3F0A11-5A28-67C7-B105-000000001A00}","ProcessId":"7312","""
            + $$""" "Image":"C:\\x.exe","ImageLoaded":"C:\\Windows\\System32\\bcrypt.dll","Signed":"{{signed}}","Signature":"-","SignatureStatus":"{{status}}"}""").Single();

        Assert.Equal(expected, observation.Module!.Signed);
    }

    [Theory]
    [InlineData("<unknown process>")]
    [InlineData("(null)")]
    [InlineData("?")]
    public void A_stand_in_for_a_process_that_could_not_be_named_is_no_image(string image)
    {
        Observation observation = NetworkReading.Of(
            """{"Channel":"Linux-Sysmon/Operational","EventID":5,"Hostname":"web-3","UtcTime":"2025-03-04 15:15:21.349","ProcessGuid":"{6d3f0a11-5a28-67c7-0000-000000000000}","ProcessId":"3100","""
            + $$""" "Image":"{{image}}"}""").Single();

        Assert.Null(observation.Process!.Image);
        Assert.Equal("web-3|6d3f0a11-5a28-67c7-0000-000000000000", observation.Process.Key?.ToString());
    }
}
