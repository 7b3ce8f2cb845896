using Mono.Cecil;

namespace CipherWatch.Core.Tests.Architecture;

/// <summary>Data flows one way through the rooms of Core, and no name is used twice.</summary>
public class RoomsTests
{
    private const string Root = "CipherWatch.Core.";

    /// <summary>Each room uses only those above it. Rooms in one line are neighbours: none uses another.</summary>
    private static readonly string[][] Rooms =
    [
        ["Identity"],
        ["Randomness"],
        ["Telemetry.Observations"],
        ["Telemetry.Text"],
        ["Telemetry.Json"],
        ["Telemetry.Xml"],
        ["Telemetry.Framing"],
        ["Telemetry.Records"],
        ["Telemetry.Windows", "Telemetry.Linux", "Telemetry.MacOs", "Telemetry.Esxi", "Telemetry.Captures", "Telemetry.Network"],
        ["Telemetry.Formats"],
        ["Ingestion"],
        ["Correlation"],
        ["Detections"],
        ["Pipeline"],
    ];

    private static readonly IReadOnlyList<(TypeDefinition User, TypeDefinition Used)> Uses = TypeReferences.OfCore();

    [Fact]
    public void Every_type_stands_in_a_room() => Assert.Empty(
        Uses.SelectMany(pair => new[] { pair.User, pair.Used }).Where(type => Place(type) is null).Select(type => type.FullName).Distinct());

    [Fact]
    public void A_room_uses_only_rooms_above_it() => Assert.Empty(
        Uses.Where(pair => Place(pair.User) is { } user && Place(pair.Used) is { } used && user.Room != used.Room && user.Level <= used.Level)
            .Select(pair => $"{pair.User.FullName[Root.Length..]} uses {pair.Used.FullName[Root.Length..]}"));

    [Fact]
    public void The_reader_of_references_sees_the_rooms_that_are_used()
    {
        // Were it blind, the rule above would hold of anything.
        Assert.Contains(Uses, pair => Place(pair.User)?.Room == "Pipeline" && Place(pair.Used)?.Room == "Detections");
        Assert.Contains(Uses, pair => Place(pair.User)?.Room == "Telemetry.Formats" && Place(pair.Used)?.Room == "Telemetry.Windows");
        Assert.Contains(Uses, pair => Place(pair.User)?.Room == "Randomness" && Place(pair.Used)?.Room == "Identity");
    }

    [Fact]
    public void No_two_types_share_a_name_and_no_namespace_ends_in_one()
    {
        List<TypeDefinition> types = [.. Uses.SelectMany(pair => new[] { pair.User, pair.Used }).Distinct()];
        Assert.Empty(types.GroupBy(type => type.Name).Where(same => same.Count() > 1).Select(same => same.Key));
        HashSet<string> names = [.. types.Select(type => type.Name)];
        Assert.DoesNotContain(
            types.Select(type => type.Namespace).Distinct(), space => names.Contains(space[(space.LastIndexOf('.') + 1)..]));
    }

    private static (string Room, int Level)? Place(TypeDefinition type)
    {
        for (int level = 0; level < Rooms.Length; level++)
        {
            foreach (string room in Rooms[level])
            {
                if (type.Namespace == Root + room || type.Namespace.StartsWith(Root + room + ".", StringComparison.Ordinal))
                {
                    return (room, level);
                }
            }
        }

        return null;
    }
}
