//! Hostile layers, through `load` of the real binary: the rows S-01 to S-16 of the catalogue.
//!
//! Refused means: exit code 125, one line that names the rule, nothing left in the store, and a
//! canary outside that nobody touched. Contained means: loaded, and everything below the layer.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

#[path = "support/mktar.rs"]
mod mktar;
mod support;

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use mktar::{Header, Layer, Tar, gzip, header, image, record, zstd};
use support::images;
use support::{Canary, Done, World, wait_until};

/// A world with a canary beside its store.
struct Trial {
    world: World,
    canary: Canary,
}

impl Trial {
    fn new() -> Self {
        let world = World::new();
        let canary = Canary::new(&world.path(""));
        Self { world, canary }
    }

    fn canary_path(&self) -> String {
        self.canary
            .path()
            .to_str()
            .expect("our own path")
            .to_owned()
    }

    fn load(&self, layers: Vec<Layer>) -> Done {
        let file = self
            .world
            .write("image.tar", image("localhost/evil:1", &layers));
        let done = self.world.coracle([
            OsStr::new("load"),
            "-q".as_ref(),
            "-i".as_ref(),
            file.as_ref(),
        ]);
        self.canary.check();
        done
    }

    /// Loads one layer, which must be refused with these words.
    #[track_caller]
    fn refused(&self, what: &str, layer: impl Into<Layer>, words: &str) {
        let done = self.load(vec![layer.into()]);
        assert_eq!(done.code, 125, "{what}: {done}");
        let errors: Vec<&str> = done
            .stderr
            .lines()
            .filter(|line| line.starts_with("Error: "))
            .collect();
        assert_eq!(errors.len(), 1, "{what}: {done}");
        assert!(errors[0].contains(words), "{what}: {done}");
        assert!(
            !errors[0].contains(|c: char| c.is_control()),
            "{what}: {done}"
        );
        self.nothing_is_left(what);
    }

    #[track_caller]
    fn nothing_is_left(&self, what: &str) {
        for folder in ["layers", "images/names"] {
            let found: Vec<_> = list(&self.world.store().join(folder));
            assert!(found.is_empty(), "{what}: {folder}: {found:?}");
        }
        let images = list(&self.world.store().join("images"));
        assert_eq!(images, ["names"], "{what}");
        wait_until("the trash is emptied", Duration::from_secs(20), || {
            self.world.unfinished().is_empty()
        });
    }

    /// Loads layers, which must succeed; returns their trees, lowest first.
    #[track_caller]
    fn loaded(&self, what: &str, tars: Vec<Vec<u8>>) -> Vec<PathBuf> {
        let chains = chain_ids(&tars);
        let done = self.load(tars.into_iter().map(Layer::from).collect());
        assert_eq!(done.code, 0, "{what}: {done}");
        let diff = |chain| self.world.store().join("layers").join(chain).join("diff");
        chains.into_iter().map(diff).collect()
    }

    #[track_caller]
    fn one(&self, what: &str, tar: Vec<u8>) -> PathBuf {
        self.loaded(what, vec![tar]).remove(0)
    }
}

fn list(path: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(path)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// image-spec config.md, "Layer ChainID".
fn chain_ids(tars: &[Vec<u8>]) -> Vec<String> {
    let mut chains: Vec<String> = Vec::new();
    for tar in tars {
        let diff = images::sha256(tar);
        chains.push(match chains.last() {
            None => diff,
            Some(below) => images::sha256(format!("sha256:{below} sha256:{diff}").as_bytes()),
        });
    }
    chains
}

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.as_ref().display()))
}

fn is_whiteout(path: &Path) -> bool {
    std::fs::symlink_metadata(path)
        .is_ok_and(|meta| meta.file_type().is_char_device() && meta.rdev() == 0)
}

fn is_opaque(path: &Path) -> bool {
    let mut value = [0; 8];
    let length = rustix::fs::lgetxattr(path, "user.overlay.opaque", &mut value[..]);
    length.is_ok_and(|length| &value[..length] == b"y")
}

