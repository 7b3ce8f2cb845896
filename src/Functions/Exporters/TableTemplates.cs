using System.Globalization;
using Azure;
using Azure.Data.Tables;
using CipherWatch.Core.Identity;
using CipherWatch.Core.Telemetry.Network.Datagrams;
using CipherWatch.Sinks.Tables;

namespace CipherWatch.Functions.Exporters;

/// <summary>Templates in Table storage: a row each, in the partition of their lane.</summary>
public sealed class TableTemplates(TableClient table) : ITemplateStore
{
    private const int NotFound = 404;

    /// <summary>Rows of one transaction. Source: Table storage's limits.</summary>
    private const int MaxTransaction = 100;

    private volatile bool _exists;

    /// <inheritdoc/>
    public async Task KeepAsync(string lane, IReadOnlyList<HeldTemplate> templates, CancellationToken cancellationToken)
    {
        if (!_exists)
        {
            await TableSetup.EnsureAsync(table, cancellationToken).ConfigureAwait(false);
            _exists = true;
        }

        foreach (HeldTemplate[] some in templates.Chunk(MaxTransaction))
        {
            await table.SubmitTransactionAsync(
                some.Select(template => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Row(lane, template))),
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HeldTemplate>> ReadAsync(string lane, CancellationToken cancellationToken)
    {
        List<HeldTemplate> templates = [];
        try
        {
            await foreach (TableEntity row in table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {Key(lane)}"), cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                templates.Add(new(
                    row.GetString("Exporter"), row.GetInt32("Version") ?? 0, (uint)(row.GetInt64("Source") ?? 0),
                    (ushort)(row.GetInt32("Template") ?? 0), row.GetBoolean("Options") ?? false, row.GetBinary("Fields") ?? []));
            }
        }
        catch (RequestFailedException exception) when (exception.Status == NotFound)
        {
            // Nothing was ever kept.
        }

        return templates;
    }

    private static TableEntity Row(string lane, HeldTemplate template) => new(
        Key(lane),
        Key(string.Create(
            CultureInfo.InvariantCulture, $"{template.Exporter} {template.Version} {template.Source} {template.Id}")))
    {
        ["Exporter"] = template.Exporter,
        ["Version"] = template.Version,
        ["Source"] = (long)template.Source,
        ["Template"] = (int)template.Id,
        ["Options"] = template.IsOptions,
        ["Fields"] = template.Fields.ToArray(),
    };

    /// <summary>Names come from outside, and keys of a table take few characters.</summary>
    private static string Key(string name)
    {
        ContentHash hash = new(stackalloc byte[256]);
        hash.Add(name);
        return hash.Finish().ToString("x32", CultureInfo.InvariantCulture);
    }
}
