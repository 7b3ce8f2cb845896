using CipherWatch.Core.Telemetry.Observations;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace CipherWatch.Core.Tests.Architecture;

/// <summary>Which types of the compiled assembly use which: in signatures, fields, attributes and method bodies.</summary>
internal static class TypeReferences
{
    /// <summary>Pairs of a type and one it uses, both of the core assembly; constants are compiled in and do not show.</summary>
    public static IReadOnlyList<(TypeDefinition User, TypeDefinition Used)> OfCore()
    {
        using DefaultAssemblyResolver resolver = new();
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(Observation).Assembly.Location)!);
        ModuleDefinition core = ModuleDefinition.ReadModule(typeof(Observation).Assembly.Location, new() { AssemblyResolver = resolver });
        return
        [
            .. core.GetTypes()
                .SelectMany(user => Named(user).SelectMany(Parts).Select(used => (User: Outermost(user), Used: used)))
                .Where(pair => pair.Used.Scope == core && pair.Used is TypeDefinition)
                .Select(pair => (pair.User, Used: Outermost((TypeDefinition)pair.Used)))
                .Where(pair => pair.User != pair.Used && pair.User.Namespace.Length > 0 && pair.Used.Namespace.Length > 0)
                .Distinct(),
        ];
    }

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is null ? type : Outermost(type.DeclaringType);

    private static IEnumerable<TypeReference?> Named(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(implemented => implemented.InterfaceType),
        .. type.CustomAttributes.Select(attribute => attribute.AttributeType),
        .. type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. type.Fields.Select(field => field.FieldType),
        .. type.Properties.Select(property => property.PropertyType),
        .. type.Methods.SelectMany(Named),
    ];

    private static IEnumerable<TypeReference?> Named(MethodDefinition method) =>
    [
        method.ReturnType,
        .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : [],
        .. method.HasBody ? method.Body.Instructions.SelectMany(Named) : [],
    ];

    private static IEnumerable<TypeReference?> Named(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [method.DeclaringType, .. method.GenericArguments],
        MethodReference method => [method.DeclaringType],
        _ => [],
    };

    /// <summary>The types that a reference is put together from: of a list of flows, the list and the flow.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? reference) => reference switch
    {
        null => [],
        GenericInstanceType generic => [.. Parts(generic.ElementType), .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification other => Parts(other.ElementType),
        _ => [reference],
    };
}
