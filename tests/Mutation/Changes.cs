using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CipherWatch.Mutation;

/// <summary>What may stand in an expression's place.</summary>
/// <param name="Kind">What kind of change.</param>
/// <param name="Text">The source that replaces it; <c>{0}</c> stands for the expression as it is, with the mutants inside it.</param>
internal readonly record struct Change(string Kind, string Text);

/// <summary>The changes of single expressions: those that a person makes by mistake.</summary>
internal static class Changes
{
    private static readonly Dictionary<SyntaxKind, string> Operators = new()
    {
        [SyntaxKind.LessThanExpression] = "<=",
        [SyntaxKind.LessThanOrEqualExpression] = "<",
        [SyntaxKind.GreaterThanExpression] = ">=",
        [SyntaxKind.GreaterThanOrEqualExpression] = ">",
        [SyntaxKind.EqualsExpression] = "!=",
        [SyntaxKind.NotEqualsExpression] = "==",
        [SyntaxKind.AddExpression] = "-",
        [SyntaxKind.SubtractExpression] = "+",
        [SyntaxKind.MultiplyExpression] = "/",
        [SyntaxKind.DivideExpression] = "*",
        [SyntaxKind.LeftShiftExpression] = ">>",
        [SyntaxKind.RightShiftExpression] = "<<",
        [SyntaxKind.BitwiseAndExpression] = "|",
        [SyntaxKind.BitwiseOrExpression] = "&",
    };

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["Min"] = "Max",
        ["Max"] = "Min",
        ["Any"] = "All",
        ["All"] = "Any",
        ["First"] = "Last",
        ["Last"] = "First",
        ["FirstOrDefault"] = "LastOrDefault",
        ["LastOrDefault"] = "FirstOrDefault",
        ["OrderBy"] = "OrderByDescending",
        ["OrderByDescending"] = "OrderBy",
        ["StartsWith"] = "EndsWith",
        ["EndsWith"] = "StartsWith",
        ["Union"] = "Intersect",
        ["Intersect"] = "Union",
    };

    private static readonly HashSet<string> Passes = new(StringComparer.Ordinal)
        { "Where", "Concat", "Distinct", "DistinctBy", "Take", "Skip", "Append", "Prepend", "Clamp", "Order" };

    /// <summary>The changes of an expression.</summary>
    public static IEnumerable<Change> Of(ExpressionSyntax expression) => expression switch
    {
        _ when Declares(expression) => [],
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression, Right: not ThrowExpressionSyntax } binary => Of(binary),
        BinaryExpressionSyntax binary when Operators.TryGetValue(binary.Kind(), out string? other) =>
            [new("operator", $"{binary.Left} {other} {binary.Right}")],
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not => [new("not", $"({not.Operand})")],
        LiteralExpressionSyntax literal => Of(literal),
        IsPatternExpressionSyntax pattern => [new("negated", $"!({pattern})"), .. Bounds(pattern)],
        InvocationExpressionSyntax call => Of(call),
        _ => [],
    };

    /// <summary>Whether variables are declared or assigned within: written twice, or left out, it would not compile.</summary>
    public static bool Declares(SyntaxNode node) => node.DescendantNodesAndSelf().Any(inside =>
        inside is SingleVariableDesignationSyntax or ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword });

    private static IEnumerable<Change> Of(BinaryExpressionSyntax coalesce)
    {
        yield return new("?? keeps the right", $"{coalesce.Right}");
        if (coalesce.Left is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax)
        {
            yield return new("?? keeps the left", $"{coalesce.Left}!");
        }
    }

    private static IEnumerable<Change> Of(LiteralExpressionSyntax literal) => literal.Kind() switch
    {
        SyntaxKind.TrueLiteralExpression => [new("literal", "false")],
        SyntaxKind.FalseLiteralExpression => [new("literal", "true")],
        SyntaxKind.NumericLiteralExpression when literal is { Parent: BinaryExpressionSyntax equality, Token.Text: "0" }
            && equality.Kind() is SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression => [],
        SyntaxKind.NumericLiteralExpression => [new("literal", $"({literal} + 1)"), new("literal", $"({literal} - 1)")],
        _ => [],
    };

    private static IEnumerable<Change> Of(InvocationExpressionSyntax call)
    {
        if (call.Expression is not MemberAccessExpressionSyntax member)
        {
            yield break;
        }

        string name = member.Name.Identifier.Text;
        SeparatedSyntaxList<ArgumentSyntax> arguments = call.ArgumentList.Arguments;
        if (Names.TryGetValue(name, out string? other))
        {
            yield return new("call", $"{member.Expression}.{other}{call.ArgumentList}");
        }

        bool merges = name.StartsWith("Merge", StringComparison.Ordinal);
        if (merges && arguments.Count == 1)
        {
            yield return new("merge keeps the left", $"{member.Expression}");
            yield return new("merge keeps the right", $"{arguments[0].Expression}");
        }
        else if ((merges || name is "Min" or "Max") && arguments.Count >= 2)
        {
            yield return new("merge keeps the left", $"{arguments[0].Expression}");
            yield return new("merge keeps the right", $"{arguments[1].Expression}");
        }
        else if (Passes.Contains(name))
        {
            yield return new("call left out", name == "Clamp" ? $"{arguments[0].Expression}" : $"{member.Expression}");
        }
    }

    private static IEnumerable<Change> Bounds(IsPatternExpressionSyntax pattern)
    {
        foreach (RelationalPatternSyntax bound in pattern.DescendantNodes().OfType<RelationalPatternSyntax>())
        {
            SyntaxKind kind = bound.OperatorToken.Kind() switch
            {
                SyntaxKind.LessThanToken => SyntaxKind.LessThanEqualsToken,
                SyntaxKind.LessThanEqualsToken => SyntaxKind.LessThanToken,
                SyntaxKind.GreaterThanToken => SyntaxKind.GreaterThanEqualsToken,
                _ => SyntaxKind.GreaterThanToken,
            };
            SyntaxToken token = SyntaxFactory.Token(kind).WithTriviaFrom(bound.OperatorToken);
            yield return new("bound", $"({pattern.ReplaceNode(bound, bound.WithOperatorToken(token))})");
        }
    }
}
