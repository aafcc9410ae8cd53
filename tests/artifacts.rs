//! `artifact`: files that are kept, listed, sent, brought back and written out again.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

#[path = "support/evilreg.rs"]
mod evilreg;
mod support;

use coracle::types::Digest;
use evilreg::{EvilRegistry, OCI_MANIFEST, Reply};
use serde_json::Value;
use support::registry::{Access, PASSWORD, USER};
use support::{Registry, World};

const NAME: &str = "localhost/test/chart";
const TITLE: &str = "org.opencontainers.image.title";
const CREATED: &str = "org.opencontainers.image.created";

fn inspected(world: &World, name: &str) -> Value {
    serde_json::from_str(&world.ok(["artifact", "inspect", name])).expect("JSON")
}

/// Fails with 125 and this line on stderr.
fn fails(world: &World, words: &[&str], line: &str) {
    let done = world.coracle(words);
    assert_eq!(done.code, 125, "{done}");
    assert_eq!(done.stderr.lines().next(), Some(line), "{done}");
}

#[test]
fn files_are_kept_and_written_out_again() {
    let world = World::new();
    let one = world.write("one.txt", "one\n");
    let large = world.write("large", vec![7; 5 << 20]);
    let (one, large) = (one.to_string_lossy(), large.to_string_lossy());
    let digest = world.ok(["artifact", "add", "--annotation=color=blue", NAME, &one]);
    assert_eq!(digest.len(), 64);
    let shown = inspected(&world, NAME);
    assert_eq!(shown["Name"], format!("{NAME}:latest"));
    assert_eq!(shown["Digest"], format!("sha256:{digest}"));
    let layer = &shown["Manifest"]["layers"][0];
    assert_eq!(layer["mediaType"], "text/plain; charset=utf-8");
    assert_eq!(layer["size"], 4);
    assert_eq!(layer["annotations"][TITLE], "one.txt");
    assert_eq!(layer["annotations"]["color"], "blue");
    let created = &shown["Manifest"]["annotations"][CREATED];

    let appended = world.ok(["artifact", "add", "-a", NAME, &large]);
    assert_ne!(appended, digest);
    let format = format!(
        "{{{{index .Manifest.Annotations \"{CREATED}\"}}}} {{{{len .Manifest.Layers}}}} {{{{.TotalSizeBytes}}}}"
    );
    let line = world.ok(["artifact", "inspect", "-f", &format, &appended[..12]]);
    let expected = format!("{} 2 {}", created.as_str().expect("text"), (5 << 20) + 4);
    assert_eq!(line, expected);
    // The manifest before is nobody's any more.
    assert!(!world.store().join("blobs/sha256").join(&digest).exists());

    let listed = world.ok(["artifact", "ls"]);
    let rows: Vec<Vec<&str>> = listed
        .lines()
        .map(|line| {
            line.split("  ")
                .map(str::trim)
                .filter(|w| !w.is_empty())
                .collect()
        })
        .collect();
    assert_eq!(rows[0], ["REPOSITORY", "TAG", "DIGEST", "CREATED", "SIZE"]);
    assert_eq!(rows[1][..3], [NAME, "latest", &appended[..12]]);
    assert_eq!(rows[1][4], "5.243MB");
    let whole = world.ok(["artifact", "ls", "-n", "--no-trunc", "--format={{.Digest}}"]);
    assert_eq!(whole, appended);

    let place = world.path("out");
    std::fs::create_dir(&place).expect("a directory");
    let target = place.to_string_lossy().into_owned();
    world.ok(["artifact", "extract", NAME, &target]);
    let read = |name: &str| std::fs::read(place.join(name)).expect("a file");
    assert_eq!(read("one.txt"), b"one\n");
    assert_eq!(read("large"), vec![7; 5 << 20]);
    let blob = Digest::of(b"one\n").to_string();
    let option = format!("--digest={blob}");
    world.ok(["artifact", "extract", &option, NAME, &target]);
    assert_eq!(read(&blob.replace(':', "-")), b"one\n");
    let file = world.path("alone").to_string_lossy().into_owned();
    world.ok(["artifact", "extract", "--title=one.txt", NAME, &file]);
    assert_eq!(std::fs::read(&file).expect("a file"), b"one\n");
    let left: Vec<_> = std::fs::read_dir(&place).expect("it").flatten().collect();
    assert_eq!(left.len(), 3, "{left:?}");
    let several = format!(
        "Error: the artifact consists of several blobs and the target \"{file}\" is not a directory \
         and neither digest or title was specified to only copy a single blob"
    );
    fails(&world, &["artifact", "extract", NAME, &file], &several);
    let missing = "Error: no blob with the title \"two\"";
    fails(
        &world,
        &["artifact", "extract", "--title=two", NAME, &target],
        missing,
    );

    assert_eq!(world.ok(["artifact", "rm", NAME]), appended);
    let gone = format!("Error: {NAME}:latest: artifact does not exist");
    fails(&world, &["artifact", "inspect", NAME], &gone);
    fails(
        &world,
        &["artifact", "rm", "foobar"],
        "Error: foobar: artifact does not exist",
    );
    world.ok(["artifact", "rm", "-i", "foobar"]);
    let blobs = std::fs::read_dir(world.store().join("blobs/sha256")).expect("blobs");
    assert_eq!(blobs.count(), 0);
}

