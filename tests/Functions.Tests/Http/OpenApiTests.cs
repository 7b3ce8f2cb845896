using System.Net;
using System.Text;
using System.Text.Json;
using CipherWatch.Functions.Http;
using CipherWatch.Functions.Ingestion;
using CipherWatch.Functions.Tests.Fakes;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

namespace CipherWatch.Functions.Tests.Http;

/// <summary>The document says what the functions do: paths, methods, who may call, parameters, and the fields of answers.</summary>
public class OpenApiTests
{
    private static readonly JsonElement Document = JsonElement.Parse(OpenApiFunction.Document());

    [Fact]
    public async Task Every_function_is_in_it_with_its_path_method_and_way_in()
    {
        List<string> told = [];
        foreach (IFunctionMetadata function in await new GeneratedFunctionMetadataProvider().GetFunctionMetadataAsync(AppContext.BaseDirectory))
        {
            foreach (JsonElement trigger in function.RawBindings!.Select(binding => JsonElement.Parse(binding))
                .Where(binding => binding.GetProperty("type").GetString() == "httpTrigger"))
            {
                string key = trigger.GetProperty("authLevel").GetString() == "Function" ? "key" : "entra";
                told.Add($"{trigger.GetProperty("methods")[0]} /{trigger.GetProperty("route")} {function.Name} {key}");
            }
        }

        IEnumerable<string> written = Document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Select(method => $"{method.Name} {path.Name} {method.Value.GetProperty("operationId")} "
                + $"{method.Value.GetProperty("security")[0].EnumerateObject().Single().Name}"));
        Assert.Equal(told.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/detections", "get")]
    [InlineData("/deadletters/replay", "post")]
    public void Every_parameter_is_in_it(string path, string method) => Assert.Equal(
        path == "/detections" ? DetectionsFunction.Parameters : ReplayFunction.Parameters,
        Document.GetProperty("paths").GetProperty(path).GetProperty(method).GetProperty("parameters").EnumerateArray()
            .Select(parameter => parameter.GetProperty("name").GetString()!).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_family_is_in_it() => Assert.Equal(
        Families.All,
        Document.GetProperty("paths").GetProperty("/ingest/{source}").GetProperty("post").GetProperty("parameters")[0]
            .GetProperty("schema").GetProperty("enum").EnumerateArray().Select(name => name.GetString()!));

    [Fact]
    public async Task Answers_have_the_fields_that_it_names()
    {
        App app = new();
        byte[] body = Encoding.UTF8.GetBytes(Fleet.Records()[0] + "\nno record");
        await HasFieldsAsync("IngestAnswer", await new IngestFunction(app.Handler, Web.Open).RunAsync(
            Web.Request(body), "windows", app.Client, CancellationToken.None));
        ReplayFunction replay = new(app.Letters, app.Replay, Web.Open);
        await HasFieldsAsync("ReplayAnswer", await replay.RunAsync(Web.Request(), app.Client, CancellationToken.None), "next");
        await HasFieldsAsync("Error", await new ScoreFunction(Web.Open).RunAsync(Web.Request(), CancellationToken.None));
    }

    [Fact]
    public async Task It_is_answered()
    {
        (HttpStatusCode status, JsonElement answer) = await Web.AnswerAsync(new OpenApiFunction(Web.Open).Run(Web.Request()));
        Assert.Equal((HttpStatusCode.OK, "3.1.0"), (status, answer.GetProperty("openapi").GetString()));
    }

    private static async Task HasFieldsAsync(string schema, Microsoft.AspNetCore.Http.IResult result, params string[] optional)
    {
        (_, JsonElement answer) = await Web.AnswerAsync(result);
        IEnumerable<string> named = Document.GetProperty("components").GetProperty("schemas").GetProperty(schema).GetProperty("properties")
            .EnumerateObject().Select(property => property.Name).Except(optional);
        Assert.Equal(named.Order(StringComparer.Ordinal), answer.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
    }
}
