using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using CipherWatch.Functions.Http;
using CipherWatch.Functions.Tests.Fakes;

namespace CipherWatch.Functions.Tests.Http;

public class IngestFunctionTests
{
    [Fact]
    public async Task Records_are_taken_and_counted()
    {
        App app = new();
        IReadOnlyList<string> records = Fleet.Records();
        (HttpStatusCode status, JsonElement answer) = await PostAsync(app, "Windows", Encoding.UTF8.GetBytes(string.Join('\n', records) + "\nno record\n"));
        Assert.Equal(HttpStatusCode.Accepted, status);
        long Count(string name) => answer.GetProperty(name).GetInt64();
        Assert.Equal(records.Count + 1, Count("records"));
        Assert.Equal(1, Count("deadLettered"));
        Assert.Equal(Count("records"), Count("observed") + Count("skipped") + Count("deadLettered"));
        Assert.Equal(app.Client.Started.Select(start => start.Id), answer.GetProperty("instances").EnumerateArray().Select(id => id.GetString()));
        Assert.Single(app.Letters.Held);
        await app.RunAsync();
        Assert.NotEmpty(app.Detections.Held);
    }

    [Fact]
    public async Task The_same_body_starts_nothing_again()
    {
        App app = new();
        byte[] body = Encoding.UTF8.GetBytes(string.Join('\n', Fleet.Records()));
        await PostAsync(app, "network", body);
        int started = app.Client.Started.Count;
        (HttpStatusCode status, JsonElement answer) = await PostAsync(app, "network", body);
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal(started, app.Client.Started.Count);
        Assert.Equal(started, answer.GetProperty("instances").GetArrayLength());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    public async Task An_empty_body_is_said_to_be_empty(string body)
    {
        (HttpStatusCode status, JsonElement answer) = await PostAsync(new App(), "windows", Encoding.UTF8.GetBytes(body));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("empty", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_gzip_body_is_said_to_be_broken()
    {
        (HttpStatusCode status, JsonElement answer) = await PostAsync(new App(), "windows", [0x1f, 0x8b, 8, 0, 1, 2, 3]);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("gzip", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused_and_one_that_just_fits_is_not()
    {
        App app = new();
        (HttpStatusCode status, _) = await PostAsync(app, "windows", Body(RequestBody.MaxBytes + 1));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Empty(app.Client.Started);
        (status, _) = await PostAsync(app, "windows", Body(RequestBody.MaxBytes));
        Assert.Equal(HttpStatusCode.Accepted, status);

        static byte[] Body(int length)
        {
            byte[] body = new byte[length];
            body.AsSpan().Fill((byte)' ');
            Encoding.UTF8.GetBytes(Fleet.Records()[0], body);
            return body;
        }
    }

    [Fact]
    public async Task An_unknown_source_is_answered_with_those_there_are()
    {
        (HttpStatusCode status, JsonElement answer) = await PostAsync(new App(), "windws", Encoding.UTF8.GetBytes("{}"));
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("windows, linux, macos, esxi, network, payload-samples", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_files_of_a_zip_are_taken_as_one_batch()
    {
        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string[] lines in Fleet.Records().Chunk(40))
            {
                using Stream file = archive.CreateEntry(lines[0].Length.ToString(CultureInfo.InvariantCulture)).Open();
                file.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
            }
        }

        App app = new();
        (HttpStatusCode status, JsonElement answer) = await PostAsync(app, "windows", zip.ToArray());
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal(Fleet.Records().Count, answer.GetProperty("records").GetInt64());
        Assert.Empty(app.Letters.Held);
    }

    [Fact]
    public async Task A_start_that_fails_is_no_202()
    {
        App app = new();
        app.Client.FailStart = static _ => false;
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            PostAsync(app, "windows", Encoding.UTF8.GetBytes(string.Join('\n', Fleet.Records()))));
    }

    [Fact]
    public async Task Where_too_much_is_under_way_the_same_is_to_be_sent_again()
    {
        App app = new(limits: new(1, TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        byte[] first = Encoding.UTF8.GetBytes(Fleet.Records()[0]), second = Encoding.UTF8.GetBytes(string.Join('\n', Fleet.Records()));
        await PostAsync(app, "windows", first);
        (HttpStatusCode status, JsonElement answer) = await PostAsync(app, "windows", second);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("again", answer.GetProperty("error").GetString(), StringComparison.Ordinal);

        await app.RunAsync();
        (status, _) = await PostAsync(app, "windows", second);
        Assert.Equal(HttpStatusCode.Accepted, status);
    }

    [Fact]
    public async Task Keys_let_nobody_in_unless_a_deployment_asks_for_them()
    {
        App app = new();
        byte[] body = Encoding.UTF8.GetBytes(Fleet.Records()[0]);
        IngestFunction closed = new(app.Handler, Web.Check());
        (HttpStatusCode status, _) = await Web.AnswerAsync(
            await closed.RunWithKeyAsync(Web.Request(body), "windows", app.Client, CancellationToken.None));
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Empty(app.Client.Started);

        IngestFunction keyed = new(app.Handler, Web.Check(("CIPHERWATCH_HTTP_KEYS", "true")));
        (status, _) = await Web.AnswerAsync(await keyed.RunWithKeyAsync(Web.Request(body), "windows", app.Client, CancellationToken.None));
        Assert.Equal(HttpStatusCode.Accepted, status);
        (status, _) = await Web.AnswerAsync(await keyed.RunAsync(Web.Request(body), "windows", app.Client, CancellationToken.None));
        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(App app, string source, byte[] body) =>
        await Web.AnswerAsync(await new IngestFunction(app.Handler, Web.Open).RunAsync(
            Web.Request(body), source, app.Client, TestContext.Current.CancellationToken));
}
