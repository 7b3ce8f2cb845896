using System.Globalization;
using System.Text;

namespace CipherWatch.Calibration.Report;

/// <summary>A line chart as SVG: categories on the horizontal axis, values between two bounds on the vertical.</summary>
internal sealed class LineChart(string title, string vertical, double low, double high)
{
    private const int Width = 980;
    private const int Height = 440;
    private const int Left = 64;
    private const int Top = 44;
    private const int Right = 270;
    private const int Bottom = 46;
    private const int LegendStep = 17;

    private static readonly string[] Colours =
        ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#8c6d00", "#444444", "#7b3294", "#c51b7d", "#1b7837", "#e08214", "#2166ac", "#b2182b", "#666600"];

    private readonly List<(string Name, double[] Values)> _lines = [];
    private string[] _places = [];

    public LineChart Over(IEnumerable<int> places)
    {
        _places = [.. places.Select(p => p.ToString(CultureInfo.InvariantCulture))];
        return this;
    }

    public LineChart Line(string name, IEnumerable<double> values)
    {
        _lines.Add((name, [.. values]));
        return this;
    }

    public string Write(string horizontal)
    {
        StringBuilder svg = new StringBuilder();
        void Add(FormattableString text) => svg.Append(FormattableString.Invariant(text));
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\" aria-label=\"{title}\">\n");
        Add($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#ffffff\"/>\n<text x=\"{Left}\" y=\"22\" font-size=\"15\" font-weight=\"bold\">{title}</text>\n");
        for (int tick = 0; tick <= 5; tick++)
        {
            double value = low + ((high - low) * tick / 5);
            Add($"<line x1=\"{Left}\" y1=\"{Y(value):0.#}\" x2=\"{Width - Right}\" y2=\"{Y(value):0.#}\" stroke=\"#dddddd\"/><text x=\"{Left - 8}\" y=\"{Y(value) + 4:0.#}\" text-anchor=\"end\">{value:0.##}</text>\n");
        }

        for (int i = 0; i < _places.Length; i++)
        {
            Add($"<text x=\"{X(i):0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{_places[i]}</text>\n");
        }

        Add($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">{horizontal}</text>\n");
        Add($"<text x=\"16\" y=\"{Height / 2}\" text-anchor=\"middle\" transform=\"rotate(-90 16 {Height / 2})\">{vertical}</text>\n");
        for (int n = 0; n < _lines.Count; n++)
        {
            (string? name, double[]? values) = _lines[n];
            string colour = Colours[n % Colours.Length];
            // A palette used up once goes on dashed.
            string dash = n < Colours.Length ? "" : " stroke-dasharray=\"5 3\"";
            string points = string.Join(' ', values.Select((v, i) => (v, i)).Where(p => !double.IsNaN(p.v))
                .Select(p => FormattableString.Invariant($"{X(p.i):0.#},{Y(p.v):0.#}")));
            int y = Top + 8 + (n * LegendStep);
            Add($"<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{(n == 0 ? 3 : 1.6)}\"{dash}/>");
            Add($"<line x1=\"{Width - Right + 14}\" y1=\"{y}\" x2=\"{Width - Right + 38}\" y2=\"{y}\" stroke=\"{colour}\" stroke-width=\"3\"{dash}/><text x=\"{Width - Right + 44}\" y=\"{y + 4}\">{name}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private double X(int place) => Left + ((Width - Left - Right) * (place + 0.5) / Math.Max(1, _places.Length));

    private double Y(double value) => Height - Bottom - ((Height - Top - Bottom) * (Math.Clamp(value, low, high) - low) / (high - low));
}
