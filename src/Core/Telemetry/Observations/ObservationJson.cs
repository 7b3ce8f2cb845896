using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Randomness;

namespace CipherWatch.Core.Telemetry.Observations;

/// <summary>Writes observations as JSON, by hand so that field order and bytes are the same on every build; absent when unknown.</summary>
public static class ObservationJson
{
    /// <summary>Compact, and without escaping what JSON does not need escaped: people read these lines.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Decimals kept of a statistic: enough to compare, few enough to be the same on every machine.</summary>
    private const int Decimals = 4;

    /// <summary>A time as ISO 8601 UTC, with as many fraction digits as it needs and at least three.</summary>
    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString(
        time.Ticks % TimeSpan.TicksPerMillisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss.fff'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'",
        CultureInfo.InvariantCulture);

    /// <summary>Writes one observation as one object.</summary>
    public static void Write(Utf8JsonWriter writer, Observation observation)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(observation);
        writer.WriteStartObject();
        writer.WriteString("id", observation.Id.ToString());
        writer.WriteTime("time", observation.Time);
        writer.WriteTime("recordTime", observation.RecordTime);
        writer.WriteString("source", observation.Source);
        writer.WriteString("platform", observation.Platform.Word());
        writer.WriteText("host", observation.Host);
        writer.WriteText("hostFqdn", observation.HostFqdn);
        writer.WriteString("kind", observation.Kind.Word());
        Write(writer, "process", observation.Process);
        Write(writer, observation.Module);
        Write(writer, observation.Flow);
        Write(writer, observation.Payload);
        writer.WriteText("queryName", observation.QueryName);
        if (observation.Answers.Count > 0)
        {
            writer.WriteStartArray("answers");
            foreach (IpAddress answer in observation.Answers)
            {
                writer.WriteStringValue(answer.ToString());
            }

            writer.WriteEndArray();
        }

        Write(writer, "target", observation.Target);
        writer.WriteText("uid", observation.FlowUid);
        writer.WriteWhole("serial", observation.EventSerial);
        writer.WriteFlag("partial", observation.IsPartial ? true : null);
        writer.WriteEndObject();
    }

    /// <summary>One observation as the UTF-8 bytes of one line, without its end.</summary>
    public static byte[] ToUtf8(Observation observation)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, Options))
        {
            Write(writer, observation);
        }

        return buffer.WrittenSpan.ToArray();
    }

    internal static void Write(Utf8JsonWriter writer, string name, ProcessFields? process)
    {
        if (process is null)
        {
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteText("key", process.Key?.ToString());
        writer.WriteWhole("pid", process.Pid);
        writer.WriteWhole("parentPid", process.ParentPid);
        writer.WriteText("guid", process.Guid);
        writer.WriteText("image", process.Image);
        writer.WriteText("threadName", process.ThreadName);
        writer.WriteText("commandLine", process.CommandLine);
        writer.WriteText("parentImage", process.ParentImage);
        writer.WriteText("user", process.User);
        writer.WriteText("hash", process.Hash);
        writer.WriteFlag("signed", process.Signed);
        writer.WriteText("signer", process.Signer);
        writer.WriteTime("startTime", process.StartTime);
        writer.WriteWhole("startSerial", process.StartSerial);
        writer.WriteText("bootId", process.BootId);
        writer.WriteText("signingId", process.SigningId);
        writer.WriteText("teamId", process.TeamId);
        writer.WriteFlag("platformBinary", process.IsPlatformBinary);
        writer.WriteText("job", process.Job);
        writer.WriteEndObject();
    }

    internal static void WriteText(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    internal static void WriteTime(this Utf8JsonWriter writer, string name, DateTimeOffset? value) =>
        writer.WriteText(name, value is { } time ? Iso(time) : null);

    internal static void WriteWhole(this Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static void WriteFlag(this Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is { } flag)
        {
            writer.WriteBoolean(name, flag);
        }
    }

    internal static void WriteDecimal(this Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            writer.WriteNumber(name, Math.Round((decimal)number, Decimals));
        }
    }

    private static void Write(Utf8JsonWriter writer, ModuleFields? module)
    {
        if (module is null)
        {
            return;
        }

        writer.WriteStartObject("module");
        writer.WriteString("path", module.Path);
        writer.WriteText("algorithm", module.Algorithm);
        writer.WriteFlag("signed", module.Signed);
        writer.WriteText("signer", module.Signer);
        writer.WriteText("hash", module.Hash);
        writer.WriteEndObject();
    }

    internal static void Write(Utf8JsonWriter writer, FlowFields? flow)
    {
        if (flow is null)
        {
            return;
        }

        writer.WriteStartObject("flow");
        WriteEnd(writer, "srcIp", flow.SrcIp, "srcPort", flow.SrcPort, flow.IsPartial);
        WriteEnd(writer, "dstIp", flow.DstIp, "dstPort", flow.DstPort, flow.IsPartial);
        writer.WriteText("protocol", flow.IsProtocolAssumed
            || (flow.IsPartial && flow.Protocol == 0) ? null : Protocols.Name(flow.Protocol));
        writer.WriteString("direction", flow.Direction.Word());
        writer.WriteFlag("initiatorInferred", flow.IsInitiatorInferred ? true : null);
        writer.WriteWhole("bytesOut", flow.BytesOut);
        writer.WriteWhole("bytesIn", flow.BytesIn);
        writer.WriteWhole("packetsOut", flow.PacketsOut);
        writer.WriteWhole("packetsIn", flow.PacketsIn);
        writer.WriteWhole("sampledOneIn", flow.SampledOneIn);
        writer.WriteWhole("durationMs", flow.DurationMs);
        writer.WriteText("application", flow.Application);
        writer.WriteText("ruledOut", flow.RuledOut);
        writer.WriteText("handshake", flow.Handshake.Word());
        writer.WriteText("serverName", flow.ServerName);
        writer.WriteFlag("proxied", flow.IsProxied ? true : null);
        writer.WriteWhole("serverPort", flow.ServerPort == 0 ? null : flow.ServerPort);
        writer.WriteText("communityId", flow.IsPartial ? null : flow.Key.CommunityId());
        writer.WriteEndObject();
    }

    /// <summary>One end of a flow; of one that is not named, only what is known of it.</summary>
    private static void WriteEnd(
        Utf8JsonWriter writer, string ipName, Identity.IpAddress ip, string portName, ushort port, bool isPartial)
    {
        if (!isPartial || !ip.IsUnspecified)
        {
            writer.WriteString(ipName, ip.ToString());
        }

        if (!isPartial || port != 0)
        {
            writer.WriteNumber(portName, port);
        }
    }

    private static void Write(Utf8JsonWriter writer, PayloadFields? payload)
    {
        if (payload is null)
        {
            return;
        }

        writer.WriteStartObject("payload");
        writer.WriteNumber("length", payload.Length);
        writer.WriteNumber("sampled", payload.Score.Sampled);
        writer.WriteDecimal("entropy", payload.Score.Entropy);
        writer.WriteDecimal("score", payload.Score.Score);
        writer.WriteDecimal("z", payload.Score.Z);
        writer.WriteString("verdict", payload.Score.Verdict.Word());
        writer.WriteText("direction", payload.Direction.Word());
        writer.WriteEndObject();
    }
}
