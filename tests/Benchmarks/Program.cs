using BenchmarkDotNet.Running;
using CipherWatch.Benchmarks;

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

BenchmarkSwitcher.FromAssembly(typeof(SysmonBenchmarks).Assembly).Run(args);
return 0;
