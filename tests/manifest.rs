//! `manifest`: lists of images for several platforms, put together here and sent to a registry.
//!
//! The registry is Debian's; skopeo reads what was sent.
#![allow(clippy::print_stdout, reason = "a test may talk")]

mod support;

use serde_json::Value;
use support::registry::{Access, PASSWORD, USER};
use support::{Done, Registry, World, images};

const INSECURE: &str = "--tls-verify=false";
const DOCKER_LIST: &str = "application/vnd.docker.distribution.manifest.list.v2+json";
const DOCKER_MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";
const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";
const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const ZSTD: &str = "io.github.containers.compression.zstd";
const NOBODY: &str = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

/// The machine's architecture, and one that it is not.
fn architectures() -> (&'static str, &'static str) {
    match std::env::consts::ARCH {
        "aarch64" => ("arm64", "amd64"),
        _ => ("amd64", "arm64"),
    }
}

/// Loads an image `localhost/NAME:latest` with one small layer of its own.
fn load(world: &World, name: &str, arch: &str) {
    let layer = images::layer_with_file(name, name.repeat(999).as_bytes());
    let archive = images::docker_archive(&format!("localhost/{name}:latest"), "{}", &[layer]);
    // Both words have the same length, and nothing in the archive is called by its digest.
    let (own, _) = architectures();
    let from = format!("\"architecture\":\"{own}\"");
    let to = format!("\"architecture\":\"{arch}\"");
    assert_eq!(from.len(), to.len());
    let mut archive = archive;
    let at = archive
        .windows(from.len())
        .position(|part| part == from.as_bytes());
    let at = at.expect("the config says it");
    archive[at..at + to.len()].copy_from_slice(to.as_bytes());
    let file = world.write(&format!("{name}.tar"), archive);
    world.ok(["load", "-q", "-i", file.to_str().expect("UTF-8")]);
}

