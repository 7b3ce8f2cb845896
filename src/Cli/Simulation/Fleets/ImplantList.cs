using System.Globalization;
using CipherWatch.Cli.Simulation.Implants;
using CipherWatch.Cli.Usage;
using CipherWatch.Core.Detections.Settings;

namespace CipherWatch.Cli.Simulation.Fleets;

/// <summary>
/// Reads what <c>--implants</c> says: kinds, each with a number of copies behind a colon or without, separated by commas.
/// </summary>
internal static class ImplantList
{
    private const int MaxCopies = 10_000;

    /// <summary>The kinds and how many of each.</summary>
    /// <exception cref="UsageException">A kind is unknown, or a number is none: the message says which, and what was probably
    /// meant.</exception>
    public static IReadOnlyList<(ImplantKind Kind, int Count)> Read(IEnumerable<string> values)
    {
        List<(ImplantKind Kind, int Count)> wanted = [];
        foreach (string word in values.SelectMany(value => value.Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            int colon = word.IndexOf(':', StringComparison.Ordinal);
            string name = (colon < 0 ? word : word[..colon]).ToLowerInvariant();
            int count = 1;
            if (colon >= 0
                && !(int.TryParse(word[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out count)
                    && count is > 0 and <= MaxCopies))
            {
                string most = MaxCopies.ToString(CultureInfo.InvariantCulture);
                throw new UsageException($"--implants {word}: behind the colon stands how many of the kind, from 1 to {most}.");
            }

            if (name == ImplantKinds.Every)
            {
                wanted.AddRange(ImplantKinds.All.Select(kind => (kind, count)));
                continue;
            }

            wanted.Add((ImplantKinds.Find(name) ?? throw Unknown(name), count));
        }

        return wanted;
    }

    private static UsageException Unknown(string name)
    {
        string[] known = [.. ImplantKinds.All.Select(kind => kind.Name), ImplantKinds.Every];
        return new($"There is no kind of implant '{name}'. {NearestName.Hint(name, known)}");
    }
}
