using System.Net;
using System.Net.Sockets;
using Azure.Data.Tables;
using CipherWatch.Sinks.Tables;

namespace CipherWatch.Sinks.Tests.Tables;

public sealed class TableConnectionTests
{
    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("AccountName=x;AccountKey=SECRET")]
    [InlineData("http://storage.example.net")]
    public void A_malformed_connection_is_a_reason_that_tells_no_key(string connection)
    {
        Assert.False(TableConnection.TryOpen(connection, TableName.Default, out _, out string? fault));
        Assert.Contains("UseDevelopmentStorage=true", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UseDevelopmentStorage=true")]
    [InlineData("https://account.table.core.windows.net")]
    public void Azurite_and_an_account_to_sign_in_to_are_connections(string connection)
    {
        Assert.True(TableConnection.TryOpen(connection, TableName.Default, out TableClient? table, out _));
        Assert.Equal(TableName.Default, table!.Name);
    }

    [Theory]
    [InlineData("ab", false)]
    [InlineData("abc", true)]
    [InlineData("1abc", false)]
    [InlineData("with-dash", false)]
    [InlineData("Tables", false)]
    [InlineData("CipherWatchDetections", true)]
    public void Names_of_tables_follow_the_rules_of_the_service(string name, bool valid) =>
        Assert.Equal(valid, TableName.Fault(name) is null);

    [Fact]
    public async Task An_endpoint_where_nobody_listens_is_told_in_a_sentence()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        string connection = FormattableString.Invariant(
            $"DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;TableEndpoint=http://127.0.0.1:{port}/a;");
        Assert.True(TableConnection.TryOpen(connection, TableName.Default, out TableClient? table, out _));
        SinkException exception = await Assert.ThrowsAsync<SinkException>(() =>
            new TableSink(table!).PublishAsync([SampleDetections.Of("guid")], CancellationToken.None));
        Assert.Contains($"127.0.0.1:{port} cannot be reached", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Is Azurite running", exception.Message, StringComparison.Ordinal);
    }
}
