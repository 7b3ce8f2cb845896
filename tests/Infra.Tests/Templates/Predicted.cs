using System.Text.Json;
using System.Text.Json.Nodes;

namespace CipherWatch.Infra.Tests.Templates;

/// <summary>One resource that a deployment would create.</summary>
/// <param name="Id">Full resource id.</param>
/// <param name="Type">Resource type.</param>
/// <param name="ApiVersion">API version.</param>
/// <param name="Body">The whole resource.</param>
internal sealed record Resource(string Id, string Type, string ApiVersion, JsonObject Body)
{
    /// <summary>Last part of the id.</summary>
    public string Name => Id[(Id.LastIndexOf('/') + 1)..];

    /// <summary>Subscription and group that it is in.</summary>
    public string Group => string.Join('/', Id.Split('/').Skip(1).Take(4));

    /// <summary>A value within the resource, by its path with dots; null where there is none.</summary>
    public string? At(string path)
    {
        JsonNode? node = Body;
        foreach (string name in path.Split('.'))
        {
            node = node is JsonObject from ? from[name] : null;
        }

        return node?.ToString();
    }
}

/// <summary>The recorded prediction of what a parameter file deploys.</summary>
internal sealed class Predicted
{
    private Predicted(JsonObject snapshot)
    {
        Resources =
        [
            .. snapshot["predictedResources"]!.AsArray().Select(node => new Resource(
                node!["id"]!.GetValue<string>(), node["type"]!.GetValue<string>(), node["apiVersion"]!.GetValue<string>(),
                    node.AsObject())),
        ];
        Diagnostics = [.. snapshot["diagnostics"]!.AsArray().Select(node => node!.ToJsonString())];
        Outputs = [.. snapshot["outputs"]!.AsObject().Select(output => $"{output.Key}: {output.Value?.ToJsonString()}")];
    }

    /// <summary>Names of the parameter files in <c>infra/snapshots</c>.</summary>
    public static TheoryData<string> Names { get; } = ["existingWorkspace", "newWorkspace", "privateNetwork"];

    /// <summary>All resources.</summary>
    public IReadOnlyList<Resource> Resources { get; }

    /// <summary>What the compiler said while it predicted.</summary>
    public IReadOnlyList<string> Diagnostics { get; }

    /// <summary>Outputs, name and value.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Settings of the app.</summary>
    public JsonObject Settings => Resources.Single(resource => resource is { Type: "Microsoft.Web/sites/config", Name: "appsettings" })
        .Body["properties"]!.AsObject();

    /// <summary>Reads a recorded prediction.</summary>
    /// <param name="name">Name of the parameter file.</param>
    /// <param name="replace">What to break on purpose: text, and what stands in its place.</param>
    public static Predicted Of(string name, (string Text, string By)? replace = null)
    {
        string json = Repository.Read($"infra/snapshots/{name}.snapshot.json");
        if (replace is { } change)
        {
            Assert.Contains(change.Text, json, StringComparison.Ordinal);
            json = json.Replace(change.Text, change.By, StringComparison.Ordinal);
        }

        return new(JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = 128 })!.AsObject());
    }
}
