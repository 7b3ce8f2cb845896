namespace CipherWatch.Calibration.Measures;

/// <summary>Weighted logistic regression by Newton's method, for the handful of coefficients that are fitted.</summary>
internal static class Logistic
{
    private const double Ridge = 1e-4;

    /// <summary>Coefficients for rows of features that already hold their constant column.</summary>
    public static double[] Fit(double[][] rows, bool[] labels, double[] weights)
    {
        var n = rows[0].Length;
        var b = new double[n];
        for (var step = 0; step < 60; step++)
        {
            var gradient = b.Select(v => Ridge * v).ToArray();
            var hessian = new double[n, n];
            for (var i = 0; i < n; i++)
            {
                hessian[i, i] = Ridge;
            }

            for (var r = 0; r < rows.Length; r++)
            {
                var p = 1 / (1 + Math.Exp(-Dot(rows[r], b)));
                var error = weights[r] * (p - (labels[r] ? 1 : 0));
                var curve = weights[r] * p * (1 - p);
                for (var i = 0; i < n; i++)
                {
                    gradient[i] += error * rows[r][i];
                    for (var j = 0; j < n; j++)
                    {
                        hessian[i, j] += curve * rows[r][i] * rows[r][j];
                    }
                }
            }

            var delta = Solve(hessian, gradient);
            b = [.. b.Zip(delta, (v, d) => v - d)];
            if (delta.Max(Math.Abs) < 1e-7)
            {
                break;
            }
        }

        return b;
    }

    public static double Dot(double[] row, double[] b) => row.Zip(b, (x, y) => x * y).Sum();

    private static double[] Solve(double[,] a, double[] right)
    {
        var n = right.Length;
        var x = (double[])right.Clone();
        for (var i = 0; i < n; i++)
        {
            var pivot = Enumerable.Range(i, n - i).MaxBy(r => Math.Abs(a[r, i]));
            for (var j = 0; j < n; j++)
            {
                (a[i, j], a[pivot, j]) = (a[pivot, j], a[i, j]);
            }

            (x[i], x[pivot]) = (x[pivot], x[i]);
            for (var r = i + 1; r < n; r++)
            {
                var factor = a[r, i] / a[i, i];
                for (var j = i; j < n; j++)
                {
                    a[r, j] -= factor * a[i, j];
                }

                x[r] -= factor * x[i];
            }
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < n; j++)
            {
                x[i] -= a[i, j] * x[j];
            }

            x[i] /= a[i, i];
        }

        return x;
    }
}
