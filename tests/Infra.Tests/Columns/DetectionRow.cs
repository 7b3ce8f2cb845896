using System.Text.Json.Nodes;

namespace CipherWatch.Infra.Tests.Columns;

/// <summary>Makes rows of the table from a detection's JSON, by the paths of the column list: what the workspace holds.</summary>
internal static class DetectionRow
{
    /// <summary>One row.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="detection">A detection, as <c>cipherwatch detect --out</c> writes it.</param>
    /// <param name="written">When it was written, ISO 8601.</param>
    public static JsonObject Of(ColumnList columns, JsonObject detection, string written)
    {
        JsonObject row = [];
        foreach (Column column in columns.Columns)
        {
            JsonNode? value = column.From.Length == 0 ? JsonValue.Create(written) : At(detection, column.From);
            if (value is not null)
            {
                row[column.Name] = column.Type == "string" ? value.ToString() : value.DeepClone();
            }
        }

        return row;
    }

    private static JsonNode? At(JsonObject from, string path)
    {
        JsonNode? node = from;
        foreach (string name in path.Split('.'))
        {
            node = (node as JsonObject)?[name];
        }

        return node;
    }
}
