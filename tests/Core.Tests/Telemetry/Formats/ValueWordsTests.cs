using System.Globalization;
using CipherWatch.Core.Tests.Ingestion;
using CipherWatch.Core.Tests.TestData;

namespace CipherWatch.Core.Tests.Telemetry.Formats;

/// <summary>How some values are written that converters write in words of their own, and what is said of those that are none.</summary>
public class ValueWordsTests
{
    [Theory]
    [InlineData("2026-01-01 10:00:01.500 UTC")]
    [InlineData("2026-01-01T10:00:01.500Z")]
    [InlineData("2026-01-01 10:00:01.500")]
    [InlineData("2026-01-01T12:00:01.500000000+02:00")]
    public void A_record_time_is_read_with_its_zone_in_a_word_as_a_letter_or_as_an_offset(string written)
    {
        Reading reading = Reading.Of($"""
            <Event><System><Provider Name="Microsoft-Windows-Sysmon"/><EventID>3</EventID><TimeCreated SystemTime="{written}"/><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>ws1</Computer></System>
            <EventData><Data Name="UtcTime">2026-01-01 10:00:00.000</Data><Data Name="ProcessGuid">00000000-1111-2222-3333-000000000001</Data><Data Name="ProcessId">7</Data><Data Name="Image">C:\a.exe</Data>
            <Data Name="Protocol">tcp</Data><Data Name="Initiated">true</Data><Data Name="SourceIp">10.0.0.5</Data><Data Name="SourcePort">50000</Data><Data Name="DestinationIp">203.0.113.9</Data><Data Name="DestinationPort">4444</Data></EventData></Event>
            """);
        Assert.Equal(
            DateTimeOffset.Parse("2026-01-01T10:00:01.5Z", CultureInfo.InvariantCulture), Assert.Single(reading.Observations).RecordTime);
    }

    [Theory]
    [InlineData("\"Protocol\":\"tcp\"", "\"Protocol\":\"zz9\"", "'Protocol' is not recognised as an IP protocol.")]
    [InlineData("\"DestinationPort\":\"8443\"", "\"DestinationPort\":\"70000\"", "'DestinationPort'")]
    public void What_is_no_value_is_said_with_its_name_and_not_called_none(string good, string bad, string reason)
    {
        string record = Nxlog.Connection.Replace(good, bad, StringComparison.Ordinal);
        Assert.NotEqual(Nxlog.Connection, record);
        Assert.Contains(reason, Assert.Single(Reading.Of(record).DeadLetters).Reason, StringComparison.Ordinal);
    }
}
