//! zstd:chunked: `push` writes it, `pull` fetches only the files that are nowhere in the store.
//!
//! The registry is Debian's docker-registry; skopeo judges what we write.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

#[path = "support/evilreg.rs"]
mod evilreg;
#[path = "support/mktar.rs"]
mod mktar;
mod support;

use coracle::layer::chunked::write;
use coracle::types::Digest;
use coracle::types::chunked::{Chunked, Span};
use evilreg::{EvilRegistry, OCI_MANIFEST, Reply, noise};
use support::registry::Access;
use support::{Registry, World, images};

const INSECURE: &str = "--tls-verify=false";
const CHUNKED: &str = "--compression-format=zstd:chunked";
const CHECKSUM: &str = "io.github.containers.zstd-chunked.manifest-checksum";

fn id_of(world: &World, image: &str) -> String {
    let id = world.ok(["image", "inspect", "--format", "{{.Id}}", image]);
    id.trim_start_matches("sha256:").to_owned()
}

/// A layer of files with this name before each and content of their own.
fn layer(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut tar = mktar::Tar::new().dir("d/");
    for (name, content) in files {
        let header = mktar::header(b'0', name).size(content.len() as u64);
        tar = tar.with(&header, content);
    }
    tar.end()
}

fn load(world: &World, name: &str, layers: &[Vec<u8>]) {
    let archive = images::docker_archive(name, "{}", layers);
    let file = world.write("archive.tar", archive);
    world.ok(["load", "-q", "-i", file.to_str().expect("UTF-8")]);
}

/// What skopeo says of a name in the registry.
fn raw(world: &World, name: &str) -> serde_json::Value {
    let mut command = world.other("skopeo");
    command.args(["inspect", INSECURE, "--raw"]);
    command.arg(format!("docker://{name}"));
    let done = support::world::finish(command);
    assert_eq!(done.code, 0, "{done}");
    serde_json::from_str(&done.stdout).expect("a manifest")
}

#[test]
fn what_is_pushed_as_zstd_chunked_is_read_by_others() {
    if !images::have_tiny() {
        return;
    }
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    let world = World::with_image("tiny");
    let id = id_of(&world, "tiny");
    let name = registry.reference("tiny:chunked");
    world.ok(["push", "-q", INSECURE, CHUNKED, "tiny", &name]);
    let manifest = raw(&world, &name);
    for layer in manifest["layers"].as_array().expect("layers") {
        assert_eq!(
            layer["mediaType"],
            "application/vnd.oci.image.layer.v1.tar+zstd"
        );
        assert!(layer["annotations"][CHECKSUM].is_string(), "{manifest}");
    }
    // skopeo takes it for the zstd it is; what it unpacks has the DiffIDs of the config.
    let copied = world.path("copied");
    let mut copy = world.other("skopeo");
    copy.args(["--insecure-policy", "copy", "-q", "--src-tls-verify=false"]);
    copy.arg("--dest-decompress");
    copy.arg(format!("docker://{name}"));
    copy.arg(format!("dir:{}", copied.display()));
    let done = support::world::finish(copy);
    assert_eq!(done.code, 0, "{done}");
    let other = World::new();
    other.ok(["load", "-q", "-i", copied.to_str().expect("UTF-8")]);
    let ids = other.ok(["images", "-q", "--no-trunc"]);
    assert_eq!(ids, format!("sha256:{id}"));
    // And by ourselves, from an empty store; the next push sends what it knows by its annotations.
    let third = World::new();
    assert_eq!(third.ok(["pull", "-q", INSECURE, &name]), id);
    let again = registry.reference("tiny:again");
    third.ok(["push", "-q", INSECURE, CHUNKED, &name, &again]);
    assert_eq!(raw(&third, &again), manifest);
    // The pusher's own store remembers the blob with its table.
    registry.forget_requests();
    let own = registry.reference("tiny:own");
    world.ok(["push", "-q", INSECURE, CHUNKED, "tiny", &own]);
    assert_eq!(raw(&world, &own)["layers"], manifest["layers"]);
    let sent = registry.requests();
    assert!(
        sent.iter().all(|request| request.method != "PATCH"),
        "{sent:?}"
    );
}

