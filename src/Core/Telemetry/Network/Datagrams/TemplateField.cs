namespace CipherWatch.Core.Telemetry.Network.Datagrams;

/// <summary>One field of a template.</summary>
/// <param name="Element">What it holds.</param>
/// <param name="Length">Its bytes; <see cref="Variable"/> where each record says.</param>
internal readonly record struct TemplateField(FlowElement Element, int Length)
{
    /// <summary>The length that stands for one written in each record (RFC 7011 §7).</summary>
    public const int Variable = ushort.MaxValue;
}
