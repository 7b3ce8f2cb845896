using CipherWatch.Core.Correlation.Process;

namespace CipherWatch.Core.Correlation.Prevalence;

/// <summary>
/// What a process says of the prevalence of its program: by the hash of its image, and by who signed it where the signature is valid,
/// each with the destinations that the process keeps.
/// </summary>
/// <remarks>
/// By address: a name is known of those processes alone that asked for it, and would set a suspect apart from the many that it is to be
/// compared with.
/// </remarks>
public static class ProcessWords
{
    /// <summary>The words of a process; of a number that several images ran under, those of each.</summary>
    public static IReadOnlyCollection<AskedWord> Of(ProcessFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (facts.Destinations.IsEmpty
            || (facts.Hash is null && facts.Signer is null && !facts.Runs.Any(static run => run.Signer is not null)))
        {
            return [];
        }

        Dictionary<ulong, AskedWord> words = [];
        ulong host = PrevalenceWord.OfHost(facts.Key.Host);
        foreach (ProcessFacts slice in ProcessSlices.Of(facts))
        {
            Add(words, slice, host);
        }

        return words.Values;
    }

    /// <summary>
    /// The words that may be new once a process was told something: none where it was told of neither calls nor its program.
    /// </summary>
    public static IEnumerable<PrevalenceWord> Of(ProcessFacts facts, ProcessFacts told)
    {
        ArgumentNullException.ThrowIfNull(told);
        return told.Destinations.IsEmpty && told.Hash is null && told.Signer is null && told.Runs.IsEmpty ? []
            : Of(facts).Select(static asked => asked.Word);
    }

    /// <summary>Who signed the program of a process; null where no valid signature is on record.</summary>
    public static string? SignerOf(ProcessFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts.UnsignedLoads.First is null && facts.SignedLoads.First is not null ? facts.Signer : null;
    }

    private static void Add(Dictionary<ulong, AskedWord> words, ProcessFacts facts, ulong host)
    {
        ulong? image = facts.Hash is { } hash ? PrevalenceWord.OfImage(hash) : null;
        ulong? signer = SignerOf(facts) is { } name ? PrevalenceWord.OfSigner(name) : null;
        if (image is null && signer is null)
        {
            return;
        }

        foreach (DestinationFacts destination in facts.Destinations)
        {
            if (destination.Connections.First is not { } first || (destination.Key.Ip.IsUnspecified && destination.Name is null))
            {
                continue;
            }

            int day = (int)Math.Floor((facts.Clock.Resolve(first.Time).UtcDateTime - DateTime.UnixEpoch).TotalDays);
            if (image is { } program)
            {
                Add(words, new(new(PrevalenceWord.KeyOf(program), host, day), AskedWord.Program));
                Add(words, new(new(KeyOf(program, destination), host, day), destination.Key.Day));
            }

            if (signer is { } company)
            {
                Add(words, new(new(KeyOf(company, destination), host, day), destination.Key.Day));
            }
        }
    }

    private static ulong KeyOf(ulong program, DestinationFacts destination) => PrevalenceWord.KeyOf(
        program, destination.Key.Ip, destination.Key.Port, destination.Key.Protocol, destination.Name);

    private static void Add(Dictionary<ulong, AskedWord> words, AskedWord word) =>
        words[word.Word.Key] = words.TryGetValue(word.Word.Key, out AskedWord known) ? known.Merge(word) : word;
}
