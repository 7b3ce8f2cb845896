using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Correlation.Flow;
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

        Dictionary<FlowKey, bool> claimed = [];
        foreach (FlowClaim claim in channel.Claims)
        {
            bool isExpected = allSaid || AnalyticTable.Rows.Any(row => expected.Contains(DetectionId.Create(row.Id, claim.Owner.Value, null, day)));
            claimed[claim.Flow] = isExpected && claimed.GetValueOrDefault(claim.Flow, true);
        }

        bool allClaimed = channel.Claims.Length >= ChannelFacts.MaxClaims && claimed.Values.All(static isExpected => isExpected);
        return flow => claimed.TryGetValue(flow.Key, out bool isExpected) ? isExpected : allClaimed;
    }
}
