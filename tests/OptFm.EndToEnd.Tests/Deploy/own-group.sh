# shellcheck shell=sh
# Sourced before systemd is booted in a container: puts this process, and with it the container, into a control group of its own. Without,
# two containers at a time would each take the other's services for strays and end or rename their groups.
own_group() {
    awk '$3 == "cgroup2" || ($3 == "cgroup" && $4 ~ /name=systemd/) { print $2 }' /proc/mounts | while read -r hierarchy; do
        for group in "$hierarchy"/optfm-test-*; do
            # Of a test that is over: a group cannot be removed by who is in it.
            if [ -d "$group" ] && [ ! -d "/proc/${group##*-}" ]; then find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || true; fi
        done
        if mkdir -p "$hierarchy/optfm-test-$$"; then echo $$ >"$hierarchy/optfm-test-$$/cgroup.procs" || true; fi
    done
}
