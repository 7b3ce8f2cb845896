using System.Text;

namespace CipherWatch.Functions.Telemetry;

/// <summary>
/// The reason of a dead letter as a label: without what it quotes of the record, and without numbers, so that labels are few and hold
/// nothing that a sender wrote.
/// </summary>
internal static class ReasonLabel
{
    private const int MaxChars = 96;

    /// <summary>Makes it: <c>Not UTF-8 at byte # of the record.</c></summary>
    public static string Of(string reason)
    {
        StringBuilder label = new();
        bool quoted = false;
        bool number = false;
        foreach (char each in reason.AsSpan()[..Math.Min(reason.Length, MaxChars * 4)])
        {
            if (each == '\'')
            {
                label.Append(quoted ? string.Empty : "…");
                quoted = !quoted;
            }
            else if (!quoted && char.IsAsciiDigit(each))
            {
                label.Append(number ? string.Empty : "#");
            }
            else if (!quoted)
            {
                label.Append(char.IsControl(each) ? ' ' : each);
            }

            number = char.IsAsciiDigit(each);
            if (label.Length >= MaxChars)
            {
                break;
            }
        }

        return label.ToString();
    }
}
