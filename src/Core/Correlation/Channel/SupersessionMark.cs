using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Correlation.Channel;

/// <summary>An analyst's verdict on a process's detection, which its network-only ones share.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Author">Who.</param>
/// <param name="Expires">Until when; null for ever.</param>
public sealed record SharedVerdict(string Reason, string? Author, DateTimeOffset? Expires);

/// <summary>
/// What a process says of a network-only detection: that its own covers it, that random payload on its flows is expected, or neither any
/// more.
/// </summary>
/// <param name="Channel">The channel whose detection it is.</param>
/// <param name="Network">That detection.</param>
/// <param name="By">The process's detection.</param>
/// <param name="Revision">Revision of the process's detection: the mark of the later revision holds, whichever arrives first.</param>
/// <param name="Stands">Whether it covers the network-only one.</param>
/// <param name="Verdict">The verdict that suppresses the process's detection; null where it is not suppressed.</param>
/// <param name="IsExpected">
/// Whether the settings expect random payload of the process on this channel, so that it published nothing of it. <paramref name="By"/>
/// is then the detection that it would have been, and the revision 0 where there never was one.
/// </param>
public sealed record SupersessionMark(
    ChannelKey Channel, DetectionId Network, DetectionId By, int Revision, bool Stands, SharedVerdict? Verdict = null,
    bool IsExpected = false)
    : IMergeable<SupersessionMark>
{
    /// <inheritdoc/>
    public SupersessionMark Merge(SupersessionMark other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Revision != Revision ? (other.Revision > Revision ? other : this)
            : Rank(other) > Rank(this) ? other
            : this;
    }

    /// <summary>Orders by the detections: the two are what a mark is about.</summary>
    public static int CompareKeys(SupersessionMark left, SupersessionMark right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        int order = left.Network.CompareTo(right.Network);
        return order != 0 ? order : left.By.CompareTo(right.By);
    }

    private static int Rank(SupersessionMark mark) => mark switch
    {
        { Stands: true, Verdict: null } => 3,
        { Stands: true } => 2,
        { IsExpected: true } => 1,
        _ => 0,
    };
}
