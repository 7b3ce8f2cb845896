using System.Text;
using CipherWatch.Core.Telemetry.Text;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Telemetry.Text;

public class BytePairsTests
{
    private const int MinBytes = 33;

    [Property(MaxTest = 1000)]
    public void A_text_holds_a_pair_where_looking_for_each_finds_one(uint seed)
    {
        Random random = new((int)(seed & int.MaxValue));
        string text = string.Concat(Enumerable.Range(0, random.Next(0, 120)).Select(_ => random.Next(20) == 0 ? "abAB"[random.Next(4)] : 'x'));

        bool expected = text.Length < MinBytes || text.Contains("ab", StringComparison.Ordinal) || text.Contains("AB", StringComparison.Ordinal);

        Assert.Equal(expected, new BytePairs("ab", "AB").MayStandIn(Encoding.UTF8.GetBytes(text)));
    }
}
