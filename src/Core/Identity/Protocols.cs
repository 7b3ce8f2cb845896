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

    /// <summary>Further names of IANA's registry of protocol numbers: collectors write them, no analytic asks for them.</summary>
    private static readonly (string Name, byte Number)[] Rare =
    [
        ("hopopt", 0), ("ggp", 3), ("ipv4", 4), ("st", 5), ("cbt", 7), ("egp", 8), ("igp", 9), ("pup", 12), ("chaos", 16), ("mux", 18),
        ("hmp", 20), ("xns-idp", 22), ("rdp", 27), ("irtp", 28), ("idpr", 35), ("xtp", 36), ("ddp", 37), ("il", 40), ("sdrp", 42),
        ("ipv6-route", 43), ("ipv6-frag", 44), ("idrp", 45), ("rsvp", 46), ("dsr", 48), ("i-nlsp", 52), ("swipe", 53), ("narp", 54),
        ("mobile", 55), ("tlsp", 56), ("skip", 57), ("ipv6-nonxt", 59), ("ipv6-opts", 60), ("visa", 70), ("vmtp", 81), ("eigrp", 88),
        ("ospfigp", 89), ("mtp", 92), ("ipip6", 94), ("etherip", 97), ("encap", 98), ("pnni", 102), ("ipcomp", 108), ("snp", 109),
        ("vrrp", 112), ("pgm", 113), ("l2tp", 115), ("iatp", 117), ("stp", 118), ("isis", 124), ("crtp", 126), ("sps", 130), ("pipe", 131),
        ("fc", 133), ("mobility", 135), ("mpls-in-ip", 137), ("manet", 138), ("hip", 139), ("shim6", 140), ("wesp", 141), ("rohc", 142),
        ("ethernet", 143),
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

        foreach ((string name, byte number) in text.IsEmpty || !char.IsAsciiLetter((char)text[0]) ? [] : Rare)
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
