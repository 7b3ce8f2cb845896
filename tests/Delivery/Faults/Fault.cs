namespace CipherWatch.Delivery.Tests.Faults;

/// <summary>What can go wrong between a worker and its storage.</summary>
internal enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The connection breaks before the request arrives.</summary>
    Away,

    /// <summary>The request is carried out; its answer is lost.</summary>
    AnswerLost,

    /// <summary>The answer comes late.</summary>
    Slow,

    /// <summary>429, with a wait that is asked for.</summary>
    TooManyRequests,

    /// <summary>500.</summary>
    InternalError,

    /// <summary>412 to what was to happen only if nothing had changed.</summary>
    PreconditionFailed,
}
