# Read by checks.sh: what a host does around containers: logouts, the journal, root and its bus, systemd inside.

# A logout ends no container while lingering is on; without it the user's systemd goes, and all that it runs.
check logout --root <<SCRIPT
alice() { runuser -l alice -c "PATH=/opt/coracle:\\\$PATH; \$1"; }
cd /home/alice
cat >tiny.sh <<'TINY'
$tiny
TINY
alice 'bash -eux tiny.sh'
alice 'coracle run -d --name stays --network none tiny sh -c "trap \"exit 0\" TERM; while :; do sleep 0.1; done"'
for i in \$(seq 300); do sessions=\$(loginctl list-sessions --no-legend); test -z "\$sessions" && break; sleep 0.2; done
test -z "\$sessions"
alice 'coracle ps' | grep stays
loginctl disable-linger alice
for i in \$(seq 300); do systemctl -q is-active user@1000 || break; sleep 1; done
systemctl -q is-active user@1000 && { loginctl user-status alice; systemctl list-jobs; ps -eo pid,ppid,stat,wchan:20,args; }
fails systemctl -q is-active user@1000
test -z "\$(pgrep -u alice)"
alice 'coracle ps -a' | grep 'stays' | grep Exited
alice 'coracle start stays'
alice 'coracle rm -f -t 0 stays'
loginctl enable-linger alice
SCRIPT
# Output and events in the journal, written by the monitor, read by later commands.
check journal <<SCRIPT
$tiny
coracle() { command coracle --events-backend journald "\$@"; }
coracle run -d --name web --network none --log-driver journald --log-opt tag=mine tiny \
    sh -c 'echo one; echo two >&2; head -c 70000 /dev/zero | tr "\\\\0" x; echo; exec sleep 1000'
for i in \$(seq 300); do coracle logs web | grep -q xxx && break; sleep 0.2; done
coracle logs web 2>err >out
grep -qx one out
grep -qx two err
test "\$(grep xxx out | wc -c)" = 70001
test "\$(coracle logs --tail 1 web | wc -l)" = 1
test "\$(journalctl --user -o cat CONTAINER_NAME=web CONTAINER_TAG=mine PRIORITY=3)" = two
timeout 60 sh -c 'PATH=/opt/coracle:\$PATH; coracle logs -f web >followed' &
sleep 2
coracle kill web
wait \$!
grep -qx one followed
coracle rm web
# The journal shows what it was told a moment later.
for i in \$(seq 300); do
    coracle events --stream=false --filter container=web --format '{{.Status}}' | paste -sd' ' >told
    grep -qw remove told && break; sleep 0.2
done
cat told
for word in create init start kill died remove; do grep -qw \$word told; done
journalctl --user -o cat CORACLE_EVENT=died CORACLE_NAME=web | grep -q died
SCRIPT
# The system's own systemd makes root's scopes.
check root_with_the_system_bus --root <<SCRIPT
$tiny
coracle run -d --name web --network none -m 64m --pids-limit 50 tiny sleep 1000
test "\$(coracle inspect web --format '{{.HostConfig.CgroupManager}}')" = systemd
group=\$(coracle inspect web --format '{{.State.CgroupPath}}')
case \$group in /machine.slice/coracle-*.scope/container) ;; *) false ;; esac
systemctl is-active "\$(basename "\$(dirname \$group)")"
test "\$(coracle exec web cat /sys/fs/cgroup/memory.max)" = 67108864
coracle pause web
grep -qx 'frozen 1' /sys/fs/cgroup\$group/cgroup.events
coracle unpause web
coracle rm -f -t 0 web
SCRIPT
# Where a login session's group is not ours there is no dividing it, and no going back to it.
check refused_groups --in session <<SCRIPT
$tiny
for option in split no-conmon; do
    code=0; coracle run --rm --network none --cgroups \$option tiny true 2>err || code=\$?
    test \$code = 125
    test "\$(wc -l <err)" = 1
    grep -- "--cgroups \$option: the caller's control group .* is not delegated" err
done
code=0; coracle run --rm --network none --cgroup-parent /system.slice tiny true 2>err || code=\$?
test \$code = 125
grep -- '--cgroup-parent "/system.slice": is not delegated to us' err
unset DBUS_SESSION_BUS_ADDRESS
export XDG_RUNTIME_DIR=/nowhere
code=0; coracle --cgroup-manager cgroupfs run --rm --network none --cgroup-parent user-x.slice tiny true 2>err || code=\$?
test \$code = 125
grep -- '--cgroup-parent' err
SCRIPT
# Debian with systemd as its first process: the guest's own programs; also with a root inside that is not alice.
for ids in '' keep-id auto; do
    check systemd_inside${ids:+_$ids} <<SCRIPT
PATH=/opt/coracle:\$PATH
cd /var/tmp
without=(usr/share usr/libexec usr/src usr/lib/{modules,python3,firmware,gcc} 'usr/lib/x86_64-linux-gnu/perl*' etc/ssl etc/fstab 'etc/systemd/system/*')
without+=(usr/bin/{podman,runc,crun,conmon} usr/lib/podman)
tar -C / --owner=0 --group=0 "\${without[@]/#/--exclude=}" -cf layer.tar usr bin sbin lib lib64 etc 2>/dev/null || true
tar -C / --owner=0 --group=0 -rf layer.tar usr/share/dbus-1
layer=\$(sha256sum layer.tar | cut -d' ' -f1)
printf '{"architecture":"amd64","os":"linux","config":{"Cmd":["/sbin/init"],"Env":["PATH=/usr/sbin:/usr/bin:/sbin:/bin"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \$layer >config.json
printf '[{"Config":"config.json","RepoTags":["localhost/debian:latest"],"Layers":["layer.tar"]}]' >manifest.json
tar -cf debian.tar manifest.json config.json layer.tar
coracle load -q -i debian.tar
coracle --storage-opt coracle.userns_copy=true run -d --name boot --network none ${ids:+--userns $ids --user 0} localhost/debian
state=
for i in \$(seq 300); do
    state=\$(coracle exec boot systemctl is-system-running) || true
    case \$state in running | degraded) break ;; esac
    sleep 1
done
coracle exec boot systemctl --failed --no-pager
test "\$state" = running
coracle exec boot cat /proc/self/cgroup
coracle stop -t 60 boot
test "\$(coracle inspect boot --format '{{.State.ExitCode}}')" = 0
coracle start boot
coracle kill boot
coracle wait boot
coracle rm boot
# A group that is the container's root's, made as files.
coracle --cgroup-manager cgroupfs --storage-opt coracle.userns_copy=true run -d --name boot --network none --systemd always \
    ${ids:+--userns $ids --user 0} localhost/debian sleep 1000
coracle exec boot sh -c 'cd /sys/fs/cgroup && mkdir leaf && echo 1 >leaf/cgroup.procs && cat /proc/1/cgroup' | grep -qx 0::/leaf
coracle exec boot true
coracle rm -f -t 0 boot
test -z "\$(find /sys/fs/cgroup -name 'coracle-????????????????*')"
SCRIPT
done
