//! `policy.json`: whose images are pulled and loaded, what sigstore's keys must have signed, and
//! `image trust`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

#[path = "support/evilreg.rs"]
mod evilreg;
mod support;

use std::path::Path;
use std::process::{Command, Stdio};

use coracle::types::Digest;
use evilreg::{EvilRegistry, Image, OCI_CONFIG, OCI_MANIFEST, Reply, descriptor};
use support::{Done, World, images};

const INSECURE: &str = "--tls-verify=false";
const PAYLOAD: &str = "application/vnd.dev.cosign.simplesigning.v1+json";

fn failure(done: &Done) -> String {
    assert_eq!(done.code, 125, "{done}");
    let errors: Vec<&str> = done
        .stderr
        .lines()
        .filter(|line| line.starts_with("Error: "))
        .collect();
    assert_eq!(errors.len(), 1, "{done}");
    errors[0].to_owned()
}

fn policy(world: &World, text: &str) {
    std::fs::create_dir_all(world.config()).expect("a folder");
    std::fs::write(world.config().join("policy.json"), text).expect("written");
}

fn openssl(folder: &Path, words: &str) {
    let done = Command::new("openssl")
        .args(words.split_whitespace())
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("openssl is installed");
    assert!(done.status.success(), "openssl {words}: {done:?}");
}

/// A pair of keys, `NAME.key` and `NAME.pub`.
fn key(world: &World, name: &str, curve: &str) {
    let folder = world.path("");
    openssl(
        &folder,
        &format!("ecparam -name {curve} -genkey -noout -out {name}.key"),
    );
    openssl(
        &folder,
        &format!("ec -in {name}.key -pubout -out {name}.pub"),
    );
}

/// What cosign signs, and its signature.
fn signed(world: &World, key: &str, name: &str, digest: &str) -> (Vec<u8>, String) {
    let payload = format!(
        r#"{{"critical":{{"identity":{{"docker-reference":"{name}"}},"image":{{"docker-manifest-digest":"{digest}"}},"type":"cosign container image signature"}},"optional":null}}"#
    );
    world.write("payload", &payload);
    let words = format!("dgst -sha256 -sign {key}.key -out signature payload");
    openssl(&world.path(""), &words);
    let signature = std::fs::read(world.path("signature")).expect("made");
    (payload.into_bytes(), images::base64(&signature))
}

/// The image `x:1` with these signatures beside it.
fn registry(image: &Image, signatures: Vec<(Vec<u8>, String)>) -> EvilRegistry {
    let image = image.clone();
    let layers: Vec<String> = signatures
        .iter()
        .map(|(payload, signature)| {
            let bare = descriptor(PAYLOAD, payload);
            let bare = bare.trim_end_matches('}');
            format!(
                r#"{bare},"annotations":{{"dev.cosignproject.cosign/signature":"{signature}"}}}}"#
            )
        })
        .collect();
    let manifest = format!(
        r#"{{"schemaVersion":2,"mediaType":"{OCI_MANIFEST}","config":{},"layers":[{}]}}"#,
        descriptor(OCI_CONFIG, b"{}"),
        layers.join(",")
    );
    let hex = image.digest().hex();
    EvilRegistry::http(move |seen| {
        if seen.path == format!("/v2/x/manifests/sha256-{hex}.sig") && !signatures.is_empty() {
            return Reply::new(200, manifest.clone()).header("content-type", OCI_MANIFEST);
        }
        let payload = signatures.iter().map(|(payload, _)| payload);
        let mut payload =
            payload.filter(|bytes| seen.path.ends_with(&Digest::of(bytes).to_string()));
        match payload.next() {
            Some(bytes) => Reply::new(200, bytes.clone()),
            None => image.answer(seen),
        }
    })
}

