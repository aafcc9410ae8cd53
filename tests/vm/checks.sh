#!/bin/bash
# checks.sh BINARY [NAME...]: checks in a virtual machine (tests/vm/vm) with cgroup v2, systemd and Linux 6.1; all of
# them, or those named.
#
# Prints `ok NAME`, `not ok NAME` or `skip NAME` for each, and fails when one is not ok. The first two that fail are
# tried once more in a new machine, with a line `unsteady NAME` if they pass then. Called by tests/run. Further checks
# are in checks-*.sh, which this one reads.
set -u
binary=${1:?usage: checks.sh BINARY [NAME...]}
shift
only=" $* "
here=$(cd "$(dirname "$0")" && pwd)
bad=0
again=2
reason=

skip() {
    echo "skip $1: $2"
    [ -z "${CORACLE_TEST_SKIPS:-}" ] || printf 'vm::%s\t%s\n' "$1" "$2" >>"$CORACLE_TEST_SKIPS"
}

# attempt NAME OPTIONS...: runs $script in a machine of its own and shows the end of what it prints when it fails.
attempt() {
    local output
    shift
    output=$("$here/vm" run -i --timeout 480 --mount "$share:/opt/coracle" "$@" -- bash -eux -s 2>&1 <<<"$script") && return
    printf '%s\n' "$output" | tail -60 | sed 's/^/    /'
    return 1
}

# check NAME OPTIONS... < SCRIPT: a script that has to end well in a machine of its own.
check() {
    local name=$1 script
    [ "$only" = "  " ] || [ "${only#* "$name" }" != "$only" ] || return 0
    if [ -n "$reason" ]; then
        skip "$name" "$reason"
        return
    fi
    if ! "$binary" --version >/dev/null 2>&1 || ! "$binary" run --help >/dev/null 2>&1; then
        skip "$name" "this coracle cannot run containers yet"
        return
    fi
    # `! command` says nothing to `bash -e`; the status of a function does.
    script=$(echo 'fails() { if "$@"; then false; fi; }'; cat)
    if attempt "$@"; then
        echo "ok $name"
    elif [ $again -gt 0 ] && again=$((again - 1)) && attempt "$@"; then
        echo "unsteady $name"
        echo "ok $name"
    else
        echo "not ok $name"
        bad=1
    fi
}

if ! command -v python3 >/dev/null; then reason="no python3"
elif [ "$(id -u)" = 0 ]; then "$here/vm" build >/dev/null 2>"${TMPDIR:-/tmp}/vm-build.$$" || reason="the image cannot be built: $(tail -1 "${TMPDIR:-/tmp}/vm-build.$$")"
    rm -f "${TMPDIR:-/tmp}/vm-build.$$"
elif ! "$here/vm" run -- true >/dev/null 2>&1; then reason="there is no image; tests/run as root makes it"; fi
share=$(mktemp -d)
trap 'rm -rf "$share"' EXIT
chmod 755 "$share"
cp "$binary" "$share/coracle"

tiny=$(cat <<'SCRIPT'
PATH=/opt/coracle:$PATH
mkdir -p tree/bin && cp /bin/busybox tree/bin/busybox
for applet in sh sleep echo cat true head tail; do ln -s busybox tree/bin/$applet; done
layer=$(tar --owner=0 --group=0 -C tree -cf layer.tar . && sha256sum layer.tar | cut -d' ' -f1)
printf '{"architecture":"amd64","os":"linux","config":{"Cmd":["sh"],"Env":["PATH=/bin"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' $layer >config.json
printf '[{"Config":"config.json","RepoTags":["localhost/tiny:latest"],"Layers":["layer.tar"]}]' >manifest.json
tar -cf tiny.tar manifest.json config.json layer.tar
coracle load -q -i tiny.tar
SCRIPT
)

for where in user session; do
    check hello_in_$where --in $where <<'SCRIPT'
PATH=/opt/coracle:$PATH
coracle run hello | tee out
grep -q . out
coracle run --rm hello >/dev/null
test "$(coracle ps -aq | wc -l)" = 1
coracle rm -a
SCRIPT
    check life_in_$where --in $where <<'SCRIPT'