#[test]
fn s_01_names_that_leave_the_root() {
    let trial = Trial::new();
    for name in [
        "../canary/x",
        "/../../x",
        "a/../../x",
        "a/..",
        "./..",
        &("../".repeat(32) + "x"),
    ] {
        trial.refused(
            name,
            Tar::new().file(name, "x").end(),
            "path escapes the image root",
        );
    }
    let long = "../".repeat(300) + "x";
    trial.refused(
        "300 times up",
        Tar::new().long(b'L', &long).file("n", "x").end(),
        "escapes",
    );
    let diff = trial.one(
        "slashes",
        Tar::new().file("//x", "1").file("/./y/./z", "2").end(),
    );
    assert_eq!(
        (read(diff.join("x")), read(diff.join("y/z"))),
        ("1".into(), "2".into())
    );
}

#[test]
fn s_02_links_of_the_same_layer_are_followed_inside_only() {
    let trial = Trial::new();
    let canary = trial.canary_path();
    let inner = &canary[1..];
    for target in [
        canary.as_str(),
        &format!("../../../../../../../../..{canary}"),
    ] {
        let tar = Tar::new()
            .symlink("esc", target)
            .file("esc/f", "f")
            .dir("esc/d")
            .header(&header(b'6', "esc/p"))
            .hardlink("esc/h", "esc/f")
            .file("esc/.wh.file", "");
        let diff = trial.one(target, tar.end());
        assert_eq!(read(diff.join(inner).join("f")), "f");
        assert_eq!(read(diff.join(inner).join("h")), "f");
        assert!(diff.join(inner).join("d").is_dir());
        assert!(is_whiteout(&diff.join(inner).join("file")));
        trial.world.ok(["rmi", "-f", "localhost/evil:1"]);
    }
    let honest = Tar::new()
        .dir("usr")
        .dir("usr/lib")
        .symlink("lib", "usr/lib")
        .file("lib/f", "x");
    let diff = trial.one(
        "usrmerge",
        honest.symlink("dot", ".").file("dot/g", "y").end(),
    );
    assert_eq!(read(diff.join("usr/lib/f")), "x");
    assert_eq!(read(diff.join("g")), "y");
}

#[test]
fn s_02_chains_and_loops_of_links() {
    let trial = Trial::new();
    let chain = |count: usize| {
        let mut tar = Tar::new().dir("l0");
        for n in 1..=count {
            tar = tar.symlink(&format!("l{n}"), &format!("l{}", n - 1));
        }
        tar.file(&format!("l{count}/f"), "x").end()
    };
    trial.refused("41 links", chain(41), "too many symbolic links");
    let diff = trial.one("40 links", chain(40));
    assert_eq!(read(diff.join("l0/f")), "x");
    trial.world.ok(["rmi", "localhost/evil:1"]);
    let ring = Tar::new()
        .symlink("a", "b")
        .symlink("b", "a")
        .file("a/f", "x");
    trial.refused("a ring", ring.end(), "too many symbolic links");
    let doubling = (0..20).fold(Tar::new().dir("d0"), |tar, n| {
        tar.symlink(&format!("d{}", n + 1), &format!("d{n}/../d{n}"))
    });
    trial.refused(
        "doubling",
        doubling.file("d20/f", "x").end(),
        "too many symbolic links",
    );
    let magic = Tar::new().symlink("m", "/proc/self/cwd").file("m/f", "x");
    let diff = trial.one("magic link", magic.end());
    assert_eq!(read(diff.join("proc/self/cwd/f")), "x");
}

#[test]
fn s_03_links_of_a_lower_layer_are_not_followed() {
    let trial = Trial::new();
    let canary = trial.canary_path();
    let lower = Tar::new().symlink("d", &canary).end();
    let upper = Tar::new()
        .file("d/f", "f")
        .file("d/.wh.file", "")
        .hardlink("d/h", "d/f")
        .file("d/.wh..wh..opq", "");
    let diffs = trial.loaded("two layers", vec![lower, upper.end()]);
    assert!(diffs[0].join("d").is_symlink());
    assert!(diffs[1].join("d").is_dir() && !diffs[1].join("d").is_symlink());
    assert_eq!(read(diffs[1].join("d/h")), "f");
    assert!(is_whiteout(&diffs[1].join("d/file")) && is_opaque(&diffs[1].join("d")));
}

