using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;

namespace CipherWatch.Sinks.Tables;

/// <summary>Makes a table client of what a person writes: a connection string, or an account's address to sign in to.</summary>
public static class TableConnection
{
    private const int MaxRetries = 2;
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Opens a table, without a call to it yet; false with a reason where the connection or the name is malformed.</summary>
    /// <param name="connection">
    /// A storage connection string (<c>UseDevelopmentStorage=true</c> for Azurite), or <c>https://ACCOUNT.table.core.windows.net</c>,
    /// which is signed in to with the identity of the environment.
    /// </param>
    /// <param name="tableName">Name of the table.</param>
    /// <param name="client">The client.</param>
    /// <param name="fault">What is wrong, for a person.</param>
    public static bool TryOpen(string connection, string tableName, out TableClient? client, out string? fault)
    {
        client = null;
        fault = TableName.Fault(tableName);
        if (fault is not null)
        {
            return false;
        }

        TableClientOptions options = new();
        options.Retry.MaxRetries = MaxRetries;
        options.Retry.NetworkTimeout = NetworkTimeout;
        options.Retry.Mode = RetryMode.Exponential;
        try
        {
            bool address = Uri.TryCreate(connection, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps;
            client = address && uri!.Query.Length == 0
                ? new(uri, tableName, new DefaultAzureCredential(), options)
                : new(connection, tableName, options);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or ArgumentException)
        {
            // The message of the parser is left out: it may repeat the key.
            fault = "Not a storage connection: give a connection string (UseDevelopmentStorage=true for Azurite) or "
                + "https://ACCOUNT.table.core.windows.net to sign in with the identity of the environment.";
            return false;
        }
    }
}
