namespace CipherWatch.Core.Correlation.Flow;

/// <summary>Where what an observation says of a flow goes.</summary>
[Flags]
public enum FlowRoute
{
    /// <summary>Nowhere: the protocol is recognised and expected on its port, or it carries too little.</summary>
    None = 0,

    /// <summary>To the channels between its two addresses, as one whose payload may be evidence.</summary>
    Random = 1,

    /// <summary>The same, under a lower threshold than the shipped one.</summary>
    Weak = 2,

    /// <summary>The same, as a record that nothing explains.</summary>
    Record = 4,

    /// <summary>The same, as a flow that a process says is its own.</summary>
    Claim = 8,

    /// <summary>To the journal: it explains the flow, and is looked up when something of the channel is about to be published.</summary>
    Journal = 16,

    /// <summary>To the source host's attempts: it carried nothing, or was not answered.</summary>
    Attempt = 32,
}
