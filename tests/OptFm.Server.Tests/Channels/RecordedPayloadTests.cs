using System.Text.Json;
using OptFm.Server.Channels;
using OptFm.Server.Channels.Max;

namespace OptFm.Server.Tests.Channels;

/// <summary>Also reads payloads recorded elsewhere, where a checkout has them beside it.</summary>
public class RecordedPayloadTests
{
    [Fact]
    public void Recorded_deliveries_and_polls_are_understood()
    {
        var folder = Find();
        Assert.SkipUnless(folder is not null, "no shared/fixtures/max above the tests' folder");

        foreach (var file in Directory.GetFiles(folder!, "webhook.*.json")) Check(File.ReadAllBytes(file), file);
        foreach (var file in Directory.GetFiles(folder!, "update.*.json"))
        {
            using var batch = BatchJson.Parse(File.ReadAllBytes(file));
            foreach (var update in BatchJson.Items(batch!.RootElement.GetProperty("updates"))) Check(update, file);
        }
    }

    private static void Check(ReadOnlyMemory<byte> json, string file)
    {
        using var document = JsonDocument.Parse(json);
        var update = MaxUpdate.Read(json).ShouldNotBeNull(file);
        update.Type.ShouldBe(document.RootElement.GetProperty("update_type").GetString(), file);
        update.Chat.ShouldNotBeEmpty(file);
        update.Key.ShouldStartWith(update.Type, customMessage: file);
        (update.Message is null).ShouldBe(update.Type == "message_edited", file);
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var fixtures = Path.Combine(folder.FullName, "shared", "fixtures", "max");
            if (Directory.Exists(fixtures)) return fixtures;
        }

        return null;
    }
}
