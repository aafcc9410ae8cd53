//! Rows S-24 to S-50 of the security catalogue that speak of registries: what a hostile one says,
//! and where secrets go. More of them are in `registry`, `pull`, `push`, `login` and `search`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

#[path = "support/evilreg.rs"]
mod evilreg;
mod support;

use std::sync::atomic::{AtomicUsize, Ordering};

use coracle::types::Digest;
use evilreg::{
    Authority, EvilRegistry, Image, OCI_CONFIG, OCI_LAYER_GZIP, OCI_MANIFEST, Reply, Seen,
    descriptor,
};
use support::{Done, World, images};

const INSECURE: &str = "--tls-verify=false";

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

/// Pulls from a registry that answers so; returns the line of the failure.
fn refused(answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> String {
    let world = World::new();
    let registry = EvilRegistry::http(answer);
    let name = format!("{}/x:1", registry.host());
    let done = world.coracle([
        "pull",
        "-q",
        INSECURE,
        "--retry-delay=10ms",
        "--retry=1",
        &name,
    ]);
    assert_eq!(world.ok(["images", "-q"]), "");
    failure(&done)
}

/// Answers the manifest with this document, everything else honestly.
fn with_manifest(image: Image, manifest: String) -> impl Fn(&Seen) -> Reply + Send + Sync {
    move |seen| match seen.path.contains("/manifests/") {
        true => Reply::new(200, manifest.clone()).header("content-type", OCI_MANIFEST),
        false => image.answer(seen),
    }
}

#[test]
fn s_24_digests_are_digests_wherever_they_stand() {
    let good = "a".repeat(64);
    let bad = [
        "sha256:../../x".to_owned(),
        format!("sha256:{}", &good[1..]),
        format!("sha256:{good}a"),
        format!("sha256:{}", good.to_uppercase()),
        format!("sha512:{good}"),
        "sha256:".to_owned(),
        format!("md5:{}", &good[..32]),
        format!("sha256:{}\\u0661", &good[1..]),
        format!("sha256:{}\\u0000", &good[1..]),
        String::new(),
    ];
    let image = Image::new(1);
    let honest = String::from_utf8(image.manifest.clone()).expect("JSON");
    let parts = [
        Digest::of(&image.config).to_string(),
        Digest::of(&image.layers[0]).to_string(),
    ];
    for digest in &bad {
        for part in &parts {
            let line = refused(with_manifest(image.clone(), honest.replace(part, digest)));
            assert!(line.contains("digest"), "{digest}: {line}");
        }
    }
    // DiffIds in the config, and what the user types.
    let diff_id = String::from_utf8(image.config.clone()).expect("JSON");
    let diff_id = diff_id
        .split("sha256:")
        .nth(1)
        .map(|rest| rest[..64].to_owned());
    let diff_id = format!("sha256:{}", diff_id.expect("a DiffId"));
    for digest in &bad {
        let config = String::from_utf8(image.config.clone()).expect("JSON");
        let mut forged = image.clone();
        forged.config = config.replace(&diff_id, digest).into_bytes();
        forged.manifest = forged.manifest_with("");
        let line = refused(move |seen| forged.answer(seen));
        assert!(line.contains("digest"), "{digest}: {line}");
    }
    let world = World::new();
    for digest in ["sha256:../../x", "sha256:abc", "md5:abc", "sha256:"] {
        let name = format!("127.0.0.1:1/x@{digest}");
        for verb in ["pull", "push", "inspect", "rmi"] {
            assert_ne!(world.coracle([verb, &name]).code, 0, "{verb} {name}");
        }
    }
}

#[test]
fn s_28_documents_that_two_parsers_may_read_in_two_ways() {
    let image = Image::new(1);
    let config = descriptor(OCI_CONFIG, &image.config);
    let layer = descriptor(OCI_LAYER_GZIP, &image.layers[0]);
    let other = descriptor(OCI_LAYER_GZIP, b"other");
    let whole = |fields: &str| format!(r#"{{"schemaVersion":2,{fields}}}"#);
    let honest = whole(&format!(r#""config":{config},"layers":[{layer}]"#));
    let deep = "[".repeat(100_000);
    for manifest in [
        whole(&format!(
            r#""config":{config},"layers":[{layer}],"layers":[{other}]"#
        )),
        whole(&format!(r#""config":{config},"Layers":[{layer}]"#)),
        format!("{honest}{honest}"),
        format!("{honest} x"),
        format!("\u{feff}{honest}"),
        honest.replace(":2,", ":1e999,"),
        honest.replace(":2,", ":2.0,"),
        honest.replace(":2,", r#":"2","#),
        whole(&format!(
            r#""config":{config},"layers":[{layer}],"x":{deep}"#
        )),
        whole(&format!(r#""config":{config},"layers":{{}}"#)),
        whole(&format!(
            r#""config":{config},"layers":[{layer}],"mediaType":"\ud800""#
        )),
        honest.replace("\"size\":", "\"size\":-"),
        honest.replace("\"size\":", "\"size\":99999999999"),
        "null".to_owned(),
        "[]".to_owned(),
        "<html>Sign in</html>".to_owned(),
        String::new(),
    ] {
        let line = refused(with_manifest(image.clone(), manifest));
        // One line, and not a page of theirs.
        assert!(line.len() < 600, "{line}");
    }
    // Unknown fields, however many, mean nothing.
    let many: Vec<String> = (0..20_000).map(|n| format!(r#""x{n}":{n}"#)).collect();
    let manifest = whole(&format!(
        r#""config":{config},"layers":[{layer}],{}"#,
        many.join(",")
    ));
    let registry = EvilRegistry::http(with_manifest(image, manifest));
    let world = World::new();
    world.ok(["pull", "-q", INSECURE, &format!("{}/x:1", registry.host())]);
}

#[test]
fn s_41_trust_is_for_one_registry_and_not_remembered() {
    if !support::have(&["openssl"]) {
        return;
    }
    let folder = std::env::temp_dir().join(format!("s41-{}", std::process::id()));
    let authority = Authority::new(&folder);
    let image = Image::new(1);
    let registry = EvilRegistry::https(&authority, move |seen| image.answer(seen));
    let name = format!("{}/x:1", registry.host());
    let world = World::new();
    let unknown = "the issuer of its certificate is not known";
    assert!(failure(&world.coracle(["pull", "-q", &name])).contains(unknown));
    // Without a check once is with a check the next time.
    world.ok(["pull", "-q", INSECURE, &name]);
    assert!(failure(&world.coracle(["pull", "-q", &name])).contains(unknown));
    // The directory's name is the registry's, with its port.
    let port = registry.port;
    let certs = |name: &str| {
        let place = world.config().join("certs.d").join(name);
        std::fs::create_dir_all(&place).expect("a folder");
        std::fs::write(place.join("ca.crt"), authority.pem()).expect("written");
        place
    };
    for wrong in [
        "127.0.0.1",
        "localhost",
        "127.0.0.1:1",
        &format!("x127.0.0.1:{port}"),
    ] {
        certs(wrong);
        assert!(failure(&world.coracle(["pull", "-q", &name])).contains(unknown));
    }
    let place = certs(&registry.host());
    world.ok(["pull", "-q", &name]);
    // A certificate of ours without its key is named.
    std::fs::write(place.join("client.cert"), authority.pem()).expect("written");
    let line = failure(&world.coracle(["pull", "-q", &name]));
    assert!(line.contains("client.cert: its key "), "{line}");
    std::fs::write(place.join("client.key"), "no key").expect("written");
    let line = failure(&world.coracle(["pull", "-q", &name]));
    assert!(line.contains("client.key: holds no private key"), "{line}");
    std::fs::remove_dir_all(folder).expect("removed");
}

#[test]
fn s_46_a_registry_that_never_says_yes_is_left() {
    for (answer, most) in [
        (
            Reply::error(429, "TOOMANYREQUESTS", "no").header("retry-after", "-1"),
            4,
        ),
        (
            Reply::error(503, "UNAVAILABLE", "no")
                .header("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT"),
            4,
        ),
        (
            Reply::error(401, "UNAUTHORIZED", "no").header("www-authenticate", "Basic realm=\"x\""),
            3,
        ),
    ] {
        let count = std::sync::Arc::new(AtomicUsize::new(0));
        let counted = count.clone();
        refused(move |_| {
            counted.fetch_add(1, Ordering::Relaxed);
            answer.clone()
        });
        let asked = count.load(Ordering::Relaxed);
        assert!(asked <= most, "{asked}");
    }
}

#[test]
fn s_47_what_a_registry_says_is_cut_and_shown_as_text() {
    let escapes = "\u{1b}[2J\u{1b}]0;mine\u{7}\nError: forged";
    let body = serde_json::json!({ "errors": [{ "code": "X", "message": escapes.repeat(100) }] });
    let line = refused(move |_| Reply::new(403, body.to_string()));
    assert!(!line.contains('\u{1b}') && line.len() < 1000, "{line}");
    let line = refused(|_| Reply::new(200, "{}").header("x-large", "y".repeat(1 << 20)));
    assert!(
        line.contains("the head of its answer is too large"),
        "{line}"
    );
    // What is compressed on the way is not inflated.
    let image = Image::new(1);
    let line = refused(move |seen| match seen.path.contains("/manifests/") {
        true => Reply::new(200, evilreg::gzip(&image.manifest))
            .header("content-type", OCI_MANIFEST)
            .header("content-encoding", "gzip"),
        false => image.answer(seen),
    });
    assert!(line.contains("not valid"), "{line}");
}

/// Has short names looked for in these registries.
fn search(world: &mut World, registries: &[&EvilRegistry], more: &str) {
    let hosts: Vec<String> = registries
        .iter()
        .map(|r| format!("\"{}\"", r.host()))
        .collect();
    let mut conf = format!(
        "unqualified-search-registries = [{}]\n{more}\n",
        hosts.join(",")
    );
    for registry in registries {
        conf += &format!(
            "[[registry]]\nlocation = \"{}\"\ninsecure = true\n",
            registry.host()
        );
    }
    let file = world.write("registries.conf", conf);
    world.set_env("CONTAINERS_REGISTRIES_CONF", &file);
}

#[test]
fn s_49_an_ambiguous_short_name_is_not_guessed() {
    let image = Image::new(1);
    let (one, other) = (image.clone(), image);
    let first = EvilRegistry::http(move |seen| one.answer(seen));
    let second = EvilRegistry::http(move |seen| other.answer(seen));
    let mut world = World::new();
    search(
        &mut world,
        &[&first, &second],
        "short-name-mode = \"enforcing\"",
    );
    let line = failure(&world.coracle(["pull", "-q", "x:1"]));
    assert!(
        line.contains("the short name \"x\" may be in any of"),
        "{line}"
    );
    assert!(first.seen().is_empty() && second.seen().is_empty());
    // On a terminal it is asked, and remembered.
    let mut pty = world.coracle_pty(["pull", "-q", "x:1"]);
    pty.expect("Please select an image");
    pty.line("2");
    pty.wait();
    assert!(first.seen().is_empty() && !second.seen().is_empty());
    let names = world.ok(["images", "--format={{.Repository}}"]);
    assert_eq!(names, format!("{}/x", second.host()));
    let aliases = world
        .home()
        .join(".cache/containers/short-name-aliases.conf");
    let kept = std::fs::read_to_string(aliases).expect("kept");
    assert!(
        kept.contains(&format!("\"x\" = \"{}/x\"", second.host())),
        "{kept}"
    );
    world.ok(["pull", "-q", "x:1"]);
    assert!(first.seen().is_empty());
    // An answer that is none is an end.
    let mut pty = world.coracle_pty(["pull", "-q", "y:1"]);
    pty.expect("Please select an image");
    pty.line("7");
    pty.expect("no image was chosen");
    pty.wait();
    // Without the mode, a script takes them in turn.
    search(&mut world, &[&first, &second], "");
    world.ok(["pull", "-q", "x:1"]);
    failure(&world.coracle(["pull", "-q", "y:1"]));
    assert!(first.seen().iter().any(|seen| seen.path.contains("/v2/y/")));
}

#[test]
fn s_49_a_mirror_gives_what_the_digest_says() {
    let (right, wrong) = (Image::new(1), Image::new(2));
    let digest = right.digest();
    let mirror = EvilRegistry::http(move |seen| {
        if seen.header("authorization").is_some() {
            return Reply::error(400, "X", "a secret came here");
        }
        let asked = seen.path.contains("/manifests/");
        match asked {
            true => Reply::new(200, wrong.manifest.clone()).header("content-type", OCI_MANIFEST),
            false => wrong.answer(seen),
        }
    });
    let served = right.clone();
    let registry = EvilRegistry::http(move |seen| match seen.header("authorization") {
        Some(_) => served.answer(seen),
        None => Reply::error(401, "UNAUTHORIZED", "who?")
            .header("www-authenticate", "Basic realm=\"x\""),
    });
    let mut world = World::new();
    let conf = format!(
        "[[registry]]\nprefix = \"far.example\"\nlocation = \"{}\"\ninsecure = true\n\
         [[registry.mirror]]\nlocation = \"{}\"\ninsecure = true\n",
        registry.host(),
        mirror.host()
    );
    let conf = world.write("registries.conf", conf);
    world.set_env("CONTAINERS_REGISTRIES_CONF", &conf);
    let name = format!("far.example/x@{digest}");
    let done = world.coracle(["pull", "-q", "--creds=user:secret", &name]);
    assert_eq!(done.code, 0, "{done}");
    assert!(done.stderr.contains("mirror "), "{done}");
    mirror.assert_no_secrets();
    // Credentials are the host's that is spoken with.
    let file = format!(
        r#"{{"auths":{{"{}":{{"auth":"{}"}}}}}}"#,
        registry.host(),
        images::base64(b"user:secret")
    );
    world.write("auth.json", file);
    world.ok(["rmi", "-a"]);
    world.ok(["pull", "-q", "--authfile=auth.json", &name]);
    mirror.assert_no_secrets();
}

#[test]
fn s_50_proxies_are_those_of_the_environment_and_never_for_loopback() {
    let image = Image::new(1);
    let served = image.clone();
    let proxy = EvilRegistry::http(move |seen| {
        match seen.method.as_str() {
            // The tunnel begins, and we are at its other end too.
            "CONNECT" => Reply::new(200, ""),
            _ => served.answer(seen),
        }
    });
    let direct = EvilRegistry::http(move |seen| image.answer(seen));
    let mut world = World::new();
    let address = format!("http://me:hidden@{}", proxy.host());
    for variable in ["HTTP_PROXY", "HTTPS_PROXY"] {
        world.set_env(variable, &address);
    }
    world.ok(["pull", "-q", INSECURE, &format!("{}/x:1", direct.host())]);
    assert!(proxy.seen().is_empty());
    let pull = ["--log-level=trace", "pull", INSECURE, "harbour.example/x:1"];
    let done = world.coracle(pull);
    assert_eq!(done.code, 0, "{done}");
    let word = images::base64(b"me:hidden");
    for secret in ["hidden", &word] {
        assert!(!done.stderr.contains(secret), "{done}");
    }
    assert!(
        proxy
            .seen()
            .iter()
            .any(|seen| seen.path.contains("/v2/x/manifests/1"))
    );
    world.set_env("NO_PROXY", ".example");
    let asked = proxy.seen().len();
    let line =
        failure(&world.coracle(["pull", "-q", INSECURE, "--retry=0", "harbour.example/x:1"]));
    assert!(!line.contains("hidden"), "{line}");
    assert_eq!(proxy.seen().len(), asked);
}
