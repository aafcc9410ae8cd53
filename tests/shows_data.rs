//! What volumes and bind mounts are for: a database that outlives its container, a project
//! directory that a build tool writes into.

mod support;

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use support::{World, images};

/// A tree with Debian's PostgreSQL, as `tests/prepare-postgres` makes it.
fn postgres() -> Option<PathBuf> {
    let cache = std::env::var_os("CORACLE_TEST_CACHE")
        .map_or_else(|| "/var/cache/coracle-tests".into(), PathBuf::from);
    let tree = cache.join("postgres/tree.tar");
    if tree.exists() {
        return Some(tree);
    }
    support::skip("the PostgreSQL tree was not prepared: run tests/prepare-postgres as root");
    None
}

const SERVE: &str = "export PATH=$(echo /usr/lib/postgresql/*/bin):$PATH; cd /tmp; \
                     [ -e /data/PG_VERSION ] || initdb -N -D /data >/tmp/initdb 2>&1 || cat /tmp/initdb; \
                     exec postgres -D /data -k /tmp -c listen_addresses= -c fsync=off -c jit=off";

/// Starts a server on a volume and waits until it answers.
fn serve(world: &World, name: &str, mount: &str) {
    let name_word = format!("--name={name}");
    world.ok([
        "run",
        "-d",
        &name_word,
        "--network=none",
        "--user=postgres",
        mount,
        "postgres",
        "sh",
        "-c",
        SERVE,
    ]);
    let end = Instant::now() + Duration::from_secs(300);
    while world
        .coracle(["exec", name, "psql", "-h", "/tmp", "-c", "select 1"])
        .code
        != 0
    {
        assert!(Instant::now() < end, "{}", world.coracle(["logs", name]));
        std::thread::sleep(Duration::from_millis(200));
    }
}

fn sql(world: &World, name: &str, text: &str) -> String {
    world.ok(["exec", name, "psql", "-h", "/tmp", "-At", "-c", text])
}

#[test]
fn a_database_outlives_its_container() {
    let Some(tree) = postgres() else { return };
    let world = World::new();
    world.ok(["import", "-q", &tree.display().to_string(), "postgres"]);
    serve(&world, "one", "-v=data:/data");
    sql(&world, "one", "create table t (n int)");
    sql(
        &world,
        "one",
        "insert into t select generate_series(1, 1000)",
    );
    let commit = ["commit", "-q", "one", "copy"];
    world.ok(commit);
    world.ok(["stop", "one"]);
    world.ok(["rm", "one"]);
    // Another container, the same data.
    serve(&world, "two", "-v=data:/data");
    assert_eq!(sql(&world, "two", "select sum(n) from t"), "500500");
    world.ok(["stop", "two"]);
    // Another volume, the same data.
    world.ok(["volume", "create", "other"]);
    let archive = world.path("data.tar").display().to_string();
    world.ok(["volume", "export", "-o", &archive, "data"]);
    world.ok(["volume", "import", "other", &archive]);
    serve(&world, "three", "-v=other:/data");
    assert_eq!(sql(&world, "three", "select count(*) from t"), "1000");
    world.ok(["stop", "three"]);
    // A container that has the data and never runs; two that share it, one after the other.
    world.ok([
        "create",
        "--name=holder",
        "-v=data:/data",
        "postgres",
        "true",
    ]);
    serve(&world, "four", "--volumes-from=holder");
    sql(&world, "four", "insert into t values (1)");
    world.ok(["stop", "four"]);
    serve(&world, "five", "--volumes-from=holder");
    assert_eq!(sql(&world, "five", "select count(*) from t"), "1001");
    // Of the volume nothing is in the image.
    let look = "ls -A /data 2>/dev/null | wc -l";
    assert_eq!(
        world.ok(["run", "--rm", "--network=none", "copy", "sh", "-c", look]),
        "0"
    );
    world.ok(["rm", "-fa", "-t0"]);
    world.ok(["volume", "rm", "-a"]);
}

const BUILD: &str = "cd /src && mkdir -p out/deep && for i in 1 2 3; do echo $i > out/deep/$i.o; done \
                     && cat out/deep/*.o > out/all && chmod 755 out/all && ln -s all out/link \
                     && mv out/deep/1.o out/first && id -u";

/// Everything below a directory that is not the caller's.
fn others(folder: &Path) -> Vec<PathBuf> {
    let own = rustix::process::getuid().as_raw();
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("ours to read").flatten() {
            let facts = entry.path().symlink_metadata().expect("it");
            if facts.uid() != own {
                found.push(entry.path());
            }
            if facts.is_dir() {
                folders.push(entry.path());
            }
        }
    }
    found
}

#[test]
fn what_a_build_tool_makes_is_the_callers() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    for (options, uid) in [
        (&[][..], "0"),
        (&["--userns=keep-id:uid=1000,gid=1000"], "1000"),
        (
            &["--userns=keep-id:uid=1000,gid=1000", "--user=1000:1000"],
            "1000",
        ),
    ] {
        let project = world.path("project");
        world.write("project/source", "text");
        let mount = format!("-v={}:/src", project.display());
        let mut words = vec!["run", "--rm", "--network=none", &mount];
        words.extend(options);
        words.extend(["tiny", "sh", "-c", BUILD]);
        let done = world.coracle(words);
        if done.code != 0 && done.stderr.contains("fuse") {
            support::skip("a map of its own needs Linux 6.16, or fuse-overlayfs and /dev/fuse");
            return;
        }
        assert_eq!((done.code, done.text()), (0, uid), "{options:?}: {done}");
        assert_eq!(others(&project), Vec::<PathBuf>::new(), "{options:?}");
        std::fs::remove_dir_all(project).expect("no help is needed");
    }
}

#[test]
fn a_failure_for_the_id_map_names_the_mapping() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    let project = world.path("project");
    world.write("project/source", "text");
    support::world::set_mode(&project, 0o755);
    let mount = format!("-v={}:/src", project.display());
    let line = "echo x > /src/new";
    let run = |options: &[&str]| {
        let mut words = vec!["run", "--rm", "--network=none", &mount];
        words.extend(options);
        words.extend(["tiny", "sh", "-c", line]);
        world.coracle(words)
    };
    let done = run(&["--user=1000:1000"]);
    assert_eq!(done.code, 1, "{done}");
    let hint = "hint: /src is yours, and user 1000 of the container is somebody else on the host: \
                --userns=keep-id:uid=1000,gid=1000 lets it write there";
    assert!(done.stderr.contains(hint), "{done}");
    // What succeeds, or fails for something else, gets no advice.
    let done = world.coracle(["run", "--rm", "--network=none", &mount, "tiny", "false"]);
    assert!(!done.stderr.contains("hint"), "{done}");
    let idmap = format!("{mount}:idmap");
    let done = world.coracle(["run", "--rm", &idmap, "tiny", "true"]);
    done.expect_refusal("--userns=keep-id");
}
