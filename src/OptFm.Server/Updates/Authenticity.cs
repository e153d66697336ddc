using OptFm.Server.Operations;

namespace OptFm.Server.Updates;

/// <summary>Whether a package is the one its makers released: by a checksum and, where the machine has their key, by their signature.</summary>
/// <param name="given">The file as the administrator named it; its checksums and signatures lie beside it.</param>
/// <param name="copy">The copy that will be installed: it is what is checked.</param>
internal sealed class Authenticity(string given, string copy)
{
    /// <summary>The makers' public key. Where it is there, a package without their signature is refused.</summary>
    public const string Key = "/etc/optfm/release.gpg";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string[] SignatureEnds = [".asc", ".sig", ".gpg"];

    private readonly string _list = Path.Combine(Path.GetDirectoryName(given)!, "SHA256SUMS");

    public string KeyFile { get; init; } = Key;

    /// <param name="sha256">Given by hand; null where it was not.</param>
    /// <exception cref="UpdateException">It is damaged, not theirs, or there is nothing to check it by.</exception>
    public async Task CheckAsync(string? sha256, CancellationToken stop)
    {
        // A copy of the list as well: what is read is what was signed.
        var list = copy + ".sums";
        if (File.Exists(_list)) File.Copy(_list, list, overwrite: true);
        var signed = File.Exists(KeyFile);
        if (signed) await CheckSignatureAsync(list, stop);

        var listed = File.Exists(list) ? await Checksums.InListAsync(list, Path.GetFileName(given), stop) : null;
        string[] expected = [.. new[] { sha256?.ToLowerInvariant(), listed }.OfType<string>()];
        if (expected.Length == 0 && !(signed && SignatureOf(given) is not null)) throw Unknown();

        var own = await Checksums.OfFileAsync(copy, stop);
        if (expected.All(checksum => checksum == own)) return;
        throw new UpdateException(
            $"{given} is not what its checksum says: it was damaged on the way or replaced. Download it again.",
            $"{given} не сходится с контрольной суммой: файл повреждён или подменён. Скачайте его заново.");
    }

    private UpdateException Unknown() => new(
        $"Nothing to check {given} by: put the release's SHA256SUMS beside it, or give --sha256. To install it unchecked: --unchecked",
        $"{given} нечем проверить: положите рядом SHA256SUMS этого выпуска или укажите --sha256. Поставить без проверки: --unchecked");

    private async Task CheckSignatureAsync(string list, CancellationToken stop)
    {
        var (signature, signed) = SignatureOf(given) is { } own ? (own, copy) : (SignatureOf(_list), list);
        if (signature is null || !File.Exists(signed) || (signed == list && await Checksums.InListAsync(list, Path.GetFileName(given), stop) is null))
        {
            throw new UpdateException(
                $"{given} has no signature, and {KeyFile} says that releases are signed: download {Path.GetFileName(given)}.asc or SHA256SUMS and SHA256SUMS.asc too.",
                $"У {given} нет подписи, а {KeyFile} говорит, что выпуски подписаны: скачайте и {Path.GetFileName(given)}.asc или SHA256SUMS и SHA256SUMS.asc.");
        }

        var verified = await ExternalProgram.RunAsync("gpgv", ["--keyring", KeyFile, signature, signed], Patience, stop);
        if (verified.Succeeded) return;
        if (!verified.Found) throw new UpdateException("Signatures are checked by gpgv: sudo apt-get install gpgv", "Подписи проверяет gpgv: sudo apt-get install gpgv");
        throw new UpdateException(
            $"{signature} is no good signature by the key in {KeyFile} (a binary key; gpg --dearmor makes one of a text): {verified.Output}",
            $"{signature} — не подпись ключом из {KeyFile} (ключ нужен двоичный; gpg --dearmor сделает его из текстового): {verified.Output}");
    }

    private static string? SignatureOf(string file) => SignatureEnds.Select(end => file + end).FirstOrDefault(File.Exists);
}
