//! Rows S-17, S-19 and S-21 of the security catalogue: layers of very many entries, names of any
//! bytes, and how little the process that unpacks a layer can do.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

#[path = "support/evilreg.rs"]
mod evilreg;
#[path = "support/mktar.rs"]
mod mktar;
mod support;

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::Path;
use std::time::Duration;

use mktar::{Layer, Tar, gzip, header, image};
use support::images;
use support::{Canary, Done, World, world};

const NAME: &str = "localhost/many:1";

/// Loads an archive from a file of this world.
fn load(world: &World, layers: Vec<Layer>) -> Done {
    let file = world.write("image.tar", image(NAME, &layers));
    world.coracle([
        OsStr::new("load"),
        "-q".as_ref(),
        "-i".as_ref(),
        file.as_ref(),
    ])
}

/// What was left behind is collected by the next command that changes something.
#[track_caller]
fn nothing_unfinished(world: &World) {
    load(world, vec![Tar::new().file("x", "x").end().into()]).expect_code(0);
    world.ok(["rmi", NAME]);
    support::wait_until("no garbage", Duration::from_secs(60), || {
        world.unfinished().is_empty()
    });
}

/// A layer of twenty million empty files in a few megabytes.
fn bomb() -> Layer {
    let some = (0..50_000).fold(Tar::new(), |tar, n| tar.file(&format!("d/{}", n % 7), ""));
    let some = gzip(&some.0);
    Layer {
        blob: some.repeat(400),
        tar: b"nobody gets to its end".to_vec(),
    }
}

#[test]
fn s_17_entries_without_end_are_refused() {
    let mut world = World::new();
    world.set_env("STORAGE_OPTS", "coracle.layer_entries=20000");
    let canary = Canary::new(&world.path(""));
    let done = load(&world, vec![bomb()]);
    done.expect_refusal("more than 20000 entries");
    canary.check();
    nothing_unfinished(&world);
    assert_eq!(world.ok(["images", "-a", "-q"]), "");
    // What stays below is fine, in one directory too.
    world.set_env("STORAGE_OPTS", "coracle.layer_entries=20001");
    let tar = (0..20_000).fold(Tar::new().dir("d"), |tar, n| {
        tar.file(&format!("d/{n}"), "")
    });
    load(&world, vec![tar.end().into()]).expect_code(0);
    world.ok(["rmi", NAME]);
    nothing_unfinished(&world);
}

#[test]
fn s_17_an_interrupt_ends_it_in_the_middle() {
    let world = World::new();
    let file = world.write("image.tar", image(NAME, &[bomb()]));
    let running = world.start([OsStr::new("load"), "-i".as_ref(), file.as_ref()]);
    support::wait_until("it unpacks", Duration::from_secs(60), || {
        files_below(&world.store().join("tmp")) > 3
    });
    running.signal(rustix::process::Signal::INT);
    let done = running.wait(Duration::from_secs(90));
    assert_ne!(done.code, 0, "{done}");
    assert!(!done.stderr.contains("panicked"), "{done}");
    nothing_unfinished(&world);
    assert_eq!(world.ok(["images", "-a", "-q"]), "");
}

/// How many things are below a directory that others change meanwhile.
fn files_below(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| 1 + files_below(&entry.path())).sum()
}

