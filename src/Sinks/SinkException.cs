namespace CipherWatch.Sinks;

/// <summary>A sink is out. The message tells a person which one and what to do about it.</summary>
public sealed class SinkException : Exception
{
    /// <summary>Without a message there is nothing to do about it: for serialisers only.</summary>
    public SinkException()
    {
    }

    /// <summary>With what happened.</summary>
    public SinkException(string message)
        : base(message)
    {
    }

    /// <summary>With what happened and what made it.</summary>
    public SinkException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
