using System.Text.Json;
using System.Text.RegularExpressions;

namespace CipherWatch.Infra.Tests.Hooks;

/// <summary>The parameters that azd fills in are parameters of the template.</summary>
public partial class ParameterTests
{
    [Fact]
    public void Every_parameter_that_azd_fills_in_is_one_of_the_template()
    {
        string[] known = [.. Parameter().Matches(Repository.Read("infra/main.bicep")).Select(match => match.Groups[1].Value)];
        using JsonDocument parameters = JsonDocument.Parse(Repository.Read("infra/main.parameters.json"));
        Assert.Empty(parameters.RootElement.GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Name).Except(known));
    }

    /// <summary>A parameter without a value of its own must be asked for.</summary>
    [Fact]
    public void Every_parameter_without_a_default_is_filled_in()
    {
        string[] required = [.. Required().Matches(Repository.Read("infra/main.bicep")).Select(match => match.Groups[1].Value)];
        using JsonDocument parameters = JsonDocument.Parse(Repository.Read("infra/main.parameters.json"));
        Assert.NotEmpty(required);
        Assert.Empty(required.Except(parameters.RootElement.GetProperty("parameters").EnumerateObject()
            .Select(parameter => parameter.Name)));
    }

    [GeneratedRegex(@"^param (\w+) ", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^param (\w+) \S+$", RegexOptions.Multiline)]
    private static partial Regex Required();
}
