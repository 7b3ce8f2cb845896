using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Prevalence;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Tests.Correlation.Prevalence;

public class ProcessWordsTests
{
    private static readonly IpAddress To = IpAddress.Parse("203.0.113.9");

    private static ProcessFacts Facts => new()
    {
        Key = ProcessKey.FromGuid("ws1", "g"),
        Hash = "AA",
        Signer = "Editor AG",
        SignedLoads = Example.Seen(1),
        Destinations = [Example.Destination],
    };

    [Fact]
    public void A_program_is_known_by_its_hash_and_by_who_signed_it()
    {
        AskedWord[] words = [.. ProcessWords.Of(Facts)];
        ulong image = PrevalenceWord.OfImage("aa");

        Assert.Equal(
            [PrevalenceWord.KeyOf(image), PrevalenceWord.KeyOf(image, To, 8444, 6, null), PrevalenceWord.KeyOf(PrevalenceWord.OfSigner("editor ag"), To, 8444, 6, null)],
            words.Select(static word => word.Word.Key));
        Assert.All(words, static word => Assert.Equal(PrevalenceWord.OfHost("ws1"), word.Word.Host));
        Assert.Equal([AskedWord.Program, Example.Day, Example.Day], words.Select(static word => word.Latest));

        Assert.Equal([false, false, true], words.Select(static word => PrevalenceWord.IsOfSigner(word.Word.Key)));
        Assert.Equal(3, words.Select(static word => word.Word.Key).Distinct().Count());
    }

    [Fact]
    public void A_signature_that_is_not_valid_vouches_for_nothing() =>
        Assert.Equal(2, ProcessWords.Of(Facts with { UnsignedLoads = Example.Seen(2) }).Count);

    [Fact]
    public void Nothing_is_said_of_a_program_that_calls_nobody_or_that_nothing_identifies()
    {
        Assert.Empty(ProcessWords.Of(Facts with { Destinations = [] }));
        Assert.Empty(ProcessWords.Of(Facts with { Hash = null, Signer = null }));
        Assert.Empty(ProcessWords.Of(Facts with { Hash = null, SignedLoads = Sightings.None }));
    }

    [Fact]
    public void A_destination_whose_address_is_hidden_has_a_name()
    {
        DestinationFacts hidden = Example.Destination with { Key = new(Example.Day, default, 443, 6) };
        ulong image = PrevalenceWord.OfImage("aa");
        Assert.Contains(ProcessWords.Of(Facts with { Destinations = [hidden] }), word => word.Word.Key == PrevalenceWord.KeyOf(image, default, 443, 6, "C2.example"));
        Assert.Empty(ProcessWords.Of(Facts with { Destinations = [hidden with { Name = null }] }));
    }

    /// <summary>What is common on one port says nothing of another.</summary>
    [Fact]
    public void A_destination_is_an_address_with_its_port() => Assert.Equal(4, new[]
    {
        PrevalenceWord.KeyOf(1, To, 443, 6, null), PrevalenceWord.KeyOf(1, To, 4444, 6, null), PrevalenceWord.KeyOf(1, To, 443, 17, null), PrevalenceWord.KeyOf(1),
    }.Distinct().Count());

    [Fact]
    public void Of_two_days_the_first_counts()
    {
        DestinationFacts later = Example.Destination with
        {
            Key = new(Example.Day + 3, To, 443, 6),
            Connections = Sightings.Of(Example.Id(9), new(FactClock.Event, (Example.Day + 3) * 86_400_000L)),
        };
        DestinationFacts earlier = later with { Key = new(Example.Day, To, 443, 6), Connections = Sightings.Of(Example.Id(8), new(FactClock.Event, Example.Day * 86_400_000L)) };
        Assert.Contains(ProcessWords.Of(Facts with { Destinations = [later, earlier] }), static word => word is { Word.Day: Example.Day, Latest: Example.Day + 3 });
    }

    [Fact]
    public void Words_are_said_when_a_process_is_told_of_calls_or_of_its_program()
    {
        ProcessFacts nothing = new() { Key = Facts.Key };
        Assert.Empty(ProcessWords.Of(Facts, nothing));
        Assert.Empty(ProcessWords.Of(Facts, nothing with { Modules = [Example.Module], Flows = [Example.Summary] }));
        Assert.NotEmpty(ProcessWords.Of(Facts, nothing with { Destinations = [Example.Destination] }));
        Assert.NotEmpty(ProcessWords.Of(Facts, nothing with { Hash = "aa" }));
        Assert.NotEmpty(ProcessWords.Of(Facts, nothing with { Signer = "Editor AG" }));
    }
}
