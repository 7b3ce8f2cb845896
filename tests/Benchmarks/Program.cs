using CipherWatch.Benchmarks;

Ratio.Print(args.Skip(1).Select(path => (Path.GetFileName(path)[..Math.Min(28, Path.GetFileName(path).Length)], File.ReadAllBytes(path), true)));
return 0;
