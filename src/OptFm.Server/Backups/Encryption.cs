using OptFm.Server.Operations;

namespace OptFm.Server.Backups;

/// <summary>With which program a backup is encrypted.</summary>
internal enum Cipher
{
    None,
    Age,
    Gpg,
}

/// <summary>Encrypts and decrypts files by age (https://age-encryption.org) or gpg, whichever the recipient is of.</summary>
internal static class Encryption
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public static Cipher For(string recipient)
    {
        if (recipient.Length == 0) return Cipher.None;
        return recipient.StartsWith("age1", StringComparison.Ordinal) ? Cipher.Age : Cipher.Gpg;
    }

    public static string Suffix(Cipher cipher) => cipher switch { Cipher.Age => ".age", Cipher.Gpg => ".gpg", _ => "" };

    /// <summary>What a file is, by how it begins: names get lost.</summary>
    /// <returns>Null for something that is no backup of ours.</returns>
    public static Cipher? Of(string file)
    {
        var start = new byte[24];
        using (var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1)) _ = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (start is [0x1f, 0x8b, ..]) return Cipher.None;
        if (start.AsSpan().StartsWith("age-encryption.org/"u8)) return Cipher.Age;
        // A public-key encrypted session key packet: https://www.rfc-editor.org/rfc/rfc9580#section-5.1
        return (start[0] & 0xfc) == 0x84 || start[0] == 0xc1 ? Cipher.Gpg : null;
    }

    /// <exception cref="BackupException">The program is absent, does not know the recipient, or failed; no output is left.</exception>
    public static async Task EncryptAsync(string recipient, string input, string output, WorkFolder work, CancellationToken stop)
    {
        if (For(recipient) == Cipher.Age)
        {
            Check("age", await ExternalProgram.RunAsync("age", ["--encrypt", "--recipient", recipient, "--output", output, input], Patience, stop), output);
            return;
        }

        // A file with the public key needs no keyring, so it works for whoever makes the backup: the service, or root by hand.
        var isFile = Path.IsPathRooted(recipient);
        string[] home = isFile ? ["--homedir", MakeHome(work)] : [];
        string[] arguments = [.. home, .. Quiet, "--trust-model", "always", "--compress-algo", "none", isFile ? "--recipient-file" : "--recipient", recipient, "--output", output, "--encrypt", input];
        Check("gpg", await ExternalProgram.RunAsync("gpg", arguments, Patience, stop), output);
    }

    /// <param name="identity">File with the private key; null: gpg's own keyring.</param>
    /// <exception cref="BackupException">The program or the key is absent, or does not fit.</exception>
    public static async Task DecryptAsync(Cipher cipher, string? identity, string input, string output, WorkFolder work, CancellationToken stop)
    {
        if (cipher == Cipher.Age)
        {
            if (identity is null) throw NoIdentity();
            Check("age", await ExternalProgram.RunAsync("age", ["--decrypt", "--identity", identity, "--output", output, input], Patience, stop), output);
            return;
        }

        string[] home = [];
        if (identity is not null)
        {
            home = ["--homedir", MakeHome(work)];
            Check("gpg", await ExternalProgram.RunAsync("gpg", [.. home, .. Quiet, "--import", identity], Patience, stop), output);
        }

        // Ours is not compressed inside; a bomb of somebody else's is cut off.
        var most = (2 * new FileInfo(input).Length) + (1 << 20);
        var ran = await ExternalProgram.RunAsync("gpg", [.. home, .. Quiet, "--max-output", $"{most}", "--output", output, "--decrypt", input], Patience, stop);
        if (home.Length > 0) await ExternalProgram.RunAsync("gpgconf", [.. home, "--kill", "all"], Patience, stop);
        Check("gpg", ran, output);
    }

    private static string[] Quiet => ["--batch", "--yes", "--no-tty", "--quiet"];

    private static string MakeHome(WorkFolder work)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException();
        return Directory.CreateDirectory(work.File("gnupg"), FileOwner.PrivateFolder).FullName;
    }

    private static void Check(string program, ProgramOutcome ran, string output)
    {
        if (ran.Succeeded) return;

        File.Delete(output);
        if (!ran.Found)
        {
            throw new BackupException(
                $"{program} is not installed, and without it an encrypted backup can be neither made nor read: sudo apt install {Package(program)}",
                $"{program} не установлен, а без него шифрованную копию не сделать и не прочесть: sudo apt install {Package(program)}");
        }

        var said = ran.TimedOut ? "timeout" : ran.Output.ReplaceLineEndings("; ");
        throw new BackupException(
            $"{program} refuses: {said}. Check BACKUP_RECIPIENT, or the key given by --identity. Nothing unencrypted was left behind.",
            $"{program} отказал: {said}. Проверьте BACKUP_RECIPIENT или ключ из --identity. Ничего незашифрованного не осталось.");
    }

    private static string Package(string program) => program == "gpg" ? "gnupg" : program;

    private static BackupException NoIdentity() => new(
        "The backup is encrypted by age. Name the file with the private key: --identity FILE (it begins with AGE-SECRET-KEY-)",
        "Копия зашифрована программой age. Укажите файл с закрытым ключом: --identity ФАЙЛ (он начинается с AGE-SECRET-KEY-)");
}
