using System.Net;
using CipherWatch.Functions.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace CipherWatch.Functions.Http;

/// <summary>Who may call the HTTP functions: by default whoever the platform has signed in to Microsoft Entra ID.</summary>
/// <remarks>
/// The platform checks tokens before a request reaches the app, and puts in who called; it takes such headers out of what comes from
/// outside. That holds only while it is switched on, which it says in the environment: where it does not say so, nobody is let in.
/// Source: https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities
/// </remarks>
public sealed class CallerCheck(IConfiguration configuration)
{
    /// <summary>Whom the platform signed in.</summary>
    private const string Principal = "X-MS-CLIENT-PRINCIPAL";

    private const string PrincipalName = "X-MS-CLIENT-PRINCIPAL-NAME";

    /// <summary>Set by the platform while it signs callers in.</summary>
    private const string PlatformSignsIn = "WEBSITE_AUTH_ENABLED";

    /// <summary>Set by the platform wherever the app runs in Azure.</summary>
    private const string PlatformSite = "WEBSITE_SITE_NAME";

    private const string Open = "open";

    /// <summary>The answer for a caller who may not come in; null for one who may.</summary>
    internal JsonAnswer? Refusal(HttpRequest request)
    {
        if (Is(AppSettings.HttpAccess, Open))
        {
            return string.IsNullOrEmpty(configuration[PlatformSite])
                ? null
                : JsonAnswer.Error(
                    HttpStatusCode.Unauthorized,
                        $"{AppSettings.HttpAccess}={Open} is for a developer's machine and is not followed in Azure.");
        }

        return !Is(PlatformSignsIn, "true")
            ? JsonAnswer.Error(
                HttpStatusCode.Unauthorized,
                "Nobody is let in: App Service authentication is off. Set CIPHERWATCH_HTTP_CLIENT_ID and provision (docs/deploy.md).")
            : string.IsNullOrEmpty(request.Headers[Principal])
                ? JsonAnswer.Error(HttpStatusCode.Unauthorized, "Sign in to Microsoft Entra ID: send a bearer token for this app.")
                : null;
    }

    /// <summary>The name of the caller whom the platform signed in; null where there is none.</summary>
    internal string? NameOf(HttpRequest request) =>
        Is(PlatformSignsIn, "true") && request.Headers[PrincipalName].ToString() is { Length: > 0 } name ? name : null;

    /// <summary>Whether function keys let telemetry in, besides Entra.</summary>
    internal bool KeysLetIn => Is(AppSettings.HttpKeys, "true");

    private bool Is(string name, string value) => value.Equals(configuration[name], StringComparison.OrdinalIgnoreCase);
}
