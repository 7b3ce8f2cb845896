using System.Globalization;

namespace CipherWatch.Calibration.Corpus;

/// <summary>Seeded pictures and music, for machines that have none to encode.</summary>
internal static class SyntheticMedia
{
    /// <summary>Pictures that compress about as photographs do, as PPM files in a folder.</summary>
    public static IEnumerable<string> Pictures(string scratch, int count)
    {
        // Smooth noise of several octaves over a gradient, with grain: compresses about as a photograph does.
        const int Width = 1600, Height = 1000;
        for (int n = 0; n < count; n++)
        {
            Random random = new Random(1000 + n);
            (double X, double Y, double Phase, double Size)[] waves = Enumerable.Range(0, 60).Select(i => (
                X: (random.NextDouble() - 0.5) * Math.Pow(1.12, i) / 60,
                Y: (random.NextDouble() - 0.5) * Math.Pow(1.12, i) / 60,
                Phase: random.NextDouble() * 6.28,
                Size: 60 / Math.Pow(1.09, i))).ToArray();
            string path = Path.Combine(scratch, $"picture-{n}.ppm");
            byte[] pixels = new byte[Width * Height * 3];
            for (int y = 0; y < Height; y++)
            {
                for (int x = 0; x < Width; x++)
                {
                    double sum = 128;
                    foreach ((double X, double Y, double Phase, double Size) wave in waves)
                    {
                        sum += wave.Size / 4 * Math.Sin((wave.X * x) + (wave.Y * y) + wave.Phase);
                    }

                    for (int c = 0; c < 3; c++)
                    {
                        pixels[(((y * Width) + x) * 3) + c] = (byte)Math.Clamp(sum + (c * 9) + (random.NextDouble() * 6), 0, 255);
                    }
                }
            }

            using FileStream file = File.Create(path);
            file.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P6\n{Width} {Height}\n255\n")));
            file.Write(pixels);
            yield return path;
        }
    }

    /// <summary>Tones with harmonics that fade, and a little noise, as WAV files in a folder.</summary>
    public static IEnumerable<string> Music(string scratch)
    {
        const int Rate = 44100, Seconds = 40;
        for (int n = 0; n < 8; n++)
        {
            Random random = new Random(2000 + n);
            string path = Path.Combine(scratch, $"music-{n}.wav");
            using BinaryWriter writer = new BinaryWriter(File.Create(path));
            writer.Write("RIFF"u8);
            writer.Write(36 + (Rate * Seconds * 2));
            writer.Write("WAVEfmt "u8);
            writer.Write(16);
            writer.Write((short)1);
            writer.Write((short)1);
            writer.Write(Rate);
            writer.Write(Rate * 2);
            writer.Write((short)2);
            writer.Write((short)16);
            writer.Write("data"u8);
            writer.Write(Rate * Seconds * 2);
            double[] notes = new double[4];
            for (int i = 0; i < Rate * Seconds; i++)
            {
                if (i % (Rate / 4) == 0)
                {
                    notes[random.Next(4)] = 110 * Math.Pow(2, random.Next(36) / 12.0);
                }

                double fade = Math.Exp(-(i % (Rate / 4)) / 9000.0);
                double sum = 0.0;
                foreach (double note in notes)
                {
                    for (int harmonic = 1; harmonic <= 5; harmonic++)
                    {
                        sum += Math.Sin(6.283185 * note * harmonic * i / Rate) * fade / harmonic;
                    }
                }

                writer.Write((short)((sum * 2500) + (random.NextDouble() * 300)));
            }

            yield return path;
        }
    }
}
