#!/bin/sh
# Installs the bot where there is no dpkg: ./install.sh, again to upgrade. ./install.sh --remove takes the program away and keeps settings,
# data and logs; ./install.sh --purge takes those away too.
# Ставит бота там, где нет dpkg; повторный запуск обновляет. --remove удаляет программу, --purge — ещё и настройки, данные и журналы.
set -eu
umask 022
here=$(dirname "$(readlink -f "$0")")

main() {
    if [ "$(id -u)" -ne 0 ]; then
        echo "Run it as root: sudo $0 $* / Запустите от root: sudo $0 $*" >&2
        exit 1
    fi
    if [ -e /var/lib/dpkg/info/optfm.list ]; then
        echo "optfm is installed as a Debian package: use apt. / optfm установлен пакетом Debian: пользуйтесь apt." >&2
        exit 1
    fi
    case ${1:-} in
        "") install_all ;;
        --remove) remove_all ;;
        --purge) purge_all ;;
        *)
            sed -n '2,4s/^# //p' "$0"
            exit 2
            ;;
    esac
}

install_all() {
    # shellcheck disable=SC1091 # beside this file once packed
    . "$here/tree/usr/lib/optfm/system.sh"
    new=$(cat "$here/tree/usr/lib/optfm/VERSION")
    old=$(cat /usr/lib/optfm/VERSION 2>/dev/null || echo "$new")
    if optfm_downgrade_refused "$old" "$new"; then exit 1; fi

    remove_program
    (cd "$here/tree" && find . -type f) | while read -r file; do place "${file#./}"; done
    optfm_create_user
    optfm_create_folders
    optfm_create_settings
    start
    echo "optfm $new is installed. Next: optfm setup"
    echo "optfm $new установлен. Дальше: optfm setup"
}

# place FILE: beside a file in /etc that somebody changed, never over it.
place() {
    target=/$1
    case $1 in
        etc/*) if [ -e "$target" ] && ! cmp -s "$here/tree/$1" "$target"; then target=$target.new; fi ;;
    esac
    mkdir -p "$(dirname "$target")"
    cp -p "$here/tree/$1" "$target"
    chown root:root "$target"
}

remove_program() {
    rm -rf /usr/lib/optfm /usr/share/optfm /usr/share/doc/optfm
    rm -f /usr/bin/optfm /usr/lib/systemd/system/optfm*.service /usr/lib/systemd/system/optfm*.timer /usr/lib/sysusers.d/optfm.conf \
        /usr/share/bash-completion/completions/optfm /usr/share/man/man1/optfm.1.gz /usr/share/man/ru/man1/optfm.1.gz
}

remove_all() {
    if [ -d /run/systemd/system ]; then systemctl disable --now optfm-health.timer optfm-backup.timer optfm.service || true; fi
    remove_program
    # The jail that `optfm setup` turned on goes along with its filter: fail2ban would not start with one alone.
    rm -f /etc/logrotate.d/optfm /etc/fail2ban/filter.d/optfm.conf /etc/fail2ban/jail.d/optfm.conf /etc/fail2ban/jail.d/optfm.local
    if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
}

purge_all() {
    remove_all
    rm -rf /etc/optfm /var/lib/optfm /var/lib/optfm-update /var/log/optfm
    # Backups outlive what they are backups of; an empty folder goes.
    if [ -d /var/backups/optfm ] && ! rmdir /var/backups/optfm 2>/dev/null; then
        echo "Backups stay in /var/backups/optfm; delete them yourself if you want: rm -r /var/backups/optfm"
        echo "Резервные копии остались в /var/backups/optfm; если не нужны, удалите сами: rm -r /var/backups/optfm"
    fi
}

start() {
    if [ ! -d /run/systemd/system ]; then return 0; fi
    systemctl daemon-reload
    systemctl enable optfm.service optfm-health.timer optfm-backup.timer
    # `optfm update` starts it itself, once the database is in place as well.
    if [ -n "${OPTFM_UPDATING:-}" ]; then return 0; fi
    # A bot that cannot start, say because its port is taken, is installed nevertheless; the journal says why.
    systemctl restart optfm.service optfm-health.timer optfm-backup.timer || true
}

main "$@"
