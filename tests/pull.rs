//! `pull`, against Debian's docker-registry and against one that misbehaves.
//!
//! Whatever goes wrong: exit code 125, one clear line, and nothing left in the store.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

#[path = "support/evilreg.rs"]
mod evilreg;
mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use coracle::types::Digest;
use evilreg::{
    Authority, EvilRegistry, Image, OCI_INDEX, OCI_MANIFEST, Reply, Seen, descriptor, flipped,
};
use support::registry::{Access, PASSWORD, USER};
use support::{Done, Registry, World};

const INSECURE: &str = "--tls-verify=false";

/// The one line of a failure; a hint may follow.
fn failure(done: &Done) -> String {
    assert_eq!(done.code, 125, "{done}");
    assert_eq!(done.stdout, "", "{done}");
    let errors: Vec<&str> = done
        .stderr
        .lines()
        .filter(|l| l.starts_with("Error: "))
        .collect();
    assert_eq!(errors.len(), 1, "{done}");
    let others = done.stderr.lines().filter(|line| {
        let known = ["Error: ", "hint: ", "Trying to pull ", "Copying blob "];
        let tried_again = line.starts_with("Failed, retrying in ");
        !tried_again && !known.iter().any(|start| line.starts_with(start))
    });
    assert_eq!(others.count(), 0, "{done}");
    errors[0].to_owned()
}

fn names_in(folder: std::path::PathBuf) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name != "names" && name != "trash")
        .collect();
    names.sort();
    names
}

/// Fails if the store holds anything of an image.
fn assert_nothing_left(world: &World) {
    for folder in ["layers", "images", "images/names", "blobs/sha256"] {
        let left = names_in(world.store().join(folder));
        assert!(left.is_empty(), "{folder}: {left:?}");
    }
    // A process that nobody waits for empties the trash.
    support::wait_until(
        "nothing unfinished is left",
        Duration::from_secs(20),
        || world.unfinished().is_empty(),
    );
}

/// The names in the store, without looking through the engine.
fn stored_names(world: &World) -> Vec<String> {
    let folder = world.store().join("images/names");
    let mut names: Vec<String> = names_in(folder.clone())
        .iter()
        .filter_map(|file| std::fs::read_to_string(folder.join(file)).ok())
        .filter_map(|line| Some(line.split_once(' ')?.0.to_owned()))
        .collect();
    names.sort();
    names
}

