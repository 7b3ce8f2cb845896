using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Identity;

namespace CipherWatch.Core.Detections.Analytics.An0402MacOs;

/// <summary>
/// AN0402: a macOS process that nobody vouches for opens a channel that carries bytes and, by the system's own log, no TLS. What
/// ciphers a process uses macOS does not log, unless an agent does; what it sends a sensor must see.
/// </summary>
internal sealed class MacOsRules : ProcessRules
{
    /// <summary>Share of the weight of a channel without TLS where nothing else is odd: programs have protocols of their own.</summary>
    private const int OrdinaryPercent = 60;

    private const int FullPercent = 100;

    private static readonly string[] TlsPrefixes = ["libssl", "libboringssl", "libgnutls", "libnss3", "libmbedtls"];

    /// <inheritdoc/>
    public override string TlsLibraries => "the TLS libraries of macOS";

    /// <inheritdoc/>
    public override bool WouldShowTls(ProcessDay day) => day.Facts.Starts.First is not null;

    /// <inheritdoc/>
    public override double EntropyThreshold(DetectionSettings settings) => settings.PayloadEntropyThreshold ?? settings.EntropyThreshold;

    /// <inheritdoc/>
    public override bool IsUserWritable(string image) => MacOsImages.IsOfUsers(image);

    /// <inheritdoc/>
    public override bool IsTlsLibrary(string name) =>
        Array.Exists(TlsPrefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override bool IsCipher(string name) => DefaultModules.IsCipher(name);

    /// <inheritdoc/>
    public override bool IsExempt(DestinationDay destination, ProcessDay day) =>
        base.IsExempt(destination, day) || day.IsResolver(destination);

    /// <inheritdoc/>
    public override bool AddProgram(ProcessDay day)
    {
        if (day.Facts.Modules.IsEmpty)
        {
            day.Evidence.Add(
                EvidenceKind.CryptoInsufficient, "crypto: insufficient. macOS does not log what ciphers a process uses, and no agent did");
        }

        return MacOsProgramEvidence.Add(day);
    }

    /// <inheritdoc/>
    public override void AddChannel(ProcessDay day, IReadOnlyList<DestinationDay> suspects, bool odd)
    {
        AsymmetryEvidence.Add(day, suspects);
        DestinationDay? plain = suspects.FirstOrDefault(destination => destination is { Handshake: Handshake.None, IsProxy: false }
            && !IsPlainPort(destination, day.Settings)
            && day.Facts.Transfers.Any(transfer => destination.IsOf(transfer) && transfer.Out + transfer.In > 0));
        if (plain is not null && !day.IsAllowed)
        {
            day.Evidence.Add(
                EvidenceKind.NoTlsOnChannel,
                $"The system's log shows bytes on the connection to {plain.Where}, and no TLS",
                plain.Times[0], plain.Observations, odd ? FullPercent : OrdinaryPercent);
        }
    }

    /// <inheritdoc/>
    public override bool IsHostEvidence(ProcessDay day, bool cryptography, bool concentrated) => cryptography
        || day.Evidence.Has(EvidenceKind.NoTlsOnChannel)
        || (concentrated && !MacOsImages.IsShell(day.Image) && !MacOsImages.IsInterpreter(day.Image));

    /// <inheritdoc/>
    public override string HostTitle(string name, string where, bool cryptography) => cryptography
        ? $"{name} uses symmetric cryptography and connects to {where}"
        : $"{name} connects to {where}, not in TLS as far as is known; what it sends was not seen";

    private static bool IsPlainPort(DestinationDay destination, DetectionSettings settings) =>
        settings.Profile(destination.Port, destination.Protocol) is { Expected: var expected } && expected.Contains("none");
}
