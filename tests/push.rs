//! `push`, to Debian's docker-registry and to one that misbehaves.
//!
//! skopeo reads what was pushed; whatever goes wrong, there is one clear line and nothing is left.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

#[path = "support/evilreg.rs"]
mod evilreg;
#[path = "support/inbox.rs"]
mod inbox;
mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use evilreg::{Authority, EvilRegistry, OCI_MANIFEST, Reply, Seen, noise};
use inbox::Inbox;
use support::registry::{Access, PASSWORD, USER};
use support::{Done, Registry, World, images};

const INSECURE: &str = "--tls-verify=false";
const QUICK: &str = "--retry-delay=10ms";
const DOCKER_MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";

/// The one line of a failure.
fn failure(done: &Done) -> String {
    assert_eq!(done.code, 125, "{done}");
    assert_eq!(done.stdout, "", "{done}");
    let errors: Vec<&str> = done
        .stderr
        .lines()
        .filter(|line| line.starts_with("Error: "))
        .collect();
    assert_eq!(errors.len(), 1, "{done}");
    errors[0].to_owned()
}

/// A world with an image `localhost/noisy` whose only layer compresses to some 3 MB.
fn noisy() -> World {
    let world = World::new();
    let layer = images::layer_with_file("noise", &noise(3 << 20, 5));
    let archive = images::docker_archive("localhost/noisy:latest", "{}", &[layer]);
    let file = world.write("noisy.tar", archive);
    world.ok(["load", "-q", "-i", file.to_str().expect("UTF-8")]);
    world
}

/// A process that nobody waits for empties the trash.
fn nothing_unfinished(world: &World) {
    let limit = std::time::Duration::from_secs(20);
    support::wait_until("nothing unfinished is left", limit, || {
        world.unfinished().is_empty()
    });
}

/// Everything `skopeo inspect` says with these options about a pushed image.
fn skopeo(world: &World, option: &str, name: &str) -> String {
    let mut command = world.other("skopeo");
    command.args(["inspect", "--tls-verify=false", option]);
    command.arg(format!("docker://{name}"));
    let done = support::world::finish(command);
    assert_eq!(done.code, 0, "{done}");
    done.stdout
}

fn id_of(world: &World, image: &str) -> String {
    let id = world.ok(["image", "inspect", "--format", "{{.Id}}", image]);
    id.trim_start_matches("sha256:").to_owned()
}

fn digestfile(world: &World) -> String {
    std::fs::read_to_string(world.path("digest")).expect("written")
}

#[test]
fn an_image_goes_to_a_registry_and_comes_back_the_same() {
    if !images::have_tiny() {
        return;
    }
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    let world = World::with_image("tiny");
    let id = id_of(&world, "tiny");
    let name = registry.reference("deep/er/tiny:1");
    let done = world.coracle(["push", INSECURE, "--digestfile=digest", "tiny", &name]);
    assert_eq!(done.code, 0, "{done}");
    assert_eq!(done.stdout, "", "{done}");
    assert!(
        done.stderr
            .contains("Writing manifest to image destination")
    );
    // What another tool reads of it.
    let raw = skopeo(&world, "--raw", &name);
    assert_eq!(
        digestfile(&world),
        format!("sha256:{}", images::sha256(raw.as_bytes()))
    );
    assert!(raw.contains(DOCKER_MANIFEST), "{raw}");
    assert!(raw.contains(&id), "{raw}");
    let mut copy = world.other("skopeo");
    let file = world.path("copied.tar");
    copy.args(["--insecure-policy", "copy", "-q", "--src-tls-verify=false"]);
    copy.args([
        format!("docker://{name}"),
        format!("docker-archive:{}", file.display()),
    ]);
    let done = support::world::finish(copy);
    assert_eq!(done.code, 0, "{done}");
    let other = World::new();
    other.ok(["load", "-q", "-i", file.to_str().expect("UTF-8")]);
    assert_eq!(
        other.ok(["images", "-q", "--no-trunc"]),
        format!("sha256:{id}")
    );
    // And what comes back.
    let third = World::new();
    assert_eq!(third.ok(["pull", "-q", INSECURE, &name]), id);
    // The same again sends no layer.
    registry.forget_requests();
    world.ok(["push", "-q", INSECURE, "tiny", &name]);
    let sent = registry.requests();
    assert!(
        sent.iter().all(|request| request.method != "PATCH"),
        "{sent:?}"
    );
    nothing_unfinished(&world);
}

