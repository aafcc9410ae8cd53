//! Additional image stores: read only, by many users, whoever made them.
//!
//! The other user of these tests is another id of the same user's range, in a namespace.

mod support;

use std::path::{Path, PathBuf};
use std::time::Duration;

use support::registry::Access;
use support::world::set_mode;
use support::{Done, Registry, World, images};

#[path = "support/mktar.rs"]
mod mktar;

const OPTION: &str = "--storage-opt";

/// Everything in a store: what it is, how it is named, and when it was changed.
fn listing(world: &World, store: &Path) -> String {
    // What was made a moment ago is still being seen on the disk, by a process of its own.
    support::wait_until("the store is settled", Duration::from_secs(60), || {
        let left = std::fs::read_dir(store.join("tmp")).expect("tmp");
        let mut names = left.flatten().map(|entry| entry.file_name());
        !names.any(|name| name.to_string_lossy().starts_with("new-"))
    });
    let store = store.to_str().expect("UTF-8").to_owned();
    let line = r#"find "$0" -path "*/u0*" -prune -o -path "*/tmp*" -prune -o -printf "%P %y %m %U %T@ %C@\n""#;
    world.ok(["unshare", "sh", "-c", line, &store])
}

/// A world that looks for images in this store too.
fn beside(store: &Path) -> World {
    let mut world = World::new();
    let option = format!("overlay.imagestore={}", store.display());
    world.set_env("STORAGE_OPTS", option);
    world
}

fn run(world: &World, image: &str, line: &str) -> Done {
    world.coracle(["run", "--rm", "--network", "none", image, "sh", "-c", line])
}

#[test]
fn images_of_an_additional_store_are_used_without_a_copy() {
    if !images::have_tiny() {
        return;
    }
    let maker = World::with_image("tiny");
    let before = listing(&maker, &maker.store());
    let world = beside(&maker.store());
    let list = |filter: &str| {
        let format = "{{.Repository}}:{{.Tag}} {{.ReadOnly}}";
        world.ok(["images", "--format", format, "--filter", filter])
    };
    assert_eq!(list("readonly=true"), "localhost/tiny:latest true");
    assert_eq!(list("readonly=false"), "");
    let id = maker.ok(["image", "inspect", "--format", "{{.Id}}", "tiny"]);
    let seen = world.ok(["image", "inspect", "--format", "{{.Id}}", "tiny"]);
    assert_eq!(seen, id);
    let done = run(&world, "tiny", "echo hello >/new && cat /new").expect_code(0);
    assert_eq!(done.text(), "hello");
    let archive = world.path("saved.tar");
    let archive = archive.to_str().expect("UTF-8");
    world.ok(["save", "-q", "-o", archive, "tiny"]);
    let third = World::new();
    third.ok(["load", "-q", "-i", archive]);
    assert_eq!(
        third.ok(["image", "inspect", "--format", "{{.Id}}", "tiny"]),
        id
    );
    let layers = std::fs::read_dir(world.store().join("layers")).expect("layers");
    assert_eq!(layers.count(), 0, "nothing was copied");
    let sizes = world.ok(["system", "df", "--format", "{{.Type}} {{.Total}} {{.Size}}"]);
    assert!(sizes.starts_with("Images 0 0B"), "{sizes}");
    world.ok(["create", "--name", "box", "--network", "none", "tiny"]);
    world.ok(["commit", "-q", "box", "made"]);
    assert_eq!(
        run(&world, "made", "echo fine").expect_code(0).text(),
        "fine"
    );
    world.ok(["rm", "box"]);
    world.expect_nothing_unfinished();
    assert_eq!(listing(&maker, &maker.store()), before);
}

#[test]
fn an_image_of_an_additional_store_is_not_removed() {
    if !images::have_tiny() {
        return;
    }
    let maker = World::with_image("tiny");
    let world = beside(&maker.store());
    let id = maker.ok(["image", "inspect", "--format", "{{.Id}}", "tiny"]);
    let refusal = format!(
        "cannot remove read-only image \"{id}\": it is in the additional image store {}",
        maker.store().display()
    );
    world.coracle(["rmi", "tiny"]).expect_refusal(&refusal);
    world.coracle(["rmi", "-f", &id]).expect_refusal(&refusal);
    world
        .coracle(["untag", "tiny"])
        .expect_refusal("cannot take a name from read-only image");
    world.ok(["rmi", "--all"]);
    // A name of our own makes a record of our own; the layers stay where they are.
    world.ok(["tag", "tiny", "mine"]);
    let format = "{{.Repository}} {{.ReadOnly}}";
    let names = world.ok(["images", "--format", format]);
    assert_eq!(names, "localhost/mine false\nlocalhost/tiny true");
    assert_eq!(
        run(&world, "mine", "echo fine").expect_code(0).text(),
        "fine"
    );
    world.ok(["rmi", "mine"]);
    let names = world.ok(["images", "--format", format]);
    assert_eq!(names, "localhost/tiny true");
    maker.ok(["image", "exists", "tiny"]);
}

