using System.Text;
using System.Text.Json.Nodes;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Detections.Settings;

/// <summary>No name of a settings file is ever left out because it is not understood.</summary>
public class StrictnessTests
{
    /// <summary>Every object that a settings file may hold, and every name in it.</summary>
    private const string Full = """
        {
          "$schema": "settings.schema.json",
          "TimeWindow": "00:05:00",
          "AllowedCryptoProcesses": [ { "image": "C:\\A\\*.exe", "signer": "Acme", "host": "db*" } ],
          "EntropyThreshold": 7.4,
          "PayloadEntropyThreshold": 7.1,
          "TrustedCryptoLibs": [ { "process": "/opt/a", "library": "/opt/lib*.so" } ],
          "TrafficAsymmetryRatio": 5,
          "DoHResolvers": [ "doh.example" ],
          "AllowedMgmtHosts": [ "10.0.0.0/8" ],
          "Proxies": [ "10.0.0.8:3128" ],
          "PortProfiles": { "6000-6010/udp": ["dtls", "none"] },
          "TrafficVolumeThreshold": 5000,
          "CryptoModules": {
            "windows": [ { "name": "foo.dll", "weight": 50 } ], "linux": [ "libfoo*" ], "macos": [ "libfoo" ], "esxi": [ "libfoo" ]
          },
          "HostAddresses": { "ws1": [ "10.0.0.1" ] },
          "Suppressions": [
            {
              "detectionId": "0123456789abcdef0123456789abcdef", "process": "*\\\\a.exe", "host": "ws*", "signer": "Acme*",
              "hash": "00000000000000000000000000000000000000000000000000000000000000aa", "destination": "192.0.2.0/24:443",
              "evidence": "oddPort", "reason": "lab", "author": "kim", "expires": "2026-12-31"
            }
          ],
          "EvidenceWeights": { "oddPort": 0 }
        }
        """;

    private static readonly string[] FreeKeys = ["PortProfiles", "HostAddresses"];

    private static readonly (string Place, string Name)[] Names = [.. NamesOf(JsonNode.Parse(Full)!, string.Empty)];

    [Fact]
    public void The_file_that_is_misspelt_below_is_right_as_it_stands()
    {
        Assert.True(SettingsFile.TryLoad(Encoding.UTF8.GetBytes(Full), out _, out IReadOnlyList<string> errors), string.Join('\n', errors));
        Assert.Equal(SettingsReader.Names.Order(), Names.Where(name => name.Place.Length == 0).Select(name => name.Name).Order());
        foreach (string[] shape in (string[][])[SettingsShapes.Process, SettingsShapes.Library, SettingsShapes.Module, SettingsShapes.Suppression])
        {
            Assert.All(shape, name => Assert.Contains(Names, each => each.Name == name && each.Place.Length > 0));
        }
    }

    [Property(MaxTest = 400)]
    public void A_misspelt_name_at_any_depth_is_an_error_that_suggests_the_right_one(uint which, byte slip, byte at)
    {
        (string place, string name) = Names[which % Names.Length];
        string typed = Misspell(name, slip, at);
        if (typed == name || KnownBeside(place).Contains(typed)
            || (place.EndsWith("CryptoModules", StringComparison.Ordinal) && typed.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            // Another name that is right. Platforms are taken in any case.
            return;
        }

        JsonNode root = JsonNode.Parse(Full)!;
        JsonObject holder = At(root, place);
        KeyValuePair<string, JsonNode?>[] members = [.. holder.Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))];
        holder.Clear();
        foreach ((string key, JsonNode? value) in members)
        {
            holder[key == name ? typed : key] = value;
        }

        Assert.False(
            SettingsFile.TryLoad(Encoding.UTF8.GetBytes(root.ToJsonString()), out DetectionSettings settings, out IReadOnlyList<string> errors),
            $"{place} {typed}");
        Assert.Same(DetectionSettings.Default, settings);
        string error = Assert.Single(errors, error => error.Contains($"'{typed}'", StringComparison.Ordinal));
        string suggested = error.Split("Did you mean '")[1].Split('\'')[0];
        int slips = NearestName.Distance(typed.ToLowerInvariant(), name.ToLowerInvariant());
        Assert.True(
            suggested == name || NearestName.Distance(typed.ToLowerInvariant(), suggested.ToLowerInvariant()) <= Math.Max(1, slips),
            $"{typed}: {error}");
    }

    private static string Misspell(string name, byte slip, byte at)
    {
        int index = at % name.Length;
        return (slip % 5) switch
        {
            0 => name.Remove(index, 1),
            1 => name.Insert(index, "x"),
            2 => index + 1 < name.Length ? $"{name[..index]}{name[index + 1]}{name[index]}{name[(index + 2)..]}" : name + name[^1],
            3 => name + "s",
            _ => char.IsUpper(name[index]) ? $"{name[..index]}{char.ToLowerInvariant(name[index])}{name[(index + 1)..]}"
                : $"{name[..index]}{char.ToUpperInvariant(name[index])}{name[(index + 1)..]}",
        };
    }

    private static IEnumerable<string> KnownBeside(string place) => place.EndsWith("EvidenceWeights", StringComparison.Ordinal)
        ? EvidenceKind.All.Select(kind => kind.Name)
        : Names.Where(name => name.Place == place).Select(name => name.Name);

    private static JsonObject At(JsonNode root, string place) => place.Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate(root, (node, step) => node is JsonArray list ? list[0]! : node[step]!).AsObject();

    private static IEnumerable<(string Place, string Name)> NamesOf(JsonNode node, string place) => node switch
    {
        JsonObject members => members.SelectMany(member =>
            (FreeKeys.Any(free => place.EndsWith(free, StringComparison.Ordinal)) ? [] : (IEnumerable<(string, string)>)[(place, member.Key)])
                .Concat(NamesOf(member.Value!, $"{place}/{member.Key}"))),
        JsonArray { Count: > 0 } list => NamesOf(list[0]!, $"{place}/0"),
        _ => [],
    };
}
