using OptFm.EndToEnd.Tests.Deploy;
using OptFm.EndToEnd.Tests.Repository;
using OptFm.Sandbox;

namespace OptFm.EndToEnd.Tests.Setup;

/// <summary>Proves on a real pseudo-terminal, a dumb one: tokens are not echoed, other answers are, and Ctrl+C leaves everything as it was.</summary>
public sealed class SetupTerminalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optfm-terminal-");

    [Fact]
    public async Task A_token_does_not_show_and_Ctrl_C_changes_nothing()
    {
        Tool.Find("script", "bsdutils");
        await using var sandbox = await SandboxServer.StartAsync(stop: TestContext.Current.CancellationToken);
        await Tool.MustRunAsync(Checkout.PathOf("deploy/package/build.sh"), Path.GetDirectoryName(ServerBinary.Path)!, "1.0.0", "amd64", _folder.CreateSubdirectory("packages").FullName);

        await ThrowawayRoot.RunAsync(_folder.FullName, $$"""
            dpkg --no-triggers -i /packages/optfm_1.0.0_amd64.deb > /dev/null 2>&1
            sed -i 's|^MAX_BASE_URL=.*|MAX_BASE_URL={{sandbox.MaxAddress}}|; s|^OPTFM_LANG=.*|OPTFM_LANG=en|' /etc/optfm/optfm.env
            echo MAX_API=official >> /etc/optfm/optfm.env
            state() { find /etc /var/lib/optfm /var/backups -type f -exec sha256sum {} + | sort; }
            state > /tmp/before

            cd /tmp; mkfifo typed; touch screen
            set +x
            until_true() { for i in $(seq 300); do if "$@"; then return 0; fi; sleep 0.1; done; echo "never: $*"; return 1; }
            prompts() { test "$(grep -c '^> ' screen)" -ge "$1"; }
            types() {
                exec 3> typed
                # Language, MAX, certificates, the token twice, Telegram, the page.
                next=0
                for answer in 'en\n' '1\n' '-\n' 'hunter2-refused\n' 'sandbox-max-token\n' '2\n' '\003'; do
                    next=$((next + 1)); until_true prompts $next; printf -- "$answer" >&3
                done
                until_true grep -q 'Interrupted. Nothing was changed.' screen
            }
            # In the background the one who types, not setup: a shell lets background commands ignore Ctrl+C.
            types & typist=$!
            code=0; TERM=dumb script -qefc 'trap : INT; optfm setup; code=$?; stty -a; exit $code' screen < typed > /dev/null || code=$?
            wait $typist
            cat screen
            test $code = 130
            grep -q 'MAX refused the token' screen
            grep -q 'MAX knows the bot' screen
            if grep -q 'hunter2\|sandbox-max-token' screen; then exit 1; fi
            grep -q '> en' screen
            # The terminal shows again what is typed.
            grep -q ' echo ' screen
            if grep -q "$(printf '\033')" screen; then exit 1; fi
            state | diff before -

            echo 'a pipe that ends too early'
            code=0; printf 'en\n2\n' | optfm setup > out 2>&1 || code=$?
            cat out
            test $code = 2
            grep -q 'The input ended before everything was answered. Nothing was changed.' out
            state | diff before -
            """);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
