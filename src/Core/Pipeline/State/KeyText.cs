using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Pipeline.State;

/// <summary>Reads identities back from their text.</summary>
internal static class KeyText
{
    /// <summary>A flow from <see cref="FlowKey.ToString"/>; null where it is none.</summary>
    public static FlowKey? Flow(string text)
    {
        string[] parts = text.Split('|');
        return parts.Length == 5 && IpAddress.TryParse(parts[0], out IpAddress first) && Port(parts[1], out ushort firstPort)
            && IpAddress.TryParse(parts[2], out IpAddress second) && Port(parts[3], out ushort secondPort)
                && Protocol(parts[4], out byte protocol)
            ? FlowKey.Create(first, firstPort, second, secondPort, protocol)
            : null;
    }

    private static bool Port(string text, out ushort port) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port);

    private static bool Protocol(string text, out byte protocol) =>
        byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out protocol);
}

/// <summary>An identity as its text.</summary>
internal abstract class KeyConverter<T>(string name) : JsonConverter<T>
    where T : struct
{
    /// <summary>The identity that a text is; null where it is none.</summary>
    protected abstract T? Parse(string text);

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Parse(reader.GetString()!) is { } key ? key : throw new JsonException($"Not {name}.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

internal sealed class IpAddressConverter() : KeyConverter<IpAddress>("an address")
{
    protected override IpAddress? Parse(string text) => IpAddress.TryParse(text, out IpAddress ip) ? ip : null;
}

internal sealed class FlowKeyConverter() : KeyConverter<FlowKey>("a flow key")
{
    protected override FlowKey? Parse(string text) => KeyText.Flow(text);
}

internal sealed class ProcessKeyConverter() : KeyConverter<ProcessKey>("a process key")
{
    protected override ProcessKey? Parse(string text) => ProcessKey.TryParse(text, out ProcessKey key) ? key : null;
}

internal sealed class ChannelKeyConverter() : KeyConverter<ChannelKey>("a channel key")
{
    protected override ChannelKey? Parse(string text) => ChannelKey.TryParse(text, out ChannelKey key) ? key : null;
}

internal sealed class ObservationIdConverter() : KeyConverter<ObservationId>("an observation id")
{
    protected override ObservationId? Parse(string text) => ObservationId.TryParse(text, out ObservationId id) ? id : null;
}

internal sealed class DetectionIdConverter() : KeyConverter<DetectionId>("a detection id")
{
    protected override DetectionId? Parse(string text) => DetectionId.TryParse(text, out DetectionId id) ? id : null;
}
