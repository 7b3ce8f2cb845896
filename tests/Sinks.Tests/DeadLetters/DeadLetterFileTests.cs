using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Sinks.DeadLetters;
using CipherWatch.Sinks.Files;
using FsCheck.Xunit;

namespace CipherWatch.Sinks.Tests.DeadLetters;

public sealed class DeadLetterFileTests
{
    [Property]
    public void Whatever_the_bytes_they_come_back_with_place_and_reason(byte[] raw, int line, int part)
    {
        DeadLetter letter = new(new("a\tfile.json", line, 1234567890123), "sysmon", "Reason: \"why\"", part, raw);
        using MemoryStream stream = new();
        using LineFile file = new(stream, "memory");
        new DeadLetterFile(file).Write(letter);
        string text = Encoding.UTF8.GetString(stream.ToArray());
        Assert.Equal('\n', text[^1]);
        Assert.Equal(1, text.Count(character => character == '\n'));

        using JsonDocument json = JsonDocument.Parse(text);
        Assert.Equal(
            ["file", "line", "offset", "part", "source", "reason", "encoding", "raw"],
            json.RootElement.EnumerateObject().Select(property => property.Name));
        bool isText = Utf8.IsValid(raw);
        Assert.Equal(isText ? "utf-8" : "base64", json.RootElement.GetProperty("encoding").GetString());
        JsonElement kept = json.RootElement.GetProperty("raw");
        Assert.Equal(raw, isText ? Encoding.UTF8.GetBytes(kept.GetString()!) : kept.GetBytesFromBase64());
        Assert.Equal("a\tfile.json", json.RootElement.GetProperty("file").GetString());
        Assert.Equal(line, json.RootElement.GetProperty("line").GetInt64());
        Assert.Equal(1234567890123, json.RootElement.GetProperty("offset").GetInt64());
        Assert.Equal(part, json.RootElement.GetProperty("part").GetInt32());
        Assert.Equal("Reason: \"why\"", json.RootElement.GetProperty("reason").GetString());
    }
}
