using Azure.Data.Tables;
using CipherWatch.Functions.Activities;
using CipherWatch.Functions.Exporters;
using CipherWatch.Functions.Ingestion;
using CipherWatch.Functions.Orchestrations;
using Microsoft.Extensions.DependencyInjection;

namespace CipherWatch.Functions.Hosting;

/// <summary>What takes facts to their entities.</summary>
internal static class DeliveryRegistration
{
    private const string TemplatesTable = "exportertemplates";

    /// <summary>Adds it.</summary>
    public static void AddDelivery(this IServiceCollection services, StorageClients storage)
    {
        TableClient templates = storage.Table(TemplatesTable);
        services.AddSingleton<ITemplateStore>(new TableTemplates(templates));
        services.AddSingleton<ExporterTemplates>();
        services.AddSingleton(new LookAgainWaits(LookAgain.UsualWaits));
        services.AddSingleton<RecentLooks>();
        services.AddSingleton(InFlightLimits.Usual);
        services.AddSingleton<InFlight>();
        services.AddSingleton<BatchStarter>();
    }
}
