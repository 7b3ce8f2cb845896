using System.Globalization;
using CipherWatch.Functions.DeadLetters;

namespace CipherWatch.Functions.Ingestion;

/// <summary>Dead letters of one batch, one by one while they are few: a body with too many is kept whole instead.</summary>
internal sealed class LetterTally(BatchBudget budget)
{
    private readonly List<KeptLetter> _kept = [];
    private long _bytes;

    // Of the body that is read now: where its letters begin, and how many and how long all of them are.
    private int _first;
    private long _bytesBefore;
    private long _count;
    private long _length;

    /// <summary>The letters.</summary>
    public IReadOnlyList<KeptLetter> Kept => _kept;

    /// <summary>Begins a body: its letters are kept as long as all of them may be.</summary>
    public void BeginBody() => (_first, _bytesBefore, _count, _length) = (_kept.Count, _bytes, 0, 0);

    /// <summary>Begins what comes after the last body: no body can stand for it, so all of it is kept.</summary>
    public void BeginRest() => _first = -1;

    /// <summary>Takes a letter of the body; those beyond the limits are only counted, because the body is going to be kept whole.</summary>
    public void Add(KeptLetter letter)
    {
        if (_first < 0)
        {
            Keep(letter);
            return;
        }

        _count++;
        _length += letter.Letter.Raw.Length;
        if (TooMany() is null)
        {
            Keep(letter);
        }
    }

    /// <summary>Keeps a letter whatever the limits.</summary>
    public void Keep(KeptLetter letter)
    {
        _kept.Add(letter);
        _bytes += letter.Letter.Raw.Length;
    }

    /// <summary>Why the body is to be kept whole, for a person; null where its letters are few.</summary>
    public string? TooMany() =>
        _count > 0 && (_count > budget.MaxBodyLetters || _length > budget.MaxBodyLetterBytes
            || _first + _count > budget.MaxLetters || _bytesBefore + _length > budget.MaxLetterBytes)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{_count} of its records cannot be used, {_length} bytes in all: kept whole. What can be used of it has been read.")
            : null;

    /// <summary>Drops the body's letters.</summary>
    public void ForgetBody()
    {
        _kept.RemoveRange(_first, _kept.Count - _first);
        _bytes = _bytesBefore;
    }
}
