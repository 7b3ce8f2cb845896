using CipherWatch.Infra.Tests.Templates;

namespace CipherWatch.Infra.Tests.Policies;

/// <summary>Identity only, TLS 1.2 or later, nothing public.</summary>
internal static class AccessPolicy
{
    /// <summary>What each type must say, by path; the values allowed.</summary>
    private static readonly Dictionary<string, (string Path, string[] Values)[]> Required = new(StringComparer.Ordinal)
    {
        ["Microsoft.Storage/storageAccounts"] =
        [
            ("properties.allowSharedKeyAccess", ["false"]), ("properties.allowBlobPublicAccess", ["false"]),
            ("properties.minimumTlsVersion", ["TLS1_2", "TLS1_3"]), ("properties.supportsHttpsTrafficOnly", ["true"]),
            ("properties.defaultToOAuthAuthentication", ["true"]), ("properties.allowCrossTenantReplication", ["false"]),
        ],
        ["Microsoft.Storage/storageAccounts/blobServices/containers"] = [("properties.publicAccess", ["None"])],
        ["Microsoft.EventHub/namespaces"] = [("properties.minimumTlsVersion", ["1.2", "1.3"])],
        ["Microsoft.Insights/components"] = [("properties.DisableLocalAuth", ["true"])],
        ["Microsoft.OperationalInsights/workspaces"] = [("properties.features.disableLocalAuth", ["true"])],
        ["Microsoft.Web/sites"] =
        [
            ("properties.httpsOnly", ["true"]), ("properties.siteConfig.minTlsVersion", ["1.2", "1.3"]),
                ("properties.siteConfig.scmMinTlsVersion", ["1.2", "1.3"]),
            ("identity.type", ["UserAssigned"]),
                ("properties.functionAppConfig.deployment.storage.authentication.type", ["UserAssignedIdentity"]),
        ],
        ["Microsoft.Web/sites/basicPublishingCredentialsPolicies"] = [("properties.allow", ["false"])],
    };

    /// <summary>Text that would be a secret or a way to one, anywhere in a deployment.</summary>
    private static readonly string[] Secrets =
        ["AccountKey=", "SharedAccessKey", "SharedAccessSignature", "listKeys(", "listkeys(", "authorizationRules", "InstrumentationKey=",
            "?sig=", "&sig="];

    /// <summary>What breaks the rule, one line each.</summary>
    public static IEnumerable<string> Violations(Predicted deployment)
    {
        foreach (Resource resource in deployment.Resources)
        {
            foreach ((string path, string[] values) in Required.GetValueOrDefault(resource.Type, []))
            {
                if (!values.Contains(resource.At(path)))
                {
                    yield return $"{resource.Id}: {path} is {resource.At(path) ?? "not set"}, not {string.Join(" or ", values)}";
                }
            }

            // Data export streams by a shared access policy; everybody else signs in.
            bool export = resource.Name.StartsWith("evhns-export-", StringComparison.Ordinal);
            if (resource.Type == "Microsoft.EventHub/namespaces"
                && resource.At("properties.disableLocalAuth") != (export ? "false" : "true"))
            {
                yield return $"{resource.Id}: disableLocalAuth is {resource.At("properties.disableLocalAuth")}";
            }

            foreach (string secret in Secrets)
            {
                if (resource.Body.ToJsonString().Contains(secret, StringComparison.Ordinal))
                {
                    yield return $"{resource.Id}: holds {secret}";
                }
            }
        }
    }

    /// <summary>What a deployment behind private endpoints still shows to the public.</summary>
    public static IEnumerable<string> PublicEndpoints(Predicted deployment)
    {
        foreach (Resource resource in deployment.Resources)
        {
            // Trusted services come through the public endpoint of the export namespace, and its firewall denies everybody else.
            bool export = resource.Name.StartsWith("evhns-export-", StringComparison.Ordinal);
            bool closable = resource.Type is "Microsoft.Storage/storageAccounts" or "Microsoft.EventHub/namespaces" or "Microsoft.Web/sites"
                or "Microsoft.DurableTask/schedulers";
            if (closable && !export && resource.At("properties.publicNetworkAccess") != "Disabled")
            {
                yield return $"{resource.Id}: publicNetworkAccess is {resource.At("properties.publicNetworkAccess")}";
            }

            if (resource.Type == "Microsoft.EventHub/namespaces/networkRuleSets" && resource.At("properties.defaultAction") != "Deny")
            {
                yield return $"{resource.Id}: defaultAction is {resource.At("properties.defaultAction")}";
            }

            if (closable && !deployment.Resources.Any(other => other.Type == "Microsoft.Network/privateEndpoints"
                && other.Body.ToJsonString().Contains($"\"privateLinkServiceId\":\"{resource.Id}\"", StringComparison.Ordinal)))
            {
                yield return $"{resource.Id}: no private endpoint leads to it";
            }
        }
    }
}
