using CipherWatch.Core.Correlation.Facts;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Correlation.Audit;

/// <summary>
/// What is known of an audit event whose records came in several batches: each batch tells what its records say, and together they say what
/// the whole event does.
/// </summary>
public sealed record AuditEventFacts : IMergeable<AuditEventFacts>
{
    /// <summary>Which event.</summary>
    public required AuditEventKey Key { get; init; }

    /// <summary>Which clock its time was read from.</summary>
    public FactClock Clock { get; init; }

    /// <summary>What the call does: the observation's kind, as a number; null while the call's own record is not known.</summary>
    public int? Call { get; init; }

    /// <summary>The process; null while the call's own record is not known.</summary>
    public int? Pid { get; init; }

    /// <summary>Full path of the executable.</summary>
    public string? Image { get; init; }

    /// <summary>Account.</summary>
    public string? User { get; init; }

    /// <summary>Command line.</summary>
    public string? CommandLine { get; init; }

    /// <summary>The other end.</summary>
    public IpAddress? Ip { get; init; }

    /// <summary>Its port.</summary>
    public int? Port { get; init; }

    /// <summary>IANA protocol number, as far as the call says; null while it is not known.</summary>
    public int? Protocol { get; init; }

    /// <summary>Who opened it, as a number; null while the call's own record is not known.</summary>
    public int? Direction { get; init; }

    /// <summary>The directory that a relative path is of.</summary>
    public string? Directory { get; init; }

    /// <summary>The library, as named.</summary>
    public string? Path { get; init; }

    /// <summary>The cipher of the kernel's, kind and name.</summary>
    public string? Algorithm { get; init; }

    /// <inheritdoc/>
    public AuditEventFacts Merge(AuditEventFacts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new()
        {
            Key = Key,
            Clock = Clock <= other.Clock ? Clock : other.Clock,
            Call = Register.Merge(Call, other.Call),
            Pid = Register.Merge(Pid, other.Pid),
            Image = Register.Merge(Image, other.Image),
            User = Register.MergeAccount(User, other.User),
            CommandLine = Register.MergeLonger(CommandLine, other.CommandLine),
            Ip = Ip is { } one && other.Ip is { } another ? (one.CompareTo(another) <= 0 ? one : another) : Ip ?? other.Ip,
            Port = Register.Merge(Port, other.Port),
            Protocol = Register.Merge(Protocol, other.Protocol),
            Direction = Register.Merge(Direction, other.Direction),
            Directory = Register.Merge(Directory, other.Directory),
            Path = Register.Merge(Path, other.Path),
            Algorithm = Register.Merge(Algorithm, other.Algorithm),
        };
    }
}
