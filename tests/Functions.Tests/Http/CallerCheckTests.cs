using System.Net;
using System.Text.Json;
using CipherWatch.Functions.Http;
using CipherWatch.Functions.Tests.Fakes;
using Microsoft.AspNetCore.Http;

namespace CipherWatch.Functions.Tests.Http;

/// <summary>Who is let in.</summary>
public class CallerCheckTests
{
    private const string Principal = "X-MS-CLIENT-PRINCIPAL";

    [Fact]
    public async Task Nobody_is_let_in_where_the_platform_signs_nobody_in_whatever_a_caller_claims()
    {
        HttpRequest request = Web.Request();
        Assert.NotNull(Web.Check().Refusal(request));
        request.Headers[Principal] = "forged";
        JsonAnswer? refusal = Web.Check().Refusal(request);
        Assert.NotNull(refusal);
        (HttpStatusCode status, JsonElement answer) = await Web.AnswerAsync(refusal);
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("CIPHERWATCH_HTTP_CLIENT_ID", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Whom_the_platform_signed_in_is_let_in()
    {
        CallerCheck check = Web.Check(("WEBSITE_AUTH_ENABLED", "True"));
        HttpRequest request = Web.Request();
        Assert.NotNull(check.Refusal(request));
        request.Headers[Principal] = "eyJ9";
        request.Headers["X-MS-CLIENT-PRINCIPAL-NAME"] = "kim@example.com";
        Assert.Null(check.Refusal(request));
        Assert.Equal("kim@example.com", check.NameOf(request));
        Assert.Null(Web.Check().NameOf(request));
    }

    [Fact]
    public void Open_is_for_a_developers_machine()
    {
        Assert.Null(Web.Open.Refusal(Web.Request()));
        Assert.NotNull(Web.Check(("CIPHERWATCH_HTTP_ACCESS", "open"), ("WEBSITE_SITE_NAME", "func-1")).Refusal(Web.Request()));
    }
}