#[test]
fn s_04_hard_links_stay_in_the_layer() {
    let trial = Trial::new();
    let canary = trial.canary_path();
    trial.world.write("victim", "here");
    let link = |target: &str| Tar::new().dir("d").symlink("s", "d").hardlink("h", target);
    for (target, words) in [
        ("victim", "is not in this layer"),
        ("../canary/file", "escapes"),
        (&format!("{canary}/file"), "is not in this layer"),
        ("s/file", "is not in this layer"),
        ("d", "is no file of this layer"),
        ("h", "is not in this layer"),
        ("/", "is the image root"),
    ] {
        trial.refused(target, link(target).end(), words);
    }
    let itself = Tar::new().file("h", "x").hardlink("h", "h");
    trial.refused("itself", itself.end(), "is no file of this layer");
    let through = Tar::new().symlink("s", &canary).hardlink("h", "s/file");
    trial.refused("through a link", through.end(), "is not in this layer");
    let later = Tar::new().hardlink("h", "f").file("f", "x");
    trial.refused("a later entry", later.end(), "is not in this layer");
    let marked = Tar::new().file(".wh.a", "").hardlink("h", "a");
    trial.refused("a whiteout", marked.end(), "is no file of this layer");
    let diff = trial.one(
        "honest",
        Tar::new()
            .file("f", "x")
            .symlink("l", "f")
            .hardlink("h", "f")
            .hardlink("k", "l")
            .end(),
    );
    assert_eq!(diff.join("h").metadata().expect("there").nlink(), 2);
    assert!(
        diff.join("k").is_symlink(),
        "a hard link to a link is one more name of the link"
    );
}

#[test]
fn s_05_the_root_is_a_directory() {
    let trial = Trial::new();
    for name in [".", "./", "/", ""] {
        for flag in [b'0', b'1', b'2', b'6'] {
            if flag == b'0' && name.ends_with('/') {
                continue; // the oldest form of a directory
            }
            let entry = header(flag, name).link("f");
            let tar = Tar::new().file("f", "x").header(&entry).end();
            trial.refused(name, tar, "the image root must be a directory");
        }
    }
    let root = header(b'5', "./").mode(0o711);
    let diff = trial.one("a directory", Tar::new().header(&root).end());
    assert_eq!(diff.metadata().expect("there").mode() & 0o7777, 0o711);
}

#[test]
fn s_06_nothing_is_changed_through_a_link() {
    let trial = Trial::new();
    let canary = trial.canary_path();
    let file = format!("{canary}/file");
    // A directory entry on a link replaces the link.
    let dir = header(b'5', "d").mode(0o777).owner(1, 1);
    let diff = trial.one(
        "directory on a link",
        Tar::new().symlink("d", &canary).header(&dir).end(),
    );
    assert!(!diff.join("d").is_symlink());
    trial.world.ok(["rmi", "localhost/evil:1"]);
    // The late pass must not find the link that took the directory's place.
    let tar = Tar::new()
        .header(&dir)
        .file("d/x", "x")
        .symlink("d", &canary);
    let diff = trial.one("directory, then a link", tar.end());
    assert!(diff.join("d").is_symlink());
    trial.world.ok(["rmi", "localhost/evil:1"]);
    let tar = Tar::new()
        .header(&header(b'2', "l").link(&file).mode(0o6777).owner(5, 5))
        .file("l", "mine")
        .pax(&[("SCHILY.xattr.user.x", b"y")])
        .symlink("m", &file);
    let diff = trial.one("a file on a link", tar.end());
    assert_eq!(read(diff.join("l")), "mine");
}

#[test]
fn s_07_the_last_entry_wins_and_nothing_is_opened() {
    let trial = Trial::new();
    let fifo = header(b'6', "p");
    let tar = Tar::new()
        .dir("d")
        .file("d/a", "1")
        .file("d", "file")
        .file("f", "1")
        .dir("f")
        .file("f/b", "2")
        .symlink("s", "f")
        .file("s", "3")
        .header(&fifo)
        .file("p", "4")
        .file("h1", "old")
        .hardlink("h2", "h1")
        .file("h1", "new")
        .file("t", "long content")
        .file("t", "s")
        .dir("m")
        .file("m/1", "1")
        .dir("m")
        .file("m/2", "2");
    let tar = tar.end();
    let diff = trial.one("types change", tar.clone());
    for (name, content) in [
        ("d", "file"),
        ("f/b", "2"),
        ("s", "3"),
        ("p", "4"),
        ("h1", "new"),
        ("h2", "old"),
        ("t", "s"),
        ("m/1", "1"),
        ("m/2", "2"),
    ] {
        assert_eq!(read(diff.join(name)), content, "{name}");
    }
    // What was replaced is still in the archive that comes out again.
    assert_eq!(saved_layers(&trial.world, "localhost/evil:1"), [tar]);
}

