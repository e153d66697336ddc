# shellcheck shell=sh
# What installing does beyond copying files. For the package's scripts and for install.sh: sourced by both, so that both do the same.

optfm_create_user() {
    if command -v systemd-sysusers >/dev/null 2>&1; then
        systemd-sysusers optfm.conf
    elif ! getent passwd optfm >/dev/null; then
        getent group optfm >/dev/null || groupadd --system optfm
        useradd --system --gid optfm --home-dir /var/lib/optfm --no-create-home --shell /usr/sbin/nologin --comment "OptFM support bot" optfm
    fi
}

optfm_create_folders() {
    install -d -m 0750 -o root -g optfm /etc/optfm
    install -d -m 0750 -o optfm -g optfm /var/lib/optfm /var/log/optfm /var/backups/optfm
}

# Only what is absent: an administrator's file is never touched, not even its mode. Not the demo's golden questions: they would keep the
# shop's own FAQ from going live.
optfm_create_settings() {
    optfm_put_once /usr/share/optfm/optfm.env /etc/optfm/optfm.env
    optfm_put_once /usr/lib/optfm/data/faq.json /etc/optfm/faq.json
    optfm_put_once /usr/lib/optfm/data/phrases.ru.json /etc/optfm/phrases.ru.json
}

optfm_put_once() {
    if [ -e "$2" ] || [ ! -e "$1" ]; then return 0; fi
    # Renamed into place whole, and never readable by others meanwhile.
    install -m 0640 -o root -g optfm "$1" "$2.new"
    mv "$2.new" "$2"
}

# optfm_downgrade_refused INSTALLED NEW: true, with the reason told, where NEW is older. OPTFM_ALLOW_DOWNGRADE=1 allows it.
optfm_downgrade_refused() {
    if [ "${OPTFM_ALLOW_DOWNGRADE:-}" = 1 ] || [ "$1" = "$2" ]; then return 1; fi
    if [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | tail -n 1)" = "$2" ]; then return 1; fi
    echo "optfm $1 is installed and $2 is older: it could not read the newer database. Restore a backup made with $2 and set OPTFM_ALLOW_DOWNGRADE=1." >&2
    echo "Установлена optfm $1, а $2 старше: она не прочтёт более новую базу. Восстановите копию, сделанную в $2, и задайте OPTFM_ALLOW_DOWNGRADE=1." >&2
    return 0
}
