#!/bin/bash
# checks.sh BINARY: a small set of checks in a virtual machine (tests/vm/vm) with cgroup v2, systemd and Linux 6.1.
#
# Prints `ok NAME`, `not ok NAME` or `skip NAME` for each, and fails when one is not ok. Called by tests/run.
set -u
binary=${1:?usage: checks.sh BINARY}
here=$(cd "$(dirname "$0")" && pwd)
bad=0

skip() {
    echo "skip $1: $2"
    [ -z "${CORACLE_TEST_SKIPS:-}" ] || printf 'vm::%s\t%s\n' "$1" "$2" >>"$CORACLE_TEST_SKIPS"
}

# check NAME OPTIONS... < SCRIPT: a script in a machine of its own; what it prints is shown when it fails.
check() {
    local name=$1 output status
    shift
    if ! "$binary" --version >/dev/null 2>&1 || ! "$binary" run --help >/dev/null 2>&1; then
        skip "$name" "this coracle cannot run containers yet"
        return
    fi
    output=$("$here/vm" run -i --timeout 240 --mount "$share:/opt/coracle" "$@" -- bash -eux -s 2>&1)
    status=$?
    if [ $status = 0 ]; then echo "ok $name"; else
        echo "not ok $name"
        printf '%s\n' "$output" | tail -40 | sed 's/^/    /'
        bad=1
    fi
}

names=(hello_in_user hello_in_session life_in_user life_in_session many_layers)
reason=
if ! command -v python3 >/dev/null; then reason="no python3"
elif [ "$(id -u)" = 0 ]; then "$here/vm" build >/dev/null 2>"${TMPDIR:-/tmp}/vm-build.$$" || reason="the image cannot be built: $(tail -1 "${TMPDIR:-/tmp}/vm-build.$$")"
    rm -f "${TMPDIR:-/tmp}/vm-build.$$"
elif ! "$here/vm" run -- true >/dev/null 2>&1; then reason="there is no image; tests/run as root makes it"; fi
if [ -n "$reason" ]; then
    for name in "${names[@]}"; do skip "$name" "$reason"; done
    exit 0
fi
share=$(mktemp -d)
trap 'rm -rf "$share"' EXIT
chmod 755 "$share"
cp "$binary" "$share/coracle"

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
for i in $(seq 100); do coracle logs web | grep -q up && break; sleep 0.1; done
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
exit $bad
