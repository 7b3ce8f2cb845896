using CipherWatch.Functions.Hosting;
using CipherWatch.Functions.Retention;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CipherWatch.Functions.Tests.Hosting;

/// <summary>Rows go after the days that docs/privacy.md says.</summary>
public class KeptTablesTests
{
    [Theory]
    [InlineData("flowjournal", 2)]
    [InlineData("prevalence", 50)]
    [InlineData("CipherWatchDetections", 365)]
    public async Task Rows_of_a_table_go_after_the_days_that_are_documented(string table, int days)
    {
        FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["CIPHERWATCH_STORAGE"] = "UseDevelopmentStorage=true" });
        builder.AddCipherWatch();
        await using ServiceProvider services = builder.Services.BuildServiceProvider();

        Assert.Equal(days, Assert.Single(services.GetServices<KeptTable>(), kept => kept.Table.Name == table).Days);
    }
}