#[test]
fn a_pull_takes_the_layers_that_are_there() {
    if !images::have_tiny() {
        return;
    }
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    if !registry.push_image("tiny", "tiny:1") {
        return;
    }
    let name = registry.reference("tiny:1");
    let maker = World::new();
    maker.ok(["pull", "-q", "--tls-verify=false", &name]);
    registry.forget_requests();
    let world = beside(&maker.store());
    let policy = "--policy=always";
    world.ok(["pull", "-q", "--tls-verify=false", policy, &name]);
    assert_eq!(registry.blob_downloads(), []);
    let format = "{{.Repository}} {{.ReadOnly}}";
    let both = world.ok(["images", "--format", format]);
    let repository = registry.reference("tiny");
    assert_eq!(both, format!("{repository} false\n{repository} true"));
    assert_eq!(
        run(&world, &name, "echo fine").expect_code(0).text(),
        "fine"
    );
    // What is pushed is read there too, and nothing is noted there.
    let before = listing(&maker, &maker.store());
    let copy = registry.reference("copy:1");
    world.ok(["push", "-q", "--tls-verify=false", &name, &copy]);
    assert_eq!(listing(&maker, &maker.store()), before);
}

#[test]
fn a_store_that_cannot_be_used_is_refused_with_the_reason() {
    if !images::have_tiny() {
        return;
    }
    let maker = World::with_image("tiny");
    let world = beside(&maker.store());
    world.ok(["create", "--name", "box", "--network", "none", "tiny"]);
    let version = maker.store().join("version");
    let kept = std::fs::read(&version).expect("the version");
    let refused = |part: &str| {
        let begin = format!("the additional image store {}: ", maker.store().display());
        let whole = format!("{begin}{part}");
        world.coracle(["images"]).expect_refusal(&whole);
        run(&world, "tiny", "true").expect_refusal(&whole);
        world.coracle(["start", "box"]).expect_refusal(&whole);
    };
    std::fs::write(&version, "coracle store 99\n").expect("ours");
    refused("it has format 99, written by a newer version of coracle");
    std::fs::write(&version, "hello\n").expect("ours");
    refused("it is not a store of coracle");
    std::fs::remove_file(&version).expect("ours");
    refused("it is not a store of coracle");
    let away = maker.path("away");
    std::fs::rename(maker.store(), &away).expect("ours");
    refused("no such file or directory");
    let done = world.coracle(["images"]);
    assert!(done.stderr.contains("hint: mount it again"), "{done}");
    // What needs no image goes on.
    assert!(
        world
            .ok(["ps", "-a", "--format", "{{.Names}}"])
            .contains("box")
    );
    std::fs::rename(&away, maker.store()).expect("ours");
    std::fs::write(&version, kept).expect("ours");
    world.ok(["start", "box"]);
    world.ok(["rm", "-f", "-t0", "box"]);
    let relative = world.coracle([OPTION, "additionalimagestore=x", "images"]);
    relative.expect_refusal("is not an absolute path");
}

#[test]
fn storage_conf_names_the_stores_and_info_shows_them() {
    if !images::have_tiny() {
        return;
    }
    let maker = World::with_image("tiny");
    let mut world = World::new();
    let conf = format!(
        "[storage]\ndriver = \"overlay\"\n[storage.options]\nadditionalimagestores = [ \"{}\" ]\n",
        maker.store().display()
    );
    let conf = world.write("storage.conf", conf);
    world.set_env("CONTAINERS_STORAGE_CONF", conf);
    assert_eq!(
        run(&world, "tiny", "echo fine").expect_code(0).text(),
        "fine"
    );
    let format = "{{index .Store.GraphOptions \"overlay.additionalImageStores\"}} \
                  {{index .Store.GraphOptions \"overlay.imagestore\"}}";
    let path = maker.store();
    let path = path.display();
    assert_eq!(
        world.ok(["info", "--format", format]),
        format!("[{path}] {path}")
    );
}

/// Whether a store for several users can be used here.
fn can_serve() -> bool {
    if !images::have_tiny()
        || !support::have(&["fuse-overlayfs", "setpriv"])
        || !support::have_subordinate_ids()
    {
        return false;
    }
    let device = std::fs::File::options()
        .read(true)
        .write(true)
        .open("/dev/fuse");
    if device.is_err() {
        support::skip("/dev/fuse is closed to this user");
    }
    device.is_ok()
}

