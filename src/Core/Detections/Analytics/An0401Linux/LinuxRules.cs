using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;

namespace CipherWatch.Core.Detections.Analytics.An0401Linux;

/// <summary>
/// AN0401: a Linux process maps a library of symmetric cryptography without one of TLS, or a cipher itself, and is told from the
/// others by where it lies and what it runs. A load alone means nothing: more than a quarter of a system's programs map one.
/// </summary>
internal sealed class LinuxRules : ProcessRules
{
    /// <inheritdoc/>
    public override string TlsLibraries => "the TLS libraries of Linux";

    /// <inheritdoc/>
    public override bool WouldShowTls(ProcessDay day) => day.Facts.Starts.First is not null;

    /// <inheritdoc/>
    public override bool IsUserWritable(string image) => LinuxImages.IsOfUsers(image);

    /// <inheritdoc/>
    public override bool IsTlsLibrary(string name) => DefaultModules.IsLinuxTls(name);

    /// <inheritdoc/>
    public override bool IsCipher(string name) => DefaultModules.IsCipher(name);

    /// <inheritdoc/>
    public override bool IsExempt(DestinationDay destination, ProcessDay day) =>
        base.IsExempt(destination, day) || day.IsResolver(destination);

    /// <summary>What systemd's library needs of libgcrypt says nothing of the program that maps it.</summary>
    public override int CryptoPercent(ModuleFacts module, ProcessDay day) =>
        module.Name.StartsWith("libgcrypt.so", StringComparison.Ordinal) && day.Facts.Modules.Any(other =>
            other.Name.StartsWith(DefaultModules.SystemdLibrary, StringComparison.Ordinal))
            ? 0
            : base.CryptoPercent(module, day);

    /// <inheritdoc/>
    public override TrustedLibrary? Trusts(ModuleFacts module, ProcessDay day) =>
        LinuxImages.MayBeTrusted(day.Image) && module.Path is { } path && !LinuxImages.IsOfUsers(path)
            ? day.Settings.TrustedCryptoLibs.FirstOrDefault(pair => pair.Process.Matches(day.Image) && pair.Library.Matches(path))
            : null;

    /// <inheritdoc/>
    public override bool AddProgram(ProcessDay day) => LinuxProgramEvidence.Add(day);

    /// <inheritdoc/>
    public override void AddChannel(ProcessDay day, IReadOnlyList<DestinationDay> suspects, bool odd) =>
        AsymmetryEvidence.Add(day, suspects);

    /// <summary>
    /// A program that brings its own cipher maps nothing, and shows by calling one place. One that has none, a shell, or whose loads
    /// would show it, an interpreter, is no suspect by that.
    /// </summary>
    public override bool IsHostEvidence(ProcessDay day, bool cryptography, bool concentrated) => cryptography
        || (concentrated && !day.IsRecorded && !LinuxImages.IsShell(day.Image) && !LinuxImages.IsInterpreter(day.Image));
}
