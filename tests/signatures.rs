//! Who signed an image: made by `push` and `image sign`, demanded by `policy.json`, judged by
//! skopeo.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

mod support;

use std::path::{Path, PathBuf};

use coracle::types::Digest;
use serde_json::Value;
use support::registry::Access;
use support::{Registry, World, images};

const INSECURE: &str = "--tls-verify=false";

/// A key as cosign writes it, for nothing but these tests; its passphrase is `anchor`.
const KEY: &str = "\
-----BEGIN ENCRYPTED COSIGN PRIVATE KEY-----
eyJrZGYiOnsibmFtZSI6InNjcnlwdCIsInBhcmFtcyI6eyJOIjozMjc2OCwiciI6
OCwicCI6MX0sInNhbHQiOiIzNUZQelNlVGxkL28zY0hJeWJFUWJaQ1FHZXpYZEMw
TXlhb0RLWVFMNUhjPSJ9LCJjaXBoZXIiOnsibmFtZSI6Im5hY2wvc2VjcmV0Ym94
Iiwibm9uY2UiOiJnMnloNXVCUXhja2h3am5BdG1aeU5YRHVONmZyUHdCZyJ9LCJj
aXBoZXJ0ZXh0IjoiejlIT3dDQjN1ZEV0RWM4bDZQRXJDcjBBUkR6YnhjSnQrRjRu
S0Y2RG1meU1CZUhiRFR6Z0QvRDdUSzlQMTBrV1MremYyZXFNckZHRHBXT2xlMGpB
ZUxQVythRkI0SlhOS25XZm5NN3NnSGpRQ0lXTi84T0g2YlV4NGlkVzU1Rm14Nkx6
YWZMV1BkVDNpQmRwRWtWU3F2ZHJrUklMbS9FT3hIMmt6N3ZZVVgvUTBtcGx1MHpp
WEtzUlFYS2FmSWovdEVNZTNrVmFrbGlsNXc9PSJ9
-----END ENCRYPTED COSIGN PRIVATE KEY-----
";
const PUBLIC: &str = "\
-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEmccQt32CaJI0XyvGI4xjLJXO7hZx
ZK5jqy9ECW9lud1Wa3xPtkTp5SjbIivcki2vPYip1kovR/Wc8cwoAP/XIA==
-----END PUBLIC KEY-----
";
/// Another, on the curve P-384, which is no curve for these signatures.
const OTHER_CURVE: &str = "\
-----BEGIN ENCRYPTED COSIGN PRIVATE KEY-----
eyJrZGYiOnsibmFtZSI6InNjcnlwdCIsInBhcmFtcyI6eyJOIjoxMDI0LCJyIjo4
LCJwIjoxfSwic2FsdCI6IkRqZVlLb3lZaFpzSkZlT3FsTzZHWkRHZ1lvNkd3eDh3
TEZuN3l1UzhuWEE9In0sImNpcGhlciI6eyJuYW1lIjoibmFjbC9zZWNyZXRib3gi
LCJub25jZSI6InRobFVyN29oMHdBdy81dmJNdlFDSVdvRitSeGJwYTN2In0sImNp
cGhlcnRleHQiOiJDTWx3TEhRNzdZMFFyK0o0cU5GNGs5akNRcXBodUNZcG8zRHpR
bDYrMFBodittYUpFOFVCcmZlWXZwWmhLM0FyWnNzWmE2RVlBeFF1RHhaVlZubHcy
ZklnS2F1VXp6cmpvQTFpcHY2czgxdTVSWGsxT1lXaElyK21rbHZCRzJGNDJlVXRH
eFYzdTBXcjExMHg5a09YK2V6ZVdJLzJZdlBrR0lzMXVmTkxKQ2dlNVkzb2FNbHVD
djZOc3hHYmN5STU0a0kxWGNuc2dKVnhCQ0FtZ2tEeTFDOHBEZEszRGJtd3ZMVUtu
b1FudkdhcHJhMytmMWlWMWdoQm8yV0xNOTJZY0hPVDVCRUJJQXBTIn0=
-----END ENCRYPTED COSIGN PRIVATE KEY-----
";

fn registry() -> Option<Registry> {
    match images::have_tiny() {
        true => Registry::start(Access::Http),
        false => None,
    }
}

fn policy(world: &World, requirement: &str) {
    std::fs::create_dir_all(world.config()).expect("a folder");
    let text = format!(
        r#"{{"default": [{{"type": "reject"}}], "transports": {{"docker": {{"": [{requirement}]}}}}}}"#
    );
    std::fs::write(world.config().join("policy.json"), text).expect("written");
}

