namespace CipherWatch.Cli.Reports;

/// <summary>The look of a report: light or dark as the reader's system is, printable, nothing from elsewhere.</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet.</summary>
    public const string Css = """
        :root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --soft: #57606a; --line: #d0d7de; --panel: #f6f8fa;
          --high: #b3261e; --medium: #8a5300; --low: #0b5cad; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --soft: #9da7b3; --line: #30363d; --panel: #161b22;
          --high: #ff8a80; --medium: #f2b84b; --low: #79b8ff; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 64rem; padding: 1.5rem;
          font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
        h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; } h3 { font-size: 1.05rem; margin: 0; }
        h4 { font-size: 1rem; margin: 1rem 0 .25rem; }
        p { margin: .25rem 0 .75rem; } .soft { color: var(--soft); }
        article { border: 1px solid var(--line); border-left: .4rem solid var(--low); border-radius: .4rem; background: var(--panel);
          padding: 1rem; margin: 1rem 0; break-inside: avoid; }
        article.high { border-left-color: var(--high); } article.medium { border-left-color: var(--medium); }
        .tag { font-weight: 600; }
        .high .tag { color: var(--high); } .medium .tag { color: var(--medium); } .low .tag { color: var(--low); }
        table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
        caption { text-align: left; font-weight: 600; padding: .25rem 0; }
        th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0;
          border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
        tbody th { font-weight: 400; color: var(--soft); white-space: nowrap; width: 9rem; }
        ol, ul { margin: .25rem 0; padding-left: 1.5rem; }
        """;
}