#[test]
fn an_image_must_be_signed_by_the_key_of_the_policy() {
    if !support::have(&["openssl"]) {
        return;
    }
    let image = Image::new(1);
    let digest = image.digest().to_string();
    for curve in ["prime256v1", "secp384r1"] {
        let world = World::new();
        key(&world, "good", curve);
        key(&world, "other", curve);
        let good = |name: &str| signed(&world, "good", name, &digest);
        let elsewhere = format!("sha256:{}", "d".repeat(64));
        let (mut payload, signature) = good("a.org/x:1");
        payload.push(b' ');
        for (signatures, refusal) in [
            (vec![good("a.org/x:1")], None),
            (
                vec![
                    signed(&world, "other", "a.org/x:1", &digest),
                    good("a.org/x:1"),
                ],
                None,
            ),
            (vec![], Some("is not signed, and the policy wants it to be")),
            (
                vec![signed(&world, "other", "a.org/x:1", &digest)],
                Some("no key of the policy made a signature"),
            ),
            (vec![good("a.org/x:2")], Some("it was signed as a.org/x:2")),
            (
                vec![signed(&world, "good", "a.org/x:1", &elsewhere)],
                Some("another manifest was signed"),
            ),
            (
                vec![(payload, signature)],
                Some("no key of the policy made a signature"),
            ),
            (
                vec![(b"{}".to_vec(), "AAAA".to_owned())],
                Some("no key of the policy made a signature"),
            ),
        ] {
            let registry = registry(&image, signatures);
            let name = format!("{}/x:1", registry.host());
            let path = world.path("good.pub");
            policy(
                &world,
                &format!(
                    r#"{{"default":[{{"type":"reject"}}],"transports":{{"docker":{{"{}":[{{"type":"sigstoreSigned","keyPath":"{}","signedIdentity":{{"type":"remapIdentity","prefix":"{}","signedPrefix":"a.org"}}}}]}}}}}}"#,
                    registry.host(),
                    path.display(),
                    registry.host()
                ),
            );
            let done = world.coracle(["pull", "-q", INSECURE, &name]);
            match refusal {
                None => assert_eq!(done.code, 0, "{done}"),
                Some(part) => {
                    let line = failure(&done);
                    assert!(line.contains(part), "{line}");
                }
            }
            let there = world.coracle(["image", "exists", &name]).code == 0;
            assert_eq!(there, refusal.is_none());
        }
    }
}

#[test]
fn a_key_of_no_use_refuses() {
    let world = World::new();
    let image = Image::new(1);
    let registry = registry(&image, vec![(b"{}".to_vec(), "AAAA".to_owned())]);
    let name = format!("{}/x:1", registry.host());
    world.write("bad.pub", "no key");
    for (details, part) in [
        (
            r#""keyPath":"/does/not/exist""#.to_owned(),
            "which is missing",
        ),
        (
            format!(r#""keyPath":"{}""#, world.path("bad.pub").display()),
            "holds no public key",
        ),
        (r#""keyData":"!""#.to_owned(), "not base64"),
        (
            r#""keyData":"eA==","rekorPublicKeyPath":"/x""#.to_owned(),
            "rekorPublicKeyPath, which is not",
        ),
        (
            r#""keyData":"eA==","surprise":1"#.to_owned(),
            "not understood",
        ),
    ] {
        policy(
            &world,
            &format!(r#"{{"default":[{{"type":"sigstoreSigned",{details}}}]}}"#),
        );
        let line = failure(&world.coracle(["pull", "-q", INSECURE, &name]));
        assert!(line.contains(part), "{line}");
    }
}

#[test]
fn archives_follow_the_policy_too() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    for (format, path) in [
        ("docker-archive", "a.tar"),
        ("oci-archive", "b.tar"),
        ("oci-dir", "c"),
        ("docker-dir", "d"),
    ] {
        world.ok(["save", "-q", "--format", format, "-o", path, "tiny"]);
    }
    let load = |path: &str| world.coracle(["load", "-q", "-i", path]);
    policy(&world, r#"{"default":[{"type":"reject"}]}"#);
    for path in ["a.tar", "b.tar", "c", "d"] {
        let line = failure(&load(path));
        assert!(line.contains("by default rejects it"), "{line}");
    }
    let here = world.path("c");
    policy(
        &world,
        &format!(
            r#"{{"default":[{{"type":"reject"}}],"transports":{{
            "docker-archive":{{"":[{{"type":"insecureAcceptAnything"}}]}},
            "oci":{{"{}":[{{"type":"insecureAcceptAnything"}}]}},
            "dir":{{"":[{{"type":"sigstoreSigned","keyData":"eA=="}}]}}}}}}"#,
            here.display()
        ),
    );
    assert_eq!(load("a.tar").code, 0);
    assert_eq!(load("c").code, 0);
    failure(&load("b.tar"));
    let line = failure(&load("d"));
    assert!(
        line.contains("an archive has none that are checked"),
        "{line}"
    );
    let archive = std::fs::read(world.path("a.tar")).expect("saved");
    assert_eq!(world.coracle_fed(["load", "-q"], archive).code, 0);
    let archive = std::fs::read(world.path("b.tar")).expect("saved");
    failure(&world.coracle_fed(["load", "-q"], archive));
    // What cannot be read is no reason to take anything.
    policy(&world, "{");
    failure(&load("a.tar"));
}

