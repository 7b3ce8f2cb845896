using System.Text;
using CipherWatch.Core.Detections;
using CipherWatch.Sinks.Files;

namespace CipherWatch.Sinks.Tests.Files;

public sealed class LineFileTests
{
    [Fact]
    public async Task Detections_are_one_line_each_in_the_order_given()
    {
        Detection[] detections = [SampleDetections.Of("b"), SampleDetections.Of("a")];
        using MemoryStream stream = new();
        using (LineFile file = new(stream, "memory"))
        {
            await new DetectionFile(file).PublishAsync(detections, CancellationToken.None);
        }

        string expected = string.Concat(detections.Select(detection => SampleDetections.Line(detection) + "\n"));
        Assert.Equal(expected, Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void A_file_that_cannot_be_created_is_told_by_its_name()
    {
        string path = Path.Join(Path.GetTempPath(), "no-such-folder-cipherwatch", "out.ndjson");
        SinkException exception = Assert.Throws<SinkException>(() => LineFile.Create(path));
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_there_is_emptied_first()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "old");
            using (LineFile file = LineFile.Create(path))
            {
                file.Line.WriteStartObject();
                file.Line.WriteEndObject();
                file.EndLine();
            }

            Assert.Equal("{}\n", File.ReadAllText(path));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
