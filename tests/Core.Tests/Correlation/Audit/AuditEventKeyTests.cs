using CipherWatch.Core.Correlation.Audit;

namespace CipherWatch.Core.Tests.Correlation.Audit;

public class AuditEventKeyTests
{
    [Fact]
    public void Events_are_in_order_of_host_time_and_serial()
    {
        AuditEventKey[] rising = [new("a", 2, 9), new("a", 3, 1), new("a", 3, 2), new("b", 1, 1)];
        foreach ((AuditEventKey less, AuditEventKey more) in rising.Zip(rising.Skip(1)))
        {
            Assert.Equal((-1, 1), (Math.Sign(less.CompareTo(more)), Math.Sign(more.CompareTo(less))));
            Assert.True(less < more);
            Assert.True(more > less);
            Assert.False(less >= more);
            Assert.False(more <= less);
        }

        Assert.Equal(0, rising[0].CompareTo(rising[0]));
        Assert.True(rising[0] <= rising[0] && rising[0] >= rising[0]);
    }
}
