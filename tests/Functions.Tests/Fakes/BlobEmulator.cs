using CipherWatch.Functions.Tests.Fakes;
using CipherWatch.Sinks.Tests.Tables;

[assembly: AssemblyFixture(typeof(BlobEmulator))]
[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace CipherWatch.Functions.Tests.Fakes;

/// <summary>An emulator of Blob storage of its own.</summary>
public sealed class BlobEmulator() : AzuriteFixture("blob");
