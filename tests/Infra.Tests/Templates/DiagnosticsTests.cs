using System.Text.Json;
using System.Text.RegularExpressions;
using CipherWatch.Infra.Tests.Tools;

namespace CipherWatch.Infra.Tests.Templates;

/// <summary>The compiler and its linter have nothing to say of any template.</summary>
public partial class DiagnosticsTests
{
    private static readonly string Infra = Repository.PathOf("infra");

    /// <summary>
    /// Rules that the pinned compiler knows. It ignores a misspelt name without a word, so a name that is not here is looked up
    /// before it is added.
    /// </summary>
    private static readonly HashSet<string> KnownRules =
    [
        "adminusername-should-not-be-literal", "artifacts-parameters", "decompiler-cleanup", "explicit-values-for-loc-params",
            "max-asserts",
        "max-outputs", "max-params", "max-resources", "max-variables", "nested-deployment-template-scoping", "no-conflicting-metadata",
        "no-deployments-resources", "no-explicit-any", "no-hardcoded-env-urls", "no-hardcoded-location", "no-hardcoded-outputs",
        "no-loc-expr-outside-params", "no-module-name", "no-unnecessary-dependson", "no-unused-existing-resources", "no-unused-imports",
        "no-unused-params", "no-unused-types", "no-unused-vars", "outputs-should-not-contain-secrets", "prefer-interpolation",
        "prefer-unquoted-property-names", "protect-commandtoexecute-secrets", "secure-parameter-default", "secure-params-in-nested-deploy",
        "secure-params-in-parameters-file", "secure-secrets-in-params", "simplify-interpolation", "simplify-json-null",
        "use-description-outputs", "use-description-params", "use-description-type-properties", "use-description-types",
            "use-parent-property",
        "use-recent-api-versions", "use-recent-az-powershell-version", "use-recent-module-versions", "use-recognized-resource-type",
        "use-resource-id-functions", "use-resource-symbol-reference", "use-safe-access", "use-secure-value-for-secure-inputs",
        "use-stable-resource-identifiers", "use-stable-vm-image", "use-user-defined-types", "what-if-short-circuiting",
    ];

    [Fact]
    public void The_whole_builds_without_a_diagnostic()
    {
        (string template, string diagnostics) = Bicep.Build(Path.Join(Infra, "main.bicep"));
        Assert.Equal(string.Empty, diagnostics);
        Assert.NotEmpty(template);
    }

    /// <summary>The whole is what is linted, so a template that nothing refers to would not be.</summary>
    [Fact]
    public void Every_template_is_part_of_the_whole()
    {
        HashSet<string> reached = [Path.Join(Infra, "main.bicep")];
        for (Queue<string> open = new(reached); open.TryDequeue(out string? file);)
        {
            foreach (Match match in Reference().Matches(File.ReadAllText(file)))
            {
                string other = Path.GetFullPath(match.Groups[1].Value, Path.GetDirectoryName(file)!);
                if (reached.Add(other))
                {
                    open.Enqueue(other);
                }
            }
        }

        Assert.Equal(Directory.EnumerateFiles(Infra, "*.bicep", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal), reached.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Forty_rules_or_more_are_errors_and_all_are_known()
    {
        using JsonDocument config = JsonDocument.Parse(Repository.Read("infra/bicepconfig.json"));
        JsonProperty[] rules = [.. config.RootElement.GetProperty("analyzers").GetProperty("core").GetProperty("rules").EnumerateObject()];
        Assert.Subset(KnownRules, rules.Select(rule => rule.Name).ToHashSet());
        Assert.True(rules.Count(rule => rule.Value.GetProperty("level").GetString() == "error") >= 40);
    }

    [Fact]
    public void Only_one_diagnostic_is_switched_off_and_says_why()
    {
        string[] pragmas =
        [
            .. Directory.EnumerateFiles(Infra, "*.bicep", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .SelectMany(file => Pragma().Matches(File.ReadAllText(file))
                .Select(match => $"{Path.GetFileName(file)} {match.Groups[1].Value}")),
        ];
        Assert.Equal(["functionApp.bicep BCP187"], pragmas);
    }

    /// <summary>Each shown to fail: what is broken, in which file, and which diagnostic says so.</summary>
    [Theory]
    [InlineData("modules/identity.bicep", "@description('Region.')\n", "", "use-description-params")]
    [InlineData("modules/eventHubs.bicep", "minimumTlsVersion:", "minimumTlsVersoin:", "BCP089")]
    [InlineData("modules/eventHubs.bicep", "namespaces@2026-01-01' = {", "namespaces@2029-01-01' = {", "BCP081")]
    [InlineData("modules/alerts.bicep", "odata.type': 'Microsoft.Azure.Monitor.Single", "odata.type': 'Microsoft.Azure.Monitor.Singular",
        "BCP088")]
    public void A_broken_template_is_reported(string file, string text, string by, string diagnostic)
    {
        using TemporaryCopy copy = new("infra");
        copy.Replace(file, text, by);
        Assert.Contains(Bicep.Lint(copy.PathOf(file)), line => line.Contains(diagnostic, StringComparison.Ordinal));
    }

    /// <summary>A warning of the compiler and a finding of the linter, both in a module.</summary>
    [Fact]
    public void What_a_module_has_is_reported_when_the_whole_is_built()
    {
        using TemporaryCopy copy = new("infra");
        copy.Replace("modules/eventHubs.bicep", "namespaces@2026-01-01' = {", "namespaces@2029-01-01' = {");
        copy.Replace("modules/identity.bicep", "@description('Region.')\n", "");
        string diagnostics = Bicep.Build(copy.PathOf("main.bicep")).Diagnostics;
        Assert.Contains("BCP081", diagnostics, StringComparison.Ordinal);
        Assert.Contains("use-description-params", diagnostics, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^(?:module \w+|import \{[^}]*\} from) '([^']+\.bicep)'", RegexOptions.Multiline)]
    private static partial Regex Reference();

    [GeneratedRegex(@"#disable(?:-next-line|-diagnostics)?\s+(\S+)")]
    private static partial Regex Pragma();
}
