using System.Text.Json.Nodes;
using CipherWatch.Core.Detections.Settings;

namespace CipherWatch.Core.Tests.Detections.Settings;

/// <summary>The published schema knows the names that the reader knows, and is as strict.</summary>
public class SettingsSchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "schemas", "settings.schema.json")))!;

    [Fact]
    public void It_lists_the_settings_of_the_reader_in_its_order() => Assert.Equal(
        SettingsReader.Names.Order(StringComparer.Ordinal), NamesOf(Schema).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_object_has_the_names_that_the_reader_takes()
    {
        JsonNode settings = Schema["properties"]!;
        Assert.Equal(SettingsShapes.Process, NamesOf(Alternative(settings["AllowedCryptoProcesses"]!["items"]!)));
        Assert.Equal(SettingsShapes.Library, NamesOf(settings["TrustedCryptoLibs"]!["items"]!));
        Assert.Equal(SettingsShapes.Suppression, NamesOf(settings["Suppressions"]!["items"]!));
        Assert.Equal(SettingsShapes.Platforms, NamesOf(settings["CryptoModules"]!));
        Assert.All(
            settings["CryptoModules"]!["properties"]!.AsObject(),
            platform => Assert.Equal(SettingsShapes.Module, NamesOf(Alternative(platform.Value!["items"]!))));
        Assert.Equal(
            SettingsShapes.Encryptions,
            settings["PortProfiles"]!["additionalProperties"]!["items"]!["enum"]!.AsArray().Select(word => word!.GetValue<string>()));
    }

    [Fact]
    public void No_object_with_names_of_its_own_takes_others()
    {
        JsonObject[] strict = [.. Objects(Schema).Where(node => node.ContainsKey("properties"))];
        Assert.True(strict.Length > 5);
        Assert.All(strict, node => Assert.False(node["additionalProperties"]?.GetValue<bool>(), node.ToJsonString()));
    }

    private static JsonNode Alternative(JsonNode items) =>
        items["oneOf"]!.AsArray().Single(alternative => alternative!["type"]!.GetValue<string>() == "object")!;

    private static IEnumerable<string> NamesOf(JsonNode schema) => schema["properties"]!.AsObject().Select(member => member.Key);

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Objects(member.Value)).Prepend(members),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };
}