/// Says where the signatures of all registries are.
fn lookaside(world: &World, text: &str) {
    let folder = world.config().join("registries.d");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("all.yaml"), text).expect("written");
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// A world with the image `tiny`, a private key and its passphrase.
fn signer() -> (World, String, String) {
    let world = World::with_image("tiny");
    let key = shown(&world.write("cosign.key", KEY));
    let passphrase = shown(&world.write("passphrase", "anchor\n"));
    (world, key, passphrase)
}

fn push(world: &World, key: &str, passphrase: &str, name: &str) {
    let key = format!("--sign-by-sigstore-private-key={key}");
    let passphrase = format!("--sign-passphrase-file={passphrase}");
    world.ok(["push", "-q", INSECURE, &key, &passphrase, "tiny", name]);
}

/// Copies an image out of the registry with skopeo, by this world's policy.
fn skopeo_takes(world: &World, name: &str) -> bool {
    let place = world.path(format!("taken-{}", Digest::of(name.as_bytes()).hex()));
    let done = world
        .other("skopeo")
        .arg(format!(
            "--policy={}",
            shown(&world.config().join("policy.json"))
        ))
        .arg(format!(
            "--registries.d={}",
            shown(&world.config().join("registries.d"))
        ))
        .args(["copy", "-q", "--src-tls-verify=false"])
        .args([format!("docker://{name}"), format!("dir:{}", shown(&place))])
        .output()
        .expect("skopeo runs");
    println!("skopeo: {}", String::from_utf8_lossy(&done.stderr));
    done.status.success()
}

/// Reads the signatures of an image as anybody would, and has openssl verify each; returns how
/// many there are. (Debian's skopeo is built without sigstore.)
fn openssl_agrees(world: &World, registry: &Registry, repository: &str, name: &str) -> usize {
    let raw = |name: &str| {
        let mut command = world.other("skopeo");
        command.args([
            "--insecure-policy",
            "inspect",
            "--raw",
            "--tls-verify=false",
        ]);
        let done = command.arg(format!("docker://{name}")).output();
        done.expect("skopeo runs").stdout
    };
    let digest = Digest::of(&raw(name));
    let beside = registry.reference(&format!("{repository}:sha256-{}.sig", digest.hex()));
    let manifest: Value = serde_json::from_slice(&raw(&beside)).expect("a manifest");
    assert_eq!(
        manifest["config"]["mediaType"],
        "application/vnd.oci.image.config.v1+json"
    );
    let layers = manifest["layers"].as_array().expect("layers");
    for layer in layers {
        let kind = "application/vnd.dev.cosign.simplesigning.v1+json";
        assert_eq!(layer["mediaType"], kind);
        let signature = layer["annotations"]["dev.cosignproject.cosign/signature"].as_str();
        world.write("signature.txt", format!("{}\n", signature.expect("text")));
        let payload = blob(
            registry,
            repository,
            layer["digest"].as_str().expect("text"),
        );
        let claim: Value = serde_json::from_slice(&payload).expect("JSON");
        let critical = &claim["critical"];
        assert_eq!(
            critical["image"]["docker-manifest-digest"],
            digest.to_string()
        );
        assert_eq!(critical["type"], "cosign container image signature");
        world.write("payload", &payload);
        for words in [
            "base64 -d -A -in signature.txt -out signature",
            "dgst -sha256 -verify cosign.pub -signature signature payload",
        ] {
            let done = world.other("openssl").args(words.split(' ')).output();
            let done = done.expect("openssl runs");
            assert!(done.status.success(), "{words}: {done:?}");
        }
    }
    layers.len()
}

fn blob(registry: &Registry, repository: &str, digest: &str) -> Vec<u8> {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(registry.address()).expect("the registry");
    write!(
        stream,
        "GET /v2/{repository}/blobs/{digest} HTTP/1.0\r\n\r\n"
    )
    .expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    answer.split_off(end.expect("a header") + 4)
}

