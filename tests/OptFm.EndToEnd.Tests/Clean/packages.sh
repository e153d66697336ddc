#!/usr/bin/env bash
# The packages that the tests of this folder install: packages.sh PROGRAM OUT. PROGRAM is what `dotnet publish --self-contained` left.
#   optfm_1.0.0  the program as it is, packed quickly, at some four fifths more than its proper size
#   optfm_1.1.0  the same, newer
#   optfm_1.2.0  newer still, and broken: its server never gets ready
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
readonly build=$here/../../../deploy/package/build.sh program=$1 out=$2
work=$(mktemp -d)
readonly work
trap 'rm -rf "$work"' EXIT
arch=$(dpkg --print-architecture)

# newer VERSION: what is unpacked, as that version. Not compressed at all: it never leaves this machine.
newer() {
    echo "$1" >"$work/tree/usr/lib/optfm/VERSION"
    sed -i "s/$version/$1/g" "$work"/tree/DEBIAN/{control,preinst}
    dpkg-deb --root-owner-group -Znone --build "$work/tree" "$out/optfm_$1_$arch.deb" >/dev/null
    version=$1
}

rm -rf "$out"
version=1.0.0
OPTFM_PACK_LEVEL=0 "$build" "$program" $version "$arch" "$out"
dpkg-deb -R "$out/optfm_${version}_$arch.deb" "$work/tree"
newer 1.1.0
mv "$work/tree/usr/lib/optfm/optfm" "$work/tree/usr/lib/optfm/optfm-whole"
cat >"$work/tree/usr/lib/optfm/optfm" <<'SCRIPT'
#!/bin/sh
if [ "$1" = serve ]; then echo "this version is broken on purpose" >&2; exit 1; fi
exec "$(dirname "$(readlink -f "$0")")/optfm-whole" "$@"
SCRIPT
chmod 755 "$work/tree/usr/lib/optfm/optfm"
newer 1.2.0
(cd "$out" && sha256sum -- *.deb *.tar.xz >SHA256SUMS)
