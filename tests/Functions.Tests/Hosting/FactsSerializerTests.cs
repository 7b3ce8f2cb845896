using System.Text;
using System.Text.Json;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Core.Pipeline;
using CipherWatch.Core.Pipeline.Delivery;
using CipherWatch.Core.Pipeline.State;
using CipherWatch.Functions.Hosting;
using CipherWatch.Functions.Ingestion;
using CipherWatch.Functions.Tests.Fakes;

namespace CipherWatch.Functions.Tests.Hosting;

/// <summary>Each of the ways in which the worker reads and writes what crosses its border.</summary>
public class FactsSerializerTests
{
    [Fact]
    public void The_options_that_orchestrations_read_their_input_by_read_facts()
    {
        JsonSerializerOptions options = new(JsonSerializerDefaults.Web);
        FactsSerializer.AddTo(options);
        string json = FactsJson.Serialize(Part());
        Assert.Equal(json, FactsJson.Serialize(JsonDocument.Parse(json).RootElement.Deserialize<BatchPart>(options)!));
    }

    [Fact]
    public void The_serializer_writes_facts_as_their_own_json_and_reads_them_back()
    {
        string json = FactsSerializer.Instance.Serialize(Part()).ToString();
        Assert.Equal(FactsJson.Serialize(Part()), json);
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(json));
        BatchPart back = (BatchPart)FactsSerializer.Instance.Deserialize(stream, typeof(BatchPart), CancellationToken.None)!;
        Assert.Equal(json, FactsJson.Serialize(back));
    }

    private static BatchPart Part()
    {
        BatchReader reader = new(new ModuleFilter(DetectionSettings.Default), FlowRoutes.Default, new());
        foreach (string line in Fleet.Records())
        {
            reader.Read(new(Encoding.UTF8.GetBytes(line), BodyOrigin.Unknown));
        }

        return Assert.Single(BatchPlan.Split(reader.Facts));
    }
}
