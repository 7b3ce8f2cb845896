using System.Security.Cryptography;
using System.Text;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Tests.Identity;

/// <summary>What both hashes of fields promise, whatever they hash with.</summary>
public class ObservationHashTests
{
    [Fact]
    public void Fields_are_told_apart_by_where_they_end() => Assert.NotEqual(Of("ab", "c"), Of("a", "bc"));

    [Fact]
    public void An_absent_field_is_no_empty_one() => Assert.NotEqual(Of([null]), Of(string.Empty));

    [Theory]
    [InlineData("C:\\Windows\\SYSTEM32")]
    [InlineData("ÄÖÜ und mehr als ein Wort")]
    public void Case_is_ignored_where_it_means_nothing(string text) =>
        Assert.Equal(Of(text.ToLowerInvariant()), Of(ignoreCase: true, text));

    [Theory]
    [InlineData(200)]
    [InlineData(5000)]
    public void Scratch_space_that_is_too_small_changes_nothing(int length)
    {
        string text = new('é', length);
        ObservationHash roomy = new(new byte[64 << 10]);
        roomy.Add(text, ignoreCase: true);

        Assert.Equal(roomy.Finish(), Of(ignoreCase: true, text));
    }

    /// <summary>Detections, settings and stored rows are named by this: the names must not change from build to build.</summary>
    [Fact]
    public void A_content_hash_is_the_first_half_of_SHA_256_over_lengths_and_fields()
    {
        ContentHash hash = new(stackalloc byte[16]);
        hash.Add("fé");
        hash.Add(7);
        byte[] fields = [3, 0, 0, 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes("fé"), 7, 0, 0, 0, 0, 0, 0, 0];

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(fields)[..16]), hash.Finish().ToString("x32", System.Globalization.CultureInfo.InvariantCulture));
    }

    private static ObservationId Of(params string?[] texts) => Of(ignoreCase: false, texts);

    private static ObservationId Of(bool ignoreCase, params string?[] texts)
    {
        ObservationHash hash = new(stackalloc byte[16]);
        foreach (string? text in texts)
        {
            hash.Add(text, ignoreCase);
        }

        return hash.Finish();
    }
}
