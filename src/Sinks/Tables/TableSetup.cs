using Azure;
using Azure.Data.Tables;

namespace CipherWatch.Sinks.Tables;

/// <summary>Makes sure that a table is there before it is written to.</summary>
public static class TableSetup
{
    private const int Forbidden = 403;

    /// <summary>Creates a table where it is not there and this identity may create tables.</summary>
    /// <remarks>
    /// A deployment creates its tables and gives the app a role on each, not on all: it may write rows and create nothing. What the
    /// refusal meant for the rows, their own request will say.
    /// </remarks>
    public static async Task EnsureAsync(TableClient table, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        try
        {
            await table.CreateIfNotExistsAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException exception) when (exception.Status == Forbidden)
        {
        }
    }
}
