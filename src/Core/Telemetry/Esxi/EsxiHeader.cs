namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>What stands around the text of one line of ESXi or vCenter: whatever the version and the envelope.</summary>
internal ref struct EsxiHeader
{
    /// <summary>The innermost time, as written: the host's own.</summary>
    public ReadOnlySpan<byte> Time;

    /// <summary>The host as the envelope names it; empty in a host's own files.</summary>
    public ReadOnlySpan<byte> Host;

    /// <summary>The program, as written (<c>Hostd</c>, <c>hostd</c>); <c>-</c> where it does not name itself.</summary>
    public ReadOnlySpan<byte> Program;

    /// <summary>Process or thread, decimal or hexadecimal, as written; empty where there is none.</summary>
    public ReadOnlySpan<byte> Thread;

    /// <summary>The text behind all headers, with its <c>[Originator@6876 …]</c>.</summary>
    public ReadOnlySpan<byte> Text;

    /// <summary>The line goes on with the text of an earlier one: <c>--></c>, or a severity marked <c>[+]</c>.</summary>
    public bool IsContinuation;

    /// <summary>It goes on with it on a new line; otherwise in the middle of a word.</summary>
    public bool IsNewLine;

    /// <summary>The text begins anew: a severity or an originator stands before it.</summary>
    public bool BeginsAnew;

    /// <summary>Something in the header that only VMware's products write.</summary>
    public bool IsCertain;
}
