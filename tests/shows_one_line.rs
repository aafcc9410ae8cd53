//! What goes wrong between a user and a registry: one clear line each, 125, and nothing left.
//!
//! What an honest registry refuses, a dead one and a full disk are in `shows_refusals`.

#[path = "support/evilreg.rs"]
mod evilreg;
mod support;

use std::path::PathBuf;

use evilreg::{Authority, EvilRegistry, Image, OCI_INDEX, OCI_MANIFEST, Reply, Seen, descriptor};
use support::registry::{Access, PASSWORD, USER};
use support::{Done, Registry, World, images};

const INSECURE: &str = "--tls-verify=false";

/// Demands a refusal in one line with all these words, and that nothing is left of it.
#[track_caller]
fn one_line(world: &World, done: Done, words: &[&str]) {
    assert_eq!(done.code, 125, "{done}");
    let said: Vec<&str> = done.stderr.lines().collect();
    let errors: Vec<&&str> = said
        .iter()
        .filter(|line| line.starts_with("Error: "))
        .collect();
    assert_eq!(errors.len(), 1, "{done}");
    for word in words {
        assert!(errors[0].contains(word), "no {word:?}: {done}");
    }
    assert!(errors[0].len() < 400, "{done}");
    let others = said.iter().filter(|line| {
        let known = ["Error: ", "hint: ", "Trying to pull "];
        !known.iter().any(|start| line.starts_with(start))
    });
    assert_eq!(others.count(), 0, "{done}");
    assert_eq!(world.ok(["images", "-a", "-q"]), "");
    support::wait_until(
        "nothing unfinished",
        std::time::Duration::from_secs(20),
        || world.unfinished().is_empty(),
    );
}

fn folder(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("line-{name}-{}", std::process::id()))
}

/// Pulls from a registry over https that shows this certificate.
fn pulled_from(world: &World, authority: &Authority) -> Done {
    let image = Image::new(1);
    let registry = EvilRegistry::https(authority, move |seen| image.answer(seen));
    let place = world.config().join("certs.d").join(registry.host());
    std::fs::create_dir_all(&place).expect("certs.d");
    std::fs::write(place.join("ca.crt"), authority.pem()).expect("written");
    world.coracle(["pull", "--retry=0", &format!("{}/x:1", registry.host())])
}

#[test]
fn certificates() {
    if !support::have(&["openssl"]) {
        return;
    }
    let world = World::new();
    // One that ended.
    let place = folder("expired");
    let authority = Authority::self_signed(&place, &["-days", "2"]);
    authority.expire();
    one_line(
        &world,
        pulled_from(&world, &authority),
        &["certificate", "expired"],
    );
    std::fs::remove_dir_all(&place).expect("removed");
    // One for somebody else.
    let place = folder("other");
    let names = ["-days", "2", "-addext", "subjectAltName=DNS:other.example"];
    let authority = Authority::self_signed(&place, &names);
    one_line(
        &world,
        pulled_from(&world, &authority),
        &["certificate", "127.0.0.1"],
    );
    std::fs::remove_dir_all(&place).expect("removed");
    // One of an authority that nobody here knows.
    let place = folder("unknown");
    let authority = Authority::new(&place);
    let image = Image::new(1);
    let registry = EvilRegistry::https(&authority, move |seen| image.answer(seen));
    let name = format!("{}/x:1", registry.host());
    let done = world.coracle(["pull", "--retry=0", &name]);
    assert!(done.stderr.contains("hint: "), "{done}");
    one_line(
        &world,
        done,
        &["the issuer of its certificate is not known"],
    );
    std::fs::remove_dir_all(&place).expect("removed");
}

#[test]
fn plain_http_where_https_was_expected() {
    let image = Image::new(1);
    let registry = EvilRegistry::http(move |seen| image.answer(seen));
    let world = World::new();
    let name = format!("{}/x:1", registry.host());
    let done = world.coracle(["pull", "--retry=0", &name]);
    assert!(done.stderr.contains("--tls-verify=false"), "{done}");
    one_line(&world, done, &[&registry.host(), "TLS"]);
    // Nothing was said to it in plain words.
    assert!(registry.seen().is_empty());
}

