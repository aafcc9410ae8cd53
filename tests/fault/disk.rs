//! A store on a file system that is full: every failure names it, what is there stays whole,
//! and things can still be removed (S-107).
//!
//! The file system is a tmpfs in a user and mount namespace of its own, where the user has the
//! ids he has outside.

use crate::support::{self, Registry, World, apart, images, registry::Access, world::finish};

/// What is done there; each line of `run` tells a code and what was said.
const SCRIPT: &str = r#"
mount -t tmpfs -o size=96m,mode=700 none "$disk" || exit 77
mkdir -m 700 "$disk/run" "$disk/data"
export XDG_RUNTIME_DIR=$disk/run XDG_DATA_HOME=$disk/data TMPDIR=$outside
store=$disk/data/coracle
c=$CORACLE_BIN
run() {
    what=$1; shift
    "$@" </dev/null >"$outside/said" 2>&1
    echo "$what: $? $(tr '\n' ' ' <"$outside/said")"
}
fill() { dd if=/dev/zero of="$1" bs=64k; dd if=/dev/zero of="$1.rest" bs=1k; } 2>/dev/null
run load-before $c load -q -i tiny.tar
run ended-before $c run --name ended --network none tiny sh -c 'exit 3'
run kept-before $c run -d --name kept --network none tiny sleep 1000
fill "$disk/filler"
run load $c load -q -i deep.tar
run load-stdin sh -c "$c load -q <deep.tar"
[ -z "$registry" ] || run pull $c pull -q --tls-verify=false "$registry"
run run $c run --rm --name one --network none tiny true
run create $c create --name one --network none tiny true
run volume $c run --rm --name one --network none -v /etc tiny true
run tag $c tag tiny localhost/new
run hello $c run --rm --network none hello
run ps sh -c "$c ps -a --format '{{.Names}} {{.State}} {{.ExitCode}}' | sort"
run images $c images --format '{{.Repository}}'
run exec $c exec kept true
run stop $c stop -t 0 kept
run rm $c rm kept ended
run rmi $c rmi tiny
run ps-after $c ps -a -q
run images-after $c images -q
rm "$disk"/filler*
run load-again $c load -q -i tiny.tar
for _ in $(seq 100); do [ -z "$(ls "$store/tmp/trash")" ] && break; sleep 0.1; done
fill "$store/tmp/trash/somebodys"
run load-with-trash $c load -q -i deep.tar
run run-with-trash $c run --rm --network none localhost/deep true
fill "$store/tmp/trash/somebodys"
run create-with-trash $c create --name two --network none tiny true
kept=$($c run -d --name three --network none tiny sleep 1000)
fill "$disk/filler"
kill -9 $($c inspect --format '{{.State.ConmonPid}}' three)
sleep 0.3
run ps-killed sh -c "$c ps -a --format '{{.Names}} {{.State}}' | sort"
run rm-killed $c rm -f -t 0 two three
"#;

#[test]
fn s_107_a_full_disk() {
    if !images::have_tiny() || !support::have_subordinate_ids() || !support::have(&["unshare"]) {
        return;
    }
    let world = World::new();
    let disk = world.path("disk");
    std::fs::create_dir(&disk).expect("ours");
    world.write("tiny.tar", images::tiny());
    let deep = world.write("deep.tar", images::deep(2));
    let registry = Registry::start(Access::Http);
    let mut command = apart::mounting(&world, SCRIPT);
    command
        .env("disk", &disk)
        .env("outside", world.path(""))
        .env("CORACLE_BIN", support::binary())
        .env("registry", "");
    if let Some(registry) = &registry {
        registry.push(&format!("docker-archive:{}", deep.display()), "full");
        command.env("registry", registry.reference("full"));
    }
    let done = finish(command);
    if done.code == 77 {
        return support::skip("no tmpfs can be mounted in a user namespace");
    }
    let said = |what: &str| {
        let start = format!("{what}: ");
        let line = done
            .stdout
            .lines()
            .find_map(|line| line.strip_prefix(&start));
        line.unwrap_or_else(|| panic!("no {what} in {done}"))
            .to_owned()
    };
    let full = format!("the file system at {} is full", disk.display());
    let mut failing = vec![
        "load",
        "load-stdin",
        "run",
        "create",
        "volume",
        "tag",
        "hello",
    ];
    failing.extend(registry.is_some().then_some("pull"));
    for what in failing {
        let line = said(what);
        assert!(line.starts_with("125 Error: "), "{what}: {line}");
        assert!(line.contains(&full), "{what}: {line}");
        assert_eq!(line.matches("Error: ").count(), 1, "{what}: {line}");
    }
    assert_eq!(said("ps").trim(), "0 ended exited 3 kept running 0");
    assert_eq!(said("images").trim(), "0 localhost/tiny");
    let working = [
        "load-before",
        "kept-before",
        "exec",
        "stop",
        "rm",
        "rmi",
        "ps-after",
        "images-after",
        "load-again",
        "load-with-trash",
        "run-with-trash",
        "create-with-trash",
        "rm-killed",
    ];
    for what in working {
        assert!(
            said(what).starts_with("0 "),
            "{what}: {} in {done}",
            said(what)
        );
    }
    for what in ["ps-after", "images-after"] {
        assert_eq!(said(what).trim(), "0", "{what}");
    }
    assert_eq!(said("ps-killed").trim(), "0 three exited two created");
}
