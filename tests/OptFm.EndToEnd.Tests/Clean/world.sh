#!/usr/bin/env bash
# A server that nobody has touched, and outside of it the internet it lives in: world.sh ROOT PACKAGES STORY
#   ROOT      what root.sh made; it stays as it is, the server is a layer over it in memory
#   PACKAGES  folder with optfm_*.deb, seen in the server as /packages
#   STORY     folder with the script `story`, run in the server by root with bash, seen there as /story
# The internet: fake MAX and Telegram, a certificate authority that speaks ACME, and their real names, all behind TLS (internet.sh). What the
# story prints comes out here as it is printed, and its exit code is this one's; 77: nothing could be booted here. Ends at once, leaving
# nothing behind, when its input closes.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")

# Everything lives in namespaces of its own: no port, mount or process of this machine is touched, and all of it goes with the first process.
if [[ -z ${OPTFM_WORLD:-} ]]; then
    export OPTFM_WORLD=1
    exec unshare --mount --net --uts --ipc --pid --fork --kill-child=KILL --mount-proc --propagation private "$0" "$@"
fi

root=$(readlink -f "$1") packages=$(readlink -f "$2") story=$(readlink -f "$3")
# An empty folder beside the root, covered by memory here and nowhere else.
work=$(dirname "$root")/world
readonly here root packages story work
# Addresses of documentation: https://datatracker.ietf.org/doc/html/rfc5737
readonly internet_address=203.0.113.1 server_address=203.0.113.20
readonly names="platform-api2.max.ru api.telegram.org acme-v02.api.letsencrypt.org gu-st.ru sandbox.test"

# shellcheck source=tests/OptFm.EndToEnd.Tests/Clean/internet.sh
. "$here/internet.sh"

main() {
    mkdir -p "$work"
    mount -t tmpfs -o mode=755,size=3g tmpfs "$work" || return 77
    cd "$work"
    mkdir upper overlay server outside
    mount -t overlay overlay -o "lowerdir=$root,upperdir=$work/upper,workdir=$work/overlay" server || return 77
    ip link set lo up
    ip addr add $internet_address/32 dev lo
    open_internet
    prepare_server
    boot
}

prepare_server() {
    mkdir -p server/story server/packages
    printf '127.0.0.1 localhost shop\n%s bot.example.ru\n%s %s\n' $server_address $internet_address "$names" >server/etc/hosts
    printf 'auto lo host0\niface lo inet loopback\niface host0 inet static\n    address %s/24\n    gateway %s\n' \
        $server_address $internet_address >server/etc/network/interfaces
    # The public authorities of this world; the ministry's is not among them.
    cp outside/public.pem server/usr/local/share/ca-certificates/world.crt
    chroot server update-ca-certificates >/dev/null 2>&1
    cat >server/etc/systemd/system/story.service <<'UNIT'
[Unit]
After=multi-user.target
[Service]
Type=oneshot
Environment=HOME=/root
WorkingDirectory=/root
ExecStart=/bin/bash /story/run
StandardOutput=append:/story/log
StandardError=append:/story/log
ExecStopPost=/bin/systemctl --force --force poweroff
UNIT
    mkdir -p server/etc/systemd/system/multi-user.target.wants
    ln -sf ../story.service server/etc/systemd/system/multi-user.target.wants/story.service
    ln -sf /dev/null server/etc/systemd/system/console-getty.service
}

boot() {
    cp -r "$story" story
    : >story/log
    # shellcheck disable=SC2016 # run in the server
    echo 'bash /story/story; echo $? >/story/exit' >story/run
    tail -n +1 -f story/log &
    local printing=$!
    plug_in &
    systemd-nspawn --register=no --keep-unit --quiet --boot --directory=server --machine=shop --network-veth --link-journal=no \
        --resolv-conf=off --timezone=off --bind-ro="$packages:/packages" --bind="$work/story:/story" >boot 2>&1 </dev/null || true
    sleep 0.3
    kill $printing
    if [[ ! -e story/exit ]]; then
        cat boot
        return 77
    fi
    return "$(<story/exit)"
}

# The wire to the server; its other end is the server's host0.
plug_in() {
    local turn
    for ((turn = 0; turn < 600; turn++)); do
        if ip link set ve-shop up 2>/dev/null; then
            ip route add $server_address/32 dev ve-shop src $internet_address
            return
        fi
        sleep 0.05
    done
}

# The first process of its namespace: when it ends, everything does. It ends with the story, or when whoever started it is gone.
exec 3<&0
if [[ -t 3 ]]; then sleep infinity & else cat <&3 >/dev/null & fi
lease=$!
main </dev/null &
told=$!
wait -n -p ended $told $lease && code=0 || code=$?
if [[ $ended != "$told" ]]; then code=143; fi
exit "$code"
