using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CipherWatch.Mutation;

/// <summary>Builds Core with all of its mutants in one assembly. Mutants that do not compile are taken out, round by round.</summary>
/// <param name="root">The repository.</param>
internal sealed class MutatedCore(string root)
{
    private const int MaxRounds = 25;

    private const string Switch = """
        namespace CipherWatch.Core.Identity;
        public static class MutantSwitch
        {
            public static int Active;
            public static bool[]? Hits;
            public static bool Is(int id)
            {
                if (Hits is { } hits) { hits[id] = true; }
                return id == Active;
            }
        }
        """;

    private readonly string _source = Path.Combine(root, "src", "Core");
    private readonly CSharpParseOptions _options = new(LanguageVersion.Latest);
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<int> _removed = [];
    private readonly Dictionary<int, Mutant> _mutants = [];

    /// <summary>The mutants that compile, in the order of the source.</summary>
    public IReadOnlyList<Mutant> Mutants => [.. _mutants.Values.Where(mutant => !_removed.Contains(mutant.Id)).OrderBy(mutant => mutant.Id)];

    /// <summary>Writes the assembly.</summary>
    /// <exception cref="InvalidOperationException">It does not compile even so: the message has the errors.</exception>
    public void Build(string assembly)
    {
        SyntaxTree[] sources = [.. Files().Select(Parsed)];
        for (int round = 0; ; round++)
        {
            Compilation compilation = Compilation([.. sources.Select(Mutated), CSharpSyntaxTree.ParseText(Switch, _options)]);
            using MemoryStream image = new();
            Diagnostic[] errors = [.. compilation.Emit(image).Diagnostics.Where(error => error.Severity == DiagnosticSeverity.Error)];
            if (errors.Length == 0)
            {
                File.WriteAllBytes(assembly, image.ToArray());
                return;
            }

            int before = _removed.Count;
            foreach (Diagnostic error in errors)
            {
                TakeOut(error);
            }

            Console.Error.WriteLine($"Round {round + 1}: {errors.Length} errors, {_removed.Count} of {_ids.Count} mutants taken out.");
            if (before == _removed.Count || round == MaxRounds)
            {
                throw new InvalidOperationException(string.Join('\n', errors.Take(20).Select(error => error.ToString())));
            }
        }
    }

    private IEnumerable<string> Files()
    {
        string generated = Path.Combine(root, "artifacts", "obj", "Core", "debug");
        return Directory.EnumerateFiles(_source, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Concat(new[] { "Core.AssemblyInfo.cs", "Core.GlobalUsings.g.cs" }.Select(file => Path.Combine(generated, file)));
    }

    private SyntaxTree Parsed(string file) => CSharpSyntaxTree.ParseText(File.ReadAllText(file), _options, file);

    private SyntaxTree Mutated(SyntaxTree tree)
    {
        string path = Path.GetRelativePath(_source, tree.FilePath).Replace('\\', '/');
        if (Room.Of(path) is not { } room)
        {
            return tree;
        }

        SchemataRewriter rewriter = new((node, kind, text) =>
        {
            string key = string.Create(CultureInfo.InvariantCulture, $"{path}:{node.SpanStart}:{node.Span.Length}:{kind}:{text}");
            if (!_ids.TryGetValue(key, out int id))
            {
                _ids[key] = id = _ids.Count + 1;
                _mutants[id] = new(id, room.Name, path, tree.GetLineSpan(node.Span).StartLinePosition.Line + 1, kind, Flat(node.ToString()), Flat(text));
            }

            return _removed.Contains(id) ? null : id;
        });
        return CSharpSyntaxTree.Create((CSharpSyntaxNode)rewriter.Visit(tree.GetRoot())!, _options, tree.FilePath);
    }

    private static string Flat(string text)
    {
        string flat = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return flat.Length <= 100 ? flat : flat[..97] + "…";
    }

    /// <summary>The mutants around an error; where none is, those of its member, or of the constant it names.</summary>
    private void TakeOut(Diagnostic error)
    {
        if (error.Location.SourceTree is not { } tree)
        {
            return;
        }

        SyntaxNode node = tree.GetRoot().FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true);
        int before = _removed.Count;
        _removed.UnionWith(Ids(node.AncestorsAndSelf().FirstOrDefault(above => above.HasAnnotations(SchemataRewriter.Annotation))));
        if (_removed.Count == before)
        {
            HashSet<string> names = [.. node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.Text)];
            _removed.UnionWith(_mutants.Values
                .Where(mutant => mutant.Kind == "constant" && names.Any(name => mutant.Was.Contains($" {name} =", StringComparison.Ordinal)))
                .Select(mutant => mutant.Id));
        }

        if (_removed.Count > before || node.AncestorsAndSelf().FirstOrDefault(above => above is MemberDeclarationSyntax) is not { } member)
        {
            return;
        }

        // A variable that a mutant leaves unassigned is missed further down: those around its declaration go, else all of the member.
        SyntaxNode[] mutated = [.. member.DescendantNodesAndSelf().Where(inside => inside.HasAnnotations(SchemataRewriter.Annotation))];
        string name = node.ToString();
        SyntaxNode[] around = [.. mutated.Where(inside => inside.DescendantNodes().Any(at => at switch
        {
            SingleVariableDesignationSyntax declared => declared.Identifier.Text == name,
            AssignmentExpressionSyntax assigned => assigned.Left.ToString() == name,
            _ => false,
        }))];
        foreach (SyntaxNode inside in around.Length > 0 ? around : mutated)
        {
            _removed.UnionWith(Ids(inside));
        }
    }

    private static IEnumerable<int> Ids(SyntaxNode? node) => node is null ? [] : node.GetAnnotations(SchemataRewriter.Annotation)
        .Select(annotation => int.Parse(annotation.Data!, CultureInfo.InvariantCulture));

    private static Compilation Compilation(IEnumerable<SyntaxTree> trees)
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string packs = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        string pack = Directory.GetDirectories(packs).Order(StringComparer.Ordinal).Last();
        CSharpCompilation compilation = CSharpCompilation.Create(
            "CipherWatch.Core",
            trees,
            Directory.EnumerateFiles(Path.Combine(pack, "ref", "net10.0"), "*.dll").Select(file => MetadataReference.CreateFromFile(file)),
            new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, deterministic: true));
        string generators = Path.Combine(pack, "analyzers", "dotnet", "cs");
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            Directory.EnumerateFiles(generators, "*.dll").SelectMany(file => new AnalyzerFileReference(file, Loader.Instance).GetGenerators(LanguageNames.CSharp)),
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest));
        driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
        return updated;
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public static readonly Loader Instance = new();

        public void AddDependencyLocation(string fullPath)
        {
        }

        public System.Reflection.Assembly LoadFromPath(string fullPath) => System.Reflection.Assembly.LoadFrom(fullPath);
    }
}
