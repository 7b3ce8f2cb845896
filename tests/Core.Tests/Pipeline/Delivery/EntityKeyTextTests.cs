using CipherWatch.Core.Pipeline.Delivery;
using FsCheck.Xunit;

namespace CipherWatch.Core.Tests.Pipeline.Delivery;

public class EntityKeyTextTests
{
    [Theory]
    [InlineData("ws1|11111111-0000-0000-0000-000000000001")]
    [InlineData("10.0.0.5|50000|2001:db8::1|443|6")]
    public void A_plain_key_stays_readable(string key) => Assert.Equal(key, EntityKeyText.Of(key));

    [Property]
    public void Every_key_becomes_one_that_storage_takes(string? text)
    {
        string key = EntityKeyText.Of("w/" + text);
        Assert.Matches("^hash\\|[0-9a-f]{32}$", key);
        Assert.Equal(key, EntityKeyText.Of("w/" + text));
        Assert.NotEqual(key, EntityKeyText.Of("x/" + text));
    }

    [Fact]
    public void A_long_key_is_hashed() => Assert.StartsWith("hash|", EntityKeyText.Of(new string('a', 500)), StringComparison.Ordinal);

    [Theory]
    [InlineData(160, false)]
    [InlineData(161, true)]
    public void A_key_is_used_as_it_is_up_to_so_many_characters(int length, bool hashed) =>
        Assert.Equal(hashed, EntityKeyText.Of(new string('a', length)).StartsWith("hash|", StringComparison.Ordinal));
}