#[test]
fn trust_is_set_and_shown() {
    let world = World::new();
    policy(
        &world,
        r#"{"default":[{"type":"reject"}],"transports":{"docker":{"docker.io/library":[{"type":"insecureAcceptAnything"}]},"docker-daemon":{"":[{"type":"insecureAcceptAnything"}]}}}"#,
    );
    let lines = |words: &[&str]| -> Vec<String> {
        let shown = world.ok(words.iter().copied());
        shown
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect()
    };
    let show = ["image", "trust", "show"];
    assert_eq!(
        lines(&show),
        [
            "TRANSPORT      NAME               TYPE        ID          STORE",
            "all            default            reject",
            "repository     docker.io/library  accept",
            "docker-daemon                     accept",
        ]
    );
    // Where registries.d says that signatures are read.
    let folder = world.config().join("registries.d");
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("one.yaml");
    let text = "default-docker:\n  lookaside-staging: file:///out\ndocker:\n  \
                docker.io:\n    lookaside: https://s.org/x\n";
    std::fs::write(&file, text).expect("a file");
    assert_eq!(
        lines(&show),
        [
            "TRANSPORT      NAME               TYPE        ID          STORE",
            "all            default            reject",
            "repository     docker.io/library  accept                  https://s.org/x",
            "docker-daemon                     accept",
        ]
    );
    let json = world.ok(["image", "trust", "show", "--json", "docker.io/library"]);
    assert!(json.contains("\"sigstore\": \"https://s.org/x\""), "{json}");
    std::fs::remove_file(&file).expect("ours");
    let key = world.write("key.pub", "a key");
    let key = key.to_str().expect("UTF-8").to_owned();
    world.ok(["image", "trust", "set", "-t", "accept", "default"]);
    world.ok(["image", "trust", "set", "-t", "reject", "bad.org"]);
    world.ok(["image", "trust", "set", "-f", &key, "a.org/x"]);
    world.ok([
        "image",
        "trust",
        "set",
        "-t=sigstoreSigned",
        "-f",
        &key,
        "b.org",
    ]);
    let after = lines(&["image", "trust", "show", "--noheading"]);
    assert_eq!(
        after,
        [
            "all            default            accept",
            "repository     a.org/x            signed",
            "repository     b.org              sigstoreSigned  N/A",
            "repository     bad.org            reject",
            "repository     docker.io/library  accept",
            "docker-daemon                     accept",
        ]
    );
    let json = world.ok(["image", "trust", "show", "--json", "b.org"]);
    let entry: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(entry[0]["type"], "sigstoreSigned");
    assert_eq!(entry[0]["repo_name"], "b.org");
    let raw = world.ok(["image", "trust", "show", "--raw"]);
    assert!(raw.contains(&key), "{raw}");
    let line = failure(&world.coracle(["pull", "-q", "bad.org/x"]));
    assert!(line.contains("for \"bad.org\" rejects it"), "{line}");
    let line = failure(&world.coracle(["pull", "-q", "a.org/x"]));
    assert!(line.contains("which holds no keys"), "{line}");
    for (words, part) in [
        (&["-t", "maybe", "x.org"][..], "invalid choice: maybe"),
        (&["x.org"], "at least one public key must be defined"),
        (
            &["-f", "/does/not/exist", "x.org"],
            "reading the key /does/not/exist",
        ),
        (
            &["-t", "accept", "x y"],
            "is neither a registry nor default",
        ),
    ] {
        let mut command = vec!["image", "trust", "set"];
        command.extend(words);
        let line = failure(&world.coracle(command));
        assert!(line.contains(part), "{line}");
    }
    // Another file, which need not be there yet; and one that is not understood stays as it is.
    let named = "--policypath=named.json";
    world.ok(["image", "trust", "set", named, "-t", "reject", "c.org"]);
    let shown = lines(&["image", "trust", "show", named, "-n", "c.org"]);
    assert_eq!(shown, ["repository  c.org       reject"]);
    policy(&world, r#"{"default":[{"type":"later"}]}"#);
    failure(&world.coracle(["image", "trust", "set", "-t", "accept", "default"]));
    failure(&world.coracle(show));
}

#[test]
fn an_archive_may_be_on_the_web() {
    if !images::have_tiny() {
        return;
    }
    let archive = images::tiny().to_vec();
    let server = EvilRegistry::http(move |seen| match seen.path.as_str() {
        "/tiny.tar" => Reply::new(200, archive.clone()),
        "/moved" => Reply::redirect(302, "/tiny.tar"),
        "/short" => Reply {
            length: Some(archive.len() as u64 + 1),
            ..Reply::new(200, archive.clone())
        },
        _ => Reply::new(404, ""),
    });
    let world = World::new();
    for path in ["/tiny.tar", "/moved"] {
        let shown = world.ok(["load", "-q", "-i", &server.url(path)]);
        assert_eq!(shown, "Loaded image: localhost/tiny:latest");
        world.ok(["rmi", "tiny"]);
    }
    for (path, part) in [
        ("/none", "not found"),
        ("/short", "closed the connection early"),
    ] {
        let line = failure(&world.coracle(["load", "-q", "-i", &server.url(path)]));
        assert!(line.contains(part), "{line}");
    }
    assert_eq!(world.ok(["images", "-q"]), "");
}
