using CipherWatch.Core.Randomness.Flow;

namespace CipherWatch.Core.Randomness.Recognition;

/// <summary>Names streams that are random from their first byte by the sizes of their first messages.</summary>
internal static class StreamFlow
{
    private const int MessengerPort = 5222;
    private const int ThreemaClientHello = 48;
    private const int ThreemaServerHello = 80;

    /// <summary>A protocol's name, or null. Sizes are believed only together with the port the protocol is run on.</summary>
    public static string? Recognise(FlowPayload outward, FlowPayload inward) =>
        outward.Context.HasPort(MessengerPort)
        && outward.Lengths is [ThreemaClientHello, ..]
        && inward.Lengths is [ThreemaServerHello, ..]
            ? "threema"
            : null;
}
