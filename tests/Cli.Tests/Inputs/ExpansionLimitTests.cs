using CipherWatch.Cli.Inputs;

namespace CipherWatch.Cli.Tests.Inputs;

/// <summary>Archives that expand beyond all measure are read up to a limit, and the message says what to do.</summary>
public sealed class ExpansionLimitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_archive_of_archives_stops_at_its_ratio()
    {
        // 400 entries that share their content after compression, in an archive that is compressed once more.
        byte[] entry = new byte[1 << 20];
        byte[] inner = TemporaryFolder.Zip(true, [.. Enumerable.Range(0, 400).Select(number => ($"{number}.bin", entry))]);
        byte[] outer = TemporaryFolder.Zip(true, ("inner.zip", inner));

        Ran ran = await Ran.Of("normalize", _folder.Write("many.zip", outer));

        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.Contains("expands to more than 1,000 times its size and 256 MiB", ran.Error, StringComparison.Ordinal);
        Assert.Contains("extract it and give the files", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000, 256L << 20, true)]
    [InlineData(1_000, (256L << 20) + 999_999, true)]
    [InlineData(1_000, (256L << 20) + 1_100_000, false)]
    [InlineData(1L << 30, 300L << 30, true)]
    [InlineData(1L << 40, (4L << 40) + 2, false)]
    public void What_may_come_out_grows_with_what_went_in(long stored, long expanded, bool allowed)
    {
        ExpansionLimit limit = new(() => stored);
        Exception? thrown = Record.Exception(() =>
        {
            for (long left = expanded; left > 0; left -= 1 << 30)
            {
                limit.Add((int)Math.Min(left, 1 << 30));
            }
        });

        Assert.Equal((allowed, !allowed), (thrown is null, limit.IsReached));
    }

    [Fact]
    public void Entries_are_counted_too()
    {
        ExpansionLimit limit = new(() => 1);
        for (int entry = 0; entry < ExpansionLimit.MaxEntries; entry++)
        {
            limit.AddEntry();
        }

        Assert.Contains("1,000,000 entries", Assert.Throws<ExpansionException>(limit.AddEntry).Message, StringComparison.Ordinal);
    }
}
