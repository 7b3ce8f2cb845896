namespace CipherWatch.Core.Randomness;

/// <summary>What carried a payload; a datagram protocol's header is believed only where it could occur.</summary>
public enum Transport
{
    /// <summary>Not known: only features strong enough to stand alone are used.</summary>
    Unknown,

    /// <summary>A TCP stream: the sample is a run of bytes, not one message.</summary>
    Tcp,

    /// <summary>One UDP datagram.</summary>
    Udp,

    /// <summary>IP protocol 50, encapsulating security payload.</summary>
    Esp,
}