#[test]
fn names_and_titles_are_taken_once() {
    let world = World::new();
    let file = world.write("a", "a").to_string_lossy().into_owned();
    let other = world.write("b", "b").to_string_lossy().into_owned();
    let first = world.ok([
        "artifact",
        "add",
        "--type=x/chart",
        "--file-type=x/y",
        NAME,
        &file,
    ]);
    let shown = inspected(&world, &first);
    assert_eq!(shown["Manifest"]["artifactType"], "x/chart");
    assert_eq!(shown["Manifest"]["layers"][0]["mediaType"], "x/y");
    let taken = format!("Error: {NAME}:latest: artifact already exists");
    fails(&world, &["artifact", "add", NAME, &other], &taken);
    let twice = "Error: a: file already exists in artifact";
    fails(&world, &["artifact", "add", "--append", NAME, &file], twice);
    let both = "Error: --append and --replace options cannot be used together";
    fails(
        &world,
        &["artifact", "add", "--append", "--replace", NAME, &other],
        both,
    );
    let typed = "Error: append option is not compatible with type option";
    fails(
        &world,
        &["artifact", "add", "--append", "--type=z", NAME, &other],
        typed,
    );
    let titled = format!("--annotation={TITLE}=same");
    let same = format!("Error: duplicate layers {TITLE} labels within an artifact not allowed");
    fails(
        &world,
        &["artifact", "add", &titled, "localhost/two", &file, &other],
        &same,
    );
    fails(
        &world,
        &["artifact", "add", "short", &file],
        "Error: \"short\": repository name must be canonical",
    );
    let second = world.ok(["artifact", "add", "--replace", NAME, &other]);
    assert_ne!(first, second);
    world.ok(["artifact", "add", "--replace", "localhost/three:7", &file]);
    let all = "Error: when using the --all switch, you may not pass any artifact names or digests";
    fails(&world, &["artifact", "rm", "-a", NAME], all);
    assert_eq!(world.ok(["artifact", "rm", "--all"]).lines().count(), 2);
    assert_eq!(world.ok(["artifact", "ls", "-n"]), "");
    let events = world.ok([
        "events",
        "--stream=false",
        "--filter=type=artifact",
        "--format={{.Status}}",
    ]);
    let events: Vec<&str> = events.lines().collect();
    assert_eq!(events, ["add", "add", "add", "remove", "remove"]);
}

#[test]
fn an_artifact_outlives_the_removal_of_images() {
    let world = World::with_image("tiny");
    let file = world.write("a", "kept").to_string_lossy().into_owned();
    world.ok(["artifact", "add", NAME, &file]);
    world.ok(["rmi", "--all"]);
    let out = world.path("out").to_string_lossy().into_owned();
    world.ok(["artifact", "extract", NAME, &out]);
    assert_eq!(std::fs::read(&out).expect("written"), b"kept");
}