#[test]
fn wrong_credentials() {
    let Some(registry) = Registry::start(Access::Htpasswd) else {
        return;
    };
    if !images::have_tiny() {
        return;
    }
    registry.push_image("tiny", "tiny:1");
    let world = World::new();
    world.trust(&registry);
    let name = registry.reference("tiny:1");
    let wrong = format!("{USER}:not-the-secret");
    for credentials in [&wrong, "nobody:x"] {
        let done = world.coracle(["pull", "--creds", credentials, &name]);
        assert!(!done.stderr.contains("not-the-secret"), "{done}");
        assert!(done.stderr.contains("hint: "), "{done}");
        one_line(
            &world,
            done,
            &[&name, "does not accept the user name and password"],
        );
    }
    let done = world.coracle(["pull", &name]);
    assert!(done.stderr.contains("hint: "), "{done}");
    one_line(&world, done, &[&name, "wants a user name and password"]);
    let done = world.coracle([
        "login",
        "-u",
        USER,
        "-p",
        "not-the-secret",
        &registry.address(),
    ]);
    assert!(!done.stderr.contains("not-the-secret"), "{done}");
    one_line(&world, done, &[&registry.address()]);
    world.ok([
        "pull",
        "-q",
        "--creds",
        &format!("{USER}:{PASSWORD}"),
        &name,
    ]);
}

/// Pulls from a registry that gives this for its manifests.
fn manifest(reply: Reply, words: &[&str]) {
    let image = Image::new(1);
    let registry = EvilRegistry::http(move |seen: &Seen| match seen.path.contains("/manifests/") {
        true => reply.clone(),
        false => image.answer(seen),
    });
    let world = World::new();
    let name = format!("{}/x:1", registry.host());
    let done = world.coracle(["pull", "--retry=0", INSECURE, &name]);
    one_line(&world, done, words);
}

#[test]
fn a_platform_that_is_not_there() {
    let entry = descriptor(OCI_MANIFEST, b"{}");
    let entry = entry.trim_end_matches('}');
    let platform = r#","platform":{"os":"linux","architecture":"s390x"}}"#;
    let index = format!(r#"{{"schemaVersion":2,"manifests":[{entry}{platform}]}}"#);
    let reply = Reply::new(200, index).header("content-type", OCI_INDEX);
    manifest(reply, &["x:1", "only for linux/s390x"]);
}

#[test]
fn manifests_of_the_first_schema() {
    let body = r#"{"schemaVersion":1,"name":"x","tag":"1","architecture":"amd64","fsLayers":[],"history":[]}"#;
    for kind in ["json", "prettyjws"] {
        let kind = match kind {
            "json" => "application/vnd.docker.distribution.manifest.v1+json".to_owned(),
            other => format!("application/vnd.docker.distribution.manifest.v1+{other}"),
        };
        let reply = Reply::new(200, body).header("content-type", kind);
        manifest(reply, &["schema 1", "not supported"]);
    }
    // Old registries give no better type.
    let reply = Reply::new(200, body).header("content-type", "application/json");
    manifest(reply, &["schema 1", "not supported"]);
}

#[test]
fn a_page_where_a_manifest_was_expected() {
    let page = "<!DOCTYPE html><html><body><h1>Welcome</h1>Please sign in</body></html>";
    let reply = Reply::new(200, page).header("content-type", "text/html; charset=utf-8");
    manifest(reply, &["manifest", "is a web page"]);
    let reply = Reply::new(200, page).header("content-type", OCI_MANIFEST);
    manifest(reply, &["manifest", "is a web page"]);
    let reply = Reply::new(502, page).header("content-type", "text/html");
    manifest(reply, &["502"]);
}

#[test]
fn a_manifest_of_two_gigabytes() {
    let mut said = Reply::new(200, "{").header("content-type", OCI_MANIFEST);
    said.length = Some(2 << 30);
    manifest(said, &["manifest", "larger than 4194304 bytes"]);
    let mut endless = Reply::new(200, " ".repeat(1 << 16)).header("content-type", OCI_MANIFEST);
    endless.endless = true;
    manifest(endless, &["manifest", "larger than 4194304 bytes"]);
}

#[test]
fn a_redirect_to_another_host_with_credentials() {
    let stranger = EvilRegistry::http(|_| Reply::new(200, "mine now"));
    let elsewhere = stranger.url("/caught");
    let image = Image::new(1);
    let registry = EvilRegistry::http(move |seen: &Seen| {
        if seen.header("authorization").is_none() {
            return Reply::error(401, "UNAUTHORIZED", "who?")
                .header("www-authenticate", "Basic realm=\"x\"");
        }
        match seen.path.contains("/blobs/") {
            true => Reply::redirect(307, elsewhere.clone()),
            false => image.answer(seen),
        }
    });
    let world = World::new();
    let name = format!("{}/x:1", registry.host());
    let creds = "--creds=sailor:secret";
    let done = world.coracle(["pull", "--retry=0", INSECURE, creds, &name]);
    // What came from there is not what was asked for.
    one_line(&world, done, &["x:1"]);
    assert!(!stranger.seen().is_empty());
    stranger.assert_no_secrets();
}
