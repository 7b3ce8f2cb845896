using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;

namespace CipherWatch.Core.Telemetry.Observations;

/// <summary>What every source of payload bytes does the same: score and name the sample.</summary>
internal static class SampledPayload
{
    /// <summary>What is known of bytes when they are scored.</summary>
    public static PayloadContext Context(FlowFields? flow, bool startUnseen, int length) => new()
    {
        StartUnseen = startUnseen,
        Transport = flow?.Protocol switch
        {
            Protocols.Tcp => Transport.Tcp,
            Protocols.Udp => Transport.Udp,
            _ => Transport.Unknown,
        },
        SourcePort = flow?.SrcPort ?? 0,
        DestinationPort = flow?.DstPort ?? 0,
        PayloadLength = length,
    };

    /// <summary>A scored sample, named by its content and place.</summary>
    /// <param name="score">The verdict.</param>
    /// <param name="direction">Which way the bytes went.</param>
    /// <param name="offset">Position within the direction; null where not said.</param>
    /// <param name="length">Bytes the sample stands for.</param>
    /// <param name="content">What tells it from other samples of its flow: its bytes, its counts, or what stands for them.</param>
    public static PayloadFields Fields(PayloadScore score, PayloadDirection direction, long? offset, int length, ReadOnlySpan<byte> content)
    {
        ContentHash hash = new(stackalloc byte[2048]);
        hash.Add((int)direction);
        hash.Add(offset ?? -1);
        hash.Add(content);
        return new()
        {
            Length = length,
            Direction = direction,
            Offset = offset,
            Score = score,
            SampleId = (ulong)hash.Finish(),
        };
    }

    /// <summary>
    /// The bodies that a sample carries, as a sample of their own: headers are text whatever the body is. Null where there is none.
    /// </summary>
    /// <param name="sample">The whole sample.</param>
    public static PayloadFields? Body(PayloadFields sample)
    {
        if (sample.Score.Body is not { Sampled: >= SampleLengths.Accumulate } body)
        {
            return null;
        }

        ContentHash hash = new(stackalloc byte[32]);
        hash.Add((long)sample.SampleId);
        hash.Add("body"u8);
        return sample with { Length = body.Sampled, Offset = null, Score = body, SampleId = (ulong)hash.Finish() };
    }
}