#[test]
fn artifacts_go_to_a_registry_and_come_back() {
    let Some(registry) = Registry::start(Access::Htpasswd) else {
        return;
    };
    let world = World::new();
    world.trust(&registry);
    let name = registry.reference("test/model:1");
    let weights = vec![3; 3 << 20];
    let file = world
        .write("weights.bin", &weights)
        .to_string_lossy()
        .into_owned();
    let note = world
        .write("note", "read me\n")
        .to_string_lossy()
        .into_owned();
    let digest = world.ok(["artifact", "add", "--type=x/model", &name, &file, &note]);
    let wrong = world.coracle(["artifact", "push", "-q", "--creds=sailor:wrong", &name]);
    assert_eq!(wrong.code, 125, "{wrong}");
    assert!(
        wrong.stderr.contains("/model: authentication required"),
        "{wrong}"
    );
    let creds = format!("--creds={USER}:{PASSWORD}");
    let digestfile = world.path("digest").to_string_lossy().into_owned();
    let option = format!("--digestfile={digestfile}");
    world.ok(["artifact", "push", "-q", &creds, &option, &name]);
    assert_eq!(
        std::fs::read_to_string(&digestfile).expect("written"),
        format!("sha256:{digest}")
    );
    // Another home, with nothing of it.
    let other = World::new();
    other.trust(&registry);
    other.ok(["artifact", "pull", &creds, &name]);
    assert_eq!(
        inspected(&other, &name)["Digest"],
        format!("sha256:{digest}")
    );
    let out = other.path("out");
    std::fs::create_dir(&out).expect("a directory");
    other.ok(["artifact", "extract", &name, &out.to_string_lossy()]);
    assert_eq!(
        std::fs::read(out.join("weights.bin")).expect("a file"),
        weights
    );
    // By digest, and what is here already is not fetched again.
    let by_digest = format!("{}@sha256:{digest}", registry.reference("test/model"));
    other.ok(["artifact", "pull", "-q", &creds, &by_digest]);
    assert_eq!(other.ok(["artifact", "ls", "-n"]).lines().count(), 2);
    let fetched = registry.requests();
    let blobs = fetched
        .iter()
        .filter(|request| request.method == "GET" && request.path.contains("/blobs/sha256:"))
        .count();
    assert_eq!(blobs, 3, "{fetched:?}");
    // skopeo is of another opinion about nothing.
    let done = other
        .other("skopeo")
        .args([
            "--insecure-policy",
            "inspect",
            "--raw",
            "--tls-verify=false",
            &creds,
        ])
        .arg(format!("docker://{name}"))
        .output()
        .expect("skopeo runs");
    assert_eq!(Digest::of(&done.stdout).hex(), digest);
}

/// An artifact of one file, served as a registry would, and refused as an image.
fn served(title: &str, content: &'static [u8]) -> EvilRegistry {
    let blob = Digest::of(content);
    let manifest = format!(
        r#"{{"schemaVersion":2,"mediaType":"{OCI_MANIFEST}","artifactType":"x/evil","config":{{"mediaType":"application/vnd.oci.empty.v1+json","digest":"{}","size":2}},"layers":[{{"mediaType":"x/y","digest":"{blob}","size":{},"annotations":{{"{TITLE}":{title:?}}}}}]}}"#,
        Digest::of(b"{}"),
        content.len()
    );
    EvilRegistry::http(move |seen| match seen.path.as_str() {
        "/v2/x/manifests/1" => {
            Reply::new(200, manifest.clone()).header("content-type", OCI_MANIFEST)
        }
        path if path.ends_with(&blob.to_string()) => Reply::new(200, content),
        path if path.contains("/blobs/") => Reply::new(200, "{}"),
        _ => Reply::new(404, ""),
    })
}

