#!/usr/bin/env bash
# A server that nobody has touched, and outside of it the internet it lives in: world.sh ROOT PACKAGES STORY [container|machine]
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
    # shellcheck source=tests/OptFm.EndToEnd.Tests/Deploy/own-group.sh
    . "$here/../Deploy/own-group.sh"
    own_group
    exec unshare --mount --net --uts --ipc --pid --fork --kill-child=KILL --mount-proc --propagation private "$0" "$@"
fi

root=$(readlink -f "$1") packages=$(readlink -f "$2") story=$(readlink -f "$3")
# An empty folder beside the root, covered by memory here and nowhere else.
work=$(dirname "$root")/world
kind=${4:-container}
readonly here root packages story work kind
# Addresses of documentation: https://datatracker.ietf.org/doc/html/rfc5737
readonly internet_address=203.0.113.1 scanner_address=203.0.113.66 server_address=203.0.113.20
readonly names="platform-api2.max.ru api.telegram.org acme-v02.api.letsencrypt.org gu-st.ru sandbox.test scanner.test"

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
    ip addr add $scanner_address/32 dev lo
    open_internet
    prepare_server
    if [[ $kind == machine ]]; then boot_machine; else boot_container; fi
}

prepare_server() {
    local wire=host0
    if [[ $kind == machine ]]; then wire=eth0; fi
    mkdir -p server/story server/packages
    printf '127.0.0.1 localhost shop\n%s bot.example.ru\n%s %s\n' $server_address $internet_address "$names" >server/etc/hosts
    printf 'auto lo %s\niface lo inet loopback\niface %s inet static\n    address %s/24\n    gateway %s\n' \
        "$wire" "$wire" $server_address $internet_address >server/etc/network/interfaces
    # The public authorities of this world; the ministry's is not among them.
    cp outside/public.pem server/usr/local/share/ca-certificates/world.crt
    chroot server update-ca-certificates >/dev/null 2>&1
}

# In the server: what the story says goes to $1, and then how it ended.
story_unit() {
    cat >server/etc/systemd/system/story.service <<UNIT
[Unit]
After=multi-user.target
[Service]
Type=oneshot
Environment=HOME=/root
WorkingDirectory=/root
ExecStart=/bin/bash -c 'stty -F $1 raw 2>/dev/null; bash /story/story; echo "told: \$\$?"'
StandardOutput=append:$1
StandardError=append:$1
ExecStopPost=/bin/systemctl --force --force poweroff
UNIT
    mkdir -p server/etc/systemd/system/multi-user.target.wants
    ln -sf ../story.service server/etc/systemd/system/multi-user.target.wants/story.service
}

# tell COMMAND…: boots the server by that command, which returns when it is off; prints its story meanwhile.
tell() {
    mkdir told
    : >told/log
    tail -n +1 -f told/log &
    local printing=$! code
    "$@" >boot 2>&1 </dev/null || true
    sleep 0.3
    kill $printing
    code=$(sed -nE 's/^told: ([0-9]+).*/\1/p' told/log | tail -n 1)
    if [[ -z $code ]]; then
        tail -n 50 boot
        return 77
    fi
    return "$code"
}

# A container of systemd's: the machine's own kernel, everything else the server's. It shares the log through /told.
boot_container() {
    mkdir server/told
    ln -sf /dev/null server/etc/systemd/system/console-getty.service
    story_unit /told/log
    plug_in ve-shop &
    tell systemd-nspawn --register=no --keep-unit --quiet --boot --directory=server --machine=shop --network-veth --link-journal=no \
        --resolv-conf=off --timezone=off --bind-ro="$packages:/packages" --bind-ro="$story:/story" --bind="$work/told:/told"
}

# kvm where a kernel gets as far as its first word by it within half a minute, else tcg, some ten times slower.
accelerator() {
    if timeout 30 qemu-system-x86_64 -accel kvm -cpu max,-arch-capabilities -m 256 -nodefaults -no-reboot -display none -kernel server/vmlinuz \
        -append "console=ttyS0 panic=-1" -serial stdio </dev/null 2>/dev/null | grep -q 'Linux version'; then echo kvm; else echo tcg; fi
}

# A virtual machine of the smallest kind that is rented out: 512 MB, Debian's own kernel.
boot_machine() {
    local by
    by=$(accelerator)
    echo "Booting by $by"
    cp "$packages"/*.deb "$packages/SHA256SUMS" server/packages/
    cp "$story"/* server/story/
    story_unit /dev/ttyS1
    mke2fs -q -t ext4 -d server disk 6G >/dev/null
    ip tuntap add wire mode tap
    plug_in wire &
    tell qemu-system-x86_64 -accel "$by" -cpu max,-arch-capabilities -smp 2 -m 512 -nodefaults -no-reboot -display none \
        -kernel server/vmlinuz -initrd server/initrd.img -append "root=/dev/vda rw console=ttyS0 net.ifnames=0" \
        -drive file=disk,if=virtio,format=raw,cache=unsafe -device virtio-rng-pci \
        -netdev tap,id=wire,ifname=wire,script=no,downscript=no -device virtio-net-pci,netdev=wire -serial stdio -serial file:told/log
}

# The wire to the server; in the server its other end is host0 or eth0.
plug_in() {
    local turn
    for ((turn = 0; turn < 600; turn++)); do
        if ip link set "$1" up 2>/dev/null; then
            ip route add $server_address/32 dev "$1" src $internet_address
            return
        fi
        sleep 0.05
    done
}

# The first process of its namespace: when it ends, everything does. It ends with the story, or when whoever started it is gone.
{
    exec 3<&0
    if [[ -t 3 ]]; then sleep infinity & else cat <&3 >/dev/null & fi
    lease=$!
    main </dev/null &
    told=$!
    wait -n -p ended $told $lease && code=0 || code=$?
    if [[ $ended != "$told" ]]; then code=143; fi
    exit "$code"
}
