# shellcheck shell=bash
# The life of a server, from nothing to nothing, as an administrator leads it. Run in it by world.sh, by root.
# shellcheck source=tests/OptFm.EndToEnd.Tests/Clean/telling.sh
. /story/telling.sh
readonly domain=bot.example.ru

listing() { find / -xdev \( -path /proc -o -path /sys -o -path /run -o -path /tmp -o -path /story -o -path /packages \) -prune -o -print | LC_ALL=C sort; }

server_process() { systemctl show -p MainPID --value optfm; }

install_server() {
    step "apt install: nginx and what guards a server"
    silent apt-get install -y nginx certbot fail2ban python3-systemd ufw unattended-upgrades
    listing >/root/before
    step "apt install: OptFM"
    silent apt-get install -y /packages/optfm_1.0.0_*.deb
    until_true systemctl is-active optfm
}

# The wizard, with its answers in a file. The certificate, too, it has certbot get.
set_up() {
    step "optfm setup"
    curl -sSf -o /root/russian-root.pem https://gu-st.ru/content/lending/russian_trusted_root_ca_pem.crt
    install -m 600 /dev/null /root/answers
    cat >/root/answers <<ANSWERS
OPTFM_LANG=ru
MAX=official
MAX_API_KEY=sandbox-max-token
MAX_CA_FILE=/root/russian-root.pem
TELEGRAM=off
WEB_PAGE=off
DOMAIN=$domain
CERTIFICATE=certbot
CERTBOT_EMAIL=
FIREWALL=on
FAIL2BAN=on
UPGRADES=on
ANSWERS
    silent optfm setup --answers /root/answers
}

# What the doctor finds on a server that is set up: nothing that hinders, and of the rest only what is so here.
see_doctor() {
    step "optfm doctor"
    local code=0 warnings
    optfm doctor >/tmp/doctor 2>&1 || code=$?
    sed 's/^/    /' /tmp/doctor
    ((code <= 1))
    # No backup was made yet, and a container's clock is its machine's business.
    warnings=$(grep -oE '\[[a-z-]+\]$' /tmp/doctor | grep -vE '^\[(backup|clock-sync)\]$' || true)
    if [[ -n $warnings ]]; then
        echo "not expected: $warnings"
        return 1
    fi
}

# How long the service took to get ready, by systemd's own clock, and what it holds in memory with nothing to do.
measure_service() {
    local ready started
    systemctl restart optfm
    started=$(systemctl show -p ExecMainStartTimestampMonotonic --value optfm)
    ready=$(systemctl show -p ActiveEnterTimestampMonotonic --value optfm)
    measured "service ready after its start" "$(seconds $(((ready - started) / 1000)))" "s"
    ask "привет"
    measured "resident, idle after a first message" $(($(awk '/^VmRSS/ { print $2 }' "/proc/$(server_process)/status") / 1024)) "MB"
}

# A customer's line in every log, before and after it is turned.
rotate() {
    step "logs rotated by Debian's logrotate"
    local before inode
    before=$(grep -c '/webhook/max/' /var/log/optfm/api.log)
    inode=$(stat -c %i /var/log/optfm/api.log)
    silent logrotate --force /etc/logrotate.d/optfm
    until_true test -e /var/log/optfm/api.log
    ask "как оплатить?"
    until_true grep -q '/webhook/max/' /var/log/optfm/api.log
    test "$(stat -c %i /var/log/optfm/api.log)" != "$inode"
    test "$(grep -c '/webhook/max/' /var/log/optfm/api.log.1)" = "$before"
    test "$(stat -c '%a %U %G' /var/log/optfm/api.log)" = '640 optfm optfm'
}