#[test]
fn the_same_layer_is_the_same_blob_in_every_store() {
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    let files = [("d/large", noise(3 << 20, 4)), ("d/small", b"x".to_vec())];
    let mut manifests = Vec::new();
    for tag in ["one", "two"] {
        let world = World::new();
        load(&world, "localhost/it:latest", &[layer(&files)]);
        let name = registry.reference(&format!("{tag}:x"));
        world.ok(["push", "-q", INSECURE, CHUNKED, "localhost/it", &name]);
        manifests.push(raw(&world, &name));
    }
    assert_eq!(manifests[0], manifests[1]);
}

#[test]
fn a_layer_with_two_entries_of_one_name_goes_without_a_table() {
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    let world = World::new();
    let files = [("d/a", b"first".to_vec()), ("d/a", b"second".to_vec())];
    load(&world, "localhost/twice:latest", &[layer(&files)]);
    let name = registry.reference("twice:x");
    world.ok(["push", "-q", INSECURE, CHUNKED, "localhost/twice", &name]);
    let layer = &raw(&world, &name)["layers"][0];
    assert!(layer["annotations"].is_null(), "{layer}");
    let other = World::new();
    other.ok(["pull", "-q", INSECURE, &name]);
    assert_eq!(id_of(&other, &name), id_of(&world, "localhost/twice"));
}

/// Two versions of an image, of which the second has most of the first's files: one of them under
/// another name.
struct Versions {
    large: Vec<u8>,
    moved: Vec<u8>,
}

impl Versions {
    fn new() -> Self {
        Self {
            large: noise(2 << 20, 21),
            moved: noise(1 << 20, 22),
        }
    }

    fn first(&self) -> Vec<u8> {
        layer(&[
            ("d/large", self.large.clone()),
            ("d/old-name", self.moved.clone()),
            ("d/changing", noise(300 << 10, 1)),
            ("d/empty", Vec::new()),
        ])
    }

    fn second(&self) -> Vec<u8> {
        layer(&[
            ("d/added", b"a small file".to_vec()),
            ("d/changing", noise(300 << 10, 2)),
            ("d/empty", Vec::new()),
            ("d/large", self.large.clone()),
            ("d/new-name", self.moved.clone()),
        ])
    }
}

/// What a pull with `--log-level=info` says why a blob is fetched whole.
fn pull_loudly(world: &World, name: &str) -> support::Done {
    let done = world.coracle(["--log-level=info", "pull", "-q", INSECURE, name]);
    assert_eq!(done.code, 0, "{done}");
    done
}

#[test]
fn only_files_that_are_nowhere_in_the_store_are_fetched() {
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    let versions = Versions::new();
    let maker = World::new();
    let mut names = Vec::new();
    for (tag, layer) in [("1", versions.first()), ("2", versions.second())] {
        let name = registry.reference(&format!("app:{tag}"));
        load(&maker, &name, &[layer]);
        maker.ok(["push", "-q", INSECURE, CHUNKED, &name]);
        names.push(name);
    }
    let blob = |name: &str| {
        let manifest = raw(&maker, name);
        let digest = manifest["layers"][0]["digest"].as_str().expect("a digest");
        digest.to_owned()
    };
    let world = World::new();
    world.ok(["pull", "-q", INSECURE, &names[0]]);
    let statuses = |digest: &str| -> Vec<u16> {
        let requests = registry.requests();
        let of_blob = requests
            .iter()
            .filter(|r| r.path.contains(digest) && r.method == "GET");
        of_blob.map(|request| request.status).collect()
    };
    assert_eq!(statuses(&blob(&names[0])), [200]);
    world.ok(["pull", "-q", INSECURE, &names[1]]);
    // The tables by one request, the two new files by another.
    assert_eq!(statuses(&blob(&names[1])), [206, 206]);
    assert_eq!(id_of(&world, &names[1]), id_of(&maker, &names[1]));
    // The layer is whole: it is what every save and push makes the tar of, and compares.
    let saved = world.path("saved.tar");
    world.ok([
        "save",
        "-q",
        "-o",
        saved.to_str().expect("UTF-8"),
        &names[1],
    ]);
    maker.ok(["load", "-q", "-i", saved.to_str().expect("UTF-8")]);
    // Once more nothing is fetched, and a push sends the very manifest.
    registry.forget_requests();
    world.ok(["pull", "-q", INSECURE, &names[1]]);
    assert_eq!(registry.blob_downloads(), []);
    let elsewhere = registry.reference("app:same");
    world.ok(["push", "-q", INSECURE, &names[1], &elsewhere]);
    assert_eq!(raw(&world, &elsewhere), raw(&world, &names[1]));
    world.expect_nothing_unfinished();
}