PATH=/opt/coracle:$PATH
mkdir -p tree/bin && cp /bin/busybox tree/bin/busybox
for applet in sh sleep echo cat true; do ln -s busybox tree/bin/$applet; done
layer=$(tar --owner=0 --group=0 -C tree -cf layer.tar . && sha256sum layer.tar | cut -d' ' -f1)
printf '{"architecture":"amd64","os":"linux","config":{"Cmd":["sh"],"Env":["PATH=/bin"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' $layer >config.json
printf '[{"Config":"config.json","RepoTags":["localhost/tiny:latest"],"Layers":["layer.tar"]}]' >manifest.json
tar -cf tiny.tar manifest.json config.json layer.tar
coracle load -i tiny.tar
coracle run -d --name web tiny sh -c 'trap "echo bye; exit 3" TERM; echo up; while :; do sleep 0.1; done'
for i in $(seq 300); do coracle logs web | grep -q up && break; sleep 0.1; done
coracle logs web | grep -q up
test "$(coracle ps -q | wc -l)" = 1
coracle exec web echo inside | grep -q inside
coracle stop -t 30 web
test "$(coracle wait web)" = 3
coracle logs web | grep -q bye
coracle start web
coracle rm -f -t 0 web
test -z "$(coracle ps -aq)"
code=0; coracle run --rm tiny sh -c 'exit 7' || code=$?
test $code = 7
SCRIPT
done
# Limits, freezer and counters, by a scope of systemd: from a delegated cgroup and from a login session.
for where in user session; do
    check resources_in_$where --in $where <<SCRIPT
$tiny
coracle run -d --name web -m 64m --cpus 0.5 --pids-limit 50 tiny sh -c 'i=0; while :; do i=\$((i+1)); echo \$i >/count; done'
test "\$(coracle inspect web --format '{{.HostConfig.CgroupManager}}')" = systemd
group=/sys/fs/cgroup\$(coracle inspect web --format '{{.State.CgroupPath}}')
systemctl --user is-active "\$(basename "\$(dirname \$group)")"
monitor=\$(coracle inspect web --format '{{.State.ConmonPid}}')
grep -q '/monitor\$' /proc/\$monitor/cgroup
coracle exec web cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/cpu.max /sys/fs/cgroup/pids.max | paste -sd' ' | grep -qx '67108864 50000 100000 50'
test "\$(coracle exec web cat /proc/self/cgroup)" = 0::/
fails coracle exec web sh -c 'echo 1 >/sys/fs/cgroup/cgroup.freeze'
coracle update --memory 100m --memory-reservation 20m --pids-limit 70 --cpu-shares 512 --cpuset-cpus 0 web
cat \$group/memory.max \$group/memory.swap.max \$group/memory.low \$group/pids.max \$group/cpu.weight \$group/cpuset.cpus | paste -sd' ' |
    grep -qx '104857600 104857600 20971520 70 20 0'
test "\$(coracle inspect web --format '{{.HostConfig.Memory}} {{.HostConfig.PidsLimit}}')" = '104857600 70'
coracle pause web
grep -qx 'frozen 1' \$group/cgroup.events
test "\$(coracle inspect web --format '{{.State.Status}} {{.State.Paused}}')" = 'paused true'
coracle ps | grep -q Paused
fails coracle exec web true
fails coracle stop web
test "\$(coracle stats --no-stream --format '{{.PIDS}}' web)" = "\$(cat \$group/pids.current)"
memory=\$(numfmt --to=si --format %.3f \$(cat \$group/memory.current) | sed 's/[0-9.]*//g;s/K/k/')B
coracle stats --no-stream --format '{{.MemUsage}}' web | grep -q "\$memory / 104.9MB"
one=\$(coracle stats --no-stream --format '{{.CPUNano}}' web)
test \$one = "\$(sed -n 's/^usage_usec //p' \$group/cpu.stat)000"
test "\$(sed -n 's/^nr_throttled //p' \$group/cpu.stat)" -gt 0
coracle unpause web
grep -qx 'frozen 0' \$group/cgroup.events
coracle pause web
coracle rm -f web
code=0; coracle run -m 20m --name oom tiny sh -c 'head -c 200m /dev/zero | tail' || code=\$?
test \$code = 137
test "\$(coracle inspect oom --format '{{.State.OOMKilled}} {{.State.ExitCode}}')" = 'true 137'
coracle run -d --name keep --restart always tiny sh -c 'sleep 4; exit 3'
for i in \$(seq 300); do
    found=\$(coracle inspect keep --format '{{.RestartCount}}{{.State.CgroupPath}}')
    case \$found in [1-9]*scope/container) break ;; esac
    sleep 0.2
