using Microsoft.Azure.Functions.Worker;

namespace CipherWatch.Functions.Tests.Fakes;

/// <summary>The context of a function's run, with the trigger's metadata.</summary>
internal sealed class InvocationContext(IReadOnlyDictionary<string, object?> bindingData) : FunctionContext
{
    public override string InvocationId => "1";

    public override string FunctionId => "1";

    public override TraceContext TraceContext => throw new NotSupportedException();

    public override BindingContext BindingContext { get; } = new Binding(bindingData);

    public override RetryContext RetryContext => throw new NotSupportedException();

    public override IServiceProvider InstanceServices { get; set; } = null!;

    public override FunctionDefinition FunctionDefinition => throw new NotSupportedException();

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features => throw new NotSupportedException();

    /// <summary>As the host says which partition a batch is from.</summary>
    public static InvocationContext OfPartition(string partition, string hub = "windows") => new(new Dictionary<string, object?>
    {
        ["PartitionContext"] =
            $$"""{"FullyQualifiedNamespace":"lab.servicebus.windows.net","EventHubName":"{{hub}}","ConsumerGroup":"$Default","PartitionId":"{{partition}}"}""",
    });

    private sealed class Binding(IReadOnlyDictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData { get; } = data;
    }
}
