using System.Text;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Telemetry.Network;

/// <summary>Whatever the bytes, a network record is observed, skipped or a dead letter: nothing is thrown and nothing vanishes.</summary>
public class NeverThrowsTests
{
    [Property(MaxTest = 100)]
    public void A_record_with_any_bytes_changed_is_accounted_for(uint seed)
    {
        foreach (byte[] sample in Samples.Records)
        {
            Account(Mutation.Of(sample, seed));
        }
    }

    [Property(MaxTest = 400)]
    public void Any_bytes_after_a_zeek_header_are_accounted_for(byte[] tail) =>
        Account([.. "#separator \\x09\n#path\tconn\n#fields\tts\tid.orig_h\tproto\n"u8, .. tail]);

    private static void Account(byte[] body)
    {
        NetworkReading reading = NetworkReading.Of(body);
        Assert.Equal(reading.Counts.Records, reading.Counts.Observed + reading.Counts.Skipped + reading.Counts.DeadLettered);
        Assert.All(reading.Letters, letter => Assert.False(string.IsNullOrEmpty(letter.Reason)));
        Assert.All(reading.Observations, observation => Assert.NotEmpty(Core.Telemetry.Observations.ObservationJson.ToUtf8(observation)));
    }
}

/// <summary>Changes some bytes of a record: flips, cuts, doublings, and values that parsers stumble over.</summary>
internal static class Mutation
{
    private static readonly byte[][] Awkward =
        [.. new[] { "\"", "\\", "\\u", "{", "}", "[", "]", "\t", "\n", ",", ":", "-", "-1", "1e999", "99999999999999999999", "null", "\0", "\u00ff" }
            .Select(Encoding.UTF8.GetBytes)];

    public static byte[] Of(byte[] sample, uint seed)
    {
        Random random = new((int)(seed & int.MaxValue));
        List<byte> bytes = [.. sample];
        for (int changes = random.Next(1, 5); changes > 0 && bytes.Count > 1; changes--)
        {
            int at = random.Next(bytes.Count);
            int length = Math.Min(random.Next(1, 9), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, Awkward[random.Next(Awkward.Length)]);
                    break;
            }
        }

        return [.. bytes];
    }
}
