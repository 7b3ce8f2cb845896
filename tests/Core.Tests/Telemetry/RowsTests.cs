using CipherWatch.Core.Tests.Ingestion;

namespace CipherWatch.Core.Tests.Telemetry;

/// <summary>Records of many rows: a row that is broken costs none of the others, and the record is kept whole as one dead letter.</summary>
public class RowsTests
{
    public static TheoryData<string, string, string> Records => new()
    {
        {
            """{"name":"sockets","hostIdentifier":"db-1","unixTime":1772445600,"action":"snapshot","snapshot":[ROWS]}""",
            """{"pid":"70N","path":"/opt/a","remote_address":"203.0.113.N","remote_port":"4444","local_address":"10.0.0.5","local_port":"5000N","protocol":"6"}""",
            "remote_port"
        },
        {
            """{"name":"sockets","hostIdentifier":"db-1","unixTime":1772445600,"diffResults":{"added":[ROWS],"removed":[]}}""",
            """{"pid":"70N","path":"/opt/a","remote_address":"203.0.113.N","remote_port":"4444","local_address":"10.0.0.5","local_port":"5000N","protocol":"6"}""",
            "remote_port"
        },
        {
            """{"esxcli":"network ip connection list","host":"esx-1","time":"2026-03-02T10:00:00Z","output":[ROWS]}""",
            """{"Proto":"tcp","LocalAddress":"10.0.0.5:5000N","ForeignAddress":"203.0.113.N:4444","State":"ESTABLISHED","WorldID":210N,"WorldName":"hostd"}""",
            "ForeignAddress"
        },
        {
            """{"time":"2026-03-02T10:00:00Z","flowLogVersion":4,"flowRecords":{"flows":[{"flowGroups":[{"rule":"r","flowTuples":[ROWS]}]}]}}""",
            "\"177244560000N,10.0.0.5,203.0.113.N,5000N,4444,6,O,E,NX,10,2000,12,3000\"",
            "destination port"
        },
    };

    [Theory]
    [MemberData(nameof(Records))]
    public void A_broken_row_costs_itself_only(string record, string row, string field)
    {
        string[] rows = [.. "1234".Select(number => row.Replace('N', number))];
        Reading whole = Reading.Of(record.Replace("ROWS", string.Join(',', rows), StringComparison.Ordinal));
        Assert.Equal((1L, 4), (whole.Counts.Observed, whole.Observations.Count));
        for (int broken = 0; broken < rows.Length; broken++)
        {
            string[] changed = [.. rows];
            changed[broken] = rows[broken].Replace("4444", "44x44", StringComparison.Ordinal);
            string text = record.Replace("ROWS", string.Join(',', changed), StringComparison.Ordinal);
            Reading reading = Reading.Of(text);

            Assert.Equal((1L, 0L, 1L), (reading.Counts.Records, reading.Counts.Observed, reading.Counts.DeadLettered));
            Assert.Contains(field, Assert.Single(reading.DeadLetters).Reason, StringComparison.Ordinal);
            Assert.Equal(text, System.Text.Encoding.UTF8.GetString(reading.DeadLetters[0].Raw.Span));
            Assert.Equal(
                whole.Observations.Select(observation => observation.Id).Where((_, place) => place != broken),
                reading.Observations.Select(observation => observation.Id));
        }
    }

    [Fact]
    public void What_is_no_row_keeps_the_record_too()
    {
        Reading reading = Reading.Of("""{"name":"q","hostIdentifier":"db-1","unixTime":1772445600,"snapshot":["x",null]}""");

        Assert.Contains("snapshot", Assert.Single(reading.DeadLetters).Reason, StringComparison.Ordinal);
    }
}
