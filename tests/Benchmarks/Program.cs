using BenchmarkDotNet.Running;
using CipherWatch.Benchmarks;
using CipherWatch.Benchmarks.Synthetic;

if (args is ["--ratio", .. var paths])
{
    Ratio.Print(paths);
    return 0;
}

if (args is ["--network-ratio"])
{
    NetworkRatio.Print();
    return 0;
}

if (args is ["--linux-ratio", .. var inputs])
{
    LinuxRatio.Print(inputs);
    return 0;
}

if (args is ["--host-ratio"])
{
    NetworkRatio.PrintHosts();
    return 0;
}

if (args is ["--write-flows" or "--write-processes", var count, var path])
{
    int number = int.Parse(count, System.Globalization.CultureInfo.InvariantCulture);
    Action<string, int> write = args[0] == "--write-flows" ? ScaleInput.WriteFlows : ScaleInput.WriteProcesses;
    write(path, number);
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(SysmonBenchmarks).Assembly).Run(args);
return 0;
