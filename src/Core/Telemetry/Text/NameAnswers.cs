using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Telemetry.Text;

/// <summary>
/// The addresses in an answer to a name query, however a log lists them: Sysmon's <c>type: 5 a.example;::ffff:192.0.2.1;</c>, Zeek's
/// <c>a.example,192.0.2.1</c> or its JSON. Only those outside: that is where a name may move.
/// </summary>
internal static class NameAnswers
{
    /// <summary>Addresses that are taken of one answer: as many as fit a datagram of DNS.</summary>
    private const int MaxAnswers = 32;

    /// <summary>Reads the addresses; what else is listed, other names and texts, is passed over.</summary>
    public static IReadOnlyList<IpAddress> Of(ReadOnlySpan<byte> list)
    {
        List<IpAddress>? answers = null;
        foreach (Range range in list.SplitAny(" ,;\"[]{}\t"u8))
        {
            ReadOnlySpan<byte> word = list[range];
            if (word.Length is > 2 and < 46 && IpAddress.TryParse(word, out IpAddress ip) && ip is { IsExternal: true, IsPrivate: false }
                && (answers ??= []).Count < MaxAnswers && !answers.Contains(ip))
            {
                answers.Add(ip);
            }
        }

        return answers ?? (IReadOnlyList<IpAddress>)[];
    }
}