/// A store for several users with `localhost/owned`: files of several owners over tiny.
fn shared() -> (World, PathBuf) {
    let mut maker = World::new();
    maker.set_env("STORAGE_OPTS", "overlay.force_mask=shared");
    let dir = |name| mktar::header(b'5', name).mode(0o755);
    let file = |name| mktar::header(b'0', name).mode(0o644);
    let layer = mktar::Tar::new()
        .with(&dir("own/").owner(7, 8).mode(0o2750), b"")
        .with(&file("own/secret").owner(1000, 1001).mode(0o600), b"secret")
        .with(&file("own/setuid").owner(0, 5).mode(0o4755), b"program")
        .with(&file("implied/deep/file").owner(3, 4), b"deep")
        .symlink("own/link", "secret")
        .end();
    let config = r#"{"Cmd":["sh"],"Env":["PATH=/bin:/usr/bin"],"Volumes":{"/own":{}}}"#;
    let archive = images::docker_archive(
        "localhost/owned:latest",
        config,
        &[images::tiny_layer(), layer],
    );
    let archive = maker.write("owned.tar", archive);
    maker.ok(["load", "-q", "-i", archive.to_str().expect("UTF-8")]);
    let store = maker.store();
    listing(&maker, &store); // settled
    // The way there must be open; the test's own folder is closed to others.
    (maker, store)
}

const FUSE: &str = "fuse.fuse-overlayfs";
const NO_VOLUME: [&str; 5] = ["run", "--rm", "--network", "none", "--image-volume=ignore"];
const ROOT: &str = "awk '$5 == \"/\" { print $8 }' /proc/self/mountinfo";
const STAT: &str =
    "stat -c '%a %u %g %n' / /own /own/secret /own/setuid /implied/deep /implied/deep/file";
const OWNERS: &str = "555 0 0 /\n2750 7 8 /own\n600 1000 1001 /own/secret\n4755 0 5 /own/setuid\n\
                      755 0 0 /implied/deep\n644 3 4 /implied/deep/file";

#[test]
fn a_store_for_several_users_has_nothing_closed_and_nothing_set_id() {
    if !can_serve() {
        return;
    }
    let (maker, store) = shared();
    let find = |line: &str| {
        let line = format!("cd {}; {line}", store.display());
        maker.ok(["unshare", "sh", "-c", &line])
    };
    let open = "find version force_mask blobs images layers ! -type l ! -perm -444 -print";
    assert_eq!(find(open), "");
    assert_eq!(find("find . -perm /7000 -print"), "");
    assert_eq!(find("find layers blobs images ! -user 0 -print"), "");
    for closed in ["containers", "tmp", "volumes"] {
        let line = format!("stat -c %a {closed}");
        assert_eq!(find(&line), "700", "{closed}");
    }
    // What it was made with it stays.
    let mut other = World::with_image("tiny");
    other.set_env("STORAGE_OPTS", "overlay.force_mask=shared");
    let refusal = "was made without force_mask, and stays so";
    other.coracle(["images"]).expect_refusal(refusal);
    other.set_env("STORAGE_OPTS", "overlay.force_mask=0700");
    other
        .coracle(["images"])
        .expect_refusal("only \"shared\" is known");
    other.unset_env("STORAGE_OPTS");
}