#[test]
fn what_is_signed_with_a_key_of_cosign_passes_policies() {
    let Some(registry) = registry() else { return };
    let (world, key, passphrase) = signer();
    let name = registry.reference("fleet/tiny:1");
    push(&world, &key, &passphrase, &name);
    let reader = World::new();
    let public = shown(&reader.write("cosign.pub", PUBLIC));
    policy(
        &reader,
        &format!(r#"{{"type": "sigstoreSigned", "keyPath": "{public}"}}"#),
    );
    reader.ok(["pull", "-q", INSECURE, &name]);
    openssl_agrees(&reader, &registry, "fleet/tiny", &name);
    // Under another name it is another image, and nobody signed that.
    let other = registry.reference("fleet/other:1");
    world.ok(["push", "-q", INSECURE, "tiny", &other]);
    let done = reader.coracle(["pull", "-q", INSECURE, &other]);
    assert_eq!(done.code, 125, "{done}");
    assert!(done.stderr.contains("is not signed"), "{done}");
    // A second signature joins the first.
    let second = registry.reference("fleet/tiny:2");
    push(&world, &key, &passphrase, &second);
    reader.ok(["pull", "-q", INSECURE, &second]);
    reader.ok(["pull", "-q", INSECURE, &name]);
    assert_eq!(openssl_agrees(&reader, &registry, "fleet/tiny", &name), 2);
}

#[test]
fn an_artifact_is_signed_like_an_image() {
    let Some(registry) = registry() else { return };
    let (world, key, passphrase) = signer();
    let name = registry.reference("fleet/chart:1");
    let file = shown(&world.write("chart", "here be shallows\n"));
    world.ok(["artifact", "add", &name, &file]);
    let key = format!("--sign-by-sigstore-private-key={key}");
    let passphrase = format!("--sign-passphrase-file={passphrase}");
    let reader = World::new();
    let public = shown(&reader.write("cosign.pub", PUBLIC));
    policy(
        &reader,
        &format!(r#"{{"type": "sigstoreSigned", "keyPath": "{public}"}}"#),
    );
    world.ok(["artifact", "push", "-q", INSECURE, &name]);
    let done = reader.coracle(["artifact", "pull", "-q", INSECURE, &name]);
    assert_eq!(done.code, 125, "{done}");
    assert!(done.stderr.contains("is not signed"), "{done}");
    world.ok(["artifact", "push", "-q", INSECURE, &key, &passphrase, &name]);
    reader.ok(["artifact", "pull", "-q", INSECURE, &name]);
}

#[test]
fn a_key_that_does_not_open_sends_nothing() {
    let Some(registry) = registry() else { return };
    let (world, key, passphrase) = signer();
    let name = registry.reference("fleet/tiny:1");
    let wrong = shown(&world.write("wrong", "ancho\n"));
    let curve = shown(&world.write("p384.key", OTHER_CURVE));
    let text = shown(&world.write("text", "no key\n"));
    for (key, passphrase, why) in [
        (&key, &wrong, "the passphrase is wrong"),
        (&curve, &passphrase, "the key is not one of ECDSA on P-256"),
        (&text, &passphrase, "it is not a private key of cosign"),
        (&"/no/such".to_owned(), &passphrase, "no such file"),
    ] {
        let option = format!("--sign-by-sigstore-private-key={key}");
        let file = format!("--sign-passphrase-file={passphrase}");
        let done = world.coracle(["push", "-q", INSECURE, &option, &file, "tiny", &name]);
        assert_eq!(done.code, 125, "{done}");
        let said = done.stderr.to_lowercase();
        assert!(said.contains(&why.to_lowercase()), "{why}: {done}");
    }
    let option = format!("--sign-by-sigstore-private-key={key}");
    let done = world.coracle(["push", "-q", INSECURE, &option, "tiny", &name]);
    assert_eq!(done.code, 125, "{done}");
    assert!(
        done.stderr.contains("use --sign-passphrase-file FILE"),
        "{done}"
    );
    assert_eq!(registry.requests(), []);
}

#[test]
fn a_file_of_parameters_names_the_key() {
    let Some(registry) = registry() else { return };
    let (world, key, passphrase) = signer();
    let name = registry.reference("fleet/tiny:1");
    let text = format!("privateKeyFile: {key}\nprivateKeyPassphraseFile: {passphrase}\n");
    let option = format!(
        "--sign-by-sigstore={}",
        shown(&world.write("sign.yaml", text))
    );
    world.ok(["push", "-q", INSECURE, &option, "tiny", &name]);
    let reader = World::new();
    let data = images::base64(PUBLIC.as_bytes());
    policy(
        &reader,
        &format!(r#"{{"type": "sigstoreSigned", "keyData": "{data}"}}"#),
    );
    reader.ok(["pull", "-q", INSECURE, &name]);
    let fulcio = shown(&world.write("fulcio.yaml", "fulcio:\n  fulcioURL: https://x\n"));
    let option = format!("--sign-by-sigstore={fulcio}");
    let done = world.coracle(["push", "-q", INSECURE, &option, "tiny", &name]);
    assert!(
        done.stderr.contains("fulcio is not supported yet"),
        "{done}"
    );
}

/// A keyring of this world's own with one key; returns its fingerprint and its public half.
fn gpg_key(world: &World, name: &str) -> (String, PathBuf) {
    let gpg = |words: &[&str]| {
        let mut command = world.other("gpg");
        let done = command.args(["--batch", "--quiet"]).args(words).output();
        let done = done.expect("gpg runs");
        assert!(done.status.success(), "{words:?}: {done:?}");
        String::from_utf8(done.stdout).expect("text")
    };
    let address = format!("{name}@example.org");
    gpg(&[
        "--passphrase",
        "",
        "--quick-gen-key",
        &address,
        "ed25519",
        "sign",
        "never",
    ]);
    let listed = gpg(&["--list-keys", "--with-colons", &address]);
    let line = listed.lines().find(|line| line.starts_with("fpr:"));
    let fingerprint = line.and_then(|line| line.split(':').nth(9)).expect("a key");
    let public = world.write(
        &format!("{name}.asc"),
        gpg(&["--armor", "--export", fingerprint]),
    );
    (fingerprint.to_owned(), public)
}

/// A world with GPG of its own; the agent ends with the guard.
struct Agent<'a>(&'a World);

impl Drop for Agent<'_> {
    fn drop(&mut self) {
        let mut command = self.0.other("gpgconf");
        let _ = command.args(["--kill", "all"]).status();
    }
}

fn gpg_world() -> World {
    let mut world = World::with_image("tiny");
    let folder = world.root().join("gpg");
    std::fs::create_dir(&folder).expect("a folder");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    std::fs::set_permissions(&folder, mode).expect("closed");
    world.set_env("GNUPGHOME", &folder);
    world
}

fn signed_by(key: &Path) -> String {
    let key = shown(key);
    format!(r#"{{"type": "signedBy", "keyType": "GPGKeys", "keyPath": "{key}"}}"#)
}

/// Where gpgv is not installed.
#[test]
fn what_gpg_signed_passes_policies_by_sqv_too() {
    if !support::have(&["gpg", "gpgconf", "sqv"]) {
        return;
    }
    let Some(registry) = registry() else { return };
    let world = gpg_world();
    let _agent = Agent(&world);
    let (fingerprint, public) = gpg_key(&world, "captain");
    let (_, stranger) = gpg_key(&world, "stranger");
    let staging = world.path("signatures");
    let place = format!("file://{}", shown(&staging));
    let mut reader = World::new();
    for world in [&world, &reader] {
        lookaside(world, &format!("default-docker:\n  lookaside: {place}\n"));
    }
    let name = registry.reference("fleet/tiny:1");
    let option = format!("--sign-by={fingerprint}");
    world.ok(["push", "-q", INSECURE, &option, "tiny", &name]);
    let tools = reader.path("bin");
    std::fs::create_dir(&tools).expect("a folder");
    for tool in ["newuidmap", "newgidmap", "sqv"] {
        if let Some(found) = support::find_program(tool) {
            std::os::unix::fs::symlink(found, tools.join(tool)).expect("a link");
        }
    }
    reader.set_env("PATH", &tools);
    policy(&reader, &signed_by(&public));
    reader.ok(["pull", "-q", INSECURE, &name]);
    let refused = |reader: &World, why: &str| {
        let done = reader.coracle(["pull", "-q", INSECURE, &name]);
        assert_eq!(done.code, 125, "{done}");
        assert!(done.stderr.contains(why), "{why}: {done}");
    };
    policy(&reader, &signed_by(&stranger));
    refused(&reader, "no key of the policy made a good signature");
    policy(&reader, &signed_by(&public));
    let folder = std::fs::read_dir(staging.join("fleet")).expect("signatures");
    let folder = folder.flatten().next().expect("of one image").path();
    let file = folder.join("signature-1");
    let whole = std::fs::read(&file).expect("a signature");
    for at in [0, whole.len() / 2, whole.len() - 1] {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        std::fs::write(&file, &bytes).expect("touched");
        refused(&reader, "is not signed as the policy wants");
    }
    std::fs::write(&file, &whole).expect("as it was");
    reader.ok(["pull", "-q", INSECURE, &name]);
}

#[test]
fn what_gpg_signed_passes_policies() {
    if !support::have(&["gpg", "gpgv", "gpgconf", "skopeo"]) {
        return;
    }
    let Some(registry) = registry() else { return };
    let world = gpg_world();
    let _agent = Agent(&world);
    let (fingerprint, public) = gpg_key(&world, "captain");
    let (_, stranger) = gpg_key(&world, "stranger");
    let staging = world.path("signatures");
    let place = format!("file://{}", shown(&staging));
    lookaside(
        &world,
        &format!("default-docker:\n  lookaside-staging: {place}\n"),
    );
    let name = registry.reference("fleet/tiny:1");
    let option = format!("--sign-by={fingerprint}");
    world.ok(["push", "-q", INSECURE, &option, "tiny", &name]);

    let mut reader = World::new();
    lookaside(
        &reader,
        &format!(
            "docker:\n  {}:\n    lookaside: {place}\n",
            registry.address()
        ),
    );
    policy(&reader, &signed_by(&public));
    reader.ok(["pull", "-q", INSECURE, &name]);
    assert!(skopeo_takes(&reader, &name));
    let data = images::base64(&std::fs::read(&public).expect("a key"));
    policy(
        &reader,
        &format!(r#"{{"type": "signedBy", "keyType": "GPGKeys", "keyData": "{data}"}}"#),
    );
    reader.ok(["pull", "-q", INSECURE, &name]);
    let refused = |reader: &World, why: &str| {
        let done = reader.coracle(["pull", "-q", INSECURE, &name]);
        assert_eq!(done.code, 125, "{done}");
        assert!(done.stderr.contains(why), "{why}: {done}");
    };
    policy(&reader, &signed_by(&stranger));
    refused(&reader, "no key of the policy made a signature");
    let exact =
        r#", "signedIdentity": {"type": "exactReference", "dockerReference": "a.org/b:1"}}"#;
    policy(
        &reader,
        &(signed_by(&public).trim_end_matches('}').to_owned() + exact),
    );
    refused(&reader, &format!("it was signed as {name}"));

    // Nobody to check it: nothing is taken.
    policy(&reader, &signed_by(&public));
    let tools = reader.path("bin");
    std::fs::create_dir(&tools).expect("a folder");
    let path = std::env::var_os("PATH").expect("a PATH");
    for tool in ["newuidmap", "newgidmap"] {
        if let Some(found) = support::find_program(tool) {
            std::os::unix::fs::symlink(found, tools.join(tool)).expect("a link");
        }
    }
    reader.set_env("PATH", &tools);
    refused(&reader, "hint: apt install gpgv");
    reader.set_env("PATH", path);
    reader.ok(["pull", "-q", INSECURE, &name]);

    // A signature that was touched, and none at all.
    let folder = std::fs::read_dir(staging.join("fleet")).expect("signatures");
    let folder = folder.flatten().next().expect("of one image").path();
    let file = folder.join("signature-1");
    let mut bytes = std::fs::read(&file).expect("a signature");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    std::fs::write(&file, &bytes).expect("touched");
    refused(&reader, "is not signed as the policy wants");
    std::fs::remove_file(&file).expect("ours");
    refused(&reader, "is not signed, and the policy wants it to be");

    // `image sign` says the same about what is there already.
    world.ok([
        "image",
        "sign",
        INSECURE,
        &option,
        &format!("docker://{name}"),
    ]);
    reader.ok(["pull", "-q", INSECURE, &name]);
    let elsewhere = world.path("elsewhere");
    std::fs::create_dir(&elsewhere).expect("a folder");
    let directory = format!("--directory={}", shown(&elsewhere));
    world.ok(["image", "sign", INSECURE, &option, &directory, &name]);
    world.ok(["image", "sign", INSECURE, &option, &directory, &name]);
    let folder = elsewhere
        .join("fleet")
        .join(folder.file_name().expect("a name"));
    assert_eq!(std::fs::read_dir(folder).expect("it").count(), 2);
    let done = world.coracle(["image", "sign", INSECURE, "--sign-by=nobody", &name]);
    assert_eq!(done.code, 125, "{done}");
    assert!(
        done.stderr
            .contains("gpg does not sign with the key \"nobody\""),
        "{done}"
    );
    let done = world.coracle(["image", "sign", &name]);
    assert!(done.stderr.contains("no identity provided"), "{done}");
}
