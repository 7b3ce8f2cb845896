using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CipherWatch.Infra.Tests.Docs;

/// <summary>The tables of <c>docs/cost.md</c>, computed from <c>infra/prices.json</c>.</summary>
internal static class CostPage
{
    private const string Source = "infra/prices.json";
    private const string Begin = "<!-- computed from infra/prices.json -->\n";
    private const string End = "<!-- end of what is computed -->";

    /// <summary>The page with its tables computed anew; what stands around them is as it is.</summary>
    public static string Write(string page)
    {
        using JsonDocument document = JsonDocument.Parse(Repository.Read(Source));
        JsonElement root = document.RootElement;
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = page.IndexOf(End, StringComparison.Ordinal);
        return page[..begin] + Tables(root) + page[end..];
    }

    private static string Tables(JsonElement root)
    {
        StringBuilder text = new();
        text.Append("\n| price | $ | per | source | date |\n|---|---|---|---|---|\n");
        foreach (JsonElement price in root.GetProperty("prices").EnumerateArray())
        {
            text.Append($"| `{Text(price, "name")}`: {Text(price, "of")} | {price.GetProperty("price").GetRawText()}");
            text.Append($" | {Text(price, "per")} | {Text(price, "source")} | {Text(price, "date")} |\n");
        }

        JsonElement share = root.GetProperty("billedShare");
        text.Append($"| `billedShare`: {Text(share, "of")} | {share.GetProperty("value").GetRawText()} | – | {Text(share, "source")}");
        text.Append($" | {Text(share, "date")} |\n");
        text.Append("\n| parameter | value |\n|---|---|\n");
        foreach (JsonElement parameter in root.GetProperty("measured").EnumerateArray())
        {
            text.Append($"| `{Text(parameter, "name")}`: {Text(parameter, "of")} | {parameter.GetProperty("value").GetRawText()}");
            text.Append($" (`{Text(parameter, "from")}`) |\n");
        }

        text.Append("\nNot found, and so in no sum: ")
            .AppendJoin("; ", root.GetProperty("notFound").EnumerateArray().Select(each => each.GetString())).Append(".\n\n");
        Scales(text, root);
        return text.Append('\n').ToString();
    }

    private static void Scales(StringBuilder text, JsonElement root)
    {
        JsonElement unit = root.GetProperty("unit");
        double records = unit.GetProperty("recordsPerHostAndDay").GetDouble(), bytes = unit.GetProperty("bytesPerRecord").GetDouble();
        double days = root.GetProperty("daysPerMonth").GetDouble(), hours = root.GetProperty("hoursPerMonth").GetDouble();
        double share = root.GetProperty("billedShare").GetProperty("value").GetDouble();
        double[] hosts = [.. root.GetProperty("hosts").EnumerateArray().Select(each => each.GetDouble())];
        Dictionary<string, double> price = root.GetProperty("prices").EnumerateArray()
            .ToDictionary(each => Text(each, "name"), each => each.GetProperty("price").GetDouble(), StringComparer.Ordinal);

        text.Append("| a month, in $ | ").AppendJoin(" | ", hosts.Select(each => $"{Number(each)} hosts")).Append(" |\n|---|");
        text.Append(string.Concat(Enumerable.Repeat("---|", hosts.Length))).Append('\n');
        Row("records a day", each => each * records);
        Row("records a second, mean", each => each * records / 86_400);
        Row("GB of JSON a day", each => Gigabytes(each));
        Row("ingestion: GB × `billedShare` × `ingestion`", each => Gigabytes(each) * share * price["ingestion"] * days);
        Row("Microsoft Sentinel: the same × `sentinel`", each => Gigabytes(each) * share * price["sentinel"] * days);
        Row("data export: GB × `export`", each => Gigabytes(each) * price["export"] * days);
        Row("hub ingress, one record an event: × `hubIngress`", each => each * records * days / 1e6 * price["hubIngress"]);
        Row("throughput units, for the mean rate", each => Units(each));
        Row("throughput units: × `throughputUnit`", each => Units(each) * price["throughputUnit"] * hours);
        Row("entity calls a second, mean", each => each * records / 86_400 * Measured("entityCallsPer1000Records") / 1000);
        Row("storage transactions, millions", each => each * records * days * Measured("storageTransactionsPer1000Records") / 1e9);
        Row("execution: × `execution`", Execution);
        Row("**sum of these**", each => Gigabytes(each) * share * (price["ingestion"] + price["sentinel"]) * days
            + Gigabytes(each) * price["export"] * days + each * records * days / 1e6 * price["hubIngress"]
            + Units(each) * price["throughputUnit"] * hours + Execution(each));

        double Gigabytes(double each) => each * records * bytes / 1e9;
        double Measured(string name) => root.GetProperty("measured").EnumerateArray()
            .Single(each => Text(each, "name") == name).GetProperty("value").GetDouble();
        double Execution(double each) => each * records * days / 1000 * Measured("gbSecondsPer1000Records") * price["execution"];
        double Units(double each) => 1 + Math.Ceiling(Math.Max(each * records / 86_400 / 1_000, each * records * bytes / 86_400 / 1e6));
        void Row(string name, Func<double, double> value) =>
            text.Append($"| {name} | ").AppendJoin(" | ", hosts.Select(each => Number(value(each)))).Append(" |\n");
    }

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString()!;

    private static string Number(double value) =>
        value.ToString(value < 10 && value != Math.Floor(value) ? "0.00" : "#,0", CultureInfo.InvariantCulture);
}
