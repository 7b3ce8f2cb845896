namespace CipherWatch.Functions.Health;

/// <summary>Keeps what instances have seen, so that any of them can say how all of them stand.</summary>
public interface IHealthStore
{
    /// <summary>Keeps what one instance has seen on a day; a later one replaces it.</summary>
    Task KeepAsync(DateOnly day, string instance, string tally, CancellationToken cancellationToken);

    /// <summary>Adds up what all instances have seen since a day.</summary>
    Task<DayTally> ReadAsync(DateOnly since, CancellationToken cancellationToken);

    /// <summary>Removes what was seen before a day.</summary>
    Task ForgetAsync(DateOnly before, CancellationToken cancellationToken);
}