#[test]
fn a_layer_that_is_here_in_other_compression_is_only_compared() {
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    let versions = Versions::new();
    let world = World::new();
    let [gzip, chunked] = ["gzip", "chunked"].map(|tag| registry.reference(&format!("app:{tag}")));
    load(&world, "localhost/app:latest", &[versions.first()]);
    world.ok(["push", "-q", INSECURE, "localhost/app", &gzip]);
    world.ok(["push", "-q", INSECURE, CHUNKED, "localhost/app", &chunked]);
    let other = World::new();
    other.ok(["pull", "-q", INSECURE, &gzip]);
    registry.forget_requests();
    other.ok(["pull", "-q", INSECURE, &chunked]);
    let requests = registry.requests();
    let blobs = requests
        .iter()
        .filter(|request| request.path.contains("/blobs/"));
    let statuses: Vec<u16> = blobs.map(|request| request.status).collect();
    assert_eq!(statuses, [206], "the tables, nothing else");
    // Whoever pushed both has seen both, and asks for neither.
    registry.forget_requests();
    world.ok(["pull", "-q", INSECURE, &gzip]);
    world.ok(["pull", "-q", INSECURE, &chunked]);
    assert_eq!(registry.blob_downloads(), []);
}

#[test]
fn a_layer_that_is_here_above_another_one_is_not_downloaded() {
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    let world = World::new();
    let shared = layer(&[("d/shared", noise(400 << 10, 3))]);
    let mut names = Vec::new();
    for (tag, seed) in [("one", 4), ("two", 5)] {
        let below = layer(&[("d/below", noise(10 << 10, seed))]);
        let name = registry.reference(&format!("{tag}:x"));
        load(&world, &name, &[below, shared.clone()]);
        world.ok(["push", "-q", INSECURE, &name]);
        names.push(name);
    }
    let other = World::new();
    other.ok(["pull", "-q", INSECURE, &names[0]]);
    registry.forget_requests();
    other.ok(["pull", "-q", INSECURE, &names[1]]);
    let twin = raw(&world, &names[1])["layers"][1]["digest"].clone();
    let fetched = registry.blob_downloads();
    assert_eq!(
        fetched.len(),
        1 + 1,
        "the config and the lower layer: {fetched:?}"
    );
    assert!(
        fetched.iter().all(|(digest, _)| twin != **digest),
        "{fetched:?}"
    );
    assert_eq!(id_of(&other, &names[1]), id_of(&world, &names[1]));
}

#[test]
fn storage_conf_can_forbid_partial_pulls() {
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    let versions = Versions::new();
    let maker = World::new();
    let name = registry.reference("app:2");
    load(&maker, &name, &[versions.second()]);
    maker.ok(["push", "-q", INSECURE, CHUNKED, &name]);
    for (word, expected) in [("\"false\"", vec![200]), ("\"true\"", vec![206, 206])] {
        let world = World::new();
        load(&world, "localhost/first:latest", &[versions.first()]);
        let text =
            format!("[storage.options]\npull_options = {{enable_partial_images = {word}}}\n");
        std::fs::create_dir_all(world.config()).expect("made");
        std::fs::write(world.config().join("storage.conf"), text).expect("written");
        registry.forget_requests();
        world.ok(["pull", "-q", INSECURE, &name]);
        let config = raw(&maker, &name)["config"]["digest"].clone();
        let config = config.as_str().expect("a digest");
        let requests = registry.requests();
        let blobs = requests
            .iter()
            .filter(|r| r.path.contains("/blobs/") && r.method == "GET");
        let layers = blobs.filter(|request| !request.path.contains(config));
        let statuses: Vec<u16> = layers.map(|request| request.status).collect();
        assert_eq!(statuses, expected, "{word}");
    }
}

/// An image of one zstd:chunked layer in memory, and what its table says.
#[derive(Clone)]
struct Forged {
    blob: Vec<u8>,
    chunked: Chunked,
    diff_id: Digest,
}

impl Forged {
    fn honest(tar: &[u8]) -> Self {
        let mut blob = Vec::new();
        let written = write::compress(tar, &mut blob, 3).expect("to memory");
        Self {
            blob,
            chunked: written.chunked.expect("a table"),
            diff_id: Digest::of(tar),
        }
    }

