//! The file tree of a pulled image is what other implementations make of the same layers.

mod support;

use std::collections::BTreeMap;

use support::registry::Access;
use support::{Registry, World, images, world};

/// Prints one line per file: everything a layer can say of it. Runs inside, as root of the namespace it is in.
const LIST: &str = r#"
import hashlib, os, stat, sys
top = sys.argv[1].rstrip("/")
skipped = {"/proc", "/sys", "/dev", "/run", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf"}
# Directories that get entries when a container is started: bind targets.
touched = {"/", "/etc", "/proc", "/sys", "/dev", "/run"}
inodes = {}
def describe(path, name):
    s = os.lstat(path)
    line = "%06o %d:%d" % (s.st_mode, s.st_uid, s.st_gid)
    if not (stat.S_ISDIR(s.st_mode) and name in touched):
        line += " mtime %d" % s.st_mtime_ns
    if stat.S_ISREG(s.st_mode):
        line += " size %d links %d %s" % (s.st_size, s.st_nlink, hashlib.sha256(open(path, "rb").read()).hexdigest())
        if s.st_nlink > 1:
            line += " with " + inodes.setdefault((s.st_dev, s.st_ino), name)
    elif stat.S_ISLNK(s.st_mode):
        line += " -> " + os.readlink(path)
    for attribute in sorted(os.listxattr(path, follow_symlinks=False)):
        if not attribute.startswith(("user.overlay.", "trusted.", "security.selinux")):
            line += " %s=%s" % (attribute, os.getxattr(path, attribute, follow_symlinks=False).hex())
    print(repr(name) + "\t" + line)
def walk(path, name):
    describe(path or "/", name or "/")
    for entry in sorted(os.listdir(path or "/")):
        inner, called = path + "/" + entry, name + "/" + entry
        if called in skipped:
            continue
        if stat.S_ISDIR(os.lstat(inner).st_mode):
            walk(inner, called)
        else:
            describe(inner, called)
walk(top, "")
"#;

fn lines(text: &str) -> BTreeMap<&str, &str> {
    text.lines()
        .filter_map(|line| line.split_once('\t'))
        .collect()
}

/// Each lists a tree as root of a user namespace with the subordinate ids. $1 is the image, $2 the lister.
const UMOCI: &str = "umoci unpack --image \"$1\" bundle >/dev/null && python3 \"$2\" bundle/rootfs";
const PODMAN: &str = "python3 \"$2\" \"$(podman image mount \"$1\")\"";

#[test]
fn the_tree_is_what_umoci_unpacks_and_podman_mounts() {
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    let needed = ["umoci", "podman", "python3", "unshare"];
    if !support::have(&needed) || !support::have_subordinate_ids() {
        return;
    }
    let Some(layout) = images::debian("debian") else {
        return;
    };
    registry.push(&layout, "debian:12");
    let world = World::new();
    let image = registry.reference("debian:12");
    world.ok(["pull", "-q", "--tls-verify=false", &image]);
    let ours = world.coracle_fed(["run", "--rm", "-i", &image, "python3", "-", "/"], LIST);
    let ours = ours.expect_code(0).stdout;
    // The parts that a careless unpacker loses are really in there.
    let tree = lines(&ours);
    assert!(tree.len() > 3000, "only {} files", tree.len());
    let file = tree["'/srv/harbour/horn'"];
    assert!(file.contains("security.capability="), "{file}");
    let file = tree["'/srv/harbour/again.html'"];
    let kept = file.contains("user.depth=") && file.contains("links 2");
    assert!(kept, "{file}");

    let list = world.write("list.py", LIST);
    let list = list.to_str().expect("our own path");
    let mut umoci = world.other("unshare");
    umoci.args(["--user", "--map-root-user", "--map-auto", "--", "sh", "-c"]);
    umoci.args([UMOCI, "sh", layout.trim_start_matches("oci:"), list]);
    same("umoci", &ours, &world::finish(umoci).expect_code(0).stdout);

    let mut pull = world.other("podman");
    pull.args(["pull", "-q", "--tls-verify=false", &image]);
    world::finish(pull).expect_code(0);
    let mut podman = world.other("podman");
    podman.args(["unshare", "sh", "-c", PODMAN, "sh", &image, list]);
    let theirs = world::finish(podman);
    let mut reset = world.other("podman");
    reset.args(["system", "reset", "--force"]);
    world::finish(reset).expect_code(0);
    // Podman 4 makes a whiteout after it has set the times of the directory around it.
    let emptied = "'/var/lib/dpkg/triggers'\t";
    let without = |text: &str| -> String {
        let kept = text.lines().filter(|line| !line.starts_with(emptied));
        kept.fold(String::new(), |all, line| all + line + "\n")
    };
    let theirs = theirs.expect_code(0).stdout;
    same("podman", &without(&ours), &without(&theirs));
}

/// Panics with the first lines that differ.
///
/// /etc/mtab is made at a start, where the image has none.
fn same(who: &str, ours: &str, theirs: &str) {
    let (mut ours, mut theirs) = (lines(ours), lines(theirs));
    ours.remove("'/etc/mtab'");
    theirs.remove("'/etc/mtab'");
    let mut differences = Vec::new();
    for name in ours.keys().chain(theirs.keys()) {
        let pair = (ours.get(name), theirs.get(name));
        if pair.0 != pair.1 {
            differences.push(format!(
                "{name}\n  coracle {:?}\n  {who} {:?}",
                pair.0, pair.1
            ));
        }
    }
    differences.sort();
    differences.dedup();
    let shown = differences.len().min(20);
    assert!(
        differences.is_empty(),
        "{} differences:\n{}",
        differences.len(),
        differences[..shown].join("\n")
    );
}
