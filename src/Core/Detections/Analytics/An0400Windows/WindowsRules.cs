using CipherWatch.Core.Correlation.Process;
using CipherWatch.Core.Detections.Evidence;
using CipherWatch.Core.Detections.Settings;

namespace CipherWatch.Core.Detections.Analytics.An0400Windows;

/// <summary>
/// AN0400: a Windows process maps libraries of symmetric cryptography, which nearly every process does, and is told from the others by
/// its signature, place, parent, and by what was brought into it.
/// </summary>
internal sealed class WindowsRules : ProcessRules
{
    /// <inheritdoc/>
    public override string TlsLibraries => "the TLS libraries of Windows, and none of its own";

    /// <inheritdoc/>
    public override bool IsTlsLibrary(string name) => DefaultModules.TlsProviders.Contains(name) || WindowsTls.IsOwn(name);

    /// <summary>
    /// Its own image is the first library that is recorded of a process: where that is on record, the recording saw all that came after,
    /// and logs more than the libraries of cryptography.
    /// </summary>
    public override bool WouldShowTls(ProcessDay day) => day.IsSigned is not null && !WindowsTls.IsInside(day);

    /// <inheritdoc/>
    public override bool IsHintOnly(ProcessDay day, IReadOnlyList<DestinationDay> suspects) =>
        !WindowsProgramEvidence.HasForeignCode(day.Facts) && (WindowsTls.AddOwn(day, suspects) || WindowsTls.AddUnrecorded(day, suspects));

    /// <inheritdoc/>
    public override bool IsUserWritable(string image) => WindowsPrograms.IsUserWritable(image);

    /// <inheritdoc/>
    public override bool IsTakenOver(ProcessFacts facts) => WindowsProgramEvidence.IsTakenOver(facts);

    /// <summary>
    /// Services of Windows run libraries of others, and are where injected code goes: their payload is their own only by name.
    /// </summary>
    public override bool MayExplain(ProcessDay day) =>
        !WindowsPrograms.IsOfWindows(day.Image) && !WindowsProgramEvidence.HasForeignCode(day.Facts);

    /// <inheritdoc/>
    public override bool AddProgram(ProcessDay day) => WindowsProgramEvidence.Add(day);
}
