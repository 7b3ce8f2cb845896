namespace CipherWatch.Calibration.Measures;

/// <summary>Weighted logistic regression by Newton's method, for the handful of coefficients that are fitted.</summary>
internal static class Logistic
{
    private const double Ridge = 1e-4;

    /// <summary>Coefficients for rows of features that already hold their constant column.</summary>
    public static double[] Fit(double[][] rows, bool[] labels, double[] weights)
    {
        int n = rows[0].Length;
        double[] b = new double[n];
        for (int step = 0; step < 60; step++)
        {
            double[] gradient = b.Select(v => Ridge * v).ToArray();
            double[,] hessian = new double[n, n];
            for (int i = 0; i < n; i++)
            {
                hessian[i, i] = Ridge;
            }

            for (int r = 0; r < rows.Length; r++)
            {
                double p = 1 / (1 + Math.Exp(-Dot(rows[r], b)));
                double error = weights[r] * (p - (labels[r] ? 1 : 0));
                double curve = weights[r] * p * (1 - p);
                for (int i = 0; i < n; i++)
                {
                    gradient[i] += error * rows[r][i];
                    for (int j = 0; j < n; j++)
                    {
                        hessian[i, j] += curve * rows[r][i] * rows[r][j];
                    }
                }
            }

            double[] delta = Solve(hessian, gradient);
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
        int n = right.Length;
        double[] x = (double[])right.Clone();
        for (int i = 0; i < n; i++)
        {
            int pivot = Enumerable.Range(i, n - i).MaxBy(r => Math.Abs(a[r, i]));
            for (int j = 0; j < n; j++)
            {
                (a[i, j], a[pivot, j]) = (a[pivot, j], a[i, j]);
            }

            (x[i], x[pivot]) = (x[pivot], x[i]);
            for (int r = i + 1; r < n; r++)
            {
                double factor = a[r, i] / a[i, i];
                for (int j = i; j < n; j++)
                {
                    a[r, j] -= factor * a[i, j];
                }

                x[r] -= factor * x[i];
            }
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < n; j++)
            {
                x[i] -= a[i, j] * x[j];
            }

            x[i] /= a[i, i];
        }

        return x;
    }
}