#[test]
fn s_36_a_title_is_no_way_out_of_the_target() {
    for (title, why) in [
        ("../canary", "cannot contain /"),
        ("/tmp/canary", "cannot contain /"),
        ("..", "names a directory"),
        ("a\nb", "cannot contain control characters"),
    ] {
        let world = World::new();
        let registry = served(title, b"evil");
        let name = format!("{}/x:1", registry.host());
        world.ok(["artifact", "pull", "-q", "--tls-verify=false", &name]);
        let out = world.path("target");
        std::fs::create_dir(&out).expect("a directory");
        let target = out.to_string_lossy().into_owned();
        let done = world.coracle(["artifact", "extract", &name, &target]);
        assert_eq!(done.code, 125, "{done}");
        assert!(done.stderr.contains(why), "{done}");
        assert_eq!(std::fs::read_dir(&out).expect("it").count(), 0);
        assert!(!world.path("canary").exists());
        // Its content is as good as any under a name of the user's.
        let file = world.path("file").to_string_lossy().into_owned();
        world.ok(["artifact", "extract", &name, &file]);
        assert_eq!(std::fs::read(file).expect("written"), b"evil");
    }
}

#[test]
fn s_36_a_link_in_the_target_is_replaced_and_not_followed() {
    let world = World::new();
    let registry = served("link", b"evil");
    let name = format!("{}/x:1", registry.host());
    world.ok(["artifact", "pull", "-q", "--tls-verify=false", &name]);
    let canary = world.write("canary", "sings");
    let out = world.path("target");
    std::fs::create_dir(&out).expect("a directory");
    std::os::unix::fs::symlink(&canary, out.join("link")).expect("a link");
    world.ok(["artifact", "extract", &name, &out.to_string_lossy()]);
    assert_eq!(std::fs::read(&canary).expect("it"), b"sings");
    let facts = out.join("link").symlink_metadata().expect("a file");
    assert!(facts.is_file());
}

#[test]
fn a_blob_that_is_not_what_its_digest_says_is_not_kept() {
    let honest = served("x", b"evil");
    let other = World::new();
    let name = format!("{}/x:1", honest.host());
    other.ok(["artifact", "pull", "-q", "--tls-verify=false", &name]);
    let digest = inspected(&other, &name)["Digest"].to_string();
    let hex = digest.trim_matches('"').trim_start_matches("sha256:");
    let manifest = std::fs::read(other.store().join("blobs/sha256").join(hex)).expect("a blob");
    let liar = EvilRegistry::http(move |seen| match seen.path.as_str() {
        "/v2/x/manifests/1" => {
            Reply::new(200, manifest.clone()).header("content-type", OCI_MANIFEST)
        }
        path if path.ends_with(&Digest::of(b"{}").to_string()) => Reply::new(200, "{}"),
        _ => Reply::new(200, "good"),
    });
    let world = World::new();
    let name = format!("{}/x:1", liar.host());
    let done = world.coracle([
        "artifact",
        "pull",
        "-q",
        "--retry=0",
        "--tls-verify=false",
        &name,
    ]);
    assert_eq!(done.code, 125, "{done}");
    assert_eq!(world.ok(["artifact", "ls", "-n"]), "");
    let kept = std::fs::read_dir(world.store().join("blobs/sha256")).expect("blobs");
    assert_eq!(kept.count(), 0);
}

#[test]
fn inspect_finds_artifacts_last() {
    let world = World::new();
    let file = world.write("one.txt", "one\n");
    let digest = world.ok(["artifact", "add", NAME, &file.to_string_lossy()]);
    let whole = format!("{NAME}:latest");
    for words in [
        &["inspect", NAME][..],
        &["inspect", "--type=artifact", NAME],
        &["inspect", "--type", "artifact", &digest[..12]],
    ] {
        let shown: Value = serde_json::from_str(&world.ok(words.iter().copied())).expect("JSON");
        assert_eq!(shown[0]["Name"], *whole, "{words:?}");
        assert_eq!(shown[0]["Manifest"]["layers"][0]["size"], 4);
    }
    let format = "{{.Name}} {{(index .Manifest.Layers 0).Size}}";
    let words = ["inspect", "--type=artifact", "-f", format, NAME];
    assert_eq!(world.ok(words), format!("{whole} 4"));
    for words in [
        &["inspect", "localhost/no/such"][..],
        &["inspect", "--type=image", NAME],
        &["inspect", "--type=artifact", "localhost/no/such"],
    ] {
        world.coracle(words.iter().copied()).expect_refusal("no");
    }
}
