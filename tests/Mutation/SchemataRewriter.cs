using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CipherWatch.Mutation;

/// <summary>
/// Puts every mutant of a file into it, each behind the switch, so that one build serves all (mutant schemata: Untch, Offutt and
/// Harrold, 1993, Mutation analysis using mutant schemata).
/// </summary>
/// <param name="add">Gives a mutant its number; null for one that does not compile.</param>
internal sealed class SchemataRewriter(Func<SyntaxNode, string, string, int?> add) : CSharpSyntaxRewriter
{
    /// <summary>Kind of the annotations that carry mutants' numbers.</summary>
    public const string Annotation = "mutant";

    private const string Switch = "global::CipherWatch.Core.Identity.MutantSwitch";
    private const string Here = "__as_it_is__";

    public override SyntaxNode? Visit(SyntaxNode? node)
    {
        if (node is null || IsFixed(node))
        {
            return node;
        }

        SyntaxNode visited = base.Visit(node)!;
        return node switch
        {
            _ when IsStatic(node) => visited,
            FieldDeclarationSyntax field => Constant(field) ?? visited,
            ExpressionStatementSyntax statement => Removable((ExpressionStatementSyntax)visited, statement),
            IfStatementSyntax branch when visited is IfStatementSyntax changed =>
                changed.WithCondition(Decided(branch.Condition, changed.Condition, both: true)),
            WhileStatementSyntax loop when visited is WhileStatementSyntax changed =>
                changed.WithCondition(Decided(loop.Condition, changed.Condition, both: false)),
            SwitchExpressionArmSyntax arm when visited is SwitchExpressionArmSyntax changed => Arm(arm, changed),
            ReturnStatementSyntax { Expression: { } value } when visited is ReturnStatementSyntax changed =>
                changed.WithExpression(OrDefault(value, changed.Expression!, "returns the default")),
            ArrowExpressionClauseSyntax arrow when visited is ArrowExpressionClauseSyntax changed && !IsVoid(arrow.Parent) =>
                changed.WithExpression(OrDefault(arrow.Expression, changed.Expression, "returns the default")),
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } set when visited is AssignmentExpressionSyntax changed
                && set.Right is not InitializerExpressionSyntax => changed.WithRight(OrDefault(set.Right, changed.Right, "left out")),
            ExpressionSyntax expression when visited is ExpressionSyntax changed && IsValue(expression) => Changed(expression, changed),
            _ => visited,
        };
    }

    private static bool IsFixed(SyntaxNode node) => node is AttributeListSyntax or EnumMemberDeclarationSyntax or UsingDirectiveSyntax
        or PatternSyntax or CaseSwitchLabelSyntax or ParameterListSyntax or TypeSyntax { Parent: not ExpressionSyntax }
        or LocalDeclarationStatementSyntax { IsConst: true } or InterpolatedStringExpressionSyntax
        || node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "nameof" or "GetHashCode" } }
        || node is MethodDeclarationSyntax { Identifier.Text: "ToString" or "GetHashCode" };

    /// <summary>Whether it runs once, when its type is first used: a mutant there is no mutant of a later test.</summary>
    private static bool IsStatic(SyntaxNode node)
    {
        for (SyntaxNode? at = node; at is not null; at = at.Parent)
        {
            switch (at)
            {
                case AnonymousFunctionExpressionSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax
                    or ArrowExpressionClauseSyntax:
                    return at is ConstructorDeclarationSyntax { Modifiers: var modifiers } && modifiers.Any(SyntaxKind.StaticKeyword);
                case FieldDeclarationSyntax field:
                    return field.Modifiers.Any(SyntaxKind.StaticKeyword) || (at != node && field.Modifiers.Any(SyntaxKind.ConstKeyword));
                case PropertyDeclarationSyntax property:
                    return property.Modifiers.Any(SyntaxKind.StaticKeyword);
            }
        }

        return false;
    }

    private static bool IsVoid(SyntaxNode? member) => member switch
    {
        MethodDeclarationSyntax method => method.ReturnType.ToString() == "void",
        LocalFunctionStatementSyntax function => function.ReturnType.ToString() == "void",
        ConstructorDeclarationSyntax => true,
        AccessorDeclarationSyntax accessor => !accessor.IsKind(SyntaxKind.GetAccessorDeclaration),
        _ => false,
    };

    private static bool IsValue(ExpressionSyntax expression) => expression.Parent is not ExpressionStatementSyntax
        && !(expression.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 })
        && !(expression.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression })
        && expression.Parent is not (RefExpressionSyntax or ConstantPatternSyntax);

    private static ExpressionSyntax With(string text, ExpressionSyntax asItIs, int id)
    {
        ExpressionSyntax parsed = SyntaxFactory.ParseExpression(text);
        SyntaxNode place = parsed.DescendantNodesAndSelf().First(node => node is IdentifierNameSyntax { Identifier.Text: Here });
        return parsed.ReplaceNode(place, asItIs.WithoutTrivia())
            .WithTriviaFrom(asItIs)
            .WithAdditionalAnnotations(new SyntaxAnnotation(Annotation, id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private ExpressionSyntax Changed(ExpressionSyntax expression, ExpressionSyntax changed)
    {
        if (changed is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression } both)
        {
            BinaryExpressionSyntax was = (BinaryExpressionSyntax)expression;
            bool isAnd = both.IsKind(SyntaxKind.LogicalAndExpression);
            return both.WithLeft(Neutral(was, was.Left, both.Left, isAnd)).WithRight(Neutral(was, was.Right, both.Right, isAnd));
        }

        if (changed is ConditionalExpressionSyntax choice)
        {
            return choice.WithCondition(Decided(((ConditionalExpressionSyntax)expression).Condition, choice.Condition, both: true));
        }

        foreach (Change change in Changes.Of(expression))
        {
            if (add(expression, change.Kind, change.Text) is { } id)
            {
                changed = With($"({Switch}.Is({id}) ? ({change.Text}) : {Here})", changed, id);
            }
        }

        return changed;
    }

    /// <summary>One side of a conjunction or disjunction, made to decide nothing.</summary>
    private ExpressionSyntax Neutral(SyntaxNode whole, ExpressionSyntax side, ExpressionSyntax changed, bool isAnd) =>
        !Changes.Declares(side) && add(side, isAnd ? "&& without a side" : "|| without a side", $"dropped from {whole}") is { } id
            ? With(isAnd ? $"(({Here}) || {Switch}.Is({id}))" : $"(({Here}) && !{Switch}.Is({id}))", changed, id)
            : changed;

    private ExpressionSyntax Decided(ExpressionSyntax condition, ExpressionSyntax changed, bool both)
    {
        // What a condition declares must stay assigned where it is used: where it holds, or, behind a "not", where it does not.
        bool declares = Changes.Declares(condition), negated = condition.DescendantNodesAndSelf().Any(node => node is UnaryPatternSyntax
            or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression });
        if (!(declares && negated) && add(condition, "condition", "false") is { } never)
        {
            changed = With($"(({Here}) && !{Switch}.Is({never}))", changed, never);
        }

        return both && !(declares && !negated) && add(condition, "condition", "true") is { } always
            ? With($"(({Here}) || {Switch}.Is({always}))", changed, always)
            : changed;
    }

    private ExpressionSyntax OrDefault(ExpressionSyntax value, ExpressionSyntax changed, string kind) =>
        value is not (LiteralExpressionSyntax or ThrowExpressionSyntax or RefExpressionSyntax)
            && value.ToString() is not ("default" or "[]" or "null") && add(value, kind, "default") is { } id
            ? With($"({Switch}.Is({id}) ? default! : {Here})", changed, id)
            : changed;

    private StatementSyntax Removable(ExpressionStatementSyntax changed, ExpressionStatementSyntax statement)
    {
        if (statement.ToString().StartsWith("ArgumentNullException", StringComparison.Ordinal)
            || Changes.Declares(statement) || add(statement, "statement", "left out") is not { } id)
        {
            return changed;
        }

        return SyntaxFactory.ParseStatement($"if (!{Switch}.Is({id})) {{ }}") is IfStatementSyntax guarded
            ? guarded.WithStatement(SyntaxFactory.Block(changed)).WithTriviaFrom(changed)
                .WithAdditionalAnnotations(new SyntaxAnnotation(Annotation, id.ToString(System.Globalization.CultureInfo.InvariantCulture)))
            : changed;
    }

    private SwitchExpressionArmSyntax Arm(SwitchExpressionArmSyntax arm, SwitchExpressionArmSyntax changed)
    {
        if (arm.Pattern is DiscardPatternSyntax || add(arm, "arm of a switch", "left out") is not { } id)
        {
            return changed;
        }

        ExpressionSyntax when = changed.WhenClause is { } clause
            ? With($"({Here}) && !{Switch}.Is({id})", clause.Condition, id)
            : SyntaxFactory.ParseExpression($"!{Switch}.Is({id})").WithAdditionalAnnotations(
                new SyntaxAnnotation(Annotation, id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return changed.WithWhenClause(SyntaxFactory.WhenClause(
            SyntaxFactory.Token(SyntaxKind.WhenKeyword).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space),
            when.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.Space)));
    }

    /// <summary>A constant as a property: its value is then asked for each time.</summary>
    private MemberDeclarationSyntax? Constant(FieldDeclarationSyntax field)
    {
        if (!field.Modifiers.Any(SyntaxKind.ConstKeyword) || field.Declaration.Variables is not [{ Initializer.Value: { } value } constant]
            || field.Declaration.Type.ToString() is not ("int" or "long" or "double") || add(field, "constant", "one more") is not { } id)
        {
            return null;
        }

        string modifiers = string.Join(' ', field.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.ConstKeyword)));
        string more = field.Declaration.Type.ToString() == "double" ? $"({value}) * 1.1" : $"({value}) + 1";
        return SyntaxFactory.ParseMemberDeclaration(
            $"{modifiers} static {field.Declaration.Type} {constant.Identifier} => {Switch}.Is({id}) ? {more} : {value};\n")!
            .WithAdditionalAnnotations(new SyntaxAnnotation(Annotation, id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }
}
