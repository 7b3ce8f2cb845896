using System.Text;
using Microsoft.Extensions.Compliance.Redaction;

namespace CipherWatch.Functions.Privacy;

/// <summary>
/// Keeps of a command line the program and the names of its options, and puts <c>***</c> for everything else:
/// <c>upd.exe --token=abc -q http://host</c> becomes <c>upd.exe --token=*** -q ***</c>.
/// </summary>
internal sealed class CommandLineRedactor : Redactor
{
    private const string Mask = "***";

    /// <summary>Longest name of an option that is kept: what is longer is a value.</summary>
    private const int MaxOptionChars = 24;

    /// <inheritdoc/>
    public override int GetRedactedLength(ReadOnlySpan<char> input) => Redacted(input).Length;

    /// <inheritdoc/>
    public override int Redact(ReadOnlySpan<char> source, Span<char> destination)
    {
        string redacted = Redacted(source);
        redacted.CopyTo(destination);
        return redacted.Length;
    }

    private static string Redacted(ReadOnlySpan<char> line)
    {
        StringBuilder kept = new();
        for (int at = 0; at < line.Length;)
        {
            if (char.IsWhiteSpace(line[at]))
            {
                at++;
                continue;
            }

            int end = End(line, at);
            ReadOnlySpan<char> word = line[at..end];
            at = end;
            kept.Append(kept.Length == 0 ? string.Empty : " ");
            if (kept.Length == 0)
            {
                kept.Append(word);
            }
            else
            {
                Append(kept, word);
            }
        }

        return kept.ToString();
    }

    /// <summary>The end of a word: a space outside of quotes.</summary>
    private static int End(ReadOnlySpan<char> line, int at)
    {
        char quote = '\0';
        for (; at < line.Length && (quote != '\0' || !char.IsWhiteSpace(line[at])); at++)
        {
            quote = quote == line[at] ? '\0' : quote == '\0' && line[at] is '"' or '\'' ? line[at] : quote;
        }

        return at;
    }

    private static void Append(StringBuilder kept, ReadOnlySpan<char> word)
    {
        int name = 0;
        while (name < word.Length && (word[name] is '-' || (name == 0 && word[name] == '/')))
        {
            name++;
        }

        bool isOption = name > 0;
        while (name < word.Length && (char.IsAsciiLetterOrDigit(word[name]) || word[name] is '-' or '_'))
        {
            name++;
        }

        bool hasValue = name < word.Length;
        if (!isOption || name > MaxOptionChars || (hasValue && word[name] is not ('=' or ':')))
        {
            kept.Append(Mask);
            return;
        }

        kept.Append(word[..name]);
        if (hasValue)
        {
            kept.Append(word[name]).Append(Mask);
        }
    }
}
