using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;
using CipherWatch.Core.Telemetry.Json;
using Field = CipherWatch.Core.Telemetry.Network.PayloadSampleFields;

namespace CipherWatch.Core.Telemetry.Network;

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

        // Encoders may write the slash of base64 as \/: escapes first.
        byte[] bytes = ArrayPool<byte>.Shared.Rent(field.Length);
        int length = FieldText.Unescape(field.Form, field.Of(record.Text), bytes);
        bool decoded = Base64.DecodeFromUtf8InPlace(bytes.AsSpan(0, length), out int written) == OperationStatus.Done;
        string? fault = !decoded ? "Payload sample: 'bytes' is not base64 (standard alphabet, padded)."
            : written == 0 ? "Payload sample: 'bytes' holds no byte."
            : place.Length < written ? Shorter(place.Length.Value, written)
            : null;
        if (fault is null)
        {
            content = Of(bytes.AsSpan(0, written), flow, place);
        }

        ArrayPool<byte>.Shared.Return(bytes);
        return fault;
    }

    /// <summary>Reads and scores <c>histogram</c>; returns what is wrong, or null.</summary>
    public static string? ReadHistogram(in JsonRecord record, PayloadSamplePlace place, out PayloadSampleContent content)
    {
        content = default;
        if (record[Field.Histogram].Form != FieldForm.Array)
        {
            return "Payload sample: 'histogram' must be an array of 256 counts.";
        }

        Span<uint> counts = stackalloc uint[Cells];
        int cells = 0;
        long total = 0;
        JsonScanner elements = JsonScanner.OverArray(record.Text, record[Field.Histogram].Start);
        while (elements.NextElement(out FieldSpan element))
        {
            if (element.Form != FieldForm.Number || !element.TryInteger(record.Text, out long count) || count is < 0 or > uint.MaxValue)
            {
                return string.Create(CultureInfo.InvariantCulture, $"Payload sample: count {cells} of 'histogram' is no whole number from 0 to 4294967295.");
            }

            if (cells < Cells)
            {
                counts[cells] = (uint)count;
            }

            total += count;
            cells++;
        }

        if (cells != Cells)
        {
            return string.Create(CultureInfo.InvariantCulture, $"Payload sample: 'histogram' has {cells} counts, not 256.");
        }

        if (total is 0 or > int.MaxValue)
        {
            return "Payload sample: the counts of 'histogram' must add up to 1 byte at least and 2147483647 at most.";
        }

        if (place.Length < total)
        {
            return Shorter(place.Length.Value, total);
        }

        PayloadScore score = PayloadScorer.ScoreHistogram(counts);
        content = new(
            Fields(score, place, (int)total, MemoryMarshal.AsBytes(counts)),
            place.StartSeen is false ? Handshake.Unseen : Handshake.Unknown);
        return null;
    }

    private static PayloadSampleContent Of(ReadOnlySpan<byte> bytes, FlowFields? flow, PayloadSamplePlace place)
    {
        PayloadScore score = PayloadScorer.Score(bytes, new PayloadContext
        {
            StartUnseen = place.IsLater,
            Transport = flow?.Protocol switch
            {
                Protocols.Tcp => Transport.Tcp,
                Protocols.Udp => Transport.Udp,
                _ => Transport.Unknown,
            },
            SourcePort = flow?.SrcPort ?? 0,
            DestinationPort = flow?.DstPort ?? 0,
            PayloadLength = place.Length ?? 0,
        });
        Handshake handshake = place.StartSeen is false ? Handshake.Unseen
            : place.IsStart ? KeyExchange.AtStart(score, bytes)
            : Handshake.Unknown;
        return new(Fields(score, place, bytes.Length, bytes), handshake);
    }

    private static PayloadFields Fields(PayloadScore score, PayloadSamplePlace place, int sampled, ReadOnlySpan<byte> content)
    {
        ContentHash hash = new(stackalloc byte[2048]);
        hash.Add((int)place.Direction);
        hash.Add(place.Offset ?? -1);
        hash.Add(content);
        return new()
        {
            Length = place.Length ?? sampled,
            Direction = place.Direction,
            Offset = place.Offset,
            Score = score,
            SampleId = (ulong)hash.Finish(),
        };
    }

    private static string Shorter(int length, long sampled) => string.Create(
        CultureInfo.InvariantCulture,
        $"Payload sample: 'length' is {length}, less than the {sampled} bytes sampled.");
}