/// The layers of a `save`d image, lowest first.
fn saved_layers(world: &World, name: &str) -> Vec<Vec<u8>> {
    let file = world.path("saved.tar");
    let _ = std::fs::remove_file(&file);
    world.ok([
        OsStr::new("save"),
        "-q".as_ref(),
        "-o".as_ref(),
        file.as_ref(),
        name.as_ref(),
    ]);
    let mut archive = tar::Archive::new(std::fs::File::open(&file).expect("saved"));
    let mut layers = Vec::new();
    for entry in archive.entries().expect("an archive") {
        let mut entry = entry.expect("an entry");
        if entry.path_bytes().ends_with(b".tar") {
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut entry, &mut bytes).expect("whole");
            layers.push(bytes);
        }
    }
    layers
}

#[test]
fn s_08_whiteouts_speak_of_lower_layers_only() {
    let trial = Trial::new();
    for name in [
        ".wh.",
        ".wh..",
        ".wh...",
        ".wh.a/b",
        "d/.wh.",
        ".wh..wh.x",
        ".wh..wh.plnk",
    ] {
        trial.refused(name, Tar::new().file(name, "").end(), "malformed whiteout");
    }
    trial.refused(
        "not empty",
        Tar::new().file(".wh.a", "x").end(),
        "malformed whiteout",
    );
    trial.refused(
        "a directory",
        Tar::new().dir(".wh.a").end(),
        "malformed whiteout",
    );
    trial.refused(
        "a link",
        Tar::new().symlink(".wh.a", "b").end(),
        "malformed whiteout",
    );
    let lower = Tar::new()
        .file("gone", "1")
        .file("same", "1")
        .dir("o")
        .file("o/low", "1");
    let upper = Tar::new()
        .file(".wh.gone", "")
        .file(".wh.gone", "")
        .file("same", "2")
        .file(".wh.same", "")
        .file(".wh.back", "")
        .file("back", "3")
        .file(".wh.dir", "")
        .dir("dir")
        .file("dir/x", "4")
        .dir("dir2")
        .file("dir2/y", "5")
        .file(".wh.dir2", "")
        .file(".wh.deep", "")
        .file("deep/z", "6")
        .file("o/new", "7")
        .file("o/.wh..wh..opq", "")
        .file("o/.wh..wh..opq", "");
    let diffs = trial.loaded("whiteouts", vec![lower.end(), upper.end()]);
    let top = &diffs[1];
    assert!(is_whiteout(&top.join("gone")));
    for (name, content) in [
        ("same", "2"),
        ("back", "3"),
        ("dir/x", "4"),
        ("dir2/y", "5"),
        ("deep/z", "6"),
        ("o/new", "7"),
    ] {
        assert_eq!(read(top.join(name)), content, "{name}");
    }
    for name in ["dir", "dir2", "deep", "o"] {
        assert!(is_opaque(&top.join(name)), "{name}");
    }
    assert!(!list(top).iter().any(|name| name.starts_with(".wh.")));
    trial.world.ok(["rmi", "localhost/evil:1"]);
    let lower = Tar::new().file("a", "1").dir("d").file("d/b", "1").end();
    let upper = Tar::new()
        .dir("d")
        .file("c", "2")
        .file(".wh..wh..opq", "")
        .end();
    let diffs = trial.loaded("an opaque root", vec![lower, upper]);
    assert!(is_whiteout(&diffs[1].join("a")) && is_opaque(&diffs[1].join("d")));
}

