using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Randomness.Flow;

/// <summary>The judgement of a flow, with the directions that made it.</summary>
public sealed record FlowScore
{
    /// <summary>Verdict on the flow.</summary>
    public PayloadVerdict Verdict { get; init; }

    /// <summary>What is known of the flow's key exchange.</summary>
    public Handshake Handshake { get; init; }

    /// <summary>Whether the flow is encrypted and its start, which was seen, held no key exchange.</summary>
    public bool WithoutKeyExchange => Verdict == PayloadVerdict.Encrypted && Handshake == Handshake.None;

    /// <summary>The flow named by something other than its payloads: what a known protocol repeats is no finding.</summary>
    public FlowScore Named(string protocol) =>
        this with { Verdict = PayloadVerdict.Protocol, Protocol = protocol, XorKeyLength = null, EcbRepeats = 0 };

    /// <summary>What the bodies say that its protocol carries: a judgement beside the flow's own.</summary>
    public CarriedEvidence Carried { get; init; } = CarriedEvidence.None;

    /// <summary>Recognised protocol.</summary>
    public string? Protocol { get; init; }

    /// <summary>Recognised container.</summary>
    public string? Container { get; init; }

    /// <summary>Recognised encoding.</summary>
    public string? Encoding { get; init; }

    /// <summary>Length of the repeating XOR key.</summary>
    public int? XorKeyLength { get; init; }

    /// <summary>Repeated cipher blocks, both directions.</summary>
    public int EcbRepeats { get; init; }

    /// <summary>Cipher block size that repeats or lengths show.</summary>
    public int? BlockMultiple { get; init; }

    /// <summary>From the initiator.</summary>
    public required DirectionScore Out { get; init; }

    /// <summary>From the responder.</summary>
    public required DirectionScore In { get; init; }
}