#[test]
fn s_17_a_file_system_without_inodes_is_a_full_one() {
    let world = World::new();
    let many = (0..900).fold(Tar::new(), |tar, n| tar.file(&format!("{n}"), ""));
    let many = world.write("many.tar", image(NAME, &[many.end().into()]));
    let few = Tar::new().file("one", "1").end();
    let few = world.write("few.tar", image("localhost/few:1", &[few.into()]));
    // The file system lives as long as this shell's namespaces.
    let script = r#"
        mount -t tmpfs -o size=256m,nr_inodes=400 tmpfs "$1" || exit 99
        "$2" --root "$1/store" load -q -i "$3"; echo "code $?"
        for i in $(seq 100); do [ -z "$(ls "$1/store/tmp/trash")" ] && break; sleep 0.1; done
        "$2" --root "$1/store" load -q -i "$4"; echo "few $?"
        "$2" --root "$1/store" images --format '{{.Repository}}'
        "$2" --root "$1/store" rmi -f localhost/few:1 >/dev/null; echo "rmi $?""#;
    let folder = world.path("small");
    std::fs::create_dir(&folder).expect("a directory");
    let mut command = world.other("unshare");
    command.args(["--user", "--map-root-user", "--mount", "--", "sh", "-c"]);
    command.args([script, "sh"]);
    command.args([&folder, &support::binary(), &many, &few]);
    let done = world::finish(command);
    if done.code == 99 {
        support::skip("no tmpfs can be mounted in a user namespace");
        return;
    }
    assert!(done.stdout.starts_with("code 125\n"), "{done}");
    assert!(done.stderr.contains("no space left"), "{done}");
    assert!(
        done.stdout.contains("few 0\nlocalhost/few\nrmi 0\n"),
        "{done}"
    );
    assert!(!done.stderr.contains("panicked"), "{done}");
}

/// Names of every byte, alone and between others, and what looks like options and escapes.
fn strange_names() -> BTreeSet<Vec<u8>> {
    let bytes = (1..=255u8).filter(|byte| *byte != b'/');
    let mut names: BTreeSet<Vec<u8>> = bytes.clone().map(|byte| vec![b'n', byte, b'm']).collect();
    names.extend(bytes.filter(|byte| *byte != b'.').map(|byte| vec![byte]));
    for name in [
        &b"-rf"[..],
        b"--help",
        b"\x1b]0;mine\x07",
        b"\\x0a",
        b"\\u{202e}",
        b"\\\\x0a\n\\",
        b"a\nA forged",
        b"\xff\xfe\xc3",
        b"\xc2\x9b31m",
        b"gr\xc3\xbc\xc3\x9fe",
        b"...",
        b" ",
    ] {
        names.insert(name.to_vec());
    }
    names
}

fn names_in(folder: &Path) -> BTreeSet<Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let names = entries.map(|entry| entry.expect("an entry").file_name().into_vec());
    names.collect()
}

