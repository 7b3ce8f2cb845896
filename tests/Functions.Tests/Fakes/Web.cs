using System.Net;
using System.Text.Json;
using CipherWatch.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace CipherWatch.Functions.Tests.Fakes;

/// <summary>Requests and what they are answered with, without a server.</summary>
internal static class Web
{
    /// <summary>Lets everybody in, as on a developer's machine.</summary>
    public static CallerCheck Open { get; } = Check(("CIPHERWATCH_HTTP_ACCESS", "open"));

    /// <summary>A check by settings of the app and the platform.</summary>
    public static CallerCheck Check(params (string Name, string Value)[] settings) => new(Configuration(settings));

    /// <summary>Settings of the app and the platform.</summary>
    public static IConfiguration Configuration(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();

    /// <summary>A request.</summary>
    public static HttpRequest Request(byte[]? body = null, string query = "", string? contentType = null)
    {
        HttpRequest request = new DefaultHttpContext().Request;
        request.Body = new MemoryStream(body ?? []);
        request.QueryString = new(query);
        request.ContentType = contentType;
        return request;
    }

    /// <summary>What a caller gets.</summary>
    public static async Task<(HttpStatusCode Status, JsonElement Answer)> AnswerAsync(IResult result)
    {
        DefaultHttpContext context = new();
        using MemoryStream body = new();
        context.Response.Body = body;
        await result.ExecuteAsync(context);
        Assert.Equal("application/json; charset=utf-8", context.Response.ContentType);
        return ((HttpStatusCode)context.Response.StatusCode, JsonElement.Parse(body.ToArray()));
    }
}