#[test]
fn owners_and_modes_of_a_store_for_several_users_are_the_images() {
    if !can_serve() {
        return;
    }
    let (_maker, store) = shared();
    let world = beside(&store);
    let line = format!("{ROOT}; {STAT}; readlink /own/link; find /own /implied -xdev | wc -l");
    let run = |world: &World| {
        let words = [&NO_VOLUME[..], &["owned", "sh", "-c", &line]].concat();
        let said = world.ok(words);
        let (kind, rest) = said.split_once('\n').expect("two lines");
        assert_eq!(rest, format!("{OWNERS}\nsecret\n7"), "{kind}");
        kind.to_owned()
    };
    // By the kernel where it takes data from elsewhere (6.16), by fuse-overlayfs anywhere.
    let kind = run(&world);
    let native = kind == "overlay";
    assert!(native || kind == FUSE, "{kind}");
    let trees = || std::fs::read_dir(world.store().join("shifted")).map_or(0, Iterator::count);
    assert_eq!(trees(), usize::from(native));
    assert_eq!(run(&world), kind);
    assert_eq!(trees(), usize::from(native), "it is made once");
    let mut served = beside(&store);
    let program = support::find_program("fuse-overlayfs").expect("just seen");
    let options = format!(
        "imagestore={},mount_program={}",
        store.display(),
        program.display()
    );
    served.set_env("STORAGE_OPTS", options);
    assert_eq!(run(&served), FUSE);
    // A volume is filled with the owners the image has.
    let said = world.ok([
        "run",
        "--rm",
        "--network",
        "none",
        "owned",
        "sh",
        "-c",
        STAT,
    ]);
    assert_eq!(said, OWNERS);
    // Other owners for a container.
    let said = world.ok([
        "run",
        "--rm",
        "--network",
        "none",
        "--image-volume=ignore",
        "--userns=keep-id:uid=7,gid=8",
        "owned",
        "sh",
        "-c",
        "id -u; stat -c '%u %g' /own; ls /own | wc -l",
    ]);
    assert_eq!(said, "7\n7 8\n3");
    // What a container changes is like any other's.
    world.ok([
        "run", "--name", "box", "--network", "none", "--image-volume=ignore", "owned", "sh", "-c",
        "chown 9:9 /own/secret; chmod 4711 /own/secret; rm /own/setuid; echo more >>/implied/deep/file",
    ]);
    let changes = world.ok(["diff", "box"]);
    for change in ["C /own/secret", "D /own/setuid", "C /implied/deep/file"] {
        assert!(changes.contains(change), "{changes}");
    }
    world.ok(["commit", "-q", "box", "made"]);
    // Before 1.14 fuse-overlayfs forgets the owner of a directory that is written to.
    if native {
        let words = [&NO_VOLUME[..], &["made", "stat", "-c", "%a %u %g", "/own"]].concat();
        assert_eq!(world.ok(words), "2750 7 8");
    }
    let line = "stat -c '%a %u %g' /own/secret /implied/deep/file; cat /own/secret; ls /own";
    let said = world.ok([
        "run",
        "--rm",
        "--network",
        "none",
        "--image-volume=ignore",
        "made",
        "sh",
        "-c",
        line,
    ]);
    assert_eq!(said, "4711 9 9\n644 3 4\nsecretlink\nsecret");
    let tar = world.path("layers.tar");
    let tar = tar.to_str().expect("UTF-8");
    world.ok(["save", "-q", "-o", tar, "made"]);
    let bytes = std::fs::read(tar).expect("the archive");
    let mark = b"override_stat";
    assert!(!bytes.windows(mark.len()).any(|part| part == mark));
    world.ok(["rm", "box"]);
    world.ok(["rmi", "made"]);
    // Round trip: the layers are written as they came.
    world.ok([
        "save",
        "-q",
        "-o",
        world.path("o.tar").to_str().expect("UTF-8"),
        "owned",
    ]);
    let third = World::new();
    third.ok([
        "load",
        "-q",
        "-i",
        world.path("o.tar").to_str().expect("UTF-8"),
    ]);
    let id = |world: &World| world.ok(["image", "inspect", "--format", "{{.Id}}", "owned"]);
    assert_eq!(id(&third), id(&world));
}

/// The maker's folder is closed to others: the store is moved to a place that is not.
fn open_place(store: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from("/var/tmp/coracle-shared-");
    name.push(format!("{}", std::process::id()));
    let place = PathBuf::from(name);
    std::fs::create_dir(&place).expect("a directory of our own");
    set_mode(&place, 0o755);
    let moved = place.join("store");
    let mut copy = std::process::Command::new("cp");
    copy.args(["-a", "--"]).arg(store).arg(&moved);
    assert!(copy.status().expect("cp").success());
    place
}

#[test]
fn another_user_runs_images_of_a_store_for_several_users() {
    if !can_serve() {
        return;
    }
    let (maker, store) = shared();
    let place = open_place(&store);
    let binary = place.join("coracle");
    std::fs::copy(support::binary(), &binary).expect("the program");
    set_mode(&binary, 0o755);
    let line = format!(
        "mkdir {0}/home && chown 5:5 {0}/home && exec setpriv --reuid 5 --regid 5 --clear-groups \
         env -i PATH=$PATH HOME={0}/home sh -c '{0}/coracle --storage-opt additionalimagestore={0}/store \
         run --rm --network none --image-volume=ignore owned sh -c \"{1}; cat /own/secret; echo new >/own/new; ls /own\"; \
         echo code $?; {0}/coracle unshare rm -rf {0}/home/.local {0}/home/.config'; rm -rf {0}/home",
        place.display(),
        STAT.replace('\'', "\\\""),
    );
    set_mode(&place, 0o777);
    let done = maker.coracle(["unshare", "sh", "-c", &line]);
    let _ = std::fs::remove_dir_all(&place);
    // One id is all that this user has: everything is root's, as in his own store.
    for line in [
        "600 0 0 /own/secret",
        "4755 0 0 /own/setuid",
        "code 0",
        "secretlink",
        "new",
    ] {
        assert!(done.stdout.contains(line), "{done}");
    }
}
