//! Which ids are mapped, by whom, and what happens when that goes wrong (S-113).

use std::fs;

use coracle::userns::{base, machine};

use crate::world::World;

pub const TESTS: &[(&str, fn())] = &[
    (
        "all_subordinate_ids_are_mapped",
        all_subordinate_ids_are_mapped,
    ),
    (
        "s_113_without_newuidmap_there_is_one_id_and_a_reason",
        without_newuidmap,
    ),
    (
        "s_113_a_refusing_newuidmap_leaves_one_id_with_its_words",
        a_refusing_newuidmap,
    ),
    (
        "s_113_a_full_store_does_not_step_down_when_newuidmap_refuses",
        no_silent_step_down,
    ),
    (
        "s_113_a_killed_partial_or_hanging_newuidmap_is_an_error",
        a_broken_newuidmap,
    ),
    ("s_113_bad_lines_of_subuid_are_refused_by_number", bad_lines),
    ("s_113_no_ranges_leave_one_id", no_ranges),
    (
        "s_113_a_range_with_somebody_in_it_is_refused",
        somebodys_range,
    ),
    (
        "s_113_a_command_killed_between_the_maps_leaves_no_half",
        killed_between_the_maps,
    ),
    ("under_no_new_privs_there_is_one_id", under_no_new_privs),
    ("root_of_a_namespace_shares_out_what_is_there", nested),
    ("a_namespace_of_one_id_has_one_id", nested_single),
    ("a_limit_of_no_namespaces_is_named", limit),
];

fn all_subordinate_ids_are_mapped() {
    let world = World::new();
    let base = base(&world.store()).expect("a base");
    assert!(!base.single, "{:?}", base.why_single);
    let (uid, gid) = coracle::sys::process::effective_ids();
    assert_eq!(base.owner(), (uid, gid));
    assert_eq!(base.ids.uid[0].to_string(), format!("0 {uid} 1"));
    assert_eq!(base.ids.gid[0].to_string(), format!("0 {gid} 1"));
    assert!(base.ids.outside_uid(1000).is_some());
    let child = base.ids.child_extents();
    assert_eq!(child.uid.len(), base.ids.uid.len());
    let mode = |path| {
        use std::os::unix::fs::PermissionsExt;
        fs::metadata(path).expect("there").permissions().mode() & 0o777
    };
    assert_eq!(mode(world.record_path()), 0o600);
    assert_eq!(
        mode(world.store().join("u0").join(machine::machine_id())),
        0o700
    );
    drop(base);
    // A keeper is our own child here: only wait for its end.
}

fn without_newuidmap() {
    let world = World::new().with("PATH", "/nowhere");
    let first = world.hold();
    let line = world.hold().listen().to_owned(); // who finds it hears the reason as well
    drop(first);
    assert!(line.contains("single=true uids=1"), "{line}");
    assert!(
        line.contains("newuidmap or newgidmap is not installed"),
        "{line}"
    );
}

fn a_refusing_newuidmap() {
    let world = World::new().with_tool("newuidmap", "echo no ids for you >&2; exit 1");
    // The other tool must not map anything either, else it would be half done.
    let world = world.with_tool("newgidmap", "exit 1");
    let line = world.hold().listen().to_owned();
    assert!(line.contains("single=true"), "{line}");
    assert!(line.contains("newuidmap: no ids for you"), "{line}");
}

fn no_silent_step_down() {
    let world = World::new();
    drop(world.hold());
    let keeper = world.keeper().expect("a record");
    crate::world::wait_until_gone(keeper);
    let world = world
        .with_tool("newuidmap", "echo later >&2; exit 1")
        .with_tool("newgidmap", "exit 1");
    let line = world.hold().listen().to_owned();
    assert!(
        line.starts_with("error=") && line.contains("newuidmap failed with code 1: later"),
        "{line}"
    );
}

fn a_broken_newuidmap() {
    for (script, expected) in [
        ("kill -9 $$", "newuidmap failed by signal 9"),
        ("exit 0", "the user namespace maps \"\" instead of"),
        (
            "exec /usr/bin/newuidmap $1 0 $3 1",
            "the user namespace maps \"0 ",
        ),
        (
            "/usr/bin/newuidmap $1 0 $3 1; exit 3",
            "newuidmap failed with code 3",
        ),
        ("exec sleep 60", "newuidmap did not end within 10 s"),
    ] {
        let world = World::new().with_tool("newuidmap", script);
        let line = world.hold().listen().to_owned();
        assert!(
            line.starts_with("error=") && line.contains(expected),
            "{script}: {line}"
        );
    }
}

