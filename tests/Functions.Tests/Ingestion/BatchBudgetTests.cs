using System.IO.Compression;
using System.Text;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline;
using CipherWatch.Functions.DeadLetters;
using CipherWatch.Functions.Ingestion;
using CipherWatch.Functions.Tests.Fakes;

namespace CipherWatch.Functions.Tests.Ingestion;

/// <summary>What one batch may cost, and what becomes of what exceeds it.</summary>
public class BatchBudgetTests
{
    private static readonly byte[] Good = Encoding.UTF8.GetBytes(string.Join('\n', Fleet.Records()));

    [Fact]
    public async Task A_million_garbage_lines_in_one_event_are_one_letter_and_the_rest_of_the_batch_is_read()
    {
        byte[] garbage = Gzip(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("no record\n", 1_000_000))));
        App app = new();
        await app.TriggerAsync([Fleet.Event(Good, 1), Fleet.Event(garbage, 2), .. Fleet.Events(Fleet.Records(), 3)]);
        await app.RunAsync();

        KeptLetter letter = Assert.Single(app.Letters.Held);
        Assert.Equal(2, letter.Origin.SequenceNumber);
        Assert.Equal(garbage, letter.Letter.Raw.ToArray());
        Assert.StartsWith("1000000 of its records cannot be used", letter.Letter.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(app.Detections.Held);
    }

    [Fact]
    public void What_can_be_used_of_a_body_that_is_kept_whole_has_been_read()
    {
        byte[] mixed = [.. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("no record\n", 2_000))), .. Good];
        BatchReader reader = Reader();
        reader.Read(Body(mixed));
        reader.Finish();
        Assert.Equal(mixed, Assert.Single(reader.Letters).Letter.Raw.ToArray());
        Assert.Equal(1, reader.Unread);
        Assert.Equal((2_000, Fleet.Records().Count), (reader.Counts.DeadLettered, reader.Counts.Observed + reader.Counts.Skipped));
        Assert.True(reader.Facts.Count > 0);
    }

    [Fact]
    public async Task An_event_that_expands_beyond_64_MiB_is_kept_as_it_came()
    {
        byte[] bomb = Gzip(new byte[(64 << 20) + 1]);
        App app = new();
        await app.TriggerAsync([Fleet.Event(bomb, 1), Fleet.Event(Good, 2)]);
        await app.RunAsync();
        KeptLetter letter = Assert.Single(app.Letters.Held);
        Assert.Equal(bomb, letter.Letter.Raw.ToArray());
        Assert.Contains("64 MiB", letter.Letter.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(app.Detections.Held);
    }

    [Fact]
    public void Gzip_in_gzip_is_bounded_too()
    {
        byte[] bomb = Gzip(Gzip(new byte[(64 << 20) + 1]));
        BatchReader reader = Reader();
        reader.Read(Body(bomb));
        reader.Read(Body(Gzip(Gzip(Gzip(Good)))));
        Assert.Equal(
            ["More than 64 MiB after decompression: send it in smaller pieces.", "Compressed more than 2 times."],
            reader.Letters.Select(letter => letter.Letter.Reason));
    }

    [Fact]
    public void The_files_of_a_zip_are_read_and_its_claims_of_length_are_not_believed()
    {
        BatchReader reader = Reader();
        reader.Read(Body(Zip(("a.ndjson", Good), ("b.ndjson.gz", Gzip(Good)))));
        Assert.Empty(reader.Letters);
        Assert.Equal(2 * Fleet.Records().Count, reader.Counts.Records);

        BatchReader small = Reader(new() { MaxBodyBytes = Good.Length + 10 });
        byte[] zip = Zip(("a.ndjson", Good), ("b.ndjson", Good));
        small.Read(Body(zip));
        Assert.Equal(zip, Assert.Single(small.Letters).Letter.Raw.ToArray());
        small = Reader();
        small.Read(Body(zip[..(zip.Length / 2)]));
        Assert.Contains("broken", Assert.Single(small.Letters).Letter.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Bodies_behind_the_bytes_and_records_of_a_batch_are_set_aside_unread()
    {
        BatchReader reader = Reader(new() { MaxBytes = Good.Length + 1 });
        Assert.Equal([false, false, true], Enumerable.Range(0, 3).Select(_ => IsSetAside(reader)));
        reader = Reader(new() { MaxRecords = Fleet.Records().Count });
        Assert.Equal([false, true], Enumerable.Range(0, 2).Select(_ => IsSetAside(reader)));
        Assert.Contains("Replay", Assert.Single(reader.Letters).Letter.Reason, StringComparison.Ordinal);

        static bool IsSetAside(BatchReader reader)
        {
            int before = reader.Unread;
            reader.Read(Body(Good));
            return reader.Unread > before;
        }
    }

    [Fact]
    public void Of_many_bad_bodies_each_is_kept_whole_and_the_good_ones_between_are_read()
    {
        BatchReader reader = Reader(new() { MaxLetters = 10 });
        for (int body = 0; body < 20; body++)
        {
            reader.Read(Body("one\ntwo\nthree"u8.ToArray()));
            reader.Read(Body(Good));
        }

        reader.Finish();
        Assert.Equal(17, reader.Unread);
        Assert.Equal(9 + 17, reader.Letters.Count);
        Assert.Equal(20 * Fleet.Records().Count, reader.Counts.Observed + reader.Counts.Skipped);
        Assert.Equal(60, reader.Counts.DeadLettered);
    }

    private static BatchReader Reader(BatchBudget? budget = null) =>
        new(new ModuleFilter(DetectionSettings.Default), FlowRoutes.Default, new(), budget);

    private static IncomingBody Body(byte[] content) => new(content, BodyOrigin.Unknown);

    private static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream stream = new();
        using (GZipStream gzip = new(stream, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] content) in files)
            {
                using Stream file = archive.CreateEntry(name).Open();
                file.Write(content);
            }
        }

        return stream.ToArray();
    }
}
