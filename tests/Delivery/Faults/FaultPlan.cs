namespace CipherWatch.Delivery.Tests.Faults;

/// <summary>Which requests go wrong, and how: by their number, so that a run does not depend on the clock.</summary>
/// <param name="period">Requests from the beginning of one fault to that of the next; 0 for none.</param>
/// <param name="length">Requests that each fault lasts.</param>
internal sealed class FaultPlan(int period, int length)
{
    private static readonly Fault[] Kinds =
        [Fault.Away, Fault.AnswerLost, Fault.Slow, Fault.TooManyRequests, Fault.InternalError, Fault.PreconditionFailed];

    private readonly int[] _made = new int[Kinds.Length];
    private int _requests;

    /// <summary>Nothing goes wrong.</summary>
    public static FaultPlan None => new(0, 0);

    /// <summary>How many requests went wrong in each way.</summary>
    public IReadOnlyDictionary<Fault, int> Made => Kinds.Zip(_made).ToDictionary(pair => pair.First, pair => pair.Second);

    /// <summary>What happens to the next request.</summary>
    /// <param name="conditional">It is to be carried out only where nothing has changed.</param>
    public Fault Next(bool conditional)
    {
        int number = Interlocked.Increment(ref _requests);
        if (period == 0)
        {
            return Fault.None;
        }

        // Few requests are conditional: of those the whole period is taken, or none would be met.
        int kind = number / period % Kinds.Length;
        bool precondition = Kinds[kind] == Fault.PreconditionFailed;
        if (precondition ? !conditional : number % period >= length)
        {
            return Fault.None;
        }

        Interlocked.Increment(ref _made[kind]);
        return Kinds[kind];
    }
}
