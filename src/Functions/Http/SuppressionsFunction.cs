using System.Net;
using System.Text.Json;
using CipherWatch.Core.Detections.Settings;
using CipherWatch.Functions.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CipherWatch.Functions.Http;

/// <summary><c>POST /api/suppressions</c>: an analyst's verdict is added to the settings, and judges from then on.</summary>
public sealed class SuppressionsFunction(ISettingsStore store, LiveSettings settings, CallerCheck callers)
{
    /// <summary>Times that the settings are read again because somebody else changed them meanwhile.</summary>
    private const int MaxAttempts = 5;

    /// <summary>Takes one suppression as the settings file has it; answers 201 with the version of the settings that has it, 200 where
    /// it was there already.</summary>
    [Function("Suppressions")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "post", Route = "suppressions")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (callers.Refusal(request) is { } refusal)
        {
            return refusal;
        }

        RequestBody body = await RequestBody.ReadAsync(request, decompress: false, cancellationToken).ConfigureAwait(false);
        if (body.Refusal is { } tooLong)
        {
            return tooLong;
        }

        if (!store.IsShared)
        {
            return JsonAnswer.Error(
                HttpStatusCode.Conflict,
                    "The settings are in no blob: set CIPHERWATCH_SETTINGS to the address of one, and send this again.");
        }

        try
        {
            string entry = SuppressionDraft.Json(body.Parts[0], callers.NameOf(request));
            return await AddAsync(entry, cancellationToken).ConfigureAwait(false);
        }
        catch (JsonException exception)
        {
            return JsonAnswer.Error(HttpStatusCode.BadRequest, $"It cannot be added: {exception.Message}");
        }
    }

    private async Task<JsonAnswer> AddAsync(string suppression, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            StoredSettings found = await store.ReadAsync(null, cancellationToken).ConfigureAwait(false);
            ReadOnlyMemory<byte> json = found.Json ?? default;
            if (!SettingsText.TryAddSuppression(
                json, suppression, out ReadOnlyMemory<byte> edited, out DetectionSettings changed, out IReadOnlyList<string> errors))
            {
                return JsonAnswer.Error(HttpStatusCode.BadRequest, $"It cannot be added: {string.Join(" ", errors)}");
            }

            // Who sends it again, as its answer was lost, has it once.
            bool isNew = edited.Length != json.Length;
            if (!isNew || await store.ReplaceAsync(found.Tag, edited, cancellationToken).ConfigureAwait(false))
            {
                await settings.RefreshAsync(cancellationToken).ConfigureAwait(false);
                return JsonAnswer.Of(
                    isNew ? HttpStatusCode.Created : HttpStatusCode.OK, writer => writer.WriteString("settingsVersion", changed.Version));
            }
        }

        return JsonAnswer.Error(HttpStatusCode.Conflict, "The settings are being changed by somebody else: send this again.");
    }
}
