using System.Formats.Tar;
using System.Text;

namespace CipherWatch.Cli.Tests.Inputs;

/// <summary>Files, folders, patterns and containers, through the real command; what is read is told by what is normalised.</summary>
public sealed class InputReadingTests : IDisposable
{
    private const int Events = 40;
    private static readonly byte[] Plain = Samples.Connections(Events);
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Wrappings => new("plain", "gzip", "two gzip members", "zip", "zip from a pipe", "gzip in zip", "zip in gzip", "gzip in gzip", "tar", "pax tar", "tar in gzip", "gzip in tar");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Wrappings))]
    public async Task Containers_are_read_through_whatever_their_name(string wrapping)
    {
        Ran ran = await Ran.Of("normalize", _folder.Write("events.log", Wrap(wrapping)));
        Assert.Equal(ExitCode.Done, ran.Code);
        Assert.Equal((await Ran.Of("normalize", _folder.Write("plain.log", Plain))).Output, ran.Output);
        Assert.Equal(Events, ran.Lines.Length);
    }

    [Theory]
    [MemberData(nameof(Wrappings))]
    public async Task Standard_input_is_read_through_containers_too(string wrapping)
    {
        using MemoryStream input = new(Wrap(wrapping));
        Ran ran = await Ran.With(input, ["normalize", "-"]);
        Assert.Equal(ExitCode.Done, ran.Code);
        Assert.Equal(Events, ran.Lines.Length);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zip")]
    [InlineData("zip from a pipe")]
    [InlineData("gzip in zip")]
    [InlineData("zip in gzip")]
    [InlineData("tar")]
    [InlineData("tar in gzip")]
    public async Task A_container_that_is_cut_short_is_1_and_what_came_before_stands(string wrapping)
    {
        byte[] whole = Wrap(wrapping);
        Ran ran = await Ran.Of("normalize", _folder.Write("cut", whole[..(whole.Length * 3 / 4)]));
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.Contains("cut short", ran.Error, StringComparison.Ordinal);
        Assert.InRange(ran.Lines.Length, 1, Events);
    }

    /// <summary>Damage at every place of every container: never an exception, and never a whole reading that is not one.</summary>
    [Theory]
    [MemberData(nameof(Wrappings))]
    public async Task A_container_that_is_damaged_anywhere_is_read_as_far_as_it_goes(string wrapping)
    {
        byte[] whole = Wrap(wrapping);
        string plain = (await Ran.Of("normalize", "--quiet", _folder.Write("plain", Plain))).Output;
        for (int at = 0; at < whole.Length; at += 1 + (whole.Length / 97))
        {
            byte[] damaged = [.. whole];
            damaged.AsSpan(at, Math.Min(4, whole.Length - at)).Fill((byte)(at % 3 == 0 ? 0xff : 0));
            Ran ran = await Ran.Of("detect", "--quiet", "--json", "--no-settings", _folder.Write("damaged", damaged));
            Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);
            Assert.Contains("\"records\":", ran.Output, StringComparison.Ordinal);
        }

        Assert.NotEmpty(plain);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("gzip in zip")]
    [InlineData("gzip in tar")]
    public async Task Before_a_wrong_checksum_all_is_read(string wrapping)
    {
        byte[] damaged = TemporaryFolder.Gzip(Plain);
        damaged[^8] ^= 1;
        byte[] wrapped = wrapping switch
        {
            "gzip in zip" => TemporaryFolder.Zip(true, ("x.gz", damaged)),
            "gzip in tar" => TemporaryFolder.Tar(TarEntryFormat.Gnu, ("x.gz", damaged)),
            _ => damaged,
        };
        Ran ran = await Ran.Of("normalize", _folder.Write("damaged", wrapped));
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.Contains("damaged", ran.Error, StringComparison.Ordinal);
        Assert.Equal(Events, ran.Lines.Length);
    }

    [Fact]
    public async Task Bytes_behind_gzip_that_are_none_are_told()
    {
        byte[] second = TemporaryFolder.Gzip(Plain);
        second[0] = 0;
        Ran ran = await Ran.Of("normalize", _folder.Write("two.gz", [.. TemporaryFolder.Gzip(Plain), .. new byte[10_000], .. second]));
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.Contains("behind the end of its gzip data", ran.Error, StringComparison.Ordinal);
        Assert.Equal(Events, ran.Lines.Length);
    }

    [Fact]
    public async Task Text_with_tars_magic_word_in_its_place_is_text()
    {
        byte[] text = [.. Enumerable.Repeat((byte)'x', 257), .. "ustar"u8, .. Enumerable.Repeat((byte)'x', 400), (byte)'\n', .. Plain];
        Ran ran = await Ran.Of("normalize", _folder.Write("x.log", text));
        Assert.Equal(ExitCode.Done, ran.Code);
        Assert.Equal(Events, ran.Lines.Length);
    }

    [Fact]
    public async Task Entries_before_the_cut_of_a_zip_file_are_whole()
    {
        foreach (bool sized in (bool[])[true, false])
        {
            byte[] zip = TemporaryFolder.Zip(sized, ("a.json", Samples.Connections(5)), ("b.json", Samples.Connections(5, 5)));
            Ran ran = await Ran.Of("normalize", _folder.Write("cut.zip", zip[..^60]));
            Assert.Equal(ExitCode.Failed, ran.Code);
            Assert.Equal(10, ran.Lines.Length);
        }
    }

    [Fact]
    public async Task Every_cut_of_a_gzip_file_is_told()
    {
        byte[] whole = TemporaryFolder.Gzip(Plain);
        for (int length = 3; length < whole.Length; length += 7)
        {
            Ran ran = await Ran.Of("normalize", "--quiet", _folder.Write("cut.gz", whole[..length]));
            Assert.Equal(ExitCode.Failed, ran.Code);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_cut_of_a_zip_file_is_told(bool sized)
    {
        byte[] whole = TemporaryFolder.Zip(sized, ("a.json", Samples.Connections(3)), ("b.json.gz", TemporaryFolder.Gzip(Samples.Connections(3, 3))));
        for (int length = 4; length < whole.Length; length += 11)
        {
            Ran ran = await Ran.Of("normalize", "--quiet", _folder.Write("cut.zip", whole[..length]));
            Assert.Equal(ExitCode.Failed, ran.Code);
            Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Folders_are_walked_in_name_order_and_patterns_find_the_same()
    {
        _folder.Write("b/2.json", Samples.Connections(1, 2));
        _folder.Write("b/1.json", Samples.Connections(1, 1));
        _folder.Write("a.json", Samples.Connections(1, 0));
        _folder.Write("c/deep/3.json", Samples.Connections(1, 3));
        string expected = Encoding.UTF8.GetString((await Ran.Of("normalize", _folder.Write("../" + Path.GetFileName(_folder.Path) + "-all.json", Samples.Connections(4)))).OutputBytes);
        File.Delete(_folder.Path + "-all.json");

        Assert.Equal(expected, (await Ran.Of("normalize", _folder.Path)).Output);
        Assert.Equal(expected, (await Ran.Of("normalize", _folder["**/*.json"])).Output);
        Assert.Equal(expected, (await Ran.Of("normalize", _folder["**"])).Output);
        Assert.Equal(expected, (await Ran.Of("normalize", _folder["a.jso?"], _folder["b"], _folder["c/*/3.*"])).Output);
    }

    [Fact]
    public async Task A_missing_path_is_1_after_the_rest_was_read()
    {
        string file = _folder.Write("events.json", Plain);
        Ran ran = await Ran.Of("normalize", _folder["missing.json"], file, _folder["no*match"]);
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.Equal(Events, ran.Lines.Length);
        Assert.Contains("missing.json: no such file or folder.", ran.Error, StringComparison.Ordinal);
        Assert.Contains("no*match: no file matches this pattern.", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    public async Task An_empty_file_is_done(string content)
    {
        Ran ran = await Ran.Of("normalize", _folder.Write("empty", content));
        Assert.Equal(ExitCode.Done, ran.Code);
        Assert.Empty(ran.OutputBytes);
    }

    [Fact]
    public async Task Compression_that_is_not_read_is_named()
    {
        Ran ran = await Ran.Of("normalize", _folder.Write("x.json", [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, 1, 2]));
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.Contains("compressed as xz", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nest_of_containers_without_end_is_not_followed()
    {
        byte[] nest = Plain;
        for (int depth = 0; depth < 12; depth++)
        {
            nest = TemporaryFolder.Gzip(nest);
        }

        Ran ran = await Ran.Of("normalize", _folder.Write("nest.gz", nest));
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.Contains("within 8 other containers", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_does_not_read_what_it_writes()
    {
        _folder.Write("a.json", "not telemetry\n");
        string letters = _folder.Write("dead.ndjson", "old\n");
        Ran ran = await Ran.Of("normalize", _folder.Path, "--dead-letter", letters);
        Assert.Equal(ExitCode.Done, ran.Code);
        Assert.Single(File.ReadAllLines(letters));
    }

    [Fact]
    public async Task A_stop_while_input_is_awaited_ends_the_run()
    {
        using CancellationTokenSource stop = new();
        using StopsWhenRead input = new(Samples.Connections(3), stop);
        Ran ran = await Ran.With(input, ["normalize", "-"], stop.Token);
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.Contains("Stopped before the end", ran.Error, StringComparison.Ordinal);
    }

    private static byte[] Wrap(string wrapping) => wrapping switch
    {
        "gzip" => TemporaryFolder.Gzip(Plain),
        "two gzip members" => [.. TemporaryFolder.Gzip(Samples.Connections(Events / 2)), .. TemporaryFolder.Gzip(Samples.Connections(Events / 2, Events / 2))],
        "zip" => TemporaryFolder.Zip(true, ("x.json", Plain)),
        "zip from a pipe" => TemporaryFolder.Zip(false, ("x.json", Plain)),
        "gzip in zip" => TemporaryFolder.Zip(true, ("folder/", []), ("folder/x.gz", TemporaryFolder.Gzip(Plain))),
        "zip in gzip" => TemporaryFolder.Gzip(TemporaryFolder.Zip(true, ("x.json", Plain))),
        "gzip in gzip" => TemporaryFolder.Gzip(TemporaryFolder.Gzip(Plain)),
        "tar" => TemporaryFolder.Tar(TarEntryFormat.Gnu, ("folder/", []), ("empty.json", []), ("x.json", Plain)),
        "pax tar" => TemporaryFolder.Tar(TarEntryFormat.Pax, ($"{new string('a', 120)}.json", Plain)),
        "tar in gzip" => TemporaryFolder.Gzip(TemporaryFolder.Tar(TarEntryFormat.Ustar, ("x.json", Plain))),
        "gzip in tar" => TemporaryFolder.Tar(TarEntryFormat.Gnu, ("x.gz", TemporaryFolder.Gzip(Plain))),
        _ => Plain,
    };

    /// <summary>Gives some bytes, then is asked for more, stops the run, and never answers.</summary>
    private sealed class StopsWhenRead(byte[] bytes, CancellationTokenSource stop) : MemoryStream(bytes)
    {
        private readonly ManualResetEventSlim _never = new();

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = base.Read(buffer, offset, count);
            if (read == 0)
            {
                stop.Cancel();
                _never.Wait();
            }

            return read;
        }

        protected override void Dispose(bool disposing)
        {
            _never.Set();
            base.Dispose(disposing);
        }
    }
}