#[test]
fn what_was_pulled_goes_on_unchanged_and_by_mounting() {
    if !images::have_tiny() {
        return;
    }
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    registry.push_image("tiny", "from:1");
    let world = World::new();
    let from = registry.reference("from:1");
    world.ok(["pull", "-q", INSECURE, &from]);
    registry.forget_requests();
    let to = registry.reference("to:1");
    let done = world.coracle(["push", INSECURE, &from, &to]);
    assert_eq!(done.code, 0, "{done}");
    assert!(done.stderr.contains("is taken over from from"), "{done}");
    let requests = registry.requests();
    assert!(
        requests.iter().all(|request| request.method != "PATCH"),
        "{requests:?}"
    );
    assert_eq!(skopeo(&world, "--raw", &from), skopeo(&world, "--raw", &to));
    // Without a destination, the name says where.
    world.ok(["tag", &from, &registry.reference("own:2")]);
    world.ok(["push", "-q", INSECURE, &registry.reference("own:2")]);
    assert_eq!(
        skopeo(&world, "--raw", &registry.reference("own:2")),
        skopeo(&world, "--raw", &from)
    );
    let shown = world.ok(["events", "--stream=false", "--filter", "event=push"]);
    assert_eq!(shown.lines().count(), 2, "{shown}");
}

#[test]
fn formats_and_compressions_are_as_asked() {
    let world = noisy();
    let id = id_of(&world, "noisy");
    let inbox = Arc::new(Inbox::default());
    let kept = inbox.clone();
    let registry = EvilRegistry::http(move |seen| kept.answer(seen));
    let push = |tag: &str, options: &[&str]| {
        let name = format!("{}/x:{tag}", registry.host());
        let mut words = vec!["push", "-q", INSECURE];
        words.extend(options);
        words.extend(["noisy", &name]);
        let done = world.coracle(words);
        assert_eq!(done.code, 0, "{done}");
        let (kind, bytes) = inbox.manifest("x", tag).expect("pushed");
        let manifest = String::from_utf8(bytes).expect("JSON");
        assert!(manifest.contains(&id), "{manifest}");
        (kind, manifest)
    };
    let (kind, plain) = push("a", &[]);
    assert_eq!(kind, DOCKER_MANIFEST);
    assert!(plain.contains("rootfs.diff.tar.gzip"), "{plain}");
    let (kind, oci) = push("b", &["--format", "oci"]);
    assert_eq!(kind, OCI_MANIFEST);
    assert!(oci.contains("layer.v1.tar+gzip"), "{oci}");
    let (kind, zstd) = push("c", &["--compression-format=zstd"]);
    assert_eq!(kind, OCI_MANIFEST);
    assert!(zstd.contains("layer.v1.tar+zstd"), "{zstd}");
    // The registry has it in gzip: that does, unless zstd is insisted on.
    let (_, any) = push(
        "d",
        &["--compression-format=zstd", "--force-compression=false"],
    );
    assert!(
        any.contains("layer.v1.tar+gzip") || any.contains("tar+zstd"),
        "{any}"
    );
    let (_, fast) = push("e", &["--compression-format=gzip", "--compression-level=1"]);
    assert!(fast.contains("rootfs.diff.tar.gzip"), "{fast}");
    for (options, part) in [
        (
            &["--compression-format=lz4"][..],
            "is none of gzip, zstd and zstd:chunked",
        ),
        (
            &["--format=v2s2", "--compression-format=zstd:chunked"],
            "not possible in format v2s2",
        ),
        (&["--format=v2s1"], "v2s1 is not supported yet"),
        (&["--format=v3"], "is neither oci nor v2s2"),
        (
            &["--format=v2s2", "--compression-format=zstd"],
            "not possible in format v2s2",
        ),
        (&["--compression-level=10"], "is not from 0 to 9"),
        (
            &["--compression-format=zstd", "--compression-level=0"],
            "is not from 1 to 22",
        ),
        (
            &["--encrypt-layer=0"],
            "--encrypt-layer is not supported yet",
        ),
    ] {
        let mut words = vec!["push", "-q", INSECURE];
        words.extend(options);
        words.extend(["noisy", "127.0.0.1:1/x"]);
        let line = failure(&world.coracle(words));
        assert!(line.contains(part), "{options:?}: {line}");
    }
}

