namespace CipherWatch.Cli.Evaluation;

/// <summary>
/// How much more often evidence of a kind is seen of an implant than of a benign program, with its 95 % interval. One half is added
/// to each count, so that a kind never seen of benign programs has a finite ratio; the interval is that of the ratio's logarithm
/// (J. J. Deeks and D. G. Altman, 2004, Diagnostic tests 4: likelihood ratios).
/// </summary>
/// <param name="Kind">Name of the evidence.</param>
/// <param name="Weight">Its weight as it ships.</param>
/// <param name="OfC2">Implants that show it.</param>
/// <param name="C2">Implants.</param>
/// <param name="OfBackground">Benign processes that show it.</param>
/// <param name="Background">Benign processes.</param>
internal sealed record LikelihoodRatio(string Kind, int Weight, int OfC2, int C2, int OfBackground, int Background)
{
    private const double Correction = 0.5;
    private const double Z = 1.959964;

    /// <summary>The ratio.</summary>
    public double Ratio => (OfC2 + Correction) / (C2 + 1) / ((OfBackground + Correction) / (Background + 1));

    /// <summary>Lower end.</summary>
    public double Low => Ratio * Math.Exp(-Z * Deviation);

    /// <summary>Upper end.</summary>
    public double High => Ratio * Math.Exp(Z * Deviation);

    private double Deviation => Math.Sqrt(
        (1 / (OfC2 + Correction)) - (1.0 / (C2 + 1)) + (1 / (OfBackground + Correction)) - (1.0 / (Background + 1)));
}
