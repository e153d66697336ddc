#!/usr/bin/env bash
# Makes the bare server that the tests of this folder begin with: root.sh CACHE [machine]
# What a hoster's image of this machine's own Debian is (priorities required and important, sudo, ssh), and in its apt cache the packages that the
# guide installs. So downloads are over before anything is measured, and the tests need no network. Made once per machine, in about a minute.
# Prints where the root is. For a virtual machine it has a kernel, too.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
readonly here cache=$1 kind=${2:-container}

# What a rented server brings along, and what the guide asks apt for on top of it.
readonly image=ca-certificates,curl,dbus,ifupdown,libpam-systemd,openssh-server,procps,sudo,systemd,systemd-sysv,udev
readonly guide="age bind9-dnsutils certbot fail2ban gnupg jq logrotate nginx openssl python3-certbot-nginx python3-systemd rsync ufw unattended-upgrades wget"
# What a rented server has and a container has not.
readonly machine=initramfs-tools,linux-image-cloud-amd64,systemd-timesyncd
# What optfm itself depends on.
readonly depends="libgcc-s1 libssl3 libstdc++6"

# The machine's own mirror, as apt knows it.
sources() {
    apt-get indextargets --format "deb \$(REPO_URI) \$(RELEASE) \$(COMPONENT) \$(ORIGIN)" 'Created-By: Packages' |
        sed -nE 's/ (Debian|Ubuntu)$//p' | sort -u
}

# Proxies and the like.
settings() { apt-config dump | grep -iE '^Acquire::(https?|Check-|Retries)' || true; }

make() {
    local code include=$image
    if [[ $kind == machine ]]; then include+=,$machine; fi
    # shellcheck disable=SC1091 # a file of every system
    code=$(. /etc/os-release && echo "$VERSION_CODENAME")
    echo "Making a bare server of $code in $cache, once per machine: a minute or two" >&2
    settings >"$work/apt.conf"
    sources >"$work/sources.list"
    if [[ ! -s $work/sources.list ]]; then
        echo "apt on this machine knows no mirror of Debian" >&2
        return 1
    fi
    # shellcheck disable=SC2016 # "$1" is the hook's
    mmdebstrap --quiet --mode=root --variant=important --skip=cleanup/apt --include="$include" --aptopt="$work/apt.conf" \
        --customize-hook='chroot "$1" apt-get clean' \
        --customize-hook="chroot \"\$1\" apt-get -qq -y -o APT::Install-Recommends=true install --download-only $guide $depends" \
        "$code" "$work/root" "$work/sources.list" >&2
    tidy
}

# Nothing of the machine it was made on.
tidy() {
    local root=$work/root
    rm -f "$root"/etc/apt/apt.conf.d/*mmdebstrap* "$root/etc/resolv.conf"
    echo shop >"$root/etc/hostname"
    : >"$root/etc/machine-id"
}

# One for each state of this script; those that nobody used for a week go. Two that want one at the same time make it once.
mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9
find "$cache" -maxdepth 1 \( -name 'root-*' -mtime +7 -o -name 'making-*' \) -exec rm -rf {} +
name=root-$kind-$(cksum <"$here/root.sh" | cut -d' ' -f1)
readonly name
if [[ ! -d $cache/$name ]]; then
    work=$(mktemp -d "$cache/making-XXXXXX")
    trap 'rm -rf "$work"' EXIT
    make
    chmod 755 "$work/root"
    mv "$work/root" "$cache/$name"
fi
touch "$cache/$name"
echo "$cache/$name"
