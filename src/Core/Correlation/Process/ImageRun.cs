using System.Collections.Immutable;
using System.Text;
using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Correlation.Process;

/// <summary>
/// An image that ran under a process number. Numbers are used again and a process may exec one image after another: what is known of a
/// number is told apart by when its images began.
/// </summary>
public sealed record ImageRun : IMergeable<ImageRun>
{
    /// <summary>
    /// Bytes of runs that a state holds, as <see cref="Bytes"/> reckons them: one at its longest, seven or eight as they usually are.
    /// </summary>
    public const int MaxBytes = 1_350;

    /// <summary>Bytes of a run without its texts, and room for an account.</summary>
    private const int FixedBytes = 64 + BoundedText.ImageName;

    /// <summary>When it began, or where it is not a start's, when it was seen; uncorrected.</summary>
    public required FactTime Time { get; init; }

    /// <summary>The serial of the audit event in which it began; 0 where there is none.</summary>
    public long Serial { get; init; }

    /// <summary>The record of the start; null where another record says when that was.</summary>
    public ObservationId? Started { get; init; }

    /// <summary>Full path of the executable.</summary>
    public string? Image { get; init; }

    /// <summary>Command line.</summary>
    public string? CommandLine { get; init; }

    /// <summary>Full path of the parent's executable.</summary>
    public string? ParentImage { get; init; }

    /// <summary>Account.</summary>
    public string? User { get; init; }

    /// <summary>Whether somebody vouches for the executable, where its start says so.</summary>
    public bool? Signed { get; init; }

    /// <summary>Who.</summary>
    public string? Signer { get; init; }

    /// <summary>What the signature calls the executable.</summary>
    public string? SigningId { get; init; }

    /// <summary>The job that started it.</summary>
    public string? Job { get; init; }

    /// <summary>Bytes that it takes in a state, about; never fewer when more is known of it.</summary>
    private int Bytes =>
        FixedBytes + Length(Image) + Length(CommandLine) + Length(ParentImage) + Length(Signer) + Length(SigningId) + Length(Job);

    /// <inheritdoc/>
    public ImageRun Merge(ImageRun other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new()
        {
            Time = Time,
            Serial = Serial,
            Started = Started is { } one && other.Started is { } another ? (one <= another ? one : another) : Started ?? other.Started,
            Image = Register.MergeLonger(Image, other.Image),
            CommandLine = Register.MergeLonger(CommandLine, other.CommandLine),
            ParentImage = Register.MergeLonger(ParentImage, other.ParentImage),
            User = Register.MergeAccount(User, other.User),
            Signed = Register.MergeAll(Signed, other.Signed),
            Signer = Register.MergeLonger(Signer, other.Signer),
            SigningId = Register.MergeLonger(SigningId, other.SigningId),
            Job = Register.MergeLonger(Job, other.Job),
        };
    }

    /// <summary>Merges runs, the latest first: as many as fit.</summary>
    /// <remarks>
    /// What a run takes never shrinks and those before it only become more, so one that once found no room finds none later, nor does one
    /// that is earlier still: the bound does not depend on order.
    /// </remarks>
    /// <param name="left">Runs, the latest first.</param>
    /// <param name="right">Likewise.</param>
    /// <param name="forgotten">When the latest began for which there was no room before; null where there was for all.</param>
    /// <returns>The runs, and when the latest began of those that find no room; null where all do.</returns>
    public static (ImmutableArray<ImageRun> Kept, FactTime? Forgotten) Merge(
        ImmutableArray<ImageRun> left, ImmutableArray<ImageRun> right, FactTime? forgotten)
    {
        ImmutableArray<ImageRun> merged = BoundedMap.Merge(left, right, int.MaxValue, static (one, other) => other.CompareKey(one));
        int bytes = 0;
        for (int index = 0; index < merged.Length; index++)
        {
            bytes += merged[index].Bytes;
            if (bytes > MaxBytes || merged[index].Time <= forgotten)
            {
                return (merged[..index], FactTime.Max(forgotten, merged[index].Time));
            }
        }

        return (merged, forgotten);
    }

    /// <summary>The earlier of two sightings, what both say where they are of one moment and image.</summary>
    public static ImageRun? Earliest(ImageRun? left, ImageRun? right)
    {
        if (left is null || right is null)
        {
            return left ?? right;
        }

        int order = left.CompareKey(right);
        order = order != 0 ? order : string.CompareOrdinal(left.Image, right.Image);
        return order == 0 ? left.Merge(right) : order < 0 ? left : right;
    }

    /// <summary>Orders by time and serial.</summary>
    public int CompareKey(ImageRun other)
    {
        ArgumentNullException.ThrowIfNull(other);
        int order = Time.CompareTo(other.Time);
        return order != 0 ? order : Serial.CompareTo(other.Serial);
    }

    private static int Length(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text) + 6;
}
