namespace CipherWatch.Core.Tests;

public class A
{
    [Fact]
    public void X() => Assert.Equal(2, 1 + 1);

    [FsCheck.Xunit.Property]
    public bool Y(int a, int b) => a + b == b + a;
}