/// Undoes what the manual page of `diff` says of names.
fn told(shown: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = shown;
    while let Some(c) = rest.chars().next() {
        if let Some(hex) = rest.strip_prefix("\\x") {
            out.push(u8::from_str_radix(&hex[..2], 16).expect("two digits"));
            rest = &hex[2..];
        } else if let Some(hex) = rest.strip_prefix("\\u{") {
            let (hex, after) = hex.split_once('}').expect("an end");
            let c = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32);
            out.extend(c.expect("a character").to_string().bytes());
            rest = after;
        } else {
            out.extend(c.to_string().bytes());
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// The paths below `/d/`, without it.
fn below<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeSet<Vec<u8>> {
    let names = paths.filter_map(|path| told(path).strip_prefix(b"/d/").map(<[u8]>::to_vec));
    names.collect()
}

#[test]
fn s_19_names_are_any_bytes_and_stay_so() {
    let names = strange_names();
    let world = World::new();
    let tar = names.iter().fold(Tar::new().dir("d"), |tar, name| {
        let mut entry = header(b'0', "");
        entry.name = [b"d/", &name[..]].concat();
        tar.with(&entry, name)
    });
    let tar = tar.end();
    let below_it = Tar::new().file("x", "x").end();
    load(&world, vec![below_it.clone().into(), tar.clone().into()]).expect_code(0);

    // What is printed can be read by people and told by programs.
    let done = world.coracle(["image", "diff", NAME]);
    assert_eq!(done.code, 0, "{done}");
    assert!(
        done.raw.iter().all(|byte| *byte >= b' ' || *byte == b'\n'),
        "{done}"
    );
    let lines = done
        .stdout
        .lines()
        .filter_map(|line| line.strip_prefix("A "));
    assert_eq!(below(lines), names);
    let json = world.ok(["image", "diff", "--format", "json", NAME]);
    assert!(
        !json.bytes().any(|byte| byte < b' ' && byte != b'\n'),
        "{json}"
    );
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let added = json["added"].as_array().expect("a list");
    assert_eq!(below(added.iter().filter_map(|path| path.as_str())), names);

    // Out of a container and in again.
    world.ok(["create", "--name=c", NAME]);
    let out = world.path("out");
    world.ok([OsStr::new("cp"), "c:/d".as_ref(), out.as_ref()]);
    assert_eq!(names_in(&out), names);
    for name in &names {
        let content = std::fs::read(out.join(OsStr::from_bytes(name))).expect("copied");
        assert_eq!(&content, name);
    }
    world.ok([OsStr::new("cp"), out.as_ref(), "c:/e".as_ref()]);
    let archive = world.path("tree.tar");
    world.ok([
        OsStr::new("export"),
        "-o".as_ref(),
        archive.as_ref(),
        "c".as_ref(),
    ]);
    for place in ["d/", "e/"] {
        assert_eq!(
            names_in_archive(&archive, place.as_bytes()),
            names,
            "{place}"
        );
    }

    // Saved, it is the same layer, and the next store has the same tree.
    let saved = world.path("saved.tar");
    world.ok([
        OsStr::new("save"),
        "-q".as_ref(),
        "-o".as_ref(),
        saved.as_ref(),
        NAME.as_ref(),
    ]);
    let bytes = std::fs::read(&saved).expect("saved");
    for layer in [&below_it, &tar] {
        assert!(bytes.windows(layer.len()).any(|part| part == &layer[..]));
    }
    let other = World::new();
    other.ok([
        OsStr::new("load"),
        "-q".as_ref(),
        "-i".as_ref(),
        saved.as_ref(),
    ]);
    let layers = std::fs::read_dir(other.store().join("layers")).expect("layers");
    let found = layers
        .map(|layer| layer.expect("a layer").path().join("diff/d"))
        .find(|folder| folder.exists());
    assert_eq!(names_in(&found.expect("loaded")), names);
}

fn names_in_archive(archive: &Path, place: &[u8]) -> BTreeSet<Vec<u8>> {
    let mut archive = tar::Archive::new(std::fs::File::open(archive).expect("written"));
    let entries = archive.entries().expect("an archive");
    let names = entries.filter_map(|entry| {
        let path = entry.expect("an entry").path_bytes().into_owned();
        let name = path.strip_prefix(place)?.to_vec();
        (!name.is_empty()).then_some(name)
    });
    names.collect()
}

#[test]
fn s_19_errors_show_names_as_text() {
    let world = World::new();
    load(&world, vec![Tar::new().file("x", "x").end().into()]).expect_code(0);
    world.ok(["create", "--name=c", NAME]);
    for name in strange_names() {
        let path = OsString::from_vec([b"c:/none/", &name[..]].concat());
        if name.contains(&b'\\') || std::str::from_utf8(&name).is_ok_and(|n| n.trim() == n) {
            continue; // as many as there are, but one of each kind is enough here
        }
        shown_as_text(&world.coracle([OsStr::new("cp"), &path, world.path("o").as_ref()]));
    }
    for name in [
        &b"\x1b[2J"[..],
        b"a\nError: forged",
        b"\xc2\x9b",
        b"tab\there",
    ] {
        let path = OsString::from_vec([b"c:/none/", name].concat());
        shown_as_text(&world.coracle([OsStr::new("cp"), &path, world.path("o").as_ref()]));
        let mut entry = header(b'0', "");
        entry.name = [b"../", name].concat();
        shown_as_text(&load(
            &world,
            vec![Tar::new().with(&entry, b"").end().into()],
        ));
    }
}

#[track_caller]
fn shown_as_text(done: &Done) {
    assert_ne!(done.code, 0, "{done}");
    let raw = |c: char| c.is_control() && c != '\n';
    assert!(!done.stderr.contains(raw), "{done}");
    let errors = done
        .stderr
        .lines()
        .filter(|line| line.starts_with("Error: "));
    assert_eq!(errors.count(), 1, "{done}");
}

/// The pid of the process that unpacks something of this world.
fn worker_of(world: &World) -> Option<String> {
    let pids = std::fs::read_dir("/proc").expect("procfs").flatten();
    let mut pids = pids.filter_map(|entry| entry.file_name().into_string().ok());
    let parent = |pid: &str| status(pid, "PPid");
    pids.find(|pid| {
        let words = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        let above = parent(pid).unwrap_or_default();
        let env = std::fs::read(format!("/proc/{above}/environ")).unwrap_or_default();
        let ours = world
            .store()
            .parent()
            .expect("the data directory")
            .to_owned();
        words.starts_with(b"coracle:extract\0")
            && env.split(|byte| *byte == 0).any(|entry| {
                entry.strip_prefix(b"XDG_DATA_HOME=") == Some(ours.as_os_str().as_bytes())
            })
    })
}

fn status(pid: &str, key: &str) -> Option<String> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let value = text
        .lines()
        .find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))?;
    Some(value.trim().to_owned())
}

