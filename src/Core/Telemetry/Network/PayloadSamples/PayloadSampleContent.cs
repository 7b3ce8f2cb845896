using System.Globalization;
using System.Runtime.InteropServices;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Text;
using Field = CipherWatch.Core.Telemetry.Network.PayloadSamples.PayloadSampleFields;

namespace CipherWatch.Core.Telemetry.Network.PayloadSamples;

/// <summary>A sample's bytes, scored, and what they say of the key exchange.</summary>
internal readonly record struct PayloadSampleContent(PayloadFields Payload, Handshake Handshake)
{
    /// <summary>Counts of a byte histogram.</summary>
    private const int Cells = 256;

    /// <summary>Reads and scores <c>bytes</c>; returns what is wrong, or null.</summary>
    public static string? ReadBytes(in JsonRecord record, FlowFields? flow, PayloadSamplePlace place, out PayloadSampleContent content)
    {
        content = default;
        FieldSpan field = record[Field.Bytes];
        if (!field.IsText || field.Length == 0)
        {
            return "Payload sample: 'bytes' must be base64 text of at least one byte.";
        }

        byte[]? bytes = Base64Field.Decode(field, record.Text);
        string? fault = bytes is null ? "Payload sample: 'bytes' is not base64 (standard alphabet, padded)."
            : bytes.Length == 0 ? "Payload sample: 'bytes' holds no byte."
            : place.Length < bytes.Length ? Shorter(place.Length.Value, bytes.Length)
            : null;
        if (fault is null)
        {
            content = Of(bytes!, flow, place);
        }

        return fault;
    }

    /// <summary>Reads and scores <c>histogram</c>; returns what is wrong, or null.</summary>
    public static string? ReadHistogram(in JsonRecord record, PayloadSamplePlace place, out PayloadSampleContent content)
    {
        content = default;
        Span<uint> counts = stackalloc uint[Cells];
        if (ByteCounts.Read(record.Text, record[Field.Histogram], counts, out int total) is { } fault)
        {
            return $"Payload sample: 'histogram' {fault}.";
        }

        if (place.Length < total)
        {
            return Shorter(place.Length.Value, total);
        }

        PayloadScore score = PayloadScorer.ScoreHistogram(counts);
        content = new(
            Fields(score, place, total, MemoryMarshal.AsBytes(counts)),
            place.StartSeen is false ? Handshake.Unseen : Handshake.Unknown);
        return null;
    }

    private static PayloadSampleContent Of(ReadOnlySpan<byte> bytes, FlowFields? flow, PayloadSamplePlace place)
    {
        // Behind a proxy's request or answer what comes is the destination's.
        bool isStart = place.IsStart;
        int head = isStart ? ConnectTunnel.HeadOf(bytes) : 0;
        if (head > 0 && head < bytes.Length)
        {
            bytes = bytes[head..];
            place = place.Behind(head);
        }

        PayloadScore score = PayloadScorer.Score(bytes, SampledPayload.Context(flow, !isStart && place.IsLater, place.Length ?? 0));
        Handshake handshake = place.StartSeen is false ? Handshake.Unseen
            : isStart ? KeyExchange.AtStart(score, bytes)
            : Handshake.Unknown;
        return new(Fields(score, place, bytes.Length, bytes), handshake);
    }

    private static PayloadFields Fields(PayloadScore score, PayloadSamplePlace place, int sampled, ReadOnlySpan<byte> content) =>
        SampledPayload.Fields(score, place.Direction, place.Offset, place.Length ?? sampled, content);

    private static string Shorter(int length, long sampled) => string.Create(
        CultureInfo.InvariantCulture,
        $"Payload sample: 'length' is {length}, less than the {sampled} bytes sampled.");
}
