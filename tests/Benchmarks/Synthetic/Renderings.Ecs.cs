using System.Globalization;
using System.Text.Json;

namespace CipherWatch.Benchmarks.Synthetic;

/// <content>Winlogbeat 7 and later, before and after its Sysmon pipeline.</content>
internal static partial class Renderings
{
    private static void Winlogbeat(Utf8JsonWriter writer, SyntheticEvent record)
    {
        writer.WriteString("@timestamp", Iso(record.Recorded));
        Header(writer, record);
        Winlog(writer, record, record.Data);
        writer.WriteString("message", record.Message);
    }

    private static void Ecs(Utf8JsonWriter writer, SyntheticEvent record)
    {
        Dictionary<string, string> data = record.Data.ToDictionary(datum => datum.Name, datum => datum.Value);
        string? Take(string name) => data.Remove(name, out string? value) && value != "-" ? value : null;
        string utc = Take("UtcTime") ?? record.Recorded.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        writer.WriteString("@timestamp", utc.Replace(' ', 'T') + "Z");
        Header(writer, record);
        bool isSysmon = record.Channel.StartsWith("Microsoft-Windows-Sysmon", StringComparison.Ordinal);
        if (isSysmon)
        {
            Moved(writer, record.Id, Take);
        }

        Winlog(writer, record, data.Select(datum => (datum.Key, datum.Value)));
        writer.WriteString("message", record.Message);
    }

    private static void Moved(Utf8JsonWriter writer, int id, Func<string, string?> take)
    {
        writer.WriteStartObject("process");
        Text(writer, "entity_id", take("ProcessGuid") ?? take("SourceProcessGuid"));
        if ((take("ProcessId") ?? take("SourceProcessId")) is { } pid)
        {
            writer.WriteNumber("pid", int.Parse(pid, CultureInfo.InvariantCulture));
        }

        Text(writer, "executable", take("Image") ?? take("SourceImage"));
        Text(writer, "command_line", take("CommandLine"));
        if (take("ParentImage") is { } parent)
        {
            writer.WriteStartObject("parent");
            writer.WriteString("executable", parent);
            writer.WriteEndObject();
        }

        string? sha256 = take("Hashes") is { } hashes ? hashes[(hashes.IndexOf("SHA256=", StringComparison.Ordinal) + 7)..][..64] : null;
        if (id == 1)
        {
            Hash(writer, sha256);
        }

        writer.WriteEndObject();
        if (take("ImageLoaded") is { } path)
        {
            writer.WriteStartObject("file");
            writer.WriteString("path", path);
            Hash(writer, sha256);
            writer.WriteStartObject("code_signature");
            Text(writer, "subject_name", take("Signature"));
            Text(writer, "status", take("SignatureStatus"));
            if (take("Signed") == "true")
            {
                writer.WriteBoolean("valid", true);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        if (take("SourceIp") is { } source)
        {
            End(writer, "source", source, take("SourcePort"), take("SourceHostname"));
            End(writer, "destination", take("DestinationIp")!, take("DestinationPort"), take("DestinationHostname"));
            writer.WriteStartObject("network");
            Text(writer, "transport", take("Protocol"));
            writer.WriteString("direction", take("Initiated") == "true" ? "egress" : "ingress");
            writer.WriteEndObject();
        }

        if (take("QueryName") is { } name)
        {
            writer.WriteStartObject("dns");
            writer.WriteStartObject("question");
            writer.WriteString("name", name);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        if (take("User")?.Split('\\') is [var domain, var account])
        {
            writer.WriteStartObject("user");
            writer.WriteString("domain", domain);
            writer.WriteString("name", account);
            writer.WriteEndObject();
        }
    }

    private static void End(Utf8JsonWriter writer, string name, string ip, string? port, string? domain)
    {
        writer.WriteStartObject(name);
        writer.WriteString("ip", ip);
        writer.WriteNumber("port", int.Parse(port!, CultureInfo.InvariantCulture));
        Text(writer, "domain", domain);
        writer.WriteEndObject();
    }

    private static void Hash(Utf8JsonWriter writer, string? sha256)
    {
        if (sha256 is not null)
        {
            writer.WriteStartObject("hash");
            writer.WriteString("sha256", sha256.ToLowerInvariant());
            writer.WriteEndObject();
        }
    }

    private static void Text(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void Header(Utf8JsonWriter writer, SyntheticEvent record)
    {
        writer.WriteStartObject("event");
        writer.WriteString("code", record.Id.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("kind", "event");
        writer.WriteString("provider", record.Provider);
        writer.WriteEndObject();
        writer.WriteStartObject("host");
        writer.WriteString("name", "collector-7");
        writer.WriteEndObject();
    }

    private static void Winlog(Utf8JsonWriter writer, SyntheticEvent record, IEnumerable<(string Name, string Value)> data)
    {
        writer.WriteStartObject("winlog");
        writer.WriteString("api", "wineventlog");
        writer.WriteString("channel", record.Channel);
        writer.WriteString("computer_name", record.Computer);
        writer.WriteStartObject("event_data");
        foreach ((string name, string value) in data)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WriteString("event_id", record.Id.ToString(CultureInfo.InvariantCulture));
        writer.WriteStartObject("process");
        writer.WriteNumber("pid", 2044);
        writer.WriteEndObject();
        writer.WriteString("provider_name", record.Provider);
        writer.WriteEndObject();
    }

    private static string Iso(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
