using System.Runtime.InteropServices;
using CipherWatch.Cli;
using CipherWatch.Cli.Usage;

using CancellationTokenSource stop = new();

// The first signal ends the run with what was found so far; a second one, or a third party's, ends the process as usual.
void Stop(PosixSignalContext context)
{
    context.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return (int)await CommandLine.RunAsync(args, Terminal.OfProcess(), stop.Token).ConfigureAwait(false);
