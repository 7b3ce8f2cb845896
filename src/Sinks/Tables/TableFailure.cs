using System.Net.Sockets;
using Azure;
using Azure.Identity;

namespace CipherWatch.Sinks.Tables;

/// <summary>Says what went wrong with a table, and what to look at.</summary>
internal static class TableFailure
{
    private const int Forbidden = 403;
    private const int Unauthorized = 401;

    /// <summary>A sentence for a person; null for what is no failure of the table.</summary>
    public static string? Explain(Exception exception, Uri endpoint)
    {
        string where = endpoint.GetLeftPart(UriPartial.Authority);
        string hint = endpoint.IsLoopback ? " Is Azurite running there?" : string.Empty;
        Exception root = Root(exception);
        return exception switch
        {
            AuthenticationFailedException => $"{where} could not be signed in to: no identity of this environment was accepted.",
            RequestFailedException { Status: Forbidden or Unauthorized } refused =>
                $"{where} refused access ({Code(refused)}): the role Storage Table Data Contributor or the account's key is needed.",
            RequestFailedException { Status: > 0 } failed => $"{where} answered {failed.Status} ({Code(failed)}).",
            RequestFailedException or AggregateException or HttpRequestException or SocketException =>
                $"{where} cannot be reached ({root.Message.TrimEnd('.')}).{hint}",
            _ => null,
        };
    }

    private static string Code(RequestFailedException exception) => exception.ErrorCode ?? "no reason given";

    private static Exception Root(Exception exception) =>
        exception is AggregateException { InnerExceptions.Count: > 0 } many ? Root(many.InnerExceptions[0])
        : exception.InnerException is { } inner ? Root(inner)
        : exception;
}
