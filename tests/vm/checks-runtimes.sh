# Read by checks.sh: other runtimes under our monitor, and `coracle runtime` under podman and by hand.

# life RUNTIME: a container's life with limits, by a scope of systemd.
for runtime in crun runc; do
    check runs_under_$runtime <<SCRIPT
$tiny
run="coracle --runtime $runtime run --network none"
code=0; \$run --rm tiny sh -c 'echo out; echo err >&2; exit 7' >out 2>err || code=\$?
test \$code = 7
grep -qx out out
grep -qx err err
code=0; \$run --rm tiny /no/such || code=\$?
test \$code = 127
test "\$(echo through | \$run -i --rm tiny cat)" = through
\$run -d --name web -m 64m --pids-limit 50 --cpus 0.5 tiny sh -c 'trap "echo bye; exit 3" TERM; echo up; while :; do sleep 0.1; done'
for i in \$(seq 300); do coracle logs web | grep -q up && break; sleep 0.1; done
test "\$(coracle inspect web --format '{{.OCIRuntime}}')" = $runtime
group=/sys/fs/cgroup\$(coracle inspect web --format '{{.State.CgroupPath}}')
case \$group in */coracle-*.scope/container) ;; *) false ;; esac
grep -qx "\$(coracle inspect web --format '{{.State.Pid}}')" \$group/cgroup.procs
grep -q '/monitor\$' /proc/\$(coracle inspect web --format '{{.State.ConmonPid}}')/cgroup
coracle exec web cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/cpu.max /sys/fs/cgroup/pids.max | paste -sd' ' | grep -qx '67108864 50000 100000 50'
test "\$(coracle exec web cat /proc/self/cgroup)" = 0::/
code=0; coracle exec web sh -c 'echo inside; exit 4' >out || code=\$?
test \$code = 4
coracle update --memory 100m --pids-limit 70 web
cat \$group/memory.max \$group/pids.max | paste -sd' ' | grep -qx '104857600 70'
coracle pause web
grep -qx 'frozen 1' \$group/cgroup.events
test "\$(coracle inspect web --format '{{.State.Status}}')" = paused
fails coracle exec web true
test "\$(coracle stats --no-stream --format '{{.PIDS}}' web)" = "\$(cat \$group/pids.current)"
coracle unpause web
grep -qx 'frozen 0' \$group/cgroup.events
coracle stop -t 60 web
test "\$(coracle wait web)" = 3
coracle logs web | grep -q bye
coracle start web
coracle kill web
test "\$(coracle wait web)" = 137
coracle rm web
code=0; \$run -m 20m --name oom tiny sh -c 'head -c 200m /dev/zero | tail' || code=\$?
test \$code = 137
test "\$(coracle inspect oom --format '{{.State.OOMKilled}}')" = true
coracle rm oom
for manager in "--cgroup-manager cgroupfs" "--cgroups split" "--cgroups disabled"; do
    case \$manager in --cgroups*) before= after=\$manager ;; *) before=\$manager after= ;; esac
    coracle \$before --runtime $runtime run -d --network none --name other \$after tiny sleep 1000
    group=\$(coracle inspect other --format '{{.State.CgroupPath}}')
    case "\$manager" in *disabled) test -z "\$group" ;; *) grep -q . /sys/fs/cgroup\$group/cgroup.procs ;; esac
    coracle exec other true
    coracle rm -f -t 0 other
done
for i in \$(seq 300); do groups=\$(find /sys/fs/cgroup -name 'coracle-????????????????*'); test -z "\$groups" && break; sleep 0.2; done
test -z "\$groups"
SCRIPT
done

# Rootless podman makes its containers with ours, by both of its cgroup managers.
for manager in systemd cgroupfs; do
    check podman_by_$manager <<SCRIPT
$tiny
ln -s /opt/coracle/coracle coracle-runtime
export STORAGE_DRIVER=overlay
podman load -q -i tiny.tar
podman="podman --cgroup-manager $manager --runtime \$PWD/coracle-runtime"
test "\$(\$podman run --rm --network none localhost/tiny echo hello)" = hello
code=0; \$podman run --rm --network none localhost/tiny sh -c 'exit 9' || code=\$?
test \$code = 9
code=0; \$podman run --rm --network none localhost/tiny /no/such || code=\$?
test \$code = 127
limits=; test $manager = cgroupfs || limits='-m 64m --pids-limit 50'
\$podman run -d --name web --network none \$limits localhost/tiny sh -c 'trap "echo bye; exit 3" TERM; echo up; while :; do sleep 0.1; done'
for i in \$(seq 300); do \$podman logs web | grep -q up && break; sleep 0.1; done
code=0; \$podman exec web sh -c 'echo inside; exit 4' >out || code=\$?
test \$code = 4
grep -qx inside out
if test $manager = systemd; then
    group=/sys/fs/cgroup\$(sed 's/^0:://' /proc/\$(\$podman inspect web --format '{{.State.Pid}}')/cgroup)
    case \$group in */libpod-*.scope/container) ;; *) false ;; esac
    \$podman exec web cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/pids.max | paste -sd' ' | grep -qx '67108864 50'
    \$podman pause web
    grep -qx 'frozen 1' \$group/cgroup.events
    \$podman unpause web
    \$podman stats --no-stream web | grep -q web
fi
\$podman stop -t 60 web
test "\$(\$podman wait web)" = 3
\$podman start web
\$podman kill web
test "\$(\$podman wait web)" = 137
\$podman rm web
SCRIPT
done

# The runtime by hand, without a word about where.
check runtime_by_files <<SCRIPT
$tiny
mkdir -p bundle && cp -r tree bundle/rootfs && mkdir -p bundle/rootfs/{proc,dev,sys}
coracle runtime spec --rootless --bundle bundle
jq '.process.terminal=false | .process.args=["sh","-c","cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/pids.max /proc/self/cgroup"]
    | .mounts|=map(select(.destination!="/sys/fs/cgroup"))
    | .mounts+=[{"destination":"/sys/fs/cgroup","type":"cgroup","source":"cgroup","options":["ro","nosuid","noexec","nodev"]}]
    | .mounts|=map(select(.destination!="/sys"))
    | .linux.resources={"memory":{"limit":33554432},"pids":{"limit":20}}' bundle/config.json >new.json
mv new.json bundle/config.json
for manager in "" "--systemd-cgroup"; do
    coracle runtime \$manager run --bundle bundle one | paste -sd' ' | grep -qx '33554432 20 0::/'
done
jq '.process.args=["sleep","1000"]' bundle/config.json >new.json
mv new.json bundle/config.json
coracle runtime run --detach --bundle bundle two </dev/null >/dev/null 2>&1
coracle runtime pause two
coracle runtime state two | grep -q '"paused"'
coracle runtime resume two
coracle runtime kill two KILL
coracle runtime delete --force two
test -z "\$(find /sys/fs/cgroup -name 'coracle-runtime-*')"
SCRIPT