fn bad_lines() {
    let (uid, gid) = coracle::sys::process::effective_ids();
    for (text, expected) in [
        (format!("{uid}:0:65536\n"), "line 1"),
        (format!("x:1:1\n{uid}:{uid}:10\n"), "line 2"),
        (
            format!("{uid}:100000:65536\n{uid}:165535:2\n"),
            "overlaps line 1",
        ),
        (
            format!("{uid}:4294967290:65536\n"),
            "goes beyond the largest id",
        ),
        (format!("{uid}:ten:1\n"), "holds a number that is none"),
    ] {
        let world = World::new();
        let etc = world.folder.join("etc");
        fs::create_dir(&etc).expect("etc");
        fs::write(etc.join("subuid"), &text).expect("subuid");
        fs::write(etc.join("subgid"), format!("{gid}:100000:65536\n")).expect("subgid");
        let world = world.with("CORACLE_TEST_ETC", etc);
        let line = world.hold().listen().to_owned();
        assert!(
            line.starts_with("error=") && line.contains(expected),
            "{text}: {line}"
        );
        assert!(line.contains("subuid line"), "{line}");
    }
}

/// Root of a container would be that person, or that group, outside.
fn somebodys_range() {
    let (uid, gid) = coracle::sys::process::effective_ids();
    for (file, people, id) in [("subuid", "passwd", uid), ("subgid", "group", gid)] {
        let world = World::new();
        let etc = world.folder.join("etc");
        fs::create_dir(&etc).expect("etc");
        for name in ["subuid", "subgid"] {
            fs::write(etc.join(name), format!("{uid}:200000:65536\n")).expect("ranges");
        }
        let line = format!("mallory:x:200007:{id}::/:/bin/sh\n");
        fs::write(etc.join(people), line).expect("people");
        let world = world.with("CORACLE_TEST_ETC", etc);
        let line = world.hold().listen().to_owned();
        assert!(line.starts_with("error="), "{file}: {line}");
        assert!(
            line.contains("contains 200007, which belongs to somebody"),
            "{file}: {line}"
        );
        assert!(line.contains(&format!("{file} line 1")), "{line}");
    }
}

/// One map is written when the command dies: the namespace goes with it, the next makes its own.
fn killed_between_the_maps() {
    for (first, second) in [("newuidmap", "newgidmap"), ("newgidmap", "newuidmap")] {
        let wait = format!(
            "while ! [ -e \"$(dirname $0)/done\" ]; do sleep 0.01; done; kill -9 $PPID; exec /usr/bin/{second} \"$@\""
        );
        let map = format!("/usr/bin/{first} \"$@\" && : >\"$(dirname $0)/done\"");
        let world = World::new().with_tool(first, &map).with_tool(second, &wait);
        let line = world.hold().listen().to_owned();
        assert_eq!(line, "", "killed before it could say anything");
        let keeper = world.keeper();
        let next = World {
            folder: world.folder.clone(),
            env: Vec::new(),
            wrapper: Vec::new(),
        };
        let line = next.hold().listen().to_owned();
        assert!(line.contains("single=false"), "{line}");
        assert_ne!(next.keeper(), keeper);
        drop(world);
    }
}

fn no_ranges() {
    let world = World::new();
    let etc = world.folder.join("etc");
    fs::create_dir(&etc).expect("etc");
    let world = world.with("CORACLE_TEST_ETC", etc);
    let line = world.hold().listen().to_owned();
    assert!(line.contains("single=true"), "{line}");
    assert!(
        line.contains("has no usable range in /etc/subuid"),
        "{line}"
    );
}

fn under_no_new_privs() {
    let world = World::new().within(&["setpriv", "--no-new-privs"]);
    let line = world.hold().listen().to_owned();
    assert!(line.contains("single=true"), "{line}");
    assert!(
        line.contains("newuidmap cannot work under no_new_privs"),
        "{line}"
    );
}

/// As in an unprivileged container that has some ids: we are its root, and not its containers'.
fn nested() {
    let world = World::new().within(&["unshare", "--map-auto", "--map-root-user"]);
    let line = world.hold().listen().to_owned();
    assert!(line.contains("single=false"), "{line}");
    let count = line.split(' ').find_map(|word| word.strip_prefix("uids="));
    let count: u32 = count.expect("a count").parse().expect("a number");
    assert!((65535..70000).contains(&count), "{line}");
}

fn nested_single() {
    let world = World::new().within(&["unshare", "--map-root-user"]);
    let line = world.hold().listen().to_owned();
    assert!(line.contains("single=true uids=1"), "{line}");
    assert!(line.contains("this user namespace has no others"), "{line}");
}

/// The limit is one of each user namespace, so it can be tried out in one: namespaces(7).
fn limit() {
    let script = "echo 0 >/proc/sys/user/max_user_namespaces && exec \"$0\" \"$@\"";
    let world = World::new().within(&["unshare", "--map-root-user", "sh", "-c", script]);
    let line = world.hold().listen().to_owned();
    assert!(
        line.starts_with("error=") && line.contains("limit user.max_user_namespaces"),
        "{line}"
    );
    assert!(line.contains("sysctl user.max_user_namespaces="), "{line}");
}