#[test]
fn the_same_content_is_the_same_bytes_in_every_store() {
    let inbox = Arc::new(Inbox::default());
    let kept = inbox.clone();
    let registry = EvilRegistry::http(move |seen| kept.answer(seen));
    let name = format!("{}/x:1", registry.host());
    let mut digests = Vec::new();
    for _ in 0..2 {
        let world = noisy();
        for format in ["gzip", "zstd"] {
            let format = format!("--compression-format={format}");
            world.ok([
                "push",
                "-q",
                INSECURE,
                "--digestfile=digest",
                &format,
                "noisy",
                &name,
            ]);
            digests.push(digestfile(&world));
        }
    }
    assert_eq!(digests[..2], digests[2..]);
    // The second world's layers were there already: one config, two layers.
    assert_eq!(inbox.blobs().len(), 3);
}

#[test]
fn a_push_over_https_wants_the_password() {
    if !images::have_tiny() {
        return;
    }
    let Some(registry) = Registry::start(Access::Htpasswd) else {
        return;
    };
    let world = World::with_image("tiny");
    let name = registry.reference("tiny:1");
    let line = failure(&world.coracle(["push", "-q", "tiny", &name]));
    assert!(line.contains("issuer of its certificate"), "{line}");
    world.trust(&registry);
    let line = failure(&world.coracle(["push", "-q", "tiny", &name]));
    let place = registry.reference("tiny");
    assert!(line.contains("checking whether a blob sha256:"), "{line}");
    assert!(
        line.ends_with(&format!(" exists in {place}: authentication required")),
        "{line}"
    );
    let wrong = format!("--creds={USER}:wrong");
    failure(&world.coracle(["push", "-q", &wrong, "tiny", &name]));
    let right = format!("--creds={USER}:{PASSWORD}");
    world.ok(["push", "-q", &right, "tiny", &name]);
    world.log_in(&registry);
    world.ok(["push", "-q", "tiny", &name]);
}

#[test]
fn destinations_are_registries_names() {
    let world = noisy();
    for (words, part) in [
        (&["noisy", "docker-daemon:x:1"][..], "is not possible"),
        (&["noisy", "127.0.0.1:1/X"], "cannot push to"),
        (&["--compress", "noisy", "127.0.0.1:1/x"], "--compress is"),
        (&["noisy", "127.0.0.1:1/x"], "connection refused"),
        (&["nothing", "127.0.0.1:1/x"], "image not known"),
    ] {
        let mut command = vec!["push", "-q", "--retry=0"];
        command.extend(words);
        let line = failure(&world.coracle(command));
        assert!(line.contains(part), "{words:?}: {line}");
    }
    let digest = format!("127.0.0.1:1/x@sha256:{}", "a".repeat(64));
    let line = failure(&world.coracle(["push", "noisy", &digest]));
    assert!(line.contains("not to a digest"), "{line}");
    let id = id_of(&world, "noisy");
    world.ok(["untag", "noisy"]);
    let line = failure(&world.coracle(["push", &id]));
    assert!(line.contains("does not say where to"), "{line}");
}

/// Pushes `noisy` to what answers so; the registry must then have all of it.
fn pushed_through(
    cut: impl Fn(&Seen) -> Option<usize> + Send + Sync + 'static,
    answer: impl Fn(&Seen, &Inbox) -> Option<Reply> + Send + Sync + 'static,
) -> Vec<Seen> {
    let world = noisy();
    let inbox = Arc::new(Inbox::default());
    let kept = inbox.clone();
    let registry = EvilRegistry::cutting(cut, move |seen| {
        answer(seen, &kept).unwrap_or_else(|| kept.answer(seen))
    });
    let name = format!("{}/x:1", registry.host());
    world.ok(["push", "-q", INSECURE, QUICK, "noisy", &name]);
    assert!(inbox.manifest("x", "1").is_some());
    let id = id_of(&world, "noisy");
    let other = World::new();
    assert_eq!(other.ok(["pull", "-q", INSECURE, &name]), id);
    nothing_unfinished(&world);
    registry.seen()
}

fn patches(seen: &[Seen]) -> Vec<Option<String>> {
    let patches = seen.iter().filter(|seen| seen.method == "PATCH");
    patches
        .map(|seen| seen.header("content-range").map(str::to_owned))
        .collect()
}

#[test]
fn a_broken_upload_goes_on_where_it_broke() {
    let count = AtomicUsize::new(0);
    let seen = pushed_through(
        move |seen| {
            let patch = seen.method == "PATCH";
            (patch && count.fetch_add(1, Ordering::Relaxed) == 0).then_some(1_500_000)
        },
        |_, _| None,
    );
    let patches = patches(&seen);
    assert_eq!(patches.len(), 2, "{patches:?}");
    assert_eq!(patches[0], None);
    let rest = patches[1].as_deref().expect("a range");
    assert!(rest.starts_with("1500000-"), "{rest}");
}

