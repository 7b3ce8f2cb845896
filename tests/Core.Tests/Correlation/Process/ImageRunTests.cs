using System.Collections.Immutable;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Correlation.Process;

namespace CipherWatch.Core.Tests.Correlation.Process;

/// <summary>The images that ran under one number: the latest are kept, as many as there is room for.</summary>
public class ImageRunTests
{
    /// <summary>Each of these takes 64 and 48 bytes, and six beside each text.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Two_that_fit_to_the_byte_are_kept_whichever_text_takes_the_room(int text)
    {
        int room = (ImageRun.MaxBytes / 2) - 64 - 48 - 6;
        Assert.Equal((2, null), Kept(room, room));
        Assert.Equal((1, Example.Time(1)), Kept(room, room + 1));

        (int Kept, FactTime? Forgotten) Kept(int one, int other)
        {
            (ImmutableArray<ImageRun> kept, FactTime? forgotten) = ImageRun.Merge([Long(2, one)], [Long(1, other)], null);
            return (kept.Length, forgotten);
        }

        ImageRun Long(int second, int bytes)
        {
            string value = new('x', bytes);
            ImageRun run = new() { Time = Example.Time(second) };
            return text switch
            {
                0 => run with { Image = value },
                1 => run with { CommandLine = value },
                2 => run with { ParentImage = value },
                3 => run with { Signer = value },
                4 => run with { SigningId = value },
                _ => run with { Job = value },
            };
        }
    }

    [Fact]
    public void What_was_forgotten_once_stays_so_and_the_latest_such_time_is_kept()
    {
        ImageRun[] runs = [.. Enumerable.Range(1, 3).Select(second => new ImageRun { Time = Example.Time(4 - second) })];
        (ImmutableArray<ImageRun> kept, FactTime? forgotten) = ImageRun.Merge([.. runs], [], Example.Time(2));
        Assert.Equal([runs[0]], kept);
        Assert.Equal(Example.Time(2), forgotten);
        Assert.Equal(Example.Time(3), ImageRun.Merge([.. runs], [], Example.Time(3)).Forgotten);
    }

    [Fact]
    public void The_earlier_of_two_sightings_is_kept_and_of_one_moment_and_image_all_that_both_say()
    {
        ImageRun early = new() { Time = Example.Time(1), Image = "/a", User = "ana" }, late = early with { Time = Example.Time(2) };
        Assert.Equal((early, early), (ImageRun.Earliest(early, late), ImageRun.Earliest(late, early)));
        Assert.Equal((early, early), (ImageRun.Earliest(null, early), ImageRun.Earliest(early, null)));
        Assert.Equal(early with { Job = "j" }, ImageRun.Earliest(early, early with { User = null, Job = "j" }));
        Assert.Equal(early with { Job = "j" }, ImageRun.Earliest(early with { User = null, Job = "j" }, early));
        Assert.Equal("/a", ImageRun.Earliest(early with { Image = "/b" }, early)!.Image);
    }
}
