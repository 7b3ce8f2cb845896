using System.Globalization;
using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Evidence;

namespace CipherWatch.Core.Detections.Analytics;

/// <summary>
/// On how many hosts a program was seen with its destination: by who signed it where the signature is valid, by the hash of its image
/// elsewhere. It speaks both ways, and is said where it weighs nothing too.
/// </summary>
internal static class PrevalenceEvidence
{
    /// <summary>Hosts in sight below which nothing is said: on a handful of hosts everything is rare, or on all of them.</summary>
    private const int MinHostsInSight = 20;

    /// <summary>Hosts that are few: an intrusion's first, and the one it moved to. A tool of one team has more.</summary>
    private const int MaxRareHosts = 2;

    /// <summary>
    /// All hosts in sight, of which many are one in so many at least: a department's software, not a campaign's reach. Of hosts that are
    /// estimated, which may be a quarter off, one in fewer.
    /// </summary>
    private const int CommonShare = 4, EstimatedCommonShare = 3;

    /// <summary>Days for which many hosts must have shown the like: what a poisoned update does is younger when it is found.</summary>
    private const int MinCommonDays = 14;

    /// <summary>What no commonness explains: programs without business on the network, and those that hold another's code.</summary>
    private static readonly EvidenceKind[] NeverCommon =
        [EvidenceKind.UnexpectedProgram, EvidenceKind.ShellConnects, EvidenceKind.InjectedThread, EvidenceKind.ManagedInNative];

    /// <summary>Adds what is known of it.</summary>
    /// <param name="day">The process.</param>
    /// <param name="suspects">Its destinations that nothing exempts.</param>
    /// <param name="main">The destination that a finding names.</param>
    /// <param name="mayLower">Whether commonness may speak against a finding: not where payload speaks or code was brought in.</param>
    public static void Add(ProcessDay day, IReadOnlyList<DestinationDay> suspects, DestinationDay main, bool mayLower)
    {
        if (day.Facts.Prevalence.IsEmpty || main.IsProxy)
        {
            return;
        }

        if (ProcessWords.SignerOf(day.Facts) is { } signer)
        {
            AddSigned(day, suspects, main, signer, mayLower);
        }
        else if (day.Facts.Hash is { } hash)
        {
            AddUnsigned(day, main, hash);
        }
    }

    private static void AddSigned(
        ProcessDay day, IReadOnlyList<DestinationDay> suspects, DestinationDay main, string signer, bool mayLower)
    {
        ulong program = PrevalenceWord.OfSigner(signer);
        if (Known(day.Facts, program, main) is not { } seen)
        {
            return;
        }

        bool common = mayLower && suspects.Count > 0 && !Array.Exists(NeverCommon, day.Evidence.Names) && !IsRareImage(day.Facts)
            && suspects.All(destination => !destination.IsProxy
                && Known(day.Facts, program, destination) is { } known && IsCommon(day, known));
        day.Evidence.Add(
            common ? EvidenceKind.CommonSigned : EvidenceKind.Prevalence,
            $"Seen on {Text(seen)}: programs signed by {signer} that call {Where(main)}");
    }

    private static void AddUnsigned(ProcessDay day, DestinationDay main, string hash)
    {
        ulong program = PrevalenceWord.OfImage(hash);
        if (Known(day.Facts, program, main) is not { } seen || Known(day.Facts, PrevalenceWord.KeyOf(program)) is not { } anywhere)
        {
            return;
        }

        // Where TLS is at hand it is a site's own tool as likely.
        bool rare = day.IsSigned == false && anywhere.Hosts <= MaxRareHosts && !day.Evidence.Names(EvidenceKind.TlsProvider)
            && !day.Evidence.Names(EvidenceKind.OwnTls);
        string elsewhere = anywhere.Hosts > seen.Hosts ? $"; the program, wherever it calls, on {Hosts(anywhere.Hosts)}" : string.Empty;
        day.Evidence.Add(
            rare ? EvidenceKind.RareProgram : EvidenceKind.Prevalence,
            $"Seen on {Text(seen)}: the program, by its hash, calling {Where(main)}{elsewhere}");
    }

    /// <summary>Whether its image is known and not known to be on more hosts than a few: a new one of a common signer.</summary>
    private static bool IsRareImage(ProcessFacts facts) => facts.Hash is { } hash
        && !(Known(facts, PrevalenceWord.KeyOf(PrevalenceWord.OfImage(hash)))?.Hosts > MaxRareHosts);

    private static bool IsCommon(ProcessDay day, PrevalenceFact seen) => seen.ManySince != int.MaxValue
        && seen.Hosts * (seen.Hosts < PrevalenceEntry.MaxHosts ? CommonShare : EstimatedCommonShare) >= seen.InSight
        && day.Connections.Day.DayNumber - Date(seen.ManySince).DayNumber >= MinCommonDays;

    private static PrevalenceFact? Known(ProcessFacts facts, ulong program, DestinationDay destination) =>
        Known(facts, PrevalenceWord.KeyOf(program, destination.Ip, destination.Port, destination.Protocol, destination.Name));

    /// <summary>
    /// What is known of a key, on whichever day the process was told; null where nothing is, or too few hosts are in sight.
    /// </summary>
    private static PrevalenceFact? Known(ProcessFacts facts, ulong key)
    {
        PrevalenceFact? all = null;
        foreach (PrevalenceFact fact in facts.Prevalence)
        {
            all = fact.Key != key ? all : all?.Merge(fact) ?? fact;
        }

        return all?.InSight >= MinHostsInSight ? all : null;
    }

    /// <summary>How many hosts of how many, and since when.</summary>
    private static string Text(PrevalenceFact seen) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Hosts(seen.Hosts)} of {Number(seen.InSight, HostsInSight.MaxHosts)} hosts, since {Date(seen.Since):yyyy-MM-dd}");

    private static string Hosts(long hosts) => Number(hosts, PrevalenceEntry.MaxHosts);

    /// <summary>A count; an estimate to two digits, more of which would say nothing and change with every host.</summary>
    private static string Number(long count, int exactBelow)
    {
        if (count < exactBelow)
        {
            return count.ToString(CultureInfo.InvariantCulture);
        }

        long unit = 1;
        while (count / unit >= 100)
        {
            unit *= 10;
        }

        return string.Create(CultureInfo.InvariantCulture, $"about {(count + (unit / 2)) / unit * unit}");
    }

    private static string Where(DestinationDay destination) =>
        destination.Ip.IsUnspecified ? destination.Name ?? "a hidden address" : destination.Ip.ToString();

    /// <summary>A day since the Unix epoch as a date; one that a broken clock told, as the first or last there is.</summary>
    private static DateOnly Date(int day) => DateOnly.FromDayNumber(
        (int)Math.Clamp(DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber + (long)day, 0, DateOnly.MaxValue.DayNumber));
}
