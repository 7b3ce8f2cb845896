using System.Globalization;
using System.Text;
using System.Text.Json;
using CipherWatch.Core.Ingestion;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Ingestion;

public class SampleScoresTests
{
    private static readonly byte[] Ciphertext = RandomBytes(700);

    [Fact]
    public void Each_sample_has_its_verdict_with_flow_direction_and_key_exchange_in_the_order_of_the_input()
    {
        byte[] text = Encoding.ASCII.GetBytes("the quick brown fox jumps over the lazy dog, and then it does so again and again until noon");
        JsonElement answer = Answer($"{Sample(Ciphertext)}\n{Sample(text, port: 40001)}");

        Assert.Equal((2, 2, 0), (Count(answer, "records"), Count(answer, "scored"), Count(answer, "deadLettered")));
        JsonElement[] scores = [.. answer.GetProperty("scores").EnumerateArray()];
        Assert.Equal(["encrypted", "text"], scores.Select(score => score.GetProperty("verdict").GetString()));
        Assert.Equal([40000, 40001], scores.Select(score => score.GetProperty("flow").GetProperty("srcPort").GetInt32()));
        Assert.Equal(("out", "none", 700, 0), (
            scores[0].GetProperty("direction").GetString(), scores[0].GetProperty("flow").GetProperty("handshake").GetString(),
            scores[0].GetProperty("length").GetInt32(), scores[0].GetProperty("offset").GetInt32()));
        Assert.InRange(scores[0].GetProperty("score").GetDouble(), 7.2, 8);
    }

    [Fact]
    public void A_broken_record_is_an_error_with_its_line_and_does_not_stop_the_rest()
    {
        JsonElement answer = Answer($"{Sample(Ciphertext).Replace("\"bytes\":\"", "\"bytes\":\"?", StringComparison.Ordinal)}\n{Sample(Ciphertext)}");

        JsonElement error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal(1, error.GetProperty("line").GetInt32());
        Assert.Contains("base64", error.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal((2, 1, 1), (Count(answer, "records"), Count(answer, "scored"), Count(answer, "deadLettered")));
    }

    [Fact]
    public void What_carries_no_payload_is_said_to_carry_none()
    {
        SampleScores scores = SampleScores.OfRecords("""{"event_type":"stats","timestamp":"2026-03-02T12:00:00.000000+0000","stats":{}}"""u8);

        Assert.Equal((0, 1), (scores.Scored, scores.Counts.Records));
        Assert.Contains("carries payload", scores.WhyNone("application/octet-stream"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_error_is_why_nothing_was_scored() =>
        Assert.Contains("Line 1: ", SampleScores.OfRecords("no record"u8).WhyNone("application/octet-stream"), StringComparison.Ordinal);

    [Fact]
    public void Bytes_themselves_are_one_sample()
    {
        JsonElement answer = Json(writer => SampleScores.WriteBytes(writer, Ciphertext));

        Assert.Equal(("encrypted", 700), (answer.GetProperty("verdict").GetString(), answer.GetProperty("sampled").GetInt32()));
    }

    [Property(MaxTest = 300)]
    public void Any_bytes_are_answered_and_every_record_is_accounted_for(byte[] body)
    {
        SampleScores scores = SampleScores.OfRecords(body);
        JsonElement answer = Json(scores.WriteFields);

        Assert.Equal(Count(answer, "deadLettered"), answer.GetProperty("errors").GetArrayLength());
        Assert.NotEmpty(scores.WhyNone("application/octet-stream"));
        Json(writer => SampleScores.WriteBytes(writer, body));
    }

    private static int Count(JsonElement answer, string name) => answer.GetProperty(name).GetInt32();

    private static JsonElement Answer(string body) => Json(SampleScores.OfRecords(Encoding.UTF8.GetBytes(body)).WriteFields);

    private static JsonElement Json(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }

    private static string Sample(byte[] bytes, int port = 40000) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"cipherwatch":"payload-sample/1","time":"2026-03-02T12:00:00Z","srcIp":"10.20.0.7","srcPort":{{port}},"dstIp":"203.0.113.50","dstPort":8443,"protocol":"tcp","direction":"out","offset":0,"startSeen":true,"bytes":"{{Convert.ToBase64String(bytes)}}"}""");

    private static byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(20260302).NextBytes(bytes);
        return bytes;
    }
}
