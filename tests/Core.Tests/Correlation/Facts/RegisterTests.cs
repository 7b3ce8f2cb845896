using CipherWatch.Core.Correlation.Facts;

namespace CipherWatch.Core.Tests.Correlation.Facts;

public class RegisterTests
{
    private static readonly string?[] Accounts = [null, "0", "1000", "root", "ana", "7zip"];

    [Theory]
    [InlineData("0", "root", "root")]
    [InlineData("root", "0", "root")]
    [InlineData("1000", "0", "0")]
    [InlineData("root", "ana", "ana")]
    [InlineData(null, "0", "0")]
    public void An_account_keeps_its_name_where_one_is_known(string? left, string? right, string kept) =>
        Assert.Equal(kept, Register.MergeAccount(left, right));

    [Fact]
    public void Accounts_merge_the_same_in_any_order_and_grouping() => Assert.All(
        from a in Accounts from b in Accounts from c in Accounts select (a, b, c),
        of =>
        {
            Assert.Equal(Register.MergeAccount(of.a, of.b), Register.MergeAccount(of.b, of.a));
            Assert.Equal(
                Register.MergeAccount(Register.MergeAccount(of.a, of.b), of.c),
                Register.MergeAccount(of.a, Register.MergeAccount(of.b, of.c)));
            Assert.Equal(of.a, Register.MergeAccount(of.a, of.a));
        });

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(true, null, true)]
    [InlineData(null, false, false)]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, false)]
    public void One_that_speaks_against_it_is_enough(bool? left, bool? right, bool? kept) => Assert.Equal(kept, Register.MergeAll(left, right));
}
