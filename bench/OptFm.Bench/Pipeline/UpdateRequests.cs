using System.Globalization;
using System.Text;

namespace OptFm.Bench.Pipeline;

/// <summary>Deliveries of MAX, one prepared for each question, into which only ids are written. Used by one thread.</summary>
public sealed class UpdateRequests
{
    public const string Secret = "bench-webhook-secret";

    private const string IdDigits = "D10";
    private const long ChatMark = 7_777_777_777;
    private const long TurnMark = 8_888_888_888;

    private readonly Request[] _requests;

    public UpdateRequests(Questions questions) => _requests = [.. questions.Texts.Select(Prepare)];

    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<byte> Of(long chat, int turn, int question)
    {
        var request = _requests[question];
        foreach (var at in request.Chats) chat.TryFormat(request.Bytes.AsSpan(at), out _, IdDigits, CultureInfo.InvariantCulture);
        turn.TryFormat(request.Bytes.AsSpan(request.Turn), out _, IdDigits, CultureInfo.InvariantCulture);
        return request.Bytes;
    }

    /// <summary>What MAX delivers when somebody writes.</summary>
    public static string Json(string text, long chat, long turn) => $$$"""
        {"message":{"recipient":{"chat_id":{{{chat}}},"chat_type":"dialog","user_id":1000001},"timestamp":1775053255737,"body":{"mid":"mid.{{{chat}}}.{{{turn}}}","seq":116327994376978687,"text":"{{{text}}}"},"sender":{"user_id":{{{chat}}},"first_name":"Иван","last_name":"Петров","is_bot":false,"last_activity_time":1775053249000,"name":"Иван Петров"}},"timestamp":1775053255737,"user_locale":"ru","update_type":"message_created"}
        """;

    private static Request Prepare(string text)
    {
        var json = Json(text, ChatMark, TurnMark);
        var head = $"POST /webhook/max HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Max-Bot-Api-Secret: {Secret}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n";
        var bytes = Encoding.UTF8.GetBytes(head + json);
        return new(bytes, [.. Find(bytes, ChatMark)], Find(bytes, TurnMark).Single());
    }

    private static IEnumerable<int> Find(byte[] bytes, long mark)
    {
        var digits = Encoding.ASCII.GetBytes($"{mark}");
        for (var at = 0; ; at++)
        {
            var next = bytes.AsSpan(at).IndexOf(digits);
            if (next < 0) yield break;
            at += next;
            yield return at;
        }
    }

    private sealed record Request(byte[] Bytes, int[] Chats, int Turn);
}
