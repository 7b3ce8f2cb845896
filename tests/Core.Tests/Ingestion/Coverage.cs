using System.Text;
using System.Text.RegularExpressions;
using CipherWatch.Core.Ingestion;
using CipherWatch.Core.Telemetry.Network.Datagrams;

namespace CipherWatch.Core.Tests.Ingestion;

/// <summary>Shows that every byte of an input is part of a record, or stands between records and says nothing.</summary>
internal static class Coverage
{
    public static void AssertComplete(byte[] input, Reading reading)
    {
        // Places in UTF-16 are those of the text it holds, in UTF-8.
        input = !FlowDatagram.IsAtStart(input) && ContentSniffer.Utf16(input) is { } encoding
            ? Encoding.Convert(encoding, Encoding.UTF8, input)
            : input;
        long at = 0;
        foreach ((_, long offset, int length) in reading.Pieces)
        {
            Assert.True(offset >= at, $"The record at {offset} starts before the one before it ends at {at}.");
            AssertBetween(input, at, offset);
            at = offset + length;
        }

        AssertBetween(input, at, input.Length);
    }

    private static void AssertBetween(byte[] input, long from, long to)
    {
        string between = Encoding.UTF8.GetString(input, (int)from, (int)(to - from));
        Assert.True(Between.IsMatch(between), $"Bytes {from} to {to} are neither record nor separator: {between}");
    }

    // Blanks, commas, brackets, byte order marks; an envelope's fields before and after its records; log headers and titles; what
    // wraps XML events.
    private static readonly Regex Between = new(
        """^(?:[\s\x1E,\[\]\uFEFF]|\{.*"records"\s*:\s*\[|\]\s*(?:,.*)?\}|#[a-z_]+[^\n]*\n?|Record [0-9]+|-{4}|time->[^\n]*|<[?!][^\n]*>|</?Events[^\n]*>)*$""",
        RegexOptions.Singleline | RegexOptions.NonBacktracking);
}