#[test]
fn an_upload_the_registry_forgot_begins_again() {
    let count = AtomicUsize::new(0);
    let seen = pushed_through(
        move |seen| {
            let patch = seen.method == "PATCH";
            (patch && count.fetch_add(1, Ordering::Relaxed) == 0).then_some(1_500_000)
        },
        |seen, inbox| {
            if seen.cut {
                inbox.forget_uploads();
            }
            None
        },
    );
    assert_eq!(patches(&seen), [None, None]);
}

#[test]
fn a_lost_answer_to_the_end_of_an_upload_is_found_out() {
    let count = AtomicUsize::new(0);
    let seen = pushed_through(
        |_| None,
        move |seen, inbox| {
            let end = seen.method == "PUT" && seen.path.contains("/uploads/");
            (end && count.fetch_add(1, Ordering::Relaxed) == 0).then(|| {
                inbox.answer(seen);
                Reply {
                    hang_up: true,
                    ..Reply::new(201, "")
                }
            })
        },
    );
    assert_eq!(patches(&seen).len(), 1);
}

#[test]
fn s_46_passing_refusals_are_waited_out_and_no_longer() {
    let count = AtomicUsize::new(0);
    pushed_through(
        |_| None,
        move |seen, _| {
            let busy = seen.method != "GET" && count.fetch_add(1, Ordering::Relaxed) % 3 == 1;
            busy.then(|| Reply::error(429, "TOOMANYREQUESTS", "slowly").header("retry-after", "0"))
        },
    );
    let world = noisy();
    let registry = EvilRegistry::http(|seen| match seen.method.as_str() {
        "HEAD" => Reply::new(404, ""),
        _ => Reply::error(503, "UNAVAILABLE", "never"),
    });
    let name = format!("{}/x:1", registry.host());
    let done = world.coracle(["push", "-q", INSECURE, QUICK, "--retry=1", "noisy", &name]);
    let line = failure(&done);
    assert!(line.contains("the registry answered 503"), "{line}");
    assert!(registry.seen().len() < 12, "{}", registry.seen().len());
    nothing_unfinished(&world);
}

#[test]
fn too_large_a_body_is_sent_in_pieces() {
    let seen = pushed_through(
        |_| None,
        |seen, _| {
            let large = seen.method == "PATCH" && seen.body.len() > 2_000_000;
            large.then(|| Reply::error(413, "TOO_LARGE", "too large"))
        },
    );
    let patches = patches(&seen);
    assert_eq!(patches.len(), 3, "{patches:?}");
    assert!(
        patches[1]
            .as_deref()
            .is_some_and(|range| range.starts_with("0-"))
    );
}

/// Pushes `noisy` to a registry that answers so; returns the line of the failure.
fn refused(answer: impl Fn(&Seen) -> Option<Reply> + Send + Sync + 'static) -> String {
    let world = noisy();
    let inbox = Inbox::default();
    let registry =
        EvilRegistry::http(move |seen| answer(seen).unwrap_or_else(|| inbox.answer(seen)));
    let name = format!("{}/x:1", registry.host());
    let creds = "--creds=user:secret";
    let done = world.coracle([
        "push",
        "-q",
        INSECURE,
        QUICK,
        "--retry=1",
        creds,
        "noisy",
        &name,
    ]);
    nothing_unfinished(&world);
    failure(&done)
}

#[test]
fn s_38_an_upload_elsewhere_goes_without_secrets() {
    let inbox = Arc::new(Inbox::default());
    let kept = inbox.clone();
    let elsewhere = EvilRegistry::http(move |seen| kept.answer(seen));
    let there = elsewhere.url("");
    let kept = inbox.clone();
    let registry = EvilRegistry::http(move |seen| {
        if seen.header("authorization").is_none() {
            return Reply::error(401, "UNAUTHORIZED", "who?")
                .header("www-authenticate", "Basic realm=\"x\"");
        }
        let mut reply = kept.answer(seen);
        for (name, value) in &mut reply.headers {
            if name == "location" {
                *value = format!("{there}{value}");
            }
        }
        reply
    });
    let world = noisy();
    let name = format!("{}/x:1", registry.host());
    let creds = "--creds=user:secret";
    world.ok(["push", "-q", INSECURE, creds, "noisy", &name]);
    assert!(elsewhere.seen().iter().any(|seen| seen.method == "PATCH"));
    elsewhere.assert_no_secrets();
    assert!(inbox.manifest("x", "1").is_some());
    // And a stranger that asks who we are is not told.
    let stranger = EvilRegistry::http(|_| {
        Reply::error(401, "UNAUTHORIZED", "who?").header("www-authenticate", "Basic realm=\"x\"")
    });
    let place = stranger.url("/upload");
    let line = refused(move |seen| {
        (seen.method == "POST").then(|| Reply::new(202, "").header("location", place.clone()))
    });
    assert!(line.contains("are the registry's alone"), "{line}");
    stranger.assert_no_secrets();
}