#[test]
fn s_09_overlay_metadata_is_not_taken() {
    let trial = Trial::new();
    let null = header(b'3', "hidden").device(0, 0);
    trial.refused("0:0", Tar::new().header(&null).end(), "0:0");
    let many: Vec<(String, Vec<u8>)> = (0..1000)
        .map(|n| (format!("SCHILY.xattr.user.n{n}"), b"v".to_vec()))
        .collect();
    let many: Vec<(&str, &[u8])> = many
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_slice()))
        .collect();
    let tar = Tar::new()
        .pax(&[
            ("SCHILY.xattr.user.overlay.opaque", b"y"),
            ("SCHILY.xattr.user.overlay.redirect", b"/etc"),
            ("SCHILY.xattr.user.OVERLAY.metacopy", b""),
            ("SCHILY.xattr.user.fuseoverlayfs.opaque", b"y"),
            ("SCHILY.xattr.user.containers.override_stat", b"0:0:0"),
            ("SCHILY.xattr.trusted.overlay.opaque", b"y"),
            ("LIBARCHIVE.xattr.user.overlay.whiteout", b"eQ"),
            ("LIBARCHIVE.xattr.user.kept", b"aGVsbG8"),
            ("SCHILY.xattr.user.also", b"a\n9 size=1\n"),
        ])
        .dir("d")
        .pax(&many)
        .file("many", "x")
        .pax(&[("SCHILY.xattr.user.big", &[b'v'; 65536])])
        .file("big", "x");
    let tar = tar.end();
    let diff = trial.one("attributes", tar.clone());
    let mut names = vec![0; 4096];
    let length = rustix::fs::llistxattr(diff.join("d"), &mut names[..]).expect("listed");
    let mut names: Vec<&[u8]> = names[..length]
        .split(|b| *b == 0)
        .filter(|n| !n.is_empty())
        .collect();
    names.sort();
    assert_eq!(names, [&b"user.also"[..], b"user.kept"]);
    assert_eq!(saved_layers(&trial.world, "localhost/evil:1"), [tar]);
}

#[test]
fn s_10_devices_are_left_out() {
    let trial = Trial::new();
    let tar = Tar::new()
        .header(&header(b'4', "dev/sda").device(8, 0))
        .header(&header(b'3', "dev/mem").device(1, 1))
        .header(&header(b'3', "dev/tun").device(10, 200))
        .hardlink("dev/tun2", "dev/tun")
        .file("x", "x");
    let file = trial
        .world
        .write("image.tar", image("localhost/evil:1", &[tar.end().into()]));
    let done = trial
        .world
        .coracle([OsStr::new("load"), "-i".as_ref(), file.as_ref()]);
    assert_eq!(done.code, 0, "{done}");
    assert!(done.stderr.contains("left out 4 device nodes"), "{done}");
    let layer = list(&trial.world.store().join("layers")).remove(0);
    let diff = trial.world.store().join("layers").join(layer).join("diff");
    for name in ["sda", "mem", "tun", "tun2"] {
        assert!(is_whiteout(&diff.join("dev").join(name)), "{name}");
    }
}

#[test]
fn s_11_fifos_and_types_nobody_knows() {
    let trial = Trial::new();
    for flag in (b'A'..=b'Z')
        .filter(|f| !b"KLS".contains(f))
        .chain([b'8', b'9', 0x80, b'v'])
    {
        let tar = Tar::new().header(&header(flag, "x")).end();
        trial.refused(
            &format!("type {}", flag.escape_ascii()),
            tar,
            "unknown entry type",
        );
    }
    let tar = Tar::new()
        .header(&header(b'6', "etc/passwd"))
        .with(&header(b'7', "contiguous"), b"7")
        .with(&header(0, "oldest"), b"0")
        .header(&header(0, "folder/"));
    let diff = trial.one("FIFO", tar.end());
    let kind = |name: &str| {
        std::fs::symlink_metadata(diff.join(name))
            .expect(name)
            .file_type()
    };
    assert!(kind("etc/passwd").is_fifo() && kind("folder").is_dir());
    assert_eq!(
        (read(diff.join("contiguous")), read(diff.join("oldest"))),
        ("7".into(), "0".into())
    );
}

#[test]
fn s_12_the_store_is_closed() {
    let trial = Trial::new();
    let shell = header(b'0', "bin/sh").mode(0o4755);
    let diff = trial.one("setuid", Tar::new().with(&shell, b"#!").end());
    assert_eq!(
        diff.join("bin/sh").metadata().expect("there").mode() & 0o7777,
        0o4755
    );
    let mode = |path: &Path| path.metadata().expect("there").mode() & 0o777;
    assert_eq!(mode(&trial.world.store()), 0o700);
    support::world::set_mode(&trial.world.store(), 0o755);
    trial.world.ok(["images"]);
    assert_eq!(mode(&trial.world.store()), 0o700);
}

