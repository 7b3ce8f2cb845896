using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Correlation.Channel;

/// <summary>What a process says of a network-only detection: that its own covers it, or no longer does.</summary>
/// <param name="Channel">The channel whose detection it is.</param>
/// <param name="Network">That detection.</param>
/// <param name="By">The process's detection.</param>
/// <param name="Revision">Revision of the process's detection: the mark of the later revision holds, whichever arrives first.</param>
/// <param name="Stands">Whether it covers the network-only one.</param>
public sealed record SupersessionMark(ChannelKey Channel, DetectionId Network, DetectionId By, int Revision, bool Stands)
    : IMergeable<SupersessionMark>
{
    /// <inheritdoc/>
    public SupersessionMark Merge(SupersessionMark other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Revision > Revision || (other.Revision == Revision && other.Stands) ? other : this;
    }

    /// <summary>Orders by the detections: the two are what a mark is about.</summary>
    public static int CompareKeys(SupersessionMark left, SupersessionMark right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        int order = left.Network.CompareTo(right.Network);
        return order != 0 ? order : left.By.CompareTo(right.By);
    }
}
