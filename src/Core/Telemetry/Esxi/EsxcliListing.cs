namespace CipherWatch.Core.Telemetry.Esxi;

/// <summary>
/// What the lines of an esxcli listing said so far: who made it and when, its columns, and the row that is being put together.
/// </summary>
internal sealed class EsxcliListing
{
    /// <summary>The columns of the table or CSV being read; empty where none is.</summary>
    public EsxcliColumn[] Columns { get; set; } = [];

    /// <summary>The columns are separated by commas; otherwise by the places where they start.</summary>
    public bool IsCsv { get; set; }

    /// <summary>The lines are XML of VMware's.</summary>
    public bool IsXml { get; set; }

    /// <summary>Host named by the collector's line above the listing.</summary>
    public string? Host { get; set; }

    /// <summary>Time named by the collector's line above the listing.</summary>
    public DateTimeOffset? Time { get; set; }

    /// <summary>The row whose fields come on lines of their own.</summary>
    public EsxcliRow Row { get; } = new();

    /// <summary>Forgets everything: a new input begins.</summary>
    public void Begin()
    {
        Columns = [];
        (Host, Time, IsXml, IsCsv) = (null, null, false, false);
        Row.Clear();
    }
}

/// <summary>One column of a listing.</summary>
/// <param name="Field">Which field it holds; null for one that is not read.</param>
/// <param name="Start">Offset of its first byte in a table's lines.</param>
internal readonly record struct EsxcliColumn(EsxcliField? Field, int Start);