#[test]
fn s_13_numbers_that_lie() {
    let trial = Trial::new();
    let file = || header(b'0', "x");
    let negative = [0xff; 12];
    let mut huge = [0; 12];
    huge[0] = 0x80;
    huge[4] = 0x80;
    let wrong = Header {
        checksum_error: 1,
        ..file()
    };
    let cases: Vec<(&str, Header, &str)> = vec![
        ("negative size", file().patch(124, &negative), "size"),
        ("2^63", file().patch(124, &huge), "size"),
        ("no number", file().patch(124, b"1234567z"), "size"),
        ("checksum", wrong, "checksum"),
        (
            "size of a directory",
            header(b'5', "d").size(5),
            "no content",
        ),
        (
            "size of a link",
            header(b'2', "l").link("x").size(5),
            "no content",
        ),
        (
            "size of a hard link",
            header(b'1', "l").link("x").size(5),
            "no content",
        ),
    ];
    for (what, bad, words) in cases {
        trial.refused(what, Tar::new().header(&bad).body(b"12345").end(), words);
    }
    let pax_wins = Tar::new()
        .pax(&[("size", b"3")])
        .header(&file().size(1024))
        .body(b"abc")
        .file("y", "z");
    let diff = trial.one("PAX size wins", pax_wins.end());
    assert_eq!(
        (read(diff.join("x")), read(diff.join("y"))),
        ("abc".into(), "z".into())
    );
    trial.world.ok(["rmi", "localhost/evil:1"]);
    let far = file().mode(0o170644).patch(136, &negative);
    let tar = Tar::new()
        .header(&far)
        .pax(&[("mtime", b"99999999999999999999.5")])
        .file("late", "")
        .pax(&[("mtime", b"-4611686018427387904.25")])
        .file("early", "")
        .pax(&[("mtime", b"1234567890.987654321")])
        .file("exact", "");
    let diff = trial.one("times and modes", tar.end());
    let meta = |name: &str| diff.join(name).metadata().expect(name);
    assert_eq!((meta("x").mode() & 0o7777, meta("x").mtime()), (0o644, -1));
    assert_eq!(
        (meta("exact").mtime(), meta("exact").mtime_nsec()),
        (1_234_567_890, 987_654_321)
    );
    assert!(meta("late").mtime() > 4_000_000_000 && meta("early").mtime() < 0);
}

#[test]
fn s_13_a_layer_cut_anywhere_is_refused() {
    let trial = Trial::new();
    let whole = Tar::new()
        .file("a", &"a".repeat(700))
        .dir("d")
        .file("d/b", "b")
        .end();
    // Where an entry would begin, only the digest tells a cut from a missing end mark.
    let entries = [0, 3 * 512, 4 * 512, 6 * 512];
    for cut in (0..whole.len()).step_by(512) {
        let words = match entries.contains(&cut) || cut > entries[3] {
            true => "and the config says",
            false => "the archive ends too early",
        };
        let layer = Layer {
            blob: whole[..cut].to_vec(),
            tar: whole.clone(),
        };
        trial.refused(&format!("{cut} bytes"), layer, words);
    }
    for cut in (0..entries[3])
        .step_by(512)
        .filter(|cut| !entries.contains(cut))
    {
        let layer = whole[..cut].to_vec();
        trial.refused("by its own digest", layer, "the archive ends too early");
    }
    let after = [whole.clone(), Tar::new().file("more", "x").end()].concat();
    trial.refused(
        "entries after the end",
        after,
        "follows the end of the archive",
    );
    let lone = Tar::new().raw(&[0; 512]).file("x", "x").end();
    trial.refused("a block of zeros", lone, "a block of zeros");
    let diff = trial.one("without an end mark", whole[..entries[3]].to_vec());
    assert_eq!(list(&diff), ["a", "d"]);
    trial.one("with half an end mark", whole[..entries[3] + 512].to_vec());
    let mut padded = whole;
    padded.resize(padded.len() + 8192, 0);
    trial.one("padding", padded);
}