# leftover PATH: why Debian, or we on purpose, keep it.
leftover() {
    case $1 in
        /etc/letsencrypt* | /var/lib/letsencrypt* | /var/log/letsencrypt*) echo "the certificate, certbot's" ;;
        /var/backups/optfm | /var/backups/optfm/optfm-*) echo "backups, which outlive what they are backups of" ;;
        /etc/fail2ban/jail.d/optfm-sshd.local) echo "what lets Debian's fail2ban start where ssh has no log file" ;;
        /etc/nginx/* | /var/log/nginx/optfm*) echo "nginx's site, made by the administrator or by setup, and its logs" ;;
        /var/lib/nginx/*) echo "nginx's own folders" ;;
        /etc/passwd- | /etc/group- | /etc/shadow- | /etc/gshadow-) echo "the user stays, as Debian has it: nobody is to inherit his number" ;;
        /var/lib/systemd/timers/* | /var/lib/systemd/*) echo "systemd remembers when timers ran" ;;
        /var/lib/private | /var/log/private | /var/cache/private) echo "made by systemd" ;;
        /var/lib/apt/* | /var/cache/apt/* | /var/log/apt/* | /var/lib/dpkg/* | /var/log/dpkg.log* | /var/backups/dpkg* | /var/log/alternatives.log) echo "apt's and dpkg's" ;;
        /var/log/journal* | /var/log/wtmp* | /var/log/btmp* | /var/lib/logrotate*) echo "the system's logs" ;;
        /var/lib/fail2ban* | /var/log/fail2ban* | /var/log/ufw*) echo "of programs that stay" ;;
        /var/cache/man* | /var/cache/ldconfig* | /var/lib/ucf* | /var/log/unattended-upgrades*) echo "the system's" ;;
        /root/*) echo "this story's" ;;
        *) return 1 ;;
    esac
}

scanner_is_banned() { fail2ban-client get optfm banip | grep -q 203.0.113.66; }

guard() {
    step "a port that nobody opened, a scanner, a messenger"
    python3 -m http.server 9000 --directory /var/www/html >/dev/null 2>&1 &
    local listener=$! turn
    until_true curl -sf http://127.0.0.1:9000/
    must_fail curl -sf -m 10 http://scanner.test/port/9000
    silent ufw allow 9000/tcp
    silent curl -sf -m 10 http://scanner.test/port/9000
    silent ufw delete allow 9000/tcp
    kill "$listener"
    silent curl -sf -m 10 http://scanner.test/health
    for turn in {1..40}; do curl -so /dev/null -m 10 "http://scanner.test/wp-login-$turn.php" || break; done
    until_true scanner_is_banned
    must_fail curl -sf -m 10 http://scanner.test/health
    ask "как оплатить?"
}

keep() {
    step "backup, verify, everything lost, restore"
    local copy before
    ask "сколько стоит доставка?" "Ярославль"
    before=$(optfm inbox list --limit 1000 | grep -c Done)
    silent optfm backup
    copy=$(ls /var/backups/optfm/optfm-*.tar.gz)
    silent optfm backup verify "$copy"
    cp -a "$copy" /root/copy.tar.gz
    systemctl stop optfm
    rm -rf /var/lib/optfm /etc/optfm
    silent apt-get install -y --reinstall /packages/optfm_1.0.0_*.deb
    systemctl stop optfm
    silent optfm restore "$copy"
    systemctl start optfm
    test "$(optfm inbox list --limit 1000 | grep -c Done)" = "$before"
    ask "сколько стоит доставка?" "Ярославль"
}

version() { dpkg-query -W -f '${Version}' optfm; }

update() {
    step "optfm update: a newer version"
    silent optfm update --settle 2 /packages/optfm_1.1.0_*.deb
    test "$(version)" = 1.1.0
    ask "как оплатить?"
    step "optfm update: a broken version, undone by itself"
    local code=0
    optfm update --settle 2 /packages/optfm_1.2.0_*.deb >/tmp/said 2>&1 || code=$?
    sed 's/^/    /' /tmp/said
    test "$code" = 1
    test "$(version)" = 1.1.0
    ask "сколько стоит доставка?" "Ярославль"
}

remove() {
    step "apt remove, apt purge"
    silent apt-get remove -y optfm
    test -s /etc/optfm/optfm.env
    test -s /var/lib/optfm/optfm.db
    must_fail systemctl is-active optfm
    silent apt-get purge -y optfm
    listing >/root/after
    local path
    while read -r path; do leftover "$path" || echo "unexplained: $path"; done < <(comm -13 /root/before /root/after) >/tmp/left
    sort /tmp/left | uniq -c | sort -rn
    if grep unexplained /tmp/left; then return 1; fi
}

measured "package, packed in a hurry for tests" "$(($(stat -c %s /packages/optfm_1.0.0_*.deb) / 1000000))" "MB"
install_server
set_up
ask "Сколько стоит доставка?" "Ярославль"
measured "bare server to the first answered message, downloads excluded" "$(seconds $(($(now) - began)))" "s"
measure_service
see_doctor
rotate
guard
keep
update
remove
step "all is well"
