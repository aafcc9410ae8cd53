# What people write with docker: a data container, a server beside it, a snapshot, and away with
# all of it. $ENGINE is the one thing that changes; what is printed is the same with each.
set -u
e=$ENGINE
echo "# a container for data"
$e run --name data -v /data tiny true
$e run --rm --volumes-from data tiny sh -c 'echo kept >/data/file'
echo "# one that uses it"
$e run -d --name web --hostname web --volumes-from data -e GREETING=hello tiny \
    sh -c 'echo up; echo to stderr >&2; while :; do sleep 1; done' >/dev/null
$e exec web cat /data/file
$e exec web sh -c 'echo $GREETING from $(hostname); echo changed >/etc/changed'
$e exec web sh -c 'exit 7' || echo "exec said $?"
echo tail | $e exec -i web cat
$e inspect --format '{{.State.Running}} {{.State.ExitCode}} {{.Config.Hostname}} {{.Name}}' web
$e inspect --format '{{range .Mounts}}{{.Type}} {{.Destination}} {{.RW}}{{end}}' web data
$e inspect --format '{{json .Config.Cmd}} {{index .Config.Env 0 | len | lt 0}}' web
$e ps --format '{{.Names}} {{.Image}}'
$e ps -a --format '{{.Names}}' | sort
$e ps -q --no-trunc --filter name=web | wc -c
$e logs web 2>&1 | sort
$e port web
echo "# a snapshot"
$e commit -q web snapshot >/dev/null
$e run --rm snapshot cat /etc/changed
$e run --rm snapshot sh -c 'ls /data | wc -l'
$e export web | tar -tf - | grep -x etc/changed
$e export web | tar -tf - | grep -c data/file
$e diff web | grep changed
echo "# errors"
$e rm web >/dev/null 2>&1 || echo "rm of a running one said $?"
$e rm nosuch >/dev/null 2>&1 || echo "rm of nobody said $?"
$e run --rm tiny /no/such >/dev/null 2>&1 || echo "run said $?"
$e run --rm tiny sh -c 'exit 3' || echo "run said $?"
$e start nosuch >/dev/null 2>&1 || echo "start said $?"
echo "# away"
$e kill -s USR1 nosuch >/dev/null 2>&1 || echo "kill said $?"
$e restart -t 0 web
$e rename web server
$e stop -t 0 $($e ps -aq) | wc -l
$e inspect --format '{{.State.Status}} {{.State.ExitCode}}' server data
$e wait server
$e rm $($e ps -aq) | wc -l
$e rmi snapshot >/dev/null && echo removed
$e ps -aq | wc -l
