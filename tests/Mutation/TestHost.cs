using System.Diagnostics;
using System.Reflection;
using Xunit;
using Xunit.Runner.Common;
using Xunit.Sdk;
using Xunit.v3;

namespace CipherWatch.Mutation;

/// <summary>Runs tests of Core within this process: nothing is started or compiled anew for a mutant.</summary>
internal sealed class TestHost
{
    /// <summary>The environment variable with the test classes to run, parts of their names, by commas; all where it is not set.</summary>
    public const string ClassesName = "MUTATION_TESTS";

    private static readonly string[] Namespaces =
        ["CipherWatch.Core.Tests.Correlation", "CipherWatch.Core.Tests.Detections", "CipherWatch.Core.Tests.Pipeline", "CipherWatch.Core.Tests.Randomness"];

    private readonly Assembly _tests = Assembly.Load("CipherWatch.Core.Tests");
    private readonly ITestFrameworkExecutor _executor;

    public TestHost()
    {
        TestContext.SetForInitialization(null, false, false);
        XunitTestFramework framework = new();
        _executor = framework.GetExecutor(_tests);
        List<ITestCase> found = [];
        TestAssemblyConfiguration configuration = new() { PreEnumerateTheories = true };
        framework.GetDiscoverer(_tests).Find(
            test =>
            {
                found.Add(test);
                return new(true);
            },
            TestFrameworkOptions.ForDiscovery(configuration),
            null,
            null).AsTask().GetAwaiter().GetResult();

        string[] classes = Environment.GetEnvironmentVariable(ClassesName)?.Split(',') ?? [string.Empty];

        // Recorded telemetry is not there for everyone: what only it shows does not count.
        Cases = [.. found.Where(test => Namespaces.Any(space => test.TestClassNamespace?.StartsWith(space, StringComparison.Ordinal) is true)
            && test.TestClassName?.Contains("Corpus", StringComparison.Ordinal) is false
            && Array.Exists(classes, part => test.TestClassName.Contains(part, StringComparison.Ordinal))).OrderBy(test => test.UniqueID, StringComparer.Ordinal)];
    }

    /// <summary>The tests, in a fixed order.</summary>
    public IReadOnlyList<ITestCase> Cases { get; }

    /// <summary>Runs tests up to the first that fails; its name, or null where none did.</summary>
    public string? Run(IReadOnlyCollection<ITestCase> cases, out long ms)
    {
        long start = Stopwatch.GetTimestamp();
        Sink sink = new();
        TestAssemblyConfiguration configuration = new()
        {
            ParallelMode = ParallelMode.None,
            MaxParallelThreads = 1,
            StopOnFail = true,
            PreEnumerateTheories = true,
        };
        _executor.RunTestCases(cases, sink, TestFrameworkOptions.ForExecution(configuration), null).AsTask().GetAwaiter().GetResult();
        ms = (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return sink.Failed;
    }

    private sealed class Sink : IMessageSink
    {
        private string? _test;

        public string? Failed { get; private set; }

        public bool OnMessage(IMessageSinkMessage message)
        {
            switch (message)
            {
                case ITestStarting starting:
                    _test = starting.TestDisplayName;
                    break;
                case ITestFailed:
                    Failed ??= _test ?? "a test";
                    break;
                case IErrorMessage or ITestClassCleanupFailure or ITestCollectionCleanupFailure:
                    Failed ??= "set-up of a test";
                    break;
            }

            return Failed is null;
        }
    }
}
