namespace CipherWatch.Cli.Evaluation;

/// <summary>
/// A share with its 95 % interval. Source: E. B. Wilson, 1927, Probable inference, the law of succession, and statistical inference.
/// </summary>
/// <param name="Hits">How many of them.</param>
/// <param name="Of">Of how many.</param>
internal readonly record struct WilsonInterval(int Hits, int Of)
{
    /// <summary>Standard normal deviate of 95 %, two-sided.</summary>
    private const double Z = 1.959964;

    /// <summary>The share; null of nothing.</summary>
    public double? Share => Of == 0 ? null : (double)Hits / Of;

    /// <summary>Lower end; 0 of nothing.</summary>
    public double Low => Of == 0 ? 0 : Math.Max(0, Centre - Half);

    /// <summary>Upper end; 1 of nothing.</summary>
    public double High => Of == 0 ? 1 : Math.Min(1, Centre + Half);

    private double Centre => (((double)Hits / Of) + (Z * Z / (2 * Of))) / (1 + (Z * Z / Of));

    private double Half
    {
        get
        {
            double share = (double)Hits / Of;
            return Z / (1 + (Z * Z / Of)) * Math.Sqrt((share * (1 - share) / Of) + (Z * Z / (4.0 * Of * Of)));
        }
    }
}
