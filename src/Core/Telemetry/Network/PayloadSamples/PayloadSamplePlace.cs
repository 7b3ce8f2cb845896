using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Text;
using Field = CipherWatch.Core.Telemetry.Network.PayloadSamples.PayloadSampleFields;

namespace CipherWatch.Core.Telemetry.Network.PayloadSamples;

/// <summary>Where in its flow a sample stands, and what the sensor says of the flow's start.</summary>
internal readonly record struct PayloadSamplePlace
{
    /// <summary>Which way the bytes went.</summary>
    public PayloadDirection Direction { get; private init; }

    /// <summary>Position of the first byte within its direction; null where not said.</summary>
    public long? Offset { get; private init; }

    /// <summary>Whether the flow's first packets were captured; null where not said.</summary>
    public bool? StartSeen { get; private init; }

    /// <summary>Bytes of the payload the sample was cut from; null where not said.</summary>
    public int? Length { get; private init; }

    /// <summary>The sensor's own word on the key exchange.</summary>
    public Handshake Handshake { get; private init; }

    /// <summary>Whether the sample is known to begin where its direction began.</summary>
    public bool IsStart => StartSeen is true && Offset is 0;

    /// <summary>Whether it is known to begin later.</summary>
    public bool IsLater => StartSeen is false || Offset is > 0;

    /// <summary>The place of what stands so many bytes further: of a tunnel it is the start.</summary>
    public PayloadSamplePlace Behind(int bytes) => this with { Offset = Offset + bytes, Length = Length - bytes };

    /// <summary>Reads the place; returns what is wrong, or null.</summary>
    public static string? Read(in JsonRecord record, out PayloadSamplePlace place)
    {
        place = default;
        if (record.Has(Field.Direction) && Direct(record[Field.Direction], record.Text) == PayloadDirection.Unknown)
        {
            return "Payload sample: 'direction' must be \"out\" (from src) or \"in\" (to src).";
        }

        if (record.Has(Field.Handshake) && HandshakeOf(record[Field.Handshake], record.Text) == Handshake.Unknown)
        {
            return "Payload sample: 'handshake' must be none, hello, established, resumed or unseen.";
        }

        if (record.Has(Field.StartSeen) && record[Field.StartSeen].Boolean(record.Text) is null)
        {
            return "Payload sample: 'startSeen' must be true or false.";
        }

        if (record.Has(Field.Offset) && Whole(record[Field.Offset], record.Text, long.MaxValue) is null)
        {
            return "Payload sample: 'offset' must be a whole number of bytes, 0 or more.";
        }

        if (record.Has(Field.Length) && Whole(record[Field.Length], record.Text, int.MaxValue) is null or 0)
        {
            return "Payload sample: 'length' must be a whole number of bytes, from 1 to 2147483647.";
        }

        place = new()
        {
            Direction = Direct(record[Field.Direction], record.Text),
            Offset = Whole(record[Field.Offset], record.Text, long.MaxValue),
            StartSeen = record[Field.StartSeen].Boolean(record.Text),
            Length = (int?)Whole(record[Field.Length], record.Text, int.MaxValue),
            Handshake = HandshakeOf(record[Field.Handshake], record.Text),
        };
        return null;
    }

    private static long? Whole(FieldSpan field, ReadOnlySpan<byte> text, long max) =>
        field.TryInteger(text, out long number) && number >= 0 && number <= max ? number : null;

    private static PayloadDirection Direct(FieldSpan field, ReadOnlySpan<byte> text) =>
        field.Is(text, "out"u8) ? PayloadDirection.Out : field.Is(text, "in"u8) ? PayloadDirection.In : PayloadDirection.Unknown;

    private static Handshake HandshakeOf(FieldSpan field, ReadOnlySpan<byte> text) =>
        field.Is(text, "none"u8) ? Handshake.None
        : field.Is(text, "hello"u8) ? Handshake.Hello
        : field.Is(text, "established"u8) ? Handshake.Established
        : field.Is(text, "resumed"u8) ? Handshake.Resumed
        : field.Is(text, "unseen"u8) ? Handshake.Unseen
        : Handshake.Unknown;
}
