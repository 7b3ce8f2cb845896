using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Analytics;

/// <summary>
/// Flows of a channel that belong to processes of which the settings expect random payload: what the endpoint knows explains what the
/// sensor saw. A flow that none of them claims is judged as ever, so that nothing hides beside an allowed program.
/// </summary>
internal static class ExpectedFlows
{
    /// <summary>Whether a flow of the channel is such a one, on one day.</summary>
    public static Func<FlowSummary, bool> Of(ChannelFacts channel, DateOnly day)
    {
        DetectionId network = An0404Network.IdOf(channel.Key, day);
        SupersessionMark[] marks = [.. channel.Marks.Where(mark => mark.Network == network)];
        HashSet<DetectionId> expected = [.. marks.Where(mark => mark.IsExpected).Select(mark => mark.By)];
        if (expected.Count == 0)
        {
            return static _ => false;
        }

        // Of more words or claims than are kept, those kept are a sample: where all of them agree, they speak for the rest.
        bool allSaid = channel.Marks.Length >= ChannelFacts.MaxMarks && marks.Length == expected.Count;

        bool IsExpected(FlowClaim claim) =>
            allSaid || AnalyticTable.Rows.Any(row => expected.Contains(DetectionId.Create(row.Id, claim.Owner.Value, null, day)));
        ILookup<bool, FlowClaim> claims = channel.Claims.ToLookup(IsExpected);
        bool allClaimed = !claims[false].Any() && channel.Claims.Length >= ProcessFacts.MaxFlows;
        return flow => Claims(claims[false], flow) ? false : allClaimed || Claims(claims[true], flow);
    }

    private static bool Claims(IEnumerable<FlowClaim> claims, FlowSummary flow) =>
        claims.Any(claim => claim.Names(flow) || claim.MayName(flow));
}