#[test]
fn s_14_extensions_that_lie() {
    let trial = Trial::new();
    let pax = |body: &[u8]| {
        Tar::new()
            .with(&header(b'x', "pax"), body)
            .file("x", "x")
            .end()
    };
    let bad = "malformed tar extension";
    for body in [
        &b"5 a=b\n"[..],
        b"99 path=x\n",
        b"garbage\n",
        b"-7 a=b\n",
        &record("path", b"a\0b"),
    ] {
        trial.refused(&body.escape_ascii().to_string(), pax(body), bad);
    }
    trial.refused(
        "twice",
        pax(&[record("path", b"a"), record("path", b"b")].concat()),
        bad,
    );
    let huge = Tar::new()
        .header(&header(b'x', "pax").size(1 << 30))
        .raw(&[0; 4096])
        .0;
    trial.refused("1 GiB", huge, bad);
    for key in ["path", "size", "linkpath", "uid"] {
        let global = Tar::new()
            .with(&header(b'g', "g"), &record(key, b"1"))
            .file("x", "x");
        trial.refused(key, global.end(), bad);
    }
    let stacked = Tar::new()
        .long(b'L', "long")
        .pax(&[("path", b"other")])
        .file("x", "x");
    trial.refused("L and x", stacked.end(), bad);
    let many = (0..100).fold(Tar::new(), |tar, _| tar.pax(&[("comment", b"c")]));
    trial.refused("100 x", many.file("x", "x").end(), bad);
    let long = "n/".repeat(3000);
    trial.refused(
        "a long name",
        Tar::new().long(b'L', &long).file("x", "x").end(),
        bad,
    );
    trial.refused(
        "a long path",
        Tar::new()
            .pax(&[("path", long.as_bytes())])
            .file("x", "x")
            .end(),
        "too long",
    );
    let records: Vec<u8> = (0..10_000)
        .flat_map(|n| record(&format!("k{n}"), b"v"))
        .collect();
    trial.refused("10,000 records", pax(&records), bad);
    let name = "ü".repeat(100) + "/" + &"d".repeat(200);
    let good = Tar::new()
        .with(&header(b'g', "g"), &record("comment", b"from git"))
        .pax(&[("path", name.as_bytes()), ("unknown", b"x")])
        .file("x", "1")
        .long(b'L', &"e".repeat(150))
        .long(b'K', &"t".repeat(150))
        .header(&header(b'2', "x").link("y"));
    let diff = trial.one("good ones", good.end());
    assert_eq!(read(diff.join(name)), "1");
    let target = std::fs::read_link(diff.join("e".repeat(150))).expect("a link");
    assert_eq!(target.as_os_str().as_bytes(), "t".repeat(150).as_bytes());
}

#[test]
fn s_15_sparse_entries_are_refused() {
    let trial = Trial::new();
    let words = "sparse entries are not supported";
    trial.refused(
        "old GNU",
        Tar::new().header(&header(b'S', "x")).end(),
        words,
    );
    for key in [
        "GNU.sparse.major",
        "GNU.sparse.map",
        "GNU.sparse.size",
        "GNU.sparse.numblocks",
    ] {
        let tar = Tar::new().pax(&[(key, b"1"), ("GNU.sparse.realsize", b"9223372036854775807")]);
        trial.refused(key, tar.file("x", "x").end(), words);
    }
}

