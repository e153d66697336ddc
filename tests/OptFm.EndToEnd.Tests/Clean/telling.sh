# shellcheck shell=bash
# What stories are told with: sourced in the server by the scripts that world.sh runs there.
set -Eeuo pipefail
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

now() { date +%s%3N; }
began=$(now)

# seconds MILLISECONDS
seconds() { printf '%d.%02d' $(($1 / 1000)) $(($1 % 1000 / 10)); }

# step TEXT: what comes now, and when.
step() { printf '[%7s s] %s\n' "$(seconds $(($(now) - began)))" "$*"; }

# measured NAME VALUE UNIT: a figure for whoever reads what the story says.
measured() { echo "measured: $1 = $2 $3"; }

# silent COMMAND…: prints only when it fails.
silent() {
    local code=0
    "$@" >/tmp/said 2>&1 || code=$?
    if ((code == 0)); then return; fi
    cat /tmp/said
    echo "failed with $code: $*"
    return "$code"
}

# until_true COMMAND…: a minute of patience.
until_true() {
    local turn
    for ((turn = 0; turn < 600; turn++)); do
        if "$@" >/dev/null 2>&1; then return; fi
        sleep 0.1
    done
    echo "never true: $*"
    return 1
}

# must_fail COMMAND…
must_fail() {
    if "$@" >/tmp/said 2>&1; then
        cat /tmp/said
        echo "ought to have failed: $*"
        return 1
    fi
}

# ask TEXT: a customer writes in MAX, out there; returns when he is answered, out there. The answer is in /tmp/answer.
asked=0
ask() {
    local delivery
    delivery=$(curl -sS -d "{\"chat\":\"7\",\"text\":\"$1\"}" http://sandbox.test/sandbox/max/says)
    if [[ $delivery != *'"Accepted"'* ]]; then
        echo "not delivered: $delivery"
        return 1
    fi
    asked=$((asked + 1))
    if ! curl -sSf "http://sandbox.test/sandbox/sent?after=$((asked - 1))&wait=$asked&timeout=60" >/tmp/answer; then
        echo "no answer to: $1"
        return 1
    fi
    if [[ -n ${2:-} ]] && ! grep -q "$2" /tmp/answer; then
        echo "asked '$1', answered without '$2': $(</tmp/answer)"
        return 1
    fi
}

explain() {
    trap - ERR
    echo "It broke off at line $1. What the server says of itself:"
    systemctl --failed --no-pager || true
    journalctl --no-pager -n 80 -u 'optfm*' -u nginx -u fail2ban || true
    tail -n 20 /var/log/nginx/optfm*.log /var/log/optfm/*.log || true
}
trap 'explain $LINENO' ERR