fn evil(answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> (EvilRegistry, String) {
    let registry = EvilRegistry::http(answer);
    let name = format!("{}/x:1", registry.host());
    (registry, name)
}

/// Pulls from a registry that answers so; returns the one line of the failure.
fn refused(answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> String {
    let world = World::new();
    let (registry, name) = evil(answer);
    let done = world.coracle(["pull", INSECURE, "--retry-delay=10ms", &name]);
    let line = failure(&done).replace(&registry.host(), "HOST");
    assert_nothing_left(&world);
    line
}

#[test]
fn s_16_a_blob_larger_than_any_layer_is_not_fetched() {
    let mut image = Image::new(1);
    let size = format!("\"size\":{}", image.layers[0].len());
    let manifest = String::from_utf8(image.manifest).expect("JSON");
    image.manifest = manifest.replace(&size, "\"size\":1099511627776").into();
    let line = refused(move |seen| image.answer(seen));
    assert!(line.contains("layer grows beyond 128.0 GiB"), "{line}");
}

#[test]
fn an_image_comes_over_http_when_asked() {
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    if !support::images::have_tiny() {
        return;
    }
    registry.push_image("tiny", "tiny:1");
    let world = World::new();
    let name = registry.reference("tiny:1");
    let id = world.ok(["pull", "-q", INSECURE, &name]);
    assert_eq!(id.len(), 64, "{id}");
    assert_eq!(stored_names(&world), [name.as_str()]);
    // Plain http is not what anybody gets who did not ask for it.
    let line = failure(&world.coracle(["pull", &name]));
    assert!(line.contains("does not speak TLS"), "{line}");
    // registries.conf may ask for it.
    let conf = format!(
        "[[registry]]\nlocation = \"{}\"\ninsecure = true\n",
        registry.address()
    );
    std::fs::create_dir_all(world.config()).expect("a folder");
    std::fs::write(world.config().join("registries.conf"), conf).expect("written");
    assert_eq!(world.ok(["pull", "-q", &name]), id);
    // The second pull fetched documents only.
    assert!(
        registry
            .blob_downloads()
            .iter()
            .all(|(_, count)| *count == 1)
    );
    let docker = format!("docker://{name}");
    assert_eq!(world.ok(["pull", "-q", &docker]), id);
}

#[test]
fn an_image_comes_over_https_with_a_password() {
    let Some(registry) = Registry::start(Access::Htpasswd) else {
        return;
    };
    if !support::images::have_tiny() {
        return;
    }
    registry.push_image("tiny", "tiny:1");
    let name = registry.reference("tiny:1");
    let world = World::new();
    let line = failure(&world.coracle(["pull", &name]));
    assert!(line.contains("issuer of its certificate"), "{line}");
    world.trust(&registry);
    let done = world.coracle(["pull", &name]);
    let line = failure(&done);
    assert!(line.contains("wants a user name and password"), "{line}");
    assert!(done.stderr.contains("\nhint: give --creds"), "{done}");
    let wrong = format!("--creds={USER}:wrong");
    failure(&world.coracle(["pull", &wrong, &name]));
    assert_nothing_left(&world);
    let right = format!("--creds={USER}:{PASSWORD}");
    let id = world.ok(["pull", "-q", &right, &name]);
    world.log_in(&registry);
    assert_eq!(world.ok(["pull", "-q", &name]), id);
    let other = World::new();
    let cert_dir = registry.ca();
    let cert_dir = format!(
        "--cert-dir={}",
        cert_dir.parent().expect("a folder").display()
    );
    assert_eq!(other.ok(["pull", "-q", &cert_dir, &right, &name]), id);
    let authfile = "--authfile=/does/not/exist";
    let line = failure(&other.coracle(["pull", authfile, &cert_dir, &name]));
    assert!(line.contains("/does/not/exist"), "{line}");
}

#[test]
fn what_is_not_there_is_said() {
    let Some(mut registry) = Registry::start(Access::Http) else {
        return;
    };
    let world = World::new();
    let name = registry.reference("nothing:1");
    let line = failure(&world.coracle(["pull", INSECURE, &name]));
    assert!(
        line.starts_with(&format!("Error: cannot pull {name}: ")),
        "{line}"
    );
    assert!(line.contains("not found"), "{line}");
    registry.stop();
    let line = failure(&world.coracle(["pull", INSECURE, &name]));
    assert!(line.ends_with("connection refused"), "{line}");
    assert_nothing_left(&world);
}

#[test]
fn ten_pulls_at_once_are_one_download() {
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    if !support::images::have_tiny() {
        return;
    }
    registry.push_image("tiny", "tiny:1");
    registry.forget_requests();
    let world = World::new();
    let name = registry.reference("tiny:1");
    let running: Vec<_> = (0..10)
        .map(|_| world.start(["pull", "-q", INSECURE, &name]))
        .collect();
    let mut ids = Vec::new();
    for pull in running {
        let done = pull.wait(Duration::from_secs(60));
        assert_eq!(done.code, 0, "{done}");
        ids.push(done.stdout);
    }
    ids.dedup();
    assert_eq!(ids.len(), 1);
    let id = ids[0].trim();
    for (digest, count) in registry.blob_downloads() {
        // The config is a small document; every command may ask for it.
        assert!(count == 1 || digest.ends_with(id), "{digest}: {count}");
    }
}

#[test]
fn wrong_bytes_are_refused() {
    for (part, wrong) in [
        ("expected sha256:", flipped as fn(&[u8]) -> Vec<u8>),
        ("bytes, got", |b| [b, b"x"].concat()),
        ("bytes, got", |b| b[..b.len() - 1].to_vec()),
    ] {
        for chunked in [false, true] {
            let image = Image::new(2);
            let url = format!("/v2/x/blobs/{}", Digest::of(&image.layers[1]));
            let line = refused(move |seen| match seen.path == url {
                true => Reply {
                    chunked,
                    ..Reply::new(200, wrong(&image.layers[1]))
                },
                false => image.answer(seen),
            });
            assert!(line.contains(part), "{line}");
        }
    }
}

#[test]
fn a_broken_download_goes_on() {
    let image = Image::new(2);
    let cuts = AtomicUsize::new(0);
    let world = World::new();
    let (registry, name) = evil(move |seen| {
        let mut reply = image.answer(seen);
        if reply.body.len() > 100_000 && cuts.fetch_add(1, Ordering::SeqCst) < 3 {
            reply.cut = Some(reply.body.len() / 2);
        }
        reply
    });
    world.ok(["pull", "-q", INSECURE, "--retry-delay=10ms", &name]);
    let ranges = registry
        .seen()
        .iter()
        .filter(|s| s.header("range").is_some())
        .count();
    assert_eq!(ranges, 3);
    assert_eq!(stored_names(&world), [name]);
}

#[test]
fn a_download_that_never_ends_well_is_given_up() {
    let image = Image::new(1);
    let line = refused(move |seen| {
        let mut reply = image.answer(seen);
        if reply.body.len() > 100_000 {
            reply.cut = Some(10);
        }
        reply
    });
    assert!(line.contains("closed the connection early"), "{line}");
}

#[test]
fn s_23_layers_are_what_the_config_says() {
    let honest = Image::new(2);
    let mut image = honest.clone();
    image.layers.swap(0, 1);
    image.manifest = image.manifest_with("");
    let line = refused(move |seen| image.answer(seen));
    assert!(line.contains("and the config says sha256:"), "{line}");
    let mut image = honest;
    image.layers.pop();
    image.manifest = image.manifest_with("");
    let line = refused(move |seen| image.answer(seen));
    assert!(
        line.ends_with("the manifest lists 1 layers and the config 2"),
        "{line}"
    );
}

#[test]
fn s_23_a_claimed_diff_id_is_not_believed() {
    // Image B names A's contents but has another blob (CVE-2014-8178): it must not get A's layer.
    let honest = Image::new(1);
    let mut liar = honest.clone();
    liar.layers = vec![evilreg::gzip(&evilreg::tar_of("evil", b"evil"))];
    liar.manifest = liar.manifest_with("");
    let world = World::new();
    let (_a, name) = evil(move |seen| honest.answer(seen));
    world.ok(["pull", "-q", INSECURE, &name]);
    let (_b, name) = evil(move |seen| liar.answer(seen));
    let line = failure(&world.coracle(["pull", INSECURE, &name]));
    assert!(line.contains("and the config says"), "{line}");
    assert_eq!(stored_names(&world).len(), 1);
}

#[test]
fn a_registry_that_wants_a_password_is_named() {
    let line = refused(|_| {
        Reply::error(401, "UNAUTHORIZED", "authentication required")
            .header("www-authenticate", "Basic realm=\"harbour\"")
    });
    let expected = "Error: cannot pull HOST/x:1: HOST wants a user name and password \
                    (authentication required)";
    assert_eq!(line, expected);
    let line = refused(|_| Reply::error(403, "DENIED", "requested access is denied"));
    assert!(
        line.ends_with("access denied (requested access is denied)"),
        "{line}"
    );
    let line = refused(|_| Reply::error(404, "NAME_UNKNOWN", "no\u{1b}[31mpe"));
    assert!(line.ends_with("manifest 1: not found"), "{line}");
}

#[test]
fn s_38_credentials_stay_with_the_registry() {
    let image = Image::new(1);
    let served = image.clone();
    let storage = EvilRegistry::http(move |seen| served.answer(seen));
    let target = storage.url("");
    let (_registry, name) = evil(move |seen| {
        // sailor:secret
        if seen.header("authorization") != Some("Basic c2FpbG9yOnNlY3JldA==") {
            return Reply::new(401, "").header("www-authenticate", "Basic realm=\"x\"");
        }
        match seen.path.contains("/blobs/") {
            true => Reply::redirect(307, format!("{target}{}", seen.path)),
            false => image.answer(seen),
        }
    });
    let world = World::new();
    world.ok(["pull", "-q", INSECURE, "--creds=sailor:secret", &name]);
    assert!(!storage.seen().is_empty());
    storage.assert_no_secrets();
}

#[test]
fn s_39_a_token_server_elsewhere_gets_no_password() {
    let thief = EvilRegistry::http(|_| Reply::new(200, r#"{"token":"t"}"#));
    let realm = thief.url("/token").replace("127.0.0.1", "127.0.0.2");
    let (_registry, name) = evil(move |_| {
        let challenge = format!("Bearer realm=\"{realm}\",service=\"s\"");
        Reply::new(401, "").header("www-authenticate", challenge)
    });
    let world = World::new();
    let done = world.coracle(["pull", INSECURE, "--creds=sailor:secret", &name]);
    let line = failure(&done);
    assert!(
        line.contains("127.0.0.2") && line.contains("not sent there"),
        "{line}"
    );
    assert!(!done.stderr.contains("secret"), "{done}");
    assert_eq!(thief.connections(), 0);
    assert_nothing_left(&world);
}

#[test]
fn s_40_https_is_not_left_by_a_redirect() {
    let folder = std::env::temp_dir().join(format!("coracle-pull-ca-{}", std::process::id()));
    let authority = Authority::new(&folder);
    let image = Image::new(1);
    let served = image.clone();
    let plain = EvilRegistry::http(move |seen| served.answer(seen));
    let target = plain.url("");
    let registry = EvilRegistry::https(&authority, move |seen| match seen.path.contains("blobs") {
        true => Reply::redirect(302, format!("{target}{}", seen.path)),
        false => image.answer(seen),
    });
    let world = World::new();
    let certs = world.config().join("certs.d").join(registry.host());
    std::fs::create_dir_all(&certs).expect("a folder");
    std::fs::write(certs.join("ca.crt"), authority.pem()).expect("written");
    let line = failure(&world.coracle(["pull", &format!("{}/x:1", registry.host())]));
    assert!(
        line.contains("from https to http is not followed"),
        "{line}"
    );
    assert_eq!(plain.connections(), 0);
    assert_nothing_left(&world);
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn a_policy_is_followed_or_refuses() {
    let image = Image::new(1);
    let (_registry, name) = evil(move |seen| image.answer(seen));
    let world = World::new();
    let file = world.config().join("policy.json");
    std::fs::create_dir_all(world.config()).expect("a folder");
    let host = name.split('/').next().expect("a host");
    let default = r#"{"default": [{"type": "reject"}], "transports": {"docker": {"#;
    for (rule, part) in [
        (r#"{"type": "reject"}"#, "rejects it"),
        (
            r#"{"type": "signedBy", "keyType": "GPGKeys", "keyPath": "/k"}"#,
            "names the key /k, which is missing",
        ),
        (
            r#"{"type": "sigstoreSigned", "keyPath": "/k"}"#,
            "names the key /k, which is missing",
        ),
        (r#"{"type": "somethingNew"}"#, "policy.json: is not valid"),
    ] {
        std::fs::write(&file, format!(r#"{default}"{host}": [{rule}]}}}}}}"#)).expect("written");
        let line = failure(&world.coracle(["pull", INSECURE, &name]));
        assert!(line.contains(part), "{line}");
        assert_nothing_left(&world);
    }
    let accept = r#"{"type": "insecureAcceptAnything"}"#;
    std::fs::write(&file, format!(r#"{default}"{host}": [{accept}]}}}}}}"#)).expect("written");
    world.ok(["pull", "-q", INSECURE, &name]);
}

#[test]
fn s_30_a_digest_pull_moves_no_tag() {
    let image = Image::new(1);
    let digest = image.digest();
    let lie = image.manifest_with(r#","annotations":{"a":"b"}"#);
    let (_registry, name) = evil(move |seen| image.answer(seen));
    let world = World::new();
    world.ok(["pull", "-q", INSECURE, &format!("{name}@{digest}")]);
    let bare = name.trim_end_matches(":1");
    assert_eq!(stored_names(&world), [format!("{bare}@{digest}")]);
    let (_liar, name) =
        evil(move |_| Reply::new(200, lie.clone()).header("content-type", OCI_MANIFEST));
    let line = failure(&world.coracle(["pull", INSECURE, &format!("{name}@{digest}")]));
    assert!(
        line.contains(&format!("expected {digest}, got sha256:")),
        "{line}"
    );
    assert_eq!(stored_names(&world).len(), 1);
}

#[test]
fn a_platform_that_is_missing_is_listed() {
    let image = Image::new(1);
    let entry = descriptor(OCI_MANIFEST, &image.manifest);
    let entry = format!(
        r#"{},"platform":{{"os":"linux","architecture":"s390x"}}}}"#,
        entry.trim_end_matches('}')
    );
    let index = format!(r#"{{"schemaVersion":2,"manifests":[{entry}]}}"#);
    let answer = move |seen: &Seen| match seen.path.ends_with("/manifests/1") {
        true => Reply::new(200, index.clone()).header("content-type", OCI_INDEX),
        false => image.answer(seen),
    };
    let (_registry, name) = evil(answer);
    let world = World::new();
    let done = world.coracle(["pull", INSECURE, &name]);
    let line = failure(&done);
    assert!(line.ends_with("only for linux/s390x"), "{line}");
    assert!(
        done.stderr
            .contains("hint: choose one of these with --platform"),
        "{done}"
    );
    assert_nothing_left(&world);
    // The config says something else than the index: that is worth a word.
    let done = world.coracle(["pull", INSECURE, "--platform=linux/s390x", &name]);
    assert_eq!(done.code, 0, "{done}");
    assert!(
        done.stderr.contains("Warning: the image is for linux/"),
        "{done}"
    );
}

#[test]
fn policies_decide_who_is_asked() {
    let image = Image::new(1);
    let (registry, name) = evil(move |seen| image.answer(seen));
    let world = World::new();
    let line = failure(&world.coracle(["pull", INSECURE, "--policy=never", &name]));
    assert_eq!(line, format!("Error: {name}: image not known"));
    assert_eq!(registry.connections(), 0);
    let id = world.ok(["pull", "-q", INSECURE, "--policy=missing", &name]);
    let asked = registry.seen().len();
    for policy in ["--policy=missing", "--policy=never"] {
        assert_eq!(world.ok(["pull", "-q", INSECURE, policy, &name]), id);
    }
    assert_eq!(registry.seen().len(), asked);
    for policy in ["--policy=newer", "--policy=always"] {
        assert_eq!(world.ok(["pull", "-q", INSECURE, policy, &name]), id);
    }
    // One manifest each: everything else is here.
    assert_eq!(registry.seen().len(), asked + 2);
}

#[test]
fn the_users_registries_are_followed() {
    let image = Image::new(1);
    let served = image.clone();
    let mirror = EvilRegistry::http(move |seen| served.answer(seen));
    let (primary, _) = evil(move |seen| image.answer(seen));
    let mut world = World::new();
    let conf = format!(
        r#"
        [[registry]]
        prefix = "far.example/deep"
        location = "{1}"
        insecure = true
        [[registry.mirror]]
        location = "{0}"
        insecure = true
        [[registry]]
        prefix = "bad.example"
        location = "bad.example"
        blocked = true
        [aliases]
        "boat" = "far.example/deep/x"
        "#,
        mirror.host(),
        primary.host()
    );
    let conf = world.write("registries.conf", conf);
    world.set_env("CONTAINERS_REGISTRIES_CONF", &conf);
    world.ok(["pull", "-q", "boat:1"]);
    assert_eq!(stored_names(&world), ["far.example/deep/x:1"]);
    assert_eq!((mirror.seen().is_empty(), primary.seen().len()), (false, 0));
    let line = failure(&world.coracle(["pull", "bad.example/x"]));
    assert!(line.contains("is blocked by"), "{line}");
    // What the mirror lacks the registry has; both lack `x:2`.
    let line = world.coracle(["pull", "far.example/deep/x:2"]);
    assert_eq!(line.code, 125, "{line}");
    assert!(line.stderr.contains("Warning: mirror "), "{line}");
    assert!(!primary.seen().is_empty());
}

#[test]
fn a_file_of_somebody_elses_is_passed_over() {
    let image = Image::new(1);
    let (_registry, name) = evil(move |seen| image.answer(seen));
    let world = World::new();
    let file = world.root().join("run/containers/auth.json");
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
    std::fs::write(&file, "{}").expect("written");
    support::world::set_mode(&file, 0o000);
    world.ok(["pull", "-q", INSECURE, &name]);
    let named = format!("--authfile={}", file.display());
    if std::fs::read(&file).is_err() {
        let line = failure(&world.coracle(["pull", INSECURE, &named, &name]));
        assert!(line.ends_with("permission denied"), "{line}");
    }
}

#[test]
fn s_37_killed_at_any_moment_the_next_pull_is_whole() {
    let image = Image::new(5);
    let slow = AtomicUsize::new(1);
    let (_registry, name) = evil(move |seen| {
        let mut reply = image.answer(seen);
        if slow.load(Ordering::SeqCst) == 1 && reply.body.len() > 100_000 {
            reply.stall = Some(Duration::from_millis(40));
        }
        reply
    });
    let world = World::new();
    for round in 0..20 {
        let pull = world.start(["pull", "-q", INSECURE, &name]);
        // Spread over the whole pull; the moment itself is as random as the machine's load.
        std::thread::sleep(Duration::from_millis(5 + 13 * round));
        pull.kill();
    }
    let id = world.ok(["pull", "-q", INSECURE, &name]);
    assert_eq!(id.len(), 64);
    assert_eq!(stored_names(&world), [name]);
    assert_eq!(names_in(world.store().join("layers")).len(), 5);
    support::wait_until("no garbage", Duration::from_secs(20), || {
        world.coracle(["images", "-q"]);
        world.unfinished().is_empty()
    });
}

#[test]
fn what_is_no_place_of_images_is_refused() {
    let world = World::new();
    for (name, part) in [
        ("docker-daemon:x:y", "is not possible: Docker's daemon"),
        ("ostree:x", "is not possible"),
        ("containers-storage:[overlay@/x]y", "names another store"),
        ("oci:", "TRANSPORT:PATH"),
        ("containers-storage:nothing", "image not known"),
        ("docker://docker://x", "cannot pull"),
    ] {
        let line = failure(&world.coracle(["pull", name]));
        assert!(line.contains(part), "{name}: {line}");
    }
}
