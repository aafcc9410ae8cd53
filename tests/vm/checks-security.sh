# Read by checks.sh: rows of the security catalogue that need a control group or a journal of one's own.

# Control groups are seen from inside and never written, the host's least of all (S-60).
attempts='cd /sys/fs/cgroup || exit 0
mkdir made 2>/dev/null && echo won mkdir
for file in $(busybox find . -name cgroup.procs -o -name cgroup.freeze -o -name memory.high); do
    { echo 0 >"$file"; } 2>/dev/null && echo "won $file"
done
echo tried'
for where in user session; do
    check s_60_cgroup_view_in_$where --in $where <<SCRIPT
$tiny
cat >attempts <<'ATTEMPTS'
$attempts
ATTEMPTS
coracle run -d --name own -m 64m tiny sleep 1000
test "\$(coracle exec own cat /proc/self/cgroup)" = 0::/
for options in '--network none' '--network none --cgroupns host' '--cap-add all --network host' \
    '--cap-add all --network host --cgroupns host'; do
    test "\$(coracle run --rm -i \$options tiny sh <attempts)" = tried
done
test "\$(coracle exec -i --privileged own sh <attempts)" = tried
coracle rm -f -t 0 -a
SCRIPT
done
# What a container shares in memory is gone with it, and filling it hurts nobody beside (S-80).
check s_80_shared_memory --in session <<SCRIPT
$tiny
shared() { sed -n 's/^Shmem: *\([0-9]*\) kB/\1/p' /proc/meminfo; }
before=\$(shared)
coracle run -d --name filler --network none --shm-size 200m tiny \
    sh -c 'busybox dd if=/dev/zero of=/dev/shm/x bs=1M; echo full; exec sleep 1000'
for i in \$(seq 300); do coracle logs filler 2>&1 | grep -q full && break; sleep 0.2; done
test \$(shared) -gt \$((before + 150000))
kill -0 \$(coracle inspect filler --format '{{.State.ConmonPid}}')
# Counted as the container's own where that has a limit.
code=0; coracle run --rm --network none -m 32m --shm-size 200m tiny \
    busybox dd if=/dev/zero of=/dev/shm/x bs=1M || code=\$?
test \$code = 137
coracle rm -f -t 0 -a
for i in \$(seq 300); do test \$(shared) -lt \$((before + 20000)) && break; sleep 0.2; done
test \$(shared) -lt \$((before + 20000))
SCRIPT
# Bytes that are no text come back from the journal, too (S-82).
check s_82_journal <<SCRIPT
$tiny
{ head -c 60000 /dev/urandom; seq 2000; head -c 9000 /dev/zero; } >sent
coracle run -i --name noted --network none --log-driver journald tiny cat <sent >got
cmp sent got
for i in \$(seq 300); do coracle logs noted >logged; cmp -s sent logged && break; sleep 0.5; done
cmp sent logged
coracle rm noted
SCRIPT