    fn cut(&self, span: &Span) -> Vec<u8> {
        let bytes = &self.blob[span.offset as usize..][..span.length as usize];
        zstd::decode_all(bytes).expect("zstd")
    }

    /// The same frames with other tables behind them; the promises are of the new ones.
    fn with_tables(&self, toc: &[u8], split: &[u8]) -> Self {
        let mut blob = self.blob[..self.chunked.toc.offset as usize - 8].to_vec();
        let mut append = |plain: &[u8]| {
            let bytes = zstd::encode_all(plain, 3).expect("to memory");
            blob.extend(b"\x50\x2a\x4d\x18");
            blob.extend((bytes.len() as u32).to_le_bytes());
            let span = Span {
                offset: blob.len() as u64,
                length: bytes.len() as u64,
                plain: plain.len() as u64,
            };
            blob.extend(&bytes);
            (span, Digest::of(&bytes))
        };
        let (tar_split, split_digest) = append(split);
        let toc = String::from_utf8(toc.to_vec()).expect("UTF-8");
        let at = toc.find("\"tarSplitDigest\":\"").expect("there") + 18;
        let toc = format!("{}{split_digest}{}", &toc[..at], &toc[at + 71..]);
        let (toc, digest) = append(toc.as_bytes());
        Self {
            blob,
            chunked: Chunked {
                digest,
                toc,
                tar_split,
            },
            diff_id: self.diff_id,
        }
    }

    /// With something changed in the table of contents.
    fn lying(&self, change: impl Fn(&str) -> String) -> Self {
        let toc = String::from_utf8(self.cut(&self.chunked.toc)).expect("UTF-8");
        let changed = change(&toc);
        assert_ne!(toc, changed, "nothing was changed");
        self.with_tables(changed.as_bytes(), &self.cut(&self.chunked.tar_split))
    }

    fn config(&self) -> String {
        let architecture = coracle::types::Platform::host().architecture;
        let diff_id = self.diff_id;
        format!(
            r#"{{"architecture":"{architecture}","os":"linux","config":{{"Cmd":["/x"]}},"rootfs":{{"type":"layers","diff_ids":["{diff_id}"]}}}}"#
        )
    }

    fn manifest(&self) -> String {
        let annotations = serde_json::to_string(&self.chunked.annotations()).expect("JSON");
        let config = self.config();
        format!(
            r#"{{"schemaVersion":2,"mediaType":"{OCI_MANIFEST}","config":{},"layers":[{{"mediaType":"application/vnd.oci.image.layer.v1.tar+zstd","digest":"{}","size":{},"annotations":{annotations}}}]}}"#,
            evilreg::descriptor(evilreg::OCI_CONFIG, config.as_bytes()),
            Digest::of(&self.blob),
            self.blob.len()
        )
    }

    /// Serves it as `x:1`; `ranges` answers a request for parts of the blob.
    fn serve(
        self,
        ranges: impl Fn(&[u8], &str) -> Reply + Send + Sync + 'static,
    ) -> (EvilRegistry, String) {
        let (config, manifest) = (self.config(), self.manifest());
        let registry = EvilRegistry::http(move |seen| {
            let path = seen.path.as_str();
            match seen.header("range") {
                _ if path == "/v2/" => Reply::new(200, "{}"),
                _ if path.contains("/manifests/") => {
                    Reply::new(200, manifest.as_bytes()).header("content-type", OCI_MANIFEST)
                }
                _ if path.contains(&Digest::of(config.as_bytes()).to_string()) => {
                    Reply::new(200, config.as_bytes())
                }
                Some(range) => ranges(&self.blob, range.trim_start_matches("bytes=")),
                None => Reply::new(200, &self.blob[..]),
            }
        });
        let name = format!("{}/x:1", registry.host());
        (registry, name)
    }
}

/// One range, as servers give it that know of no more: the first of those asked for.
fn one_range(blob: &[u8], ranges: &str) -> Reply {
    let first = ranges.split(',').next().unwrap_or_default();
    let (begin, end) = first.split_once('-').expect("a range");
    let begin: usize = begin.parse().expect("a number");
    let last = end.parse().unwrap_or(blob.len() - 1);
    Reply::new(206, &blob[begin..=last]).header(
        "content-range",
        format!("bytes {begin}-{last}/{}", blob.len()),
    )
}

