using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Telemetry.Network;

namespace CipherWatch.Core.Tests.Telemetry.Windows;

public class EcsEventTests
{
    private static readonly DateTimeOffset Recorded = new(2025, 3, 4, 15, 15, 23, 16, TimeSpan.Zero);

    [Fact]
    public void The_records_time_is_that_of_its_creation_not_of_its_reading()
    {
        Observation observation = Event(
            """ "@timestamp":"2025-03-06T08:00:00.000Z", """, "\"time_created\":\"2025-03-04T15:15:23.016Z\",", "\"UtcTime\":\"2025-03-04 15:15:22.904\",");

        Assert.Equal(Recorded, observation.RecordTime);
        Assert.Equal(new DateTimeOffset(2025, 3, 4, 15, 15, 22, 904, TimeSpan.Zero), observation.Time);
    }

    [Fact]
    public void A_record_without_a_timestamp_of_its_own_has_the_time_of_its_creation() =>
        Assert.Equal(Recorded, Event("", "\"time_created\":\"2025-03-04T15:15:23.016Z\",", "\"UtcTime\":\"2025-03-04 15:15:22.904\",").RecordTime);

    [Fact]
    public void A_timestamp_that_took_the_place_of_the_events_time_is_not_the_records() =>
        Assert.Null(Event(""" "@timestamp":"2025-03-04T15:15:22.904Z", """, "", "").RecordTime);

    private static Observation Event(string top, string header, string data) => NetworkReading.Of(
        "{" + top + """ "winlog":{"channel":"Microsoft-Windows-Sysmon/Operational","computer_name":"WS-041","event_id":"5",""" + header
        + """ "event_data":{""" + data + """ "ProcessGuid":"{6d3f0a11-5a28-67c7-b105-000000001a00}","ProcessId":"7312","Image":"C:\\x.exe"},"process":{"pid":2044}}}""").Single();
}
