using System.Diagnostics;

namespace CipherWatch.Calibration.Corpus;

/// <summary>
/// Pictures, sound and film: found in folders by extension, and encoded by ffmpeg, where it is on the path, from
/// photographs and music found there or from synthetic ones. What cannot be made is named in <see cref="Skipped"/>.
/// </summary>
internal sealed class MediaSources(string? folder, string scratch)
{
    private const int Most = 24;
    private const int MaxFilms = 14;

    /// <summary>What was left out, and why.</summary>
    public List<string> Skipped { get; } = [];

    /// <summary>Encoded streams by kind.</summary>
    public Dictionary<string, List<byte[]>> Load()
    {
        Dictionary<string, List<byte[]>> streams = new Dictionary<string, List<byte[]>>();
        if (!Has("ffmpeg"))
        {
            Skipped.Add("png, jpeg, webp, mp3, ogg, VP8, H.264: ffmpeg is not on the path");
            return streams;
        }

        List<string> pictures = Found("*.jpg", "*.jpeg", "*.png").ToList();
        pictures = pictures.Count > 0 ? pictures : [.. SyntheticMedia.Pictures(scratch, Most)];
        List<string> music = Found("*.ogg", "*.flac", "*.wav").ToList();
        music = music.Count > 0 ? music : [.. SyntheticMedia.Music(scratch)];

        // Re-encoded at a usual size, so that no artefact of the original's encoder stays.
        Encode(streams, "png", pictures, "-vf scale=1200:-2 -c:v png -pred mixed", "png");
        Encode(streams, "jpeg", pictures, "-vf scale=1600:-2 -c:v mjpeg -q:v 4", "jpg");
        Encode(streams, "webp", pictures, "-vf scale=1600:-2 -c:v libwebp -quality 80", "webp");
        Encode(streams, "mp3", music, "-t 40 -vn -c:a libmp3lame -b:a 128k", "mp3");
        Encode(streams, "ogg", music, "-t 40 -vn -c:a libvorbis -q:a 5", "ogg");
        const string Pan = "zoompan=z='1.3':x='(iw-iw/zoom)*on/120':y='(ih-ih/zoom)*on/150':d=90:s=640x360:fps=25,noise=alls=6:allf=t";
        List<string> filmed = pictures.Take(MaxFilms).ToList();
        Encode(streams, "VP8", filmed, $"-vf {Pan} -t 4 -c:v libvpx -b:v 1500k -deadline realtime -cpu-used 8", "webm");
        Encode(streams, "H.264", filmed, $"-vf {Pan} -t 4 -c:v libx264 -preset veryfast -crf 20 -pix_fmt yuv420p", "mp4");
        return streams;
    }

    /// <summary>Whether a tool answers on the path.</summary>
    public static bool Has(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, tool)));

    /// <summary>Runs a tool over standard input and returns its standard output.</summary>
    public static byte[] Run(string tool, string arguments, byte[] input)
    {
        using Process process = Process.Start(new ProcessStartInfo(tool, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        Task writing = Task.Run(() =>
        {
            using Stream stream = process.StandardInput.BaseStream;
            stream.Write(input);
        });
        using MemoryStream output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        writing.Wait();
        process.WaitForExit();
        return output.ToArray();
    }

    private IEnumerable<string> Found(params string[] patterns) => folder is null ? [] :
        patterns.SelectMany(p => Directory.EnumerateFiles(folder, p, SearchOption.AllDirectories))
            .Where(f => new FileInfo(f).Length > 150_000).Order(StringComparer.Ordinal).Take(Most);

    private void Encode(Dictionary<string, List<byte[]>> streams, string kind, List<string> inputs, string options, string extension)
    {
        List<byte[]> made = new List<byte[]>();
        foreach (string input in inputs)
        {
            string output = Path.Combine(scratch, $"{kind}-{Path.GetFileNameWithoutExtension(input)}-{new FileInfo(input).Length}.{extension}");
            if (!File.Exists(output))
            {
                Run("ffmpeg", $"-y -nostdin -loglevel error -threads 1 -i \"{input}\" {options} -frames:v {(extension is "webm" or "mp4" ? 90 : 1)} -bitexact \"{output}\"", []);
            }

            if (File.Exists(output))
            {
                byte[] bytes = File.ReadAllBytes(output);
                if (bytes.Length > 40_000)
                {
                    made.Add(bytes);
                }
            }
        }

        if (made.Count > 0)
        {
            streams[kind] = made;
        }
        else
        {
            Skipped.Add($"{kind}: ffmpeg made nothing");
        }
    }
}
