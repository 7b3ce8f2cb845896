using System.Globalization;
using System.Net;
using CipherWatch.Functions.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CipherWatch.DeliveryWorker;

/// <summary>
/// The app's way in over HTTP: its own function, behind the server that the Functions worker has it behind, on a port of this machine.
/// </summary>
internal static class IngestServer
{
    /// <summary>What the line begins with that says where it listens.</summary>
    public const string Announced = "ingest at ";

    /// <summary>Where it says how often entities were called.</summary>
    public const string Calls = "/calls";

    /// <summary>Starts it.</summary>
    /// <returns>Its address.</returns>
    public static async Task<string> StartAsync(IServiceProvider services, DurableTaskClient client)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        IngestFunction function = ActivatorUtilities.CreateInstance<IngestFunction>(services);
        app.MapPost("/api/ingest/{source}", (HttpRequest request, string source) =>
            function.RunAsync(request, source, client, request.HttpContext.RequestAborted));
        app.MapGet(Calls, () => AppObjects.EntityCalls.ToString(CultureInfo.InvariantCulture));
        await app.StartAsync();
        return app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }
}