/// A store that has the first version.
fn with_first(versions: &Versions) -> World {
    let world = World::new();
    load(&world, "localhost/first:latest", &[versions.first()]);
    world
}

fn ranges_asked(registry: &EvilRegistry) -> Vec<String> {
    let seen = registry.seen();
    let blobs = seen.iter().filter(|s| s.path.contains("/blobs/"));
    blobs
        .filter_map(|seen| seen.header("range").map(str::to_owned))
        .collect()
}

#[test]
fn registries_that_give_one_range_none_or_nonsense() {
    let versions = Versions::new();
    let honest = Forged::honest(&versions.second());
    // One at a time is enough.
    let world = with_first(&versions);
    let (registry, name) = honest.clone().serve(one_range);
    pull_loudly(&world, &name);
    assert!(
        ranges_asked(&registry).len() > 2,
        "{:?}",
        ranges_asked(&registry)
    );
    let seen = registry.seen();
    let whole = seen
        .iter()
        .filter(|s| s.path.contains("/blobs/") && s.header("range").is_none());
    assert_eq!(whole.count(), 1, "the config");
    // None at all: the whole blob.
    for (status, what) in [
        (200, "all of it"),
        (416, "RANGE_INVALID"),
        (400, "UNSUPPORTED"),
    ] {
        let world = with_first(&versions);
        let answer = move |blob: &[u8], _: &str| match status {
            200 => Reply::new(200, blob),
            status => Reply::error(status, what, "no"),
        };
        let (registry, name) = honest.clone().serve(answer);
        pull_loudly(&world, &name);
        let seen = registry.seen();
        let whole = seen
            .iter()
            .filter(|s| s.path.contains("/blobs/") && s.header("range").is_none());
        assert_eq!(whole.count(), 2, "{what}: the config and the layer");
    }
}

#[test]
fn s_45_a_part_that_does_not_end_is_not_read() {
    let versions = Versions::new();
    let world = with_first(&versions);
    let (_registry, name) = Forged::honest(&versions.second()).serve(|_, _| {
        let part = b"--B\r\nContent-Range: bytes 0-18446744073709551614/*\r\n\r\nbytes";
        let mut reply = Reply::new(206, &part[..]);
        reply = reply.header("content-type", "multipart/byteranges; boundary=B");
        reply.endless = true;
        reply
    });
    let pull = ["pull", "-q", INSECURE, "--retry=0", &name];
    world.coracle(pull).expect_refusal("another range");
}

/// Pulls into a store that has most of it; the one line of the failure.
fn refused(options: &[&str], forged: Forged) -> String {
    let versions = Versions::new();
    let world = with_first(&versions);
    let layers = || {
        std::fs::read_dir(world.store().join("layers"))
            .expect("there")
            .count()
    };
    let before = layers();
    let (_registry, name) = forged.serve(one_range);
    let mut words = options.to_vec();
    words.extend(["pull", "-q", INSECURE, "--retry=0", &name]);
    let done = world.coracle(words);
    assert_eq!(done.code, 125, "{done}");
    assert_eq!(done.stdout, "", "{done}");
    assert_eq!(world.coracle(["image", "exists", &name]).code, 1);
    world.expect_nothing_unfinished();
    assert_eq!(layers(), before, "{done}");
    let lines: Vec<&str> = done.stderr.lines().collect();
    let errors: Vec<&&str> = lines.iter().filter(|l| l.starts_with("Error: ")).collect();
    assert_eq!(errors.len(), 1, "{done}");
    (*errors[0]).to_owned()
}

