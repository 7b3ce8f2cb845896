using CipherWatch.Infra.Tests.Templates;

namespace CipherWatch.Infra.Tests.Policies;

/// <summary>No key, no secret, nothing public; each rule is shown to catch what breaks it.</summary>
public class AccessTests
{
    [Theory]
    [MemberData(nameof(Predicted.Names), MemberType = typeof(Predicted))]
    public void A_deployment_takes_no_keys_and_shows_nothing(string name) => Assert.Empty(AccessPolicy.Violations(Predicted.Of(name)));

    [Fact]
    public void A_private_deployment_has_no_open_endpoint() => Assert.Empty(AccessPolicy.PublicEndpoints(Predicted.Of("privateNetwork")));

    [Theory]
    [InlineData("\"allowSharedKeyAccess\": false", "\"allowSharedKeyAccess\": true", "allowSharedKeyAccess")]
    [InlineData("\"allowBlobPublicAccess\": false", "\"allowBlobPublicAccess\": true", "allowBlobPublicAccess")]
    [InlineData("\"minimumTlsVersion\": \"1.2\"", "\"minimumTlsVersion\": \"1.0\"", "minimumTlsVersion")]
    [InlineData("\"disableLocalAuth\": true,\n", "\"disableLocalAuth\": false,\n", "disableLocalAuth")]
    [InlineData("\"DisableLocalAuth\": true", "\"DisableLocalAuth\": false", "DisableLocalAuth")]
    [InlineData("\"publicAccess\": \"None\"", "\"publicAccess\": \"Blob\"", "publicAccess")]
    [InlineData("\"TASKHUB_NAME\": \"cipherwatch\"", "\"TASKHUB_NAME\": \"AccountKey=abc\"", "AccountKey=")]
    [InlineData("\"allow\": false", "\"allow\": true", "properties.allow")]
    public void What_breaks_it_is_reported(string text, string by, string reported) =>
        Assert.Contains(AccessPolicy.Violations(Predicted.Of("newWorkspace", (text, by))), line =>
            line.Contains(reported, StringComparison.Ordinal));

    [Theory]
    [InlineData("\"publicNetworkAccess\": \"Disabled\"", "\"publicNetworkAccess\": \"Enabled\"", "publicNetworkAccess")]
    [InlineData("\"defaultAction\": \"Deny\"", "\"defaultAction\": \"Allow\"", "defaultAction")]
    [InlineData("\"privateLinkServiceId\"", "\"other\"", "no private endpoint")]
    public void What_stays_public_is_reported(string text, string by, string reported) =>
        Assert.Contains(AccessPolicy.PublicEndpoints(Predicted.Of("privateNetwork", (text, by))), line =>
            line.Contains(reported, StringComparison.Ordinal));
}
