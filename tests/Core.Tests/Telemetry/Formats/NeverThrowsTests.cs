using CipherWatch.Core.Telemetry.Formats;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Tests.Golden;
using CipherWatch.Core.Tests.Telemetry.Network;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Telemetry.Formats;

/// <summary>Whatever the bytes, a record is observed, skipped or a dead letter: nothing is thrown and nothing vanishes.</summary>
public class NeverThrowsTests
{
    /// <summary>What each row of the table is of, from its golden baselines. A row without one divides by zero below.</summary>
    private static readonly (string? Asked, byte[][] Samples)[] Rows =
        [.. FormatTable.All.Select(row => (row.IsImplied ? null : row.Name, GoldenInputs.Samples(row.Name)))];

    private static readonly byte[][] All = [.. Samples.All, .. Rows.SelectMany(row => row.Samples)];

    [Property(MaxTest = 200)]
    public void A_record_of_any_row_with_any_bytes_changed_is_accounted_for(uint seed)
    {
        foreach ((string? asked, byte[][] samples) in Rows)
        {
            byte[] changed = Mutation.Of(samples[seed % samples.Length], seed);
            Account(changed);
            Account(changed, asked);
        }
    }

    [Property(MaxTest = 200)]
    public void A_record_of_another_format_than_was_asked_for_is_accounted_for(uint seed)
    {
        byte[] changed = Mutation.Of(All[seed % All.Length], seed);
        foreach (string format in FormatNames.All)
        {
            Account(changed, format);
        }
    }

    [Property(MaxTest = 400)]
    public void Any_bytes_after_a_zeek_header_are_accounted_for(byte[] tail) =>
        Account([.. "#separator \\x09\n#path\tconn\n#fields\tts\tid.orig_h\tproto\n"u8, .. tail]);

    private static void Account(byte[] body, string? format = null)
    {
        NetworkReading reading = NetworkReading.Of(body, format);
        Assert.Equal(reading.Counts.Records, reading.Counts.Observed + reading.Counts.Skipped + reading.Counts.DeadLettered);
        Assert.All(reading.Letters, letter => Assert.False(string.IsNullOrEmpty(letter.Reason)));
        Assert.All(reading.Observations, observation => Assert.NotEmpty(ObservationJson.ToUtf8(observation)));
    }
}