/// What the process itself cannot reach is asked of it in `userns::s_21_…`.
#[test]
fn s_21_who_unpacks_a_layer_is_locked_in() {
    let image = evilreg::Image::new(1);
    let layer = image.layers[0].clone();
    let registry = evilreg::EvilRegistry::http(move |seen| {
        let mut reply = image.answer(seen);
        if reply.body == layer {
            reply.stall = Some(Duration::from_secs(100));
        }
        reply
    });
    let world = World::new();
    let name = format!("{}/x:1", registry.host());
    let pull = world.start(["pull", "-q", "--tls-verify=false", &name]);
    let mut worker = String::new();
    support::wait_until("it unpacks", Duration::from_secs(60), || {
        // Its filter is the last thing that it takes on.
        worker = worker_of(&world).unwrap_or_default();
        status(&worker, "Seccomp").as_deref() == Some("2")
    });
    let is = |key: &str| status(&worker, key).unwrap_or_else(|| panic!("{worker}: no {key}"));
    assert_eq!(
        (is("NoNewPrivs").as_str(), is("Threads").as_str()),
        ("1", "1")
    );
    // chown, dac_override, fowner, fsetid, mknod, setfcap and the like; nothing of the network,
    // of processes, of mounts.
    let capabilities = u64::from_str_radix(&is("CapEff"), 16).expect("hexadecimal");
    for (name, bit) in [
        ("kill", 5),
        ("net_admin", 12),
        ("sys_ptrace", 19),
        ("sys_admin", 21),
    ] {
        assert_eq!(capabilities >> bit & 1, 0, "{name}");
    }
    assert_eq!(is("CapEff"), is("CapPrm"));
    assert_eq!(is("CapInh"), "0000000000000000");
    let limits = std::fs::read_to_string(format!("/proc/{worker}/limits")).expect("limits");
    for (limit, most) in [
        ("Max core file size", 0),
        ("Max address space", 4 << 30),
        ("Max open files", 1024),
        ("Max locked memory", 0),
        ("Max msgqueue size", 0),
    ] {
        let line = limits
            .lines()
            .find(|line| line.starts_with(limit))
            .expect(limit);
        let soft = line[limit.len()..].split_whitespace().next();
        let soft: u64 = soft.expect("a value").parse().expect("a number");
        assert!(soft <= most, "{line}");
    }
    // Nobody of the same user gets at it either.
    for file in ["mem", "environ", "fd", "root"] {
        assert!(
            std::fs::File::open(format!("/proc/{worker}/{file}")).is_err(),
            "{file}"
        );
    }
    pull.kill();
    support::wait_until("it died too", Duration::from_secs(30), || {
        status(&worker, "PPid").is_none()
    });
    nothing_unfinished(&world);
}
