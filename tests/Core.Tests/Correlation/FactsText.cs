using System.Collections;
using System.Reflection;
using System.Text;

namespace CipherWatch.Core.Tests.Correlation;

/// <summary>Writes facts out in full, so that two states can be compared by all they hold.</summary>
internal static class FactsText
{
    public static string Of(object? value)
    {
        StringBuilder text = new();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string or ValueType when value is not IEnumerable && (value.GetType().IsPrimitive || value is string or Enum || HasOwnText(value)):
                text.Append('\'').Append(value).Append('\'');
                break;
            case IEnumerable list:
                text.Append('[');
                foreach (object? item in list)
                {
                    Write(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                text.Append('{');
                foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    .Where(property => property.GetIndexParameters().Length == 0 && property.Name != "EqualityContract"))
                {
                    text.Append(property.Name).Append('=');
                    Write(text, property.GetValue(value));
                    text.Append(';');
                }

                text.Append('}');
                break;
        }
    }

    private static bool HasOwnText(object value) => value.GetType().Namespace == "CipherWatch.Core.Identity" || value is UInt128;
}
