using CipherWatch.Core.Correlation.Flow;
using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;

namespace CipherWatch.Core.Detections.Analytics;

/// <summary>What is particular to a platform in judging its processes; all else is <see cref="ProcessAnalytic"/>'s.</summary>
internal abstract class ProcessRules
{
    /// <summary>What the platform's TLS libraries are called in a sentence.</summary>
    public abstract string TlsLibraries { get; }

    /// <summary>
    /// Whether a TLS library of the process would be on record if it had one: only then does the lack of one say anything.
    /// </summary>
    public virtual bool WouldShowTls(ProcessDay day) => true;

    /// <summary>
    /// Whether what the host shows is a hint and no more, for a reason that is added to the evidence: TLS of its own, or libraries of
    /// which nothing was recorded.
    /// </summary>
    /// <param name="day">The process.</param>
    /// <param name="suspects">Its destinations that no setting exempts.</param>
    public virtual bool IsHintOnly(ProcessDay day, IReadOnlyList<DestinationDay> suspects) => false;

    /// <summary>The score from which a sample is random-looking.</summary>
    public virtual double EntropyThreshold(DetectionSettings settings) => settings.EntropyThreshold;

    /// <summary>Whether the path is one that any user may write to.</summary>
    public abstract bool IsUserWritable(string image);

    /// <summary>Whether other code was brought into the process, so that nothing which its program may do excuses it.</summary>
    public virtual bool IsTakenOver(ProcessFacts facts) => false;

    /// <summary>Whether a destination is no ground for suspicion: what every host talks to, or what the settings exempt.</summary>
    public virtual bool IsExempt(DestinationDay destination, ProcessDay day) =>
        InfrastructurePorts.Covers(destination, day.Connections.Destinations);

    /// <summary>Whether a flow's payload is left out of the judgement.</summary>
    public virtual bool IsExempt(FlowSummary flow, DetectionSettings settings) => false;

    /// <summary>Whether a port is one that the platform itself serves or uses, beside those of the port profiles.</summary>
    public virtual bool IsOwnPort(ushort port) => false;

    /// <summary>Whether a library is one of TLS, by its lower-case file name.</summary>
    public abstract bool IsTlsLibrary(string name);

    /// <summary>Whether a library or routine is a symmetric cipher itself, by its lower-case name.</summary>
    public virtual bool IsCipher(string name) => false;

    /// <summary>What a library or routine weighs as symmetric cryptography, percent; 0 where it is none.</summary>
    public virtual int CryptoPercent(ModuleFacts module, ProcessDay day) =>
        day.Settings.CryptoWeight(day.Platform, module.Name);

    /// <summary>The pair of the settings that trusts the process with a library; null where none does.</summary>
    public virtual TrustedLibrary? Trusts(ModuleFacts module, ProcessDay day) => null;

    /// <summary>Adds what the process is; says whether it is odd for a program that talks to the network.</summary>
    public abstract bool AddProgram(ProcessDay day);

    /// <summary>
    /// Whether that random payload is expected of the process is enough to explain what a sensor saw of it: of a program that is odd in
    /// itself, and of one that runs code of others, it is not.
    /// </summary>
    public virtual bool MayExplain(ProcessDay day) => !AddProgram(day);

    /// <summary>Adds what its host says of its connections.</summary>
    public virtual void AddChannel(ProcessDay day, IReadOnlyList<DestinationDay> suspects, bool odd)
    {
    }

    /// <summary>Whether what the host shows is enough for a finding where no payload speaks.</summary>
    /// <remarks>
    /// A process whose libraries were recorded and hold no cryptography is no suspect; one that was running before the recording
    /// began is, if it keeps calling the same place.
    /// </remarks>
    /// <param name="day">The process.</param>
    /// <param name="cryptography">Whether it has cryptography that weighs something.</param>
    /// <param name="concentrated">Whether it keeps calling the same place.</param>
    public virtual bool IsHostEvidence(ProcessDay day, bool cryptography, bool concentrated) =>
        cryptography || (!day.IsRecorded && concentrated);

    /// <summary>What a finding without payload is called.</summary>
    /// <param name="name">The program.</param>
    /// <param name="where">Its destination.</param>
    /// <param name="cryptography">Whether it has cryptography that weighs something.</param>
    public virtual string HostTitle(string name, string where, bool cryptography) => cryptography
        ? $"{name} loads symmetric cryptography and connects to {where}"
        : $"{name} keeps connecting to {where}; what it loaded was not recorded";
}
