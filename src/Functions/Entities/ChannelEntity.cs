using CipherWatch.Core.Correlation.Channel;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline.Kinds;
using Microsoft.Azure.Functions.Worker;

namespace CipherWatch.Functions.Entities;

/// <summary>One source, destination and port: what nothing explains, what processes say of it, and what was said.</summary>
public sealed class ChannelEntity(DetectionSettings settings) : FactsEntity<ChannelKey, ChannelFacts>(FactKinds.Channel, settings)
{
    /// <summary>Runs operations on it.</summary>
    [Function(nameof(ChannelEntity))]
    public static Task RunEntityAsync([EntityTrigger] TaskEntityDispatcher dispatcher)
    {
        ArgumentNullException.ThrowIfNull(dispatcher);
        return dispatcher.DispatchAsync<ChannelEntity>();
    }
}