#[test]
fn s_38_uploads_that_smell_are_not_begun() {
    for (location, part) in [
        ("", "no address for the upload given"),
        ("http://u:p@127.0.0.1/x", "the address carries a user name"),
        ("file:///etc/passwd", "neither https nor http"),
        ("http://169.254.169.254/x", "169.254.169.254 is not asked"),
    ] {
        let line = refused(move |seen| {
            (seen.method == "POST").then(|| Reply::new(202, "").header("location", location))
        });
        assert!(line.contains(part), "{location}: {line}");
    }
    let line = refused(|seen| {
        let end = seen.method == "PUT";
        end.then(|| Reply::redirect(307, "http://127.0.0.1:1/x"))
    });
    assert!(line.contains("an upload is not sent elsewhere"), "{line}");
    // From https to http, not even where certificates are not checked.
    let folder = std::env::temp_dir().join(format!("push-ca-{}", std::process::id()));
    let authority = Authority::new(&folder);
    let registry = EvilRegistry::https(&authority, |seen| match seen.method.as_str() {
        "POST" => Reply::new(202, "").header("location", "http://127.0.0.1:1/x"),
        _ => Reply::new(404, ""),
    });
    let world = noisy();
    let name = format!("{}/x:1", registry.host());
    let line = failure(&world.coracle(["push", "-q", INSECURE, "noisy", &name]));
    let _ = std::fs::remove_dir_all(folder);
    assert!(
        line.contains("from https to http is not followed"),
        "{line}"
    );
}

#[test]
fn s_48_what_a_registry_says_it_has_must_agree() {
    // A size that cannot be: the blob is sent all the same.
    let seen = pushed_through(
        |_| None,
        |seen, inbox| {
            let digest = seen.path.rsplit('/').next().unwrap_or_default();
            (seen.method == "HEAD" && !inbox.has(digest)).then(|| Reply::new(200, "another size"))
        },
    );
    assert_eq!(patches(&seen).len(), 1);
    // Another digest, in the answer about a blob, to a mount, and about the manifest.
    let other = format!("sha256:{}", "b".repeat(64));
    let said = other.clone();
    let seen = pushed_through(
        |_| None,
        move |seen, inbox| {
            let digest = seen.path.rsplit('/').next().unwrap_or_default();
            (seen.method == "HEAD" && !inbox.has(digest)).then(|| Reply {
                length: None,
                chunked: true,
                ..Reply::new(200, "").header("docker-content-digest", said.clone())
            })
        },
    );
    assert_eq!(patches(&seen).len(), 1);
    let said = other.clone();
    let line = refused(move |seen| {
        let manifest = seen.method == "PUT" && seen.path.contains("/manifests/");
        manifest.then(|| Reply::new(201, "").header("docker-content-digest", said.clone()))
    });
    assert!(
        line.contains(&format!("the registry took {other} for")),
        "{line}"
    );
}

#[test]
fn s_48_a_mount_is_believed_about_the_blob_asked_for_only() {
    let inbox = Arc::new(Inbox::default());
    let other = format!("sha256:{}", "c".repeat(64));
    for (status, says, repeated) in [(201, other.as_str(), true), (405, "", false)] {
        let world = noisy();
        let kept = inbox.clone();
        let says = says.to_owned();
        let registry = EvilRegistry::http(move |seen| {
            if seen.path.contains("?mount=") {
                return Reply::new(status, "").header("docker-content-digest", says.clone());
            }
            kept.answer(seen)
        });
        // What was pushed to one repository may be mounted into the next.
        let first = format!("{}/first:{repeated}", registry.host());
        let second = format!("{}/second:{repeated}", registry.host());
        world.ok(["tag", "noisy", &first]);
        world.ok(["push", "-q", INSECURE, &first]);
        world.ok(["push", "-q", INSECURE, &first, &second]);
        let tag = repeated.to_string();
        assert!(inbox.manifest("second", &tag).is_some());
        let mounts = registry.seen();
        let from: Vec<&str> = mounts
            .iter()
            .filter_map(|seen| seen.path.split_once("&from="))
            .map(|(_, from)| from)
            .collect();
        // Only repositories that the user named.
        assert!(from.iter().all(|from| *from == "first"), "{from:?}");
    }
}
