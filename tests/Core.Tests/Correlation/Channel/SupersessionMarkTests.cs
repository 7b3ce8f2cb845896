using CipherWatch.Core.Correlation.Channel;

namespace CipherWatch.Core.Tests.Correlation.Channel;

public class SupersessionMarkTests
{
    private static readonly SupersessionMark Plain = new(Example.ChannelKey, Example.Detection("AN0404"), Example.Detection("AN0400"), 3, Stands: false);

    [Fact]
    public void Of_one_revision_what_says_more_holds_and_else_the_later_revision()
    {
        SupersessionMark[] rising =
        [
            Plain, Plain with { IsExpected = true }, Plain with { Stands = true, Verdict = new("Ours", null, null) }, Plain with { Stands = true },
            Plain with { Revision = 4 },
        ];
        foreach ((SupersessionMark less, SupersessionMark more) in rising.Zip(rising.Skip(1)))
        {
            Assert.Equal((more, more), (less.Merge(more), more.Merge(less)));
        }
    }
}