done
case \$found in [1-9]*scope/container) ;; *) false ;; esac
coracle run -d --name dead tiny sleep 1000
kill -9 \$(coracle inspect dead --format '{{.State.ConmonPid}}')
for i in \$(seq 300); do coracle ps -a | grep -q 'Exited (255)' && break; sleep 0.2; done
coracle rm -f -t 0 -a
for i in \$(seq 300); do groups=\$(find /sys/fs/cgroup -name 'coracle-????????????????*'); test -z "\$groups" && break; sleep 0.2; done
test -z "\$groups"
SCRIPT
done
# The payload cannot take its monitor along (S-80).
check s_80_exhaustion --in session <<SCRIPT
$tiny
coracle run -d --name bomb --pids-limit 30 tiny sh -c 'f() { f | f & }; f & exec sleep 1000'
coracle run -d --name hog -m 32m tiny sh -c 'while :; do head -c 200m /dev/zero | tail; done'
sleep 3
for name in bomb hog; do kill -0 \$(coracle inspect \$name --format '{{.State.ConmonPid}}'); done
test "\$(cat /sys/fs/cgroup\$(coracle inspect bomb --format '{{.State.CgroupPath}}')/pids.current)" -le 30
coracle logs hog >/dev/null
coracle rm -f -t 0 -a
test -z "\$(coracle ps -aq)"
SCRIPT
# Other places than the usual one, and who may not have them.
check groups <<SCRIPT
$tiny
group() { coracle inspect \$1 --format '{{.State.CgroupPath}}'; }
monitor() { sed 's/^0:://' /proc/\$(coracle inspect \$1 --format '{{.State.ConmonPid}}')/cgroup; }
own=\$(sed 's/^0:://' /proc/self/cgroup)
coracle --cgroup-manager cgroupfs run -d --name files -m 32m tiny sleep 1000
test "\$(coracle inspect files --format '{{.HostConfig.CgroupManager}}')" = cgroupfs
case \$(group files) in */coracle-????????????????*.scope*) false ;; */coracle-*) ;; *) false ;; esac
test "\$(coracle exec files cat /sys/fs/cgroup/memory.max)" = 33554432
coracle run -d --name slice --cgroup-parent user-x.slice tiny sleep 1000
case \$(group slice) in */user-x.slice/coracle-*) ;; *) false ;; esac
coracle run -d --name apart --cgroups no-conmon tiny sleep 1000
test "\$(monitor apart)" = "\$own"
coracle run -d --name none --cgroups disabled tiny sleep 1000
test -z "\$(group none)"
coracle stats -a --no-stream | grep -v none | grep -q apart
fails coracle --cgroup-manager systemd run --rm --cgroup-parent /x/y tiny true
coracle run -d --name split --cgroups split -m 32m tiny sleep 1000
test "\$(monitor split)" = "\$own/supervisor"
case \$(group split) in \$own/coracle-payload-*) ;; *) false ;; esac
coracle rm -f -t 0 -a
SCRIPT
check many_layers <<'SCRIPT'
PATH=/opt/coracle:$PATH
mkdir -p tree/bin && cp /bin/busybox tree/bin/busybox
for applet in sh ls wc cat; do ln -s busybox tree/bin/$applet; done
tar --owner=0 --group=0 -C tree -cf 0.tar .
for n in $(seq 130); do
    mkdir -p one/layers && rm -f one/layers/* && echo "layer $n" >one/layers/$n
    tar --owner=0 --group=0 -C one -cf $n.tar layers
done
names=$(seq -s' ' 0 130)
ids=$(for n in $names; do sha256sum $n.tar | sed 's/ .*//;s/.*/"sha256:&"/'; done | paste -sd,)
files=$(for n in $names; do echo "\"$n.tar\""; done | paste -sd,)
printf '{"architecture":"amd64","os":"linux","config":{"Env":["PATH=/bin"]},"rootfs":{"type":"layers","diff_ids":[%s]}}' "$ids" >config.json
printf '[{"Config":"config.json","RepoTags":["localhost/deep:latest"],"Layers":[%s]}]' "$files" >manifest.json
tar -cf deep.tar manifest.json config.json ?.tar ??.tar ???.tar
coracle load -i deep.tar
test "$(coracle run --rm deep sh -c 'ls /layers | wc -l')" = 130
test "$(coracle run --rm deep cat /layers/1 /layers/130 | wc -l)" = 2
SCRIPT
. "$here/checks-runtimes.sh"
. "$here/checks-host.sh"
. "$here/checks-security.sh"
exit $bad
