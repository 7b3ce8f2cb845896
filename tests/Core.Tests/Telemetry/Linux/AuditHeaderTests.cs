using System.Text;
using CipherWatch.Core.Telemetry.Linux.Audit;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Telemetry.Linux;

/// <summary>The head that auditd writes is read in one go, every other one bit by bit: both say the same.</summary>
public class AuditHeaderTests
{
    private static readonly string[] Words =
    [
        "SYSCALL", "CWD", "UNKNOWN[1327]", "1300", "web-1.lab.example", "a=b", "a\"b", "a(b", "a\tb", "type=CWD", "ä",
    ];

    private static readonly string[] Seconds = ["1700000000", "999999999", "9999999999", "99999999999", "17000000x0"];
    private static readonly string[] Fractions = [".100", ".1", string.Empty, ".1000", ".10x"];
    private static readonly string[] Serials = ["17", "0", "4294967295", "12345678901", "-1", string.Empty, "1x"];

    /// <summary>The Log Analytics agent writes the same head without <c>msg=</c>, which is not read in one go.</summary>
    [Property(MaxTest = 1000)]
    public Property Reads_the_usual_head_as_any_other() => Prop.ForAll(Heads().ToArbitrary(), parts =>
    {
        (string before, string stamp) = parts;
        const string Body = "arch=c000003e syscall=42";
        Assert.Equal(Read($"{before}audit({stamp}): {Body}"), Read($"{before}msg=audit({stamp}): {Body}"));
    });

    [Theory]
    [InlineData("type=CWD msg=audit(1700000000.100:17): cwd=\"/\"", "Cwd CWD  1700000000.100:17 cwd=\"/\"")]
    [InlineData("type=CWD msg=audit(1700000000.100:17):   cwd=\"/\"", "Cwd CWD  1700000000.100:17 cwd=\"/\"")]
    [InlineData("node=web1 type=CWD msg=audit(1700000000.100:17): ", "Cwd CWD web1 1700000000.100:17 ")]
    [InlineData("node=web1 type=CWD msg=audit(1700000000.100:17) : cwd=", "Cwd CWD web1 1700000000.100:17 cwd=")]
    [InlineData("type=CWD msg=audit(1700000000.100:17)", "Cwd CWD  1700000000.100:17 ")]
    [InlineData("type=CWD msg=audit(1700000000.100:17", null)]
    [InlineData("type=CWD msg=audit(1700000000.100): cwd=", null)]
    [InlineData("type=CWD msg=audit(", null)]
    public void Reads_what_each_head_says(string line, string? expected) => Assert.Equal(expected, Read(line));

    private static Gen<(string Before, string Stamp)> Heads() =>
        from node in Gen.Elements(Words)
        from hasNode in Gen.Elements(true, false)
        from name in Gen.Elements(Words)
        from seconds in Gen.Elements(Seconds)
        from fraction in Gen.Elements(Fractions)
        from serial in Gen.Elements(Serials)
        select ($"{(hasNode ? $"node={node} " : string.Empty)}type={name} ", $"{seconds}{fraction}:{serial}");

    /// <summary>All that the head of a line says, and what stands behind it; null where it has none.</summary>
    private static string? Read(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        if (!AuditHeader.TryRead(bytes, AuditHeader.MaxPrefixLength, out AuditHeader header))
        {
            return null;
        }

        long ms = header.Stamp.Ticks / TimeSpan.TicksPerMillisecond;
        string stamp = FormattableString.Invariant($"{ms / 1000}.{ms % 1000:D3}:{header.Stamp.Serial}");
        return $"{header.Type} {Encoding.UTF8.GetString(header.TypeName)} {Encoding.UTF8.GetString(header.Node)} {stamp} "
            + Encoding.UTF8.GetString(bytes.AsSpan(header.Body));
    }
}
