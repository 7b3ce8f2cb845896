using System.Text;
using CipherWatch.Core.Telemetry.Json;
using CipherWatch.Core.Telemetry.Observations;
using CipherWatch.Core.Telemetry.Records;
using CipherWatch.Core.Telemetry.Text;

namespace CipherWatch.Core.Telemetry.Network.Azure;

/// <summary>Records of Azure's VNet flow logs and NSG flow logs: one record holds the tuples of a minute.</summary>
internal static class FlowLogRecord
{
    /// <summary>Objects and arrays within one another, from the record to a tuple, at most.</summary>
    private const int MaxTupleDepth = 8;

    public static readonly TopLevelFields TopLevel = new();

    private static readonly int FlowRecords = TopLevel.At("flowRecords");
    private static readonly int Category = TopLevel.At("category");
    private static readonly int Properties = TopLevel.At("properties");

    /// <summary>A VNet record has flowRecords; an NSG record is told by its category.</summary>
    public static bool Fits(in JsonRecord record) =>
        record.Has(FlowRecords) || record[Category].Is(record.Text, "NetworkSecurityGroupFlowEvent"u8);

    /// <summary>Reads one record.</summary>
    public static RecordResult Normalize(in JsonRecord record, RecordContext context)
    {
        FieldSpan flows = record.Has(FlowRecords) ? record[FlowRecords] : record[Properties];

        // A tuple that is broken keeps the record as a dead letter and costs none of the others of its minute.
        TupleWalk walk = new();
        walk.Walk(record.Text, flows, MaxTupleDepth, context);
        return walk.Broken is { } broken ? RecordResult.DeadLettered(SourceNames.AzureFlow, broken)
            : walk.Tuples == 0 ? RecordResult.DeadLettered(SourceNames.AzureFlow, "Flow log record without flow tuples.")
            : walk.Tuples == walk.Denied ? RecordResult.Skipped(SourceNames.AzureFlow)
            : RecordResult.Observed(SourceNames.AzureFlow);
    }

    /// <summary>Goes through all tuples of a record.</summary>
    private struct TupleWalk
    {
        private const int MaxShownBytes = 80;

        /// <summary>Tuples seen.</summary>
        public int Tuples { get; private set; }

        /// <summary>Tuples of traffic that was denied: no flow came of it.</summary>
        public int Denied { get; private set; }

        /// <summary>What is wrong with the first tuple that cannot be read.</summary>
        public string? Broken { get; private set; }

        /// <summary>Walks an object or array, and emits.</summary>
        public void Walk(ReadOnlySpan<byte> text, FieldSpan value, int depth, RecordContext context)
        {
            if (depth == 0)
            {
                return;
            }

            if (value.Form == FieldForm.Array)
            {
                JsonScanner elements = JsonScanner.OverArray(text, value.Start);
                while (elements.NextElement(out FieldSpan element))
                {
                    Walk(text, element, depth - 1, context);
                }
            }
            else if (value.Form == FieldForm.Object)
            {
                JsonScanner fields = new(text, value.Start);
                while (fields.Next(out FieldSpan name, out FieldSpan field))
                {
                    if (name.Is(text, "flowTuples"u8))
                    {
                        Read(text, field, context);
                    }
                    else
                    {
                        Walk(text, field, depth - 1, context);
                    }
                }
            }
        }

        private void Read(ReadOnlySpan<byte> text, FieldSpan tuples, RecordContext context)
        {
            if (tuples.Form != FieldForm.Array)
            {
                return;
            }

            JsonScanner elements = JsonScanner.OverArray(text, tuples.Start);
            while (elements.NextElement(out FieldSpan element))
            {
                Tuples++;
                FlowTuple tuple = default;
                if ((element.IsText ? FlowTuple.Parse(element.Of(text), out tuple) : "it is no text") is { } fault)
                {
                    ReadOnlySpan<byte> raw = element.Of(text);
                    string shown = Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, MaxShownBytes)]);
                    Broken ??= $"Flow log record with a tuple that cannot be read: {fault} in '{shown}'.";
                }
                else if (tuple.Denied)
                {
                    Denied++;
                }
                else
                {
                    FlowObservations.EmitFlow(tuple.Flow, tuple.Time, context, SourceNames.AzureFlow);
                }
            }
        }
    }
}
