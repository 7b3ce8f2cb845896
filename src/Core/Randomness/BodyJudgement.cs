using CipherWatch.Core.Randomness.Encodings;

namespace CipherWatch.Core.Randomness;

/// <summary>
/// Judges what the messages of a connection carry, one direction of it: a recognised protocol exempts the frame, not the content.
/// Bodies that look random and that nothing explains are judged together, because an implant's are often short; text between them, a
/// page or an error, does not cancel them.
/// </summary>
internal static class BodyJudgement
{
    private const int MaxMessages = 32;

    /// <summary>The judgement of the bodies; null where there is none, or where the protocol is none that carries others' bytes.</summary>
    /// <param name="protocol">The protocol that was recognised.</param>
    /// <param name="sample">The direction's bytes, from the first message on.</param>
    /// <param name="threshold">Score from which a sample is random-looking.</param>
    /// <param name="depth">How deep the sample lies in others.</param>
    public static PayloadScore? Of(string protocol, ReadOnlySpan<byte> sample, double threshold, int depth) => protocol switch
    {
        "http" => Of(new HttpMessages(sample), threshold, depth),
        "smb" => Of(new PipeMessages(sample), threshold, depth),
        "mqtt" => Of(new MqttMessages(sample), threshold, depth),
        _ => null,
    };

    private static PayloadScore? Of<TMessages>(TMessages messages, double threshold, int depth)
        where TMessages : IMessages, allows ref struct
    {
        byte[]? first = null;
        BodyCover firstCover = BodyCover.None, hiddenCover = BodyCover.Contradicted;
        byte[] hidden = [];
        for (int read = 0; read < MaxMessages && messages.Next(); read++)
        {
            if (messages.Body.Length == 0)
            {
                continue;
            }

            (first, firstCover) = first is null ? (messages.Body, messages.Cover) : (first, firstCover);
            if (messages.Cover != BodyCover.Explained && LooksRandom(messages.Body, threshold))
            {
                hidden = hidden.Length == 0 ? messages.Body : [.. hidden, .. messages.Body];
                hiddenCover = messages.Cover < hiddenCover ? messages.Cover : hiddenCover;
            }
        }

        return hidden.Length > 0 ? SampleJudgement.Judge(hidden, default, threshold, depth + 1) with { Cover = hiddenCover }
            : first is null ? null
            : SampleJudgement.Judge(first, default, threshold, depth + 1) with { Cover = firstCover };
    }

    private static bool LooksRandom(byte[] body, double threshold) =>
        FirstStage.Judge(body, default, threshold).Outcome == FirstStageOutcome.RandomLooking;
}
