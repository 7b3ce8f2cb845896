using CipherWatch.Core.Tests.Ingestion;

namespace CipherWatch.Core.Tests.Telemetry.Esxi;

/// <summary>Lines that begin with a time in brackets, as those of 4.x do and many others.</summary>
public class EsxiBracketsTests
{
    [Theory]
    [InlineData("[2024-04-01 15:14:34.2] INFO started the service now")]
    [InlineData("[2024-04-01 15:14:34.20] INFO started the service now")]
    [InlineData("[2024-04-01 15:14:34,1] INFO started the service now")]
    [InlineData("{\"message\":\"[2024-04-01 15:14:34.20] INFO started the service now\"}")]
    public void A_time_of_fewer_decimals_is_none_of_theirs(string line)
    {
        Reading reading = Reading.Of(line + "\n");
        Assert.Empty(reading.Observations);
        Assert.Equal(1, reading.Counts.Records);
    }
}
