#!/usr/bin/env bash
# Makes the packages out of a published program: build.sh PROGRAM VERSION ARCHITECTURE OUT
#   PROGRAM       folder that `dotnet publish --self-contained` left
#   ARCHITECTURE  amd64 or arm64
#   OUT           optfm_VERSION_ARCHITECTURE.deb, optfm-VERSION-ARCHITECTURE.tar.xz and SHA256SUMS are left here
# Both carry the same tree; what installing does beyond copying it is in system.sh.
set -euo pipefail
readonly program=$1 version=$2 arch=$3 out=$4
here=$(dirname "$(readlink -f "$0")")
readonly here files=${here%/package}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 022
# OPTFM_PACK_LEVEL: 0 packs in a second what 6 packs in a minute, at twice the size; for tests.
readonly level=${OPTFM_PACK_LEVEL:-6}
export XZ_DEFAULTS="-T0 -$level"
# The same source makes the same package, to the byte: every file is as old as the last commit.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$here" log -1 --format=%ct 2>/dev/null || stat -c %Y "$files/../CHANGELOG.md")}
export SOURCE_DATE_EPOCH

# put MODE FILE TARGET: FILE at TARGET in the tree.
put() { install -D -m "$1" "$2" "$tree/$3"; }

make_tree() {
    tree=$work/tree
    mkdir -p "$tree/usr/lib/optfm"
    cp -R --no-preserve=mode,ownership "$program/." "$tree/usr/lib/optfm/"
    rm -f "$tree"/usr/lib/optfm/*.pdb "$tree/usr/lib/optfm/createdump"
    rm -rf "$tree/usr/lib/optfm/data/training"
    find "$tree/usr/lib/optfm" -type f -name '*.so' -exec chmod 644 {} +
    chmod 755 "$tree/usr/lib/optfm/optfm"
    echo "$version" >"$tree/usr/lib/optfm/VERSION"
    put 644 "$here/system.sh" usr/lib/optfm/system.sh
    put 755 "$here/optfm" usr/bin/optfm
    put 644 "$here/optfm.env" usr/share/optfm/optfm.env
    put 644 "$here/optfm.sysusers" usr/lib/sysusers.d/optfm.conf
    put 644 "$here/completion.bash" usr/share/bash-completion/completions/optfm
    local unit
    for unit in "$files"/systemd/*.service "$files"/systemd/*.timer; do put 644 "$unit" "usr/lib/systemd/system/$(basename "$unit")"; done
    put 644 "$files/logrotate/optfm" etc/logrotate.d/optfm
    put 644 "$files/fail2ban/filter.d/optfm.conf" etc/fail2ban/filter.d/optfm.conf
    put 644 "$files/fail2ban/jail.d/optfm.conf" etc/fail2ban/jail.d/optfm.conf
    # What `optfm setup` fills in. Programs may not rely on /usr/share/doc, so the examples there are copies for people.
    put 644 "$files/nginx/optfm.conf" usr/share/optfm/nginx/optfm.conf
    put 644 "$files/nginx/optfm-page.conf" usr/share/optfm/nginx/optfm-page.conf
    put 644 "$files/nginx/optfm.conf" usr/share/doc/optfm/examples/nginx/optfm.conf
    put 644 "$files/nginx/optfm-page.conf" usr/share/doc/optfm/examples/nginx/optfm-page.conf
    put 644 "$files/prometheus/prometheus.yml" usr/share/doc/optfm/examples/prometheus/prometheus.yml
    put 644 "$files/prometheus/optfm.rules.yml" usr/share/doc/optfm/examples/prometheus/optfm.rules.yml
    put 644 "$files/grafana/optfm.json" usr/share/doc/optfm/examples/grafana/optfm.json
    put 644 "$files/systemd/credentials.conf" usr/share/doc/optfm/examples/credentials.conf
    put 644 "$here/debian/copyright" usr/share/doc/optfm/copyright
    gzip_to "$here/optfm.1" usr/share/man/man1/optfm.1.gz
    gzip_to "$here/optfm.ru.1" usr/share/man/ru/man1/optfm.1.gz
    gzip_to "$files/../CHANGELOG.md" usr/share/doc/optfm/NEWS.md.gz
}

# gzip_to FILE TARGET: without the name and the time, so that the same source makes the same package.
gzip_to() {
    mkdir -p "$(dirname "$tree/$2")"
    gzip -9n <"$1" >"$tree/$2"
}

make_deb() {
    local deb=$work/deb script
    cp -a "$tree" "$deb"
    mkdir -p "$deb/DEBIAN" "$deb/usr/share/lintian/overrides"
    install -m 644 "$here/debian/lintian-overrides" "$deb/usr/share/lintian/overrides/optfm"
    changelog >"$work/changelog"
    gzip -9n <"$work/changelog" >"$deb/usr/share/doc/optfm/changelog.gz"
    sed "s/@VERSION@/$version/;s/@ARCH@/$arch/;s/@SIZE@/$(du -sk "$tree" | cut -f1)/" "$here/debian/control" >"$deb/DEBIAN/control"
    for script in preinst postinst prerm postrm; do
        sed "s/@VERSION@/$version/g" "$here/debian/$script" >"$deb/DEBIAN/$script"
        chmod 755 "$deb/DEBIAN/$script"
    done
    (cd "$deb" && find etc -type f -printf '/%p\n' | LC_ALL=C sort) >"$deb/DEBIAN/conffiles"
    (cd "$deb" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$deb/DEBIAN/md5sums"
    dpkg-deb --root-owner-group -Zxz "-z$level" --build "$deb" "$out/optfm_${version}_$arch.deb" >/dev/null
}

# Debian's own form; what changed is in NEWS.md.
changelog() {
    printf 'optfm (%s) stable; urgency=medium\n\n  * See NEWS.md.gz.\n\n' "$version"
    printf ' -- OptFM <support@optfm.example>  %s\n' "$(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")"
}

make_tarball() {
    local name=optfm-$version-$arch
    mkdir "$work/$name"
    mv "$tree" "$work/$name/tree"
    tree=$work/$name/tree
    install -m 755 "$here/install.sh" "$work/$name/install.sh"
    # For `optfm update`: what it has to keep of the installed version, and what puts that back.
    put 755 "$here/install.sh" usr/lib/optfm/install.sh
    put 644 /dev/null usr/lib/optfm/FILES
    (cd "$tree" && find etc usr -type f | LC_ALL=C sort) >"$work/FILES"
    put 644 "$work/FILES" usr/lib/optfm/FILES
    tar -C "$work" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -cJf "$out/$name.tar.xz" "$name"
}

mkdir -p "$out"
make_tree
make_deb
make_tarball
# All that lie there: the other architecture's, too.
(cd "$out" && sha256sum -- optfm*.deb optfm*.tar.xz >SHA256SUMS)