#[test]
fn s_22_s_23_a_table_of_contents_that_lies_is_refused_and_leaves_nothing() {
    let versions = Versions::new();
    let honest = Forged::honest(&versions.second());
    let other = Digest::of(b"other").to_string();
    let changing = Digest::of(&noise(300 << 10, 2)).to_string();
    let rows: serde_json::Value =
        serde_json::from_slice(&honest.cut(&honest.chunked.toc)).expect("JSON");
    let row = |name: &str| {
        let rows = rows["entries"].as_array().expect("rows").iter();
        rows.clone()
            .find(|row| row["name"] == name)
            .expect("there")
            .clone()
    };
    let added = row("d/added");
    let end = format!("\"endOffset\":{}", added["endOffset"]);
    let offset = format!("\"offset\":{},", added["offset"]);
    for (what, lie, part) in [
        (
            "a file has other content",
            honest.lying(|toc| toc.replace(&changing, &other)),
            "is not what it says",
        ),
        (
            "two files at one place",
            honest.lying(|toc| {
                toc.replace(
                    &offset,
                    &format!("\"offset\":{},", row("d/changing")["offset"]),
                )
            }),
            "outside the blob",
        ),
        (
            "a file beyond the end",
            honest.lying(|toc| toc.replace(&end, "\"endOffset\":99999999999")),
            "outside the blob",
        ),
        (
            "two files share bytes",
            honest.lying(|toc| {
                let longer = row("d/changing")["offset"].as_u64().expect("a number") + 9;
                toc.replace(&end, &format!("\"endOffset\":{longer}"))
            }),
            "at the same place",
        ),
        (
            "a path that leads out",
            honest.lying(|toc| toc.replace("\"d/added\"", "\"../added\"")),
            "escapes",
        ),
        (
            "a file of 2^62 bytes",
            honest.lying(|toc| toc.replace("\"size\":12,", "\"size\":4611686018427387904,")),
            "grows beyond",
        ),
        (
            "no table at all",
            Forged {
                chunked: Chunked {
                    digest: Digest::of(b"other"),
                    ..honest.chunked
                },
                ..honest.clone()
            },
            "its digest is not the manifest's",
        ),
        (
            "a table outside the blob",
            Forged {
                chunked: Chunked {
                    toc: Span {
                        offset: 1 << 60,
                        ..honest.chunked.toc
                    },
                    ..honest.chunked
                },
                ..honest.clone()
            },
            "outside the blob",
        ),
        (
            "a table longer than it says",
            Forged {
                chunked: Chunked {
                    toc: Span {
                        plain: honest.chunked.toc.plain - 1,
                        ..honest.chunked.toc
                    },
                    ..honest.chunked
                },
                ..honest.clone()
            },
            "not as long as",
        ),
    ] {
        let line = refused(&[], lie);
        assert!(line.contains(part), "{what}: {line}");
    }
    let many = ["--storage-opt", "coracle.layer_entries=3"];
    let line = refused(&many, honest.clone());
    assert!(line.contains("more than 3 entries"), "{line}");
}

/// The gap that engines have which believe the table: the same manifest, two different trees.
#[test]
fn s_23_a_tar_split_of_another_archive_is_refused() {
    let versions = Versions::new();
    let honest = Forged::honest(&versions.second());
    let setuid = {
        let mut tar = mktar::Tar::new().dir("d/");
        for (name, content) in [
            ("d/added", b"a small file".to_vec()),
            ("d/changing", noise(300 << 10, 2)),
            ("d/empty", Vec::new()),
            ("d/large", versions.large.clone()),
            ("d/new-name", versions.moved.clone()),
        ] {
            let header = mktar::header(b'0', name).size(content.len() as u64);
            tar = tar.with(&header.mode(0o4755), &content);
        }
        Forged::honest(&tar.end())
    };
    let toc = honest.cut(&honest.chunked.toc);
    let lie = honest.with_tables(&toc, &setuid.cut(&setuid.chunked.tar_split));
    let line = refused(&[], lie);
    assert!(
        line.contains("its table of contents describes sha256:"),
        "{line}"
    );
    assert!(line.contains(&honest.diff_id.to_string()), "{line}");
}

#[test]
fn a_broken_connection_goes_on_where_it_broke() {
    let versions = Versions::new();
    let world = with_first(&versions);
    let count = std::sync::atomic::AtomicUsize::new(0);
    let (registry, name) = Forged::honest(&versions.second()).serve(move |blob, ranges| {
        let reply = one_range(blob, ranges);
        match count.fetch_add(1, std::sync::atomic::Ordering::Relaxed) % 2 {
            0 => Reply {
                cut: Some(reply.body.len() / 2),
                ..reply
            },
            _ => reply,
        }
    });
    let done = world.coracle(["pull", "-q", INSECURE, "--retry-delay=10ms", &name]);
    assert_eq!(done.code, 0, "{done}");
    assert!(
        ranges_asked(&registry).len() > 4,
        "{:?}",
        ranges_asked(&registry)
    );
}
