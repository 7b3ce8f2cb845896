using System.Buffers.Text;
using System.Text;

namespace CipherWatch.Core.Identity;

/// <summary>IP protocol numbers and their names in telemetry. Source: IANA, assigned internet protocol numbers.</summary>
public static class Protocols
{
    /// <summary>TCP.</summary>
    public const byte Tcp = 6;

    /// <summary>UDP.</summary>
    public const byte Udp = 17;

    private static readonly (string Name, byte Number)[] Known =
    [
        ("tcp", Tcp), ("udp", Udp), ("icmp", 1), ("igmp", 2), ("ipv6-icmp", 58), ("icmp6", 58), ("icmpv6", 58), ("gre", 47), ("esp", 50),
        ("ah", 51), ("sctp", 132), ("ospf", 89), ("ipip", 4), ("ipv6", 41), ("pim", 103), ("udplite", 136), ("dccp", 33),
    ];

    /// <summary>The number of a protocol given by name in any case, or by number (<c>17</c>, <c>006</c>); null when it is none.</summary>
    public static byte? Number(ReadOnlySpan<byte> text)
    {
        foreach ((string name, byte number) in Known)
        {
            if (name.Length == text.Length && Ascii.EqualsIgnoreCase(text, name))
            {
                return number;
            }
        }

        return Utf8Parser.TryParse(text, out byte parsed, out int used) && used == text.Length && used > 0 ? parsed : null;
    }

    /// <summary>The lower-case name of a protocol, or its number where it has no common name.</summary>
    public static string Name(byte number)
    {
        foreach ((string name, byte known) in Known)
        {
            if (known == number)
            {
                return name;
            }
        }

        return number.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