#[test]
fn s_16_compressed_streams_that_lie() {
    let trial = Trial::new();
    let tar = Tar::new().file("x", "content").end();
    let layer = |blob: Vec<u8>| Layer {
        blob,
        tar: tar.clone(),
    };
    let (gz, zst) = (gzip(&tar), zstd(&tar));
    for (what, blob) in [
        ("gzip cut", gz[..gz.len() - 5].to_vec()),
        ("zstd cut", zst[..zst.len() - 3].to_vec()),
        ("junk after gzip", [gz.clone(), b"junk".to_vec()].concat()),
        ("junk after zstd", [zst.clone(), b"junk".to_vec()].concat()),
        // Frame header with a window of 2 GiB, then nothing of use.
        (
            "zstd window",
            b"\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00".to_vec(),
        ),
        // A frame that wants a dictionary.
        (
            "zstd dictionary",
            b"\x28\xb5\x2f\xfd\x21\x05\x01\x08\x00\x00x".to_vec(),
        ),
    ] {
        trial.refused(what, layer(blob), "damaged compressed data");
    }
    trial.refused(
        "xz",
        layer(b"\xfd7zXZ\0\0\0\0".to_vec()),
        "damaged compressed data",
    );
    trial.refused(
        "other content",
        Layer {
            blob: gzip(&Tar::new().end()),
            tar: tar.clone(),
        },
        "config says",
    );
    let empty: Vec<u8> = (0..10_000).flat_map(|_| gzip(b"")).collect();
    for (what, blob) in [
        (
            "members",
            [gzip(&tar[..700]), empty, gzip(&tar[700..])].concat(),
        ),
        ("padding", [gz, vec![0; 5000]].concat()),
        (
            "skippable",
            [b"\x5f\x2a\x4d\x18\x01\0\0\0x".repeat(10_000), zst].concat(),
        ),
    ] {
        let done = trial.load(vec![layer(blob)]);
        assert_eq!(done.code, 0, "{what}: {done}");
        trial.world.ok(["rmi", "localhost/evil:1"]);
    }
}

#[test]
fn s_18_names_of_2000_components_come_and_go() {
    let trial = Trial::new();
    let deep = "d/".repeat(2000) + "f";
    let tar = Tar::new()
        .pax(&[("path", deep.as_bytes())])
        .file("x", "deep");
    trial.one("deep", tar.end());
    trial.world.ok(["rmi", "localhost/evil:1"]);
    trial.nothing_is_left("removed");
}

#[test]
fn s_20_ids_outside_the_map_are_named() {
    let trial = Trial::new();
    for (key, id) in [
        ("uid", "4294967295"),
        ("uid", "2147483648"),
        ("gid", "-1"),
        ("uid", "99999999999"),
    ] {
        let tar = Tar::new().pax(&[(key, id.as_bytes())]).file("x", "x").end();
        if !support::have_subordinate_ids() {
            return;
        }
        trial.refused(id, tar, "outside the range of your subordinate ids");
    }
}

#[test]
fn a_directory_without_an_entry_is_the_lower_layers() {
    let trial = Trial::new();
    let dir = Header {
        mtime: 1_000_000_000,
        ..header(b'5', "opt").mode(0o750)
    };
    let root = Header {
        mtime: 1_100_000_000,
        ..header(b'5', "./").mode(0o711)
    };
    let lower = Tar::new().header(&root).header(&dir).dir("opt/a").end();
    let upper = Tar::new().file("opt/a/f", "x").end();
    let diffs = trial.loaded("implied", vec![lower, upper]);
    let facts = |path: &Path| {
        let meta = path.metadata().expect("there");
        (meta.mode() & 0o7777, meta.mtime())
    };
    assert_eq!(facts(&diffs[1]), (0o711, 1_100_000_000));
    assert_eq!(facts(&diffs[1].join("opt")), (0o750, 1_000_000_000));
    assert_eq!(facts(&diffs[1].join("opt/a")), (0o755, 1_700_000_000));
}

#[test]
fn s_16_bombs_are_stopped_by_the_budget() {
    let mut trial = Trial::new();
    trial.world.set_env(
        "STORAGE_OPTS",
        "coracle.layer_size=64m,coracle.layer_entries=1000",
    );
    // Ten GiB of zeros in ten MiB: only the first 64 MiB are ever inflated.
    let zeros = gzip(&vec![0; 64 << 20]);
    let head = Tar::new().header(&header(b'0', "zeros").size(10 << 30)).0;
    let mut blob = gzip(&head);
    for _ in 0..160 {
        blob.extend_from_slice(&zeros);
    }
    let bomb = Layer { blob, tar: head };
    trial.refused("zeros", bomb, "layer grows beyond 0.1 GiB");
    let entries = (0..1001).fold(Tar::new(), |tar, n| tar.file(&format!("{n}"), ""));
    trial.refused("entries", entries.end(), "more than 1000 entries");
    trial
        .world
        .set_env("STORAGE_OPTS", "coracle.free_space=900000t");
    trial.refused("floor", Tar::new().file("x", "x").end(), "must stay free");
}
