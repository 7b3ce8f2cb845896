using System.Text.Json;
using CipherWatch.Core.Correlation.Audit;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>
/// <c>k</c> key, <c>c</c> clock, <c>o</c> call, <c>i</c> pid, <c>p</c> image, <c>u</c> user, <c>l</c> command line, <c>a</c> address of the
/// other end, <c>b</c> its port, <c>t</c> protocol, <c>d</c> direction, <c>w</c> directory, <c>m</c> library, <c>g</c> cipher.
/// </summary>
internal sealed class AuditEventFactsConverter : FactsConverter<AuditEventFacts>
{
    public static readonly AuditEventFactsConverter Instance = new();

    protected override AuditEventFacts Empty => new() { Key = default };

    protected override AuditEventFacts Set(AuditEventFacts facts, string field, ref Utf8JsonReader reader) => field switch
    {
        "k" => facts with { Key = Known<AuditEventKey>(AuditEventKey.TryParse(reader.GetString(), out AuditEventKey key) ? key : null) },
        "c" => facts with { Clock = (FactClock)reader.GetInt32() },
        "o" => facts with { Call = reader.GetInt32() },
        "i" => facts with { Pid = reader.GetInt32() },
        "p" => facts with { Image = reader.GetString() },
        "u" => facts with { User = reader.GetString() },
        "l" => facts with { CommandLine = reader.GetString() },
        "a" => facts with { Ip = Known<IpAddress>(IpAddress.TryParse(reader.GetString()!, out IpAddress ip) ? ip : null) },
        "b" => facts with { Port = reader.GetInt32() },
        "t" => facts with { Protocol = reader.GetInt32() },
        "d" => facts with { Direction = reader.GetInt32() },
        "w" => facts with { Directory = reader.GetString() },
        "m" => facts with { Path = reader.GetString() },
        "g" => facts with { Algorithm = reader.GetString() },
        _ => Unknown(facts, ref reader),
    };

    protected override void WriteFields(Utf8JsonWriter writer, AuditEventFacts facts)
    {
        writer.WriteString("k", facts.Key.ToString());
        writer.WriteKnown("c", facts.Clock == FactClock.Event ? null : (int)facts.Clock);
        writer.WriteKnown("o", facts.Call);
        writer.WriteKnown("i", facts.Pid);
        writer.WriteKnown("p", facts.Image);
        writer.WriteKnown("u", facts.User);
        writer.WriteKnown("l", facts.CommandLine);
        writer.WriteKnown("a", facts.Ip?.ToString());
        writer.WriteKnown("b", facts.Port);
        writer.WriteKnown("t", facts.Protocol);
        writer.WriteKnown("d", facts.Direction);
        writer.WriteKnown("w", facts.Directory);
        writer.WriteKnown("m", facts.Path);
        writer.WriteKnown("g", facts.Algorithm);
    }
}