/// A world with `own` and `other`, images of two platforms.
fn two_platforms() -> World {
    let world = World::new();
    let (own, other) = architectures();
    load(&world, "own", own);
    load(&world, "other", other);
    world
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn shown(world: &World, list: &str) -> Value {
    json(&world.ok(["manifest", "inspect", list]))
}

fn digest_of(world: &World, image: &str) -> String {
    world.ok(["image", "inspect", "--format", "{{.Digest}}", image])
}

/// Everything skopeo says with these options about what was sent.
fn skopeo(world: &World, options: &[&str], name: &str) -> String {
    let mut command = world.other("skopeo");
    command
        .args(options)
        .args(["inspect", "--tls-verify=false"]);
    command.args(["--raw", &format!("docker://{name}")]);
    let done = support::world::finish(command);
    assert_eq!(done.code, 0, "{done}");
    done.stdout
}

fn error(done: &Done, code: i32) -> String {
    assert_eq!(done.code, code, "{done}");
    let mut lines = done.stderr.lines();
    let line = lines.find(|line| line.starts_with("Error: "));
    line.unwrap_or_else(|| panic!("{done}")).to_owned()
}

#[test]
fn a_list_has_a_name_and_a_life_of_its_own() {
    let world = World::new();
    let id = world.ok(["manifest", "create", "m:1"]);
    assert_eq!(id.len(), 64, "{id}");
    assert_eq!(shown(&world, "m:1")["mediaType"], DOCKER_LIST);
    assert_eq!(shown(&world, &id[..12])["manifests"], json("[]"));
    let listed = json(&world.ok(["images", "--format", "json"]));
    assert_eq!(listed[0]["Id"], id.as_str());
    assert_eq!(listed[0]["IsManifestList"], true);
    assert_eq!(listed[0]["Names"], json(r#"["localhost/m:1"]"#));
    let ids = |filter: &str| world.ok(["images", "-q", "--no-trunc", "--filter", filter]);
    assert_eq!(ids("manifest=true"), format!("sha256:{id}"));
    assert_eq!(ids("manifest=false"), "");

    let line = error(&world.coracle(["manifest", "create", "m:1"]), 125);
    assert!(line.contains("that name is already in use"), "{line}");
    assert_eq!(world.ok(["manifest", "create", "--amend", "m:1"]), id);
    let words = ["manifest", "create", "-a", "--annotation", "k=v=w", "m:1"];
    assert_eq!(world.ok(words), id);
    assert_eq!(shown(&world, "m:1")["annotations"]["k"], "v=w");
    assert_eq!(shown(&world, "m:1")["mediaType"], OCI_INDEX);

    world.coracle(["manifest", "exists", "m:1"]).expect_code(0);
    world.coracle(["manifest", "exists", "m:2"]).expect_code(1);
    world.ok(["tag", "m:1", "n:2"]);
    assert_eq!(
        world.ok(["manifest", "rm", "n:2"]),
        "Untagged: localhost/n:2"
    );
    world.ok(["tag", "m:1", "n:3"]);
    world.ok(["untag", "m:1", "n:3"]);
    let removed = world.ok(["manifest", "rm", "m:1"]);
    assert_eq!(removed, format!("Untagged: localhost/m:1\nDeleted: {id}"));
    let line = error(&world.coracle(["manifest", "rm", "m:1"]), 1);
    assert_eq!(line, "Error: m:1: image not known");
    assert_eq!(world.ok(["manifest", "rm", "--ignore", "m:1"]), "");
    assert_eq!(world.ok(["images", "-aq"]), "");
}

#[test]
fn images_are_added_annotated_and_taken_out() {
    let world = two_platforms();
    let (own, other) = architectures();
    let id = world.ok(["manifest", "create", "m", "own"]);
    let words = [
        "manifest",
        "add",
        "m",
        "containers-storage:localhost/other:latest",
    ];
    assert_eq!(world.ok(words), id);
    let list = shown(&world, "m");
    assert_eq!(list["mediaType"], OCI_INDEX);
    let entry = |at: usize| list["manifests"][at].clone();
    assert_eq!(entry(0)["digest"], digest_of(&world, "own").as_str());
    assert_eq!(entry(0)["mediaType"], DOCKER_MANIFEST);
    assert_eq!(entry(0)["platform"]["architecture"], own);
    assert_eq!(entry(1)["platform"]["architecture"], other);
    assert_eq!(entry(1)["platform"]["os"], "linux");

    let digest = digest_of(&world, "other");
    for (words, pointer, value) in [
        (
            &["--arch=arm", "--variant=v7"][..],
            "/manifests/1/platform/variant",
            "v7",
        ),
        (
            &["--arch=riscv64"],
            "/manifests/1/platform/architecture",
            "riscv64",
        ),
        (
            &["--os-version=10"],
            "/manifests/1/platform/os.version",
            "10",
        ),
        (
            &["--os-features=a,b"],
            "/manifests/1/platform/os.features/1",
            "b",
        ),
        (
            &["--features=sse"],
            "/manifests/1/platform/features/0",
            "sse",
        ),
        (&["--annotation=a=b"], "/manifests/1/annotations/a", "b"),
    ] {
        let words = [&["manifest", "annotate"], words, &["m", &digest]].concat();
        assert_eq!(world.ok(words.clone()), id, "{words:?}");
        let list = shown(&world, "m");
        assert_eq!(list.pointer(pointer), Some(&Value::from(value)), "{list}");
    }
    // Another architecture has no variant of the one before.
    assert_eq!(
        shown(&world, "m").pointer("/manifests/1/platform/variant"),
        None
    );
    world.ok([
        "manifest",
        "annotate",
        "--index",
        "--subject=own",
        "--annotation=x=y",
        "m",
    ]);
    let list = shown(&world, "m");
    assert_eq!(list["subject"]["digest"], digest_of(&world, "own").as_str());
    assert_eq!(list["annotations"]["x"], "y");

    for (words, part) in [
        (&["annotate", "m"][..], "expected an instance digest"),
        (
            &["annotate", "--index", "m", "own"],
            "did not expect image or artifact name \"own\"",
        ),
        (
            &["annotate", "--index", "--arch=arm", "m"],
            "requires an instance digest",
        ),
        (
            &["annotate", "--subject=own", "m", "own"],
            "requires no instance digest",
        ),
        (
            &["annotate", "--annotation=x", "m", "own"],
            "to be in key=value format",
        ),
        (&["annotate", "m", NOBODY], "no manifest matching digest"),
        (&["remove", "m", NOBODY], "no instance matching digest"),
        (&["remove", "m", "own"], "invalid image digest \"own\""),
        (
            &["add", "own", "other"],
            "localhost/own:latest: image is not a manifest list",
        ),
        (
            &["rm", "own"],
            "localhost/own:latest: image is not a manifest list",
        ),
        (
            &["exists", "own"],
            "localhost/own:latest: image is not a manifest list",
        ),
        (
            &["add", "m", "oci:/no/such"],
            "lists take images, not files",
        ),
        (&["add", "m", "m"], "cannot be added to itself"),
        (
            &["push", "nobody", "x"],
            "retrieving local image from image name nobody",
        ),
    ] {
        let done = world.coracle([&["manifest"], words].concat());
        let line = error(&done, 125);
        assert!(line.contains(part), "{words:?}: {line}");
    }

    assert_eq!(world.ok(["manifest", "remove", "m", &digest]), id);
    assert_eq!(
        shown(&world, "m")["manifests"].as_array().map(Vec::len),
        Some(1)
    );
    // What a list has goes into another one.
    world.ok(["manifest", "add", "m", "other"]);
    world.ok(["manifest", "create", "copy"]);
    world.ok(["manifest", "add", "--all", "copy", "m"]);
    assert_eq!(
        shown(&world, "copy")["manifests"].as_array().map(Vec::len),
        Some(2)
    );
    world.ok(["manifest", "create", "single", "m"]);
    assert_eq!(
        shown(&world, "single")["manifests"][0]["platform"]["architecture"],
        own
    );
}

#[test]
fn a_list_goes_to_a_registry_with_its_images() {
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    let world = two_platforms();
    let (own, other) = architectures();
    world.ok(["manifest", "create", "m:1", "own", "other"]);
    let name = registry.reference("deep/list:7");
    let words = [
        "manifest",
        "push",
        INSECURE,
        "--digestfile=digest",
        "m:1",
        &name,
    ];
    let done = world.coracle(words);
    assert_eq!((done.code, done.stdout.as_str()), (0, ""), "{done}");
    assert!(
        done.stderr
            .contains("Writing manifest list to image destination"),
        "{done}"
    );
    let raw = skopeo(&world, &[], &name);
    let digest = std::fs::read_to_string(world.path("digest")).expect("written");
    assert_eq!(digest, format!("sha256:{}", images::sha256(raw.as_bytes())));
    let list = json(&raw);
    assert_eq!(list["mediaType"], OCI_INDEX);
    for (at, arch) in [own, other].into_iter().enumerate() {
        let entry = &list["manifests"][at];
        assert_eq!(entry["platform"]["architecture"], arch);
        let place = name.strip_suffix(":7").expect("it has it");
        let by_digest = format!("{place}@{}", entry["digest"].as_str().expect("a digest"));
        let manifest = skopeo(&world, &[], &by_digest);
        assert_eq!(entry["size"], manifest.len(), "{manifest}");
    }
    // `manifest inspect` of what a registry has.
    let remote = json(&world.ok(["manifest", "inspect", INSECURE, &name]));
    assert_eq!(
        remote["manifests"][1]["digest"],
        list["manifests"][1]["digest"]
    );
    // Others choose from it.
    let fresh = World::new();
    for arch in [own, other] {
        fresh.ok(["pull", "-q", INSECURE, "--arch", arch, &name]);
        assert_eq!(
            fresh.ok(["image", "inspect", "-f", "{{.Architecture}}", &name]),
            arch
        );
    }
    // The same again sends no blob.
    registry.forget_requests();
    world.ok(["manifest", "push", "-q", INSECURE, "--rm", "m:1", &name]);
    let sent = registry.requests();
    assert!(
        sent.iter().all(|one| !one.path.contains("/uploads/")),
        "{sent:?}"
    );
    world.coracle(["manifest", "exists", "m:1"]).expect_code(1);
    world.coracle(["image", "exists", "own"]).expect_code(0);
    // The list alone, of an image that is there; and an empty one.
    let bare = registry.reference("deep/list:bare");
    let pulled = format!("containers-storage:{name}");
    fresh.ok(["manifest", "create", "again", &pulled]);
    fresh.ok([
        "manifest",
        "push",
        "-q",
        INSECURE,
        "--all=false",
        "again",
        &bare,
    ]);
    assert_eq!(
        json(&skopeo(&world, &[], &bare))["manifests"][0]["digest"],
        digest_of(&fresh, &name)
    );
    world.ok(["manifest", "create", "empty"]);
    world.ok(["manifest", "push", "-q", INSECURE, "empty", &bare]);
    assert_eq!(json(&skopeo(&world, &[], &bare))["manifests"], json("[]"));
}

#[test]
fn a_list_is_sent_in_the_format_and_compression_that_is_wanted() {
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    let world = two_platforms();
    world.ok(["manifest", "create", "m", "own", "other"]);
    let name = registry.reference("list:1");
    let push = |words: &[&str]| {
        let all = ["manifest", "push", "-q", INSECURE];
        world.coracle([&all, words, &["m", &name]].concat())
    };
    push(&["--format=v2s2"]).expect_code(0);
    let list = json(&skopeo(&world, &[], &name));
    assert_eq!(list["mediaType"], DOCKER_LIST);
    assert_eq!(list["manifests"][0]["mediaType"], DOCKER_MANIFEST);
    push(&["--format=oci"]).expect_code(0);
    let list = json(&skopeo(&world, &[], &name));
    assert_eq!(list["mediaType"], OCI_INDEX);
    assert_eq!(list["manifests"][0]["mediaType"], OCI_MANIFEST);
    push(&["--compression-format=zstd"]).expect_code(0);
    let list = json(&skopeo(&world, &[], &name));
    assert_eq!(list["manifests"][1]["annotations"][ZSTD], "true");
    push(&["--compression-format=gzip", "--add-compression=zstd"]).expect_code(0);
    let list = json(&skopeo(&world, &[], &name));
    let (own, other) = architectures();
    for (at, (arch, zstd)) in [(own, false), (other, false), (own, true), (other, true)]
        .into_iter()
        .enumerate()
    {
        let entry = &list["manifests"][at];
        assert_eq!(entry["platform"]["architecture"], arch, "{list}");
        assert_eq!(entry["annotations"][ZSTD] == "true", zstd, "{list}");
    }
    assert_eq!(list["manifests"].as_array().map(Vec::len), Some(4));
    let line = error(&push(&["--format=v2s2", "--add-compression=zstd"]), 125);
    assert!(line.contains("not possible in format v2s2"), "{line}");
    let line = error(&push(&["--compression-format=xz"]), 125);
    assert!(line.contains("--compression-format \"xz\""), "{line}");
}

#[test]
fn images_that_stay_in_their_registry_are_passed_on() {
    let (Some(from), Some(to)) = (Registry::start(Access::Http), Registry::start(Access::Http))
    else {
        return;
    };
    let world = two_platforms();
    world.ok(["manifest", "create", "m", "own", "other"]);
    let source = from.reference("source:1");
    world.ok(["manifest", "push", "-q", INSECURE, "m", &source]);
    let fresh = World::new();
    let (own, other) = architectures();
    fresh.ok(["manifest", "create", "one"]);
    fresh.ok([
        "manifest",
        "add",
        INSECURE,
        "one",
        &format!("docker://{source}"),
    ]);
    let list = shown(&fresh, "one");
    assert_eq!(list["manifests"][0]["platform"]["architecture"], own);
    assert_eq!(list["manifests"].as_array().map(Vec::len), Some(1));
    fresh.ok(["manifest", "create", "all"]);
    fresh.ok(["manifest", "add", INSECURE, "--all", "all", &source]);
    let words = [
        "add",
        INSECURE,
        "--arch",
        other,
        "--annotation=a=b",
        "one",
        &source,
    ];
    fresh.ok([&["manifest"], &words[..]].concat());
    let list = shown(&fresh, "one");
    assert_eq!(list["manifests"][1]["platform"]["architecture"], other);
    assert_eq!(list["manifests"][1]["annotations"]["a"], "b");
    // Into another registry: copied. Within the same one: taken over.
    let target = to.reference("target:1");
    fresh.ok(["manifest", "push", "-q", INSECURE, "all", &target]);
    let pulled = World::new();
    pulled.ok(["pull", "-q", INSECURE, "--arch", other, &target]);
    from.forget_requests();
    fresh.ok([
        "manifest",
        "push",
        "-q",
        INSECURE,
        "all",
        &from.reference("beside:1"),
    ]);
    assert_eq!(from.blob_downloads(), []);
    let mounted = |one: &support::registry::Request| one.path.contains("mount=sha256");
    assert!(from.requests().iter().any(mounted), "{:?}", from.requests());
    assert_eq!(
        fresh.ok(["images", "-q"]).lines().count(),
        2,
        "nothing was pulled"
    );
    let words = [
        "manifest",
        "push",
        INSECURE,
        "--compression-format=zstd",
        "all",
        &target,
    ];
    let line = error(&fresh.coracle(words), 125);
    assert!(line.contains("is sent as it is"), "{line}");
    fresh.expect_nothing_unfinished();
}

#[test]
fn a_name_that_is_a_lists_means_the_image_of_the_platform() {
    let world = World::with_image("tiny");
    if !images::have_tiny() {
        return;
    }
    let (_, other) = architectures();
    load(&world, "other", other);
    world.ok(["manifest", "create", "m", "other"]);
    let done = world.coracle(["image", "exists", "m"]);
    assert_eq!(done.code, 1, "there is nothing for us in it: {done}");
    world.ok(["manifest", "add", "m", "tiny"]);
    world.coracle(["image", "exists", "m"]).expect_code(0);
    assert_eq!(
        world.ok(["run", "--rm", "--network=none", "m", "echo", "hi"]),
        "hi"
    );
    let created = |words: &[&str]| {
        let id = world.ok([&["create", "--pull=never"], words, &["m", "true"]].concat());
        world.inspect(&id, "{{.Image}}")
    };
    let id = |name: &str| world.ok(["image", "inspect", "-f", "{{.Id}}", name]);
    assert_eq!(created(&[]), id("tiny"));
    assert_eq!(created(&["--arch", other]), id("other"));
    assert_eq!(
        created(&["--platform", &format!("linux/{other}")]),
        id("other")
    );
    // Removing the list removes no image.
    world.ok(["rmi", "m"]);
    world.coracle(["image", "exists", "tiny"]).expect_code(0);
}

#[test]
fn a_list_keeps_what_it_is_made_of() {
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    let world = two_platforms();
    world.ok(["manifest", "create", "m", "own", "other"]);
    world.ok(["rmi", "own", "other"]);
    assert_eq!(world.ok(["images", "-q"]).lines().count(), 1);
    let name = registry.reference("kept:1");
    world.ok(["manifest", "push", "-q", INSECURE, "m", &name]);
    assert_eq!(
        json(&skopeo(&world, &[], &name))["manifests"]
            .as_array()
            .map(Vec::len),
        Some(2)
    );
    world.ok(["manifest", "rm", "m"]);
    for folder in ["blobs/sha256", "layers", "images/lists", "images/names"] {
        let left = std::fs::read_dir(world.store().join(folder)).expect("a folder");
        assert_eq!(left.count(), 0, "{folder}");
    }
}

#[test]
fn additions_at_the_same_time_are_all_there() {
    let world = World::new();
    let (own, _) = architectures();
    let names: Vec<String> = (0..6).map(|number| format!("image{number}")).collect();
    for name in &names {
        load(&world, name, own);
    }
    world.ok(["manifest", "create", "m"]);
    let running: Vec<_> = names
        .iter()
        .map(|name| world.start(["manifest", "add", "m", name]))
        .collect();
    for one in running {
        one.wait(std::time::Duration::from_secs(120)).expect_code(0);
    }
    let list = shown(&world, "m");
    assert_eq!(
        list["manifests"].as_array().map(Vec::len),
        Some(6),
        "{list}"
    );
}

#[test]
fn a_registry_that_wants_a_password_and_a_certificate_gets_them() {
    let Some(registry) = Registry::start(Access::Htpasswd) else {
        return;
    };
    let world = two_platforms();
    world.ok(["manifest", "create", "m", "own"]);
    let name = registry.reference("list:1");
    let creds = format!("--creds={USER}:{PASSWORD}");
    world.ok(["manifest", "push", "-q", INSECURE, &creds, "m", &name]);
    world.ok(["manifest", "create", "there"]);
    world.ok(["manifest", "add", INSECURE, &creds, "there", &name]);
    // Without the authority's certificate: Podman's words, which scripts look for.
    let line = error(&world.coracle(["manifest", "inspect", &name]), 125);
    let place = name.strip_suffix(":1").expect("it has it");
    let wanted = format!(
        "Error: reading image \"docker://{name}\": fetching manifest 1 in {place}: pinging \
         container registry {}: x509",
        registry.address()
    );
    assert!(line.starts_with(&wanted), "{line}");
    world.log_in(&registry);
    let words = ["manifest", "inspect", "--insecure", "-v", &name];
    assert_eq!(
        json(&world.ok(words))["manifests"].as_array().map(Vec::len),
        Some(1)
    );
    world.trust(&registry);
    world.ok(["manifest", "inspect", &name]);
    let words = ["manifest", "push", "--insecure", INSECURE, "m", &name];
    let line = error(&world.coracle(words), 125);
    assert_eq!(line, "Error: --insecure may not be used with --tls-verify");
}

#[test]
fn files_go_into_a_list_as_an_artifact() {
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    let world = World::new();
    let file = |name: &str, bytes: &[u8]| {
        let path = world.write(name, bytes);
        path.to_str().expect("UTF-8").to_owned()
    };
    let text = file("listed.txt", b"oh yes\n");
    let config = file("config.json", b"{\"a\":1}");
    world.ok(["manifest", "create", "m:1"]);
    let name = registry.reference("files:1");
    let place = name.strip_suffix(":1").expect("it has it");
    let sent = |at: usize| {
        world.ok(["manifest", "push", "-q", INSECURE, "m:1", &name]);
        let list = json(&skopeo(&world, &[], &name));
        let digest = list["manifests"][at]["digest"].as_str().expect("a digest");
        let raw = skopeo(&world, &[], &format!("{place}@{digest}"));
        (list["manifests"][at].clone(), json(&raw))
    };
    world.ok(["manifest", "add", "--artifact", "m:1", &text]);
    let (entry, artifact) = sent(0);
    assert_eq!(entry["artifactType"], "application/vnd.unknown.artifact.v1");
    assert_eq!(artifact["layers"][0]["mediaType"], "text/plain");
    let title = "org.opencontainers.image.title";
    assert_eq!(artifact["layers"][0]["annotations"][title], "listed.txt");
    assert_eq!(
        artifact["config"]["mediaType"],
        "application/vnd.oci.empty.v1+json"
    );
    assert_eq!(
        shown(&world, "m:1")["manifests"][0]["files"][0],
        text.as_str()
    );
    world.ok([
        "manifest",
        "annotate",
        "--annotation=a=b",
        "m:1",
        "listed.txt",
    ]);
    // What was added is sent, whatever becomes of the file.
    let zeroes = file("zeroes", &[0; 5000]);
    let config = format!("--artifact-config={config}");
    world.ok([
        "manifest",
        "add",
        "--artifact",
        "--artifact-type=",
        "--artifact-exclude-titles",
        "--artifact-layer-type=a/b",
        "--os=linux",
        "--arch=amd64",
        &config,
        "m:1",
        &zeroes,
    ]);
    std::fs::remove_file(&zeroes).expect("it was there");
    let (entry, artifact) = sent(1);
    assert_eq!(entry["artifactType"], Value::Null);
    assert_eq!(entry["platform"]["architecture"], "amd64");
    assert_eq!(artifact["layers"][0]["mediaType"], "a/b");
    assert_eq!(artifact["layers"][0]["annotations"], Value::Null);
    assert_eq!(
        artifact["config"]["mediaType"],
        "application/vnd.oci.image.config.v1+json"
    );
    let line = error(
        &world.coracle(["manifest", "add", "--artifact-type=x", "m:1", &text]),
        125,
    );
    assert_eq!(line, "Error: --artifact-type requires --artifact");
    // Nothing of them stays.
    world.ok(["rmi", "m:1"]);
    let left = std::fs::read_dir(world.store().join("blobs/sha256")).expect("a folder");
    assert_eq!(left.count(), 0);
}

#[test]
fn a_program_for_another_machine_says_what_is_missing() {
    if std::path::Path::new("/proc/sys/fs/binfmt_misc/qemu-s390x").exists() {
        return support::skip("an interpreter for s390x is registered here");
    }
    let (own, _) = architectures();
    let world = World::new();
    // An ELF header for s390x, ELF's version 1 and nothing behind it.
    let mut program = vec![0x7f, b'E', b'L', b'F', 2, 2, 1];
    program.resize(120, 0);
    program[16..24].copy_from_slice(&[0, 2, 0, 22, 0, 0, 0, 1]);
    let path = world.write("program", &program);
    support::world::set_mode(&path, 0o755);
    let layer = images::layer_with_file("data", b"");
    let mut archive = images::docker_archive("localhost/big:latest", "{}", &[layer]);
    let from = format!("\"architecture\":\"{own}\"");
    let at = archive
        .windows(from.len())
        .position(|part| part == from.as_bytes())
        .expect("the config says it");
    archive[at..at + from.len()].copy_from_slice(b"\"architecture\":\"s390x\"");
    let file = world.write("big.tar", archive);
    world.ok(["load", "-q", "-i", file.to_str().expect("UTF-8")]);
    let volume = format!("{}:/program:ro", path.display());
    let words = [
        "run",
        "--rm",
        "--network=none",
        "-v",
        &volume,
        "big",
        "/program",
    ];
    let done = world.coracle(words);
    let line = error(&done, 126);
    let wanted = "exec /program: exec format error: the image is for linux/s390x";
    assert!(line.contains(wanted), "{line}");
    assert!(done.stderr.contains("hint: "), "{done}");
    assert!(done.stderr.contains("qemu-"), "{done}");
    assert!(
        done.stderr.contains(&format!(
            "image platform (linux/s390x) does not match the expected platform (linux/{own}"
        )),
        "{done}"
    );
}

/// As Podman counts it: whoever prunes what nobody misses leaves a list's images.
#[test]
fn a_nameless_image_of_a_list_is_not_dangling() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    let id = world.ok(["images", "-q", "--no-trunc", "tiny"]);
    world.ok(["manifest", "create", "list", "tiny"]);
    world.ok(["untag", "tiny"]);
    let ids = |filter: &str| world.ok(["images", "-q", "--no-trunc", "--filter", filter]);
    assert_eq!(ids("dangling=true"), "");
    assert!(ids("dangling=false").contains(&id));
    let format = "{{.IsDangling}} {{.Repository}}";
    let rows = world.ok(["images", "--format", format]);
    assert!(rows.lines().any(|row| row == "false <none>"), "{rows}");
    assert_eq!(world.ok(["image", "prune", "-f"]), "");
    world.ok(["manifest", "rm", "list"]);
    assert_eq!(ids("dangling=true"), id);
    let pruned = world.ok(["image", "prune", "-f"]);
    assert!(id.ends_with(&pruned), "{id} {pruned}");
}
