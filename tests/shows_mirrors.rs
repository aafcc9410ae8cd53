//! `registries.conf`, `certs.d` and proxies against real registries: who is asked, and how.

#[path = "support/between.rs"]
mod between;
mod support;

use between::Between;
use support::registry::Access;
use support::{Done, Registry, World, images};

/// A registry and its mirror, both with the tiny image as `tiny:1`.
fn two() -> Option<(Registry, Registry)> {
    let main = Registry::start(Access::Http)?;
    let mirror = Registry::start(Access::Http)?;
    for registry in [&main, &mirror] {
        if !images::have_tiny() || !registry.push_image("tiny", "tiny:1") {
            return None;
        }
        registry.forget_requests();
    }
    Some((main, mirror))
}

/// Writes the user's registries.conf.
fn configure(world: &World, text: &str) {
    std::fs::create_dir_all(world.config()).expect("the configuration directory");
    std::fs::write(world.config().join("registries.conf"), text).expect("written");
}

/// Whether a registry was asked for a manifest or blob since the last time.
fn was_asked(registry: &Registry) -> bool {
    let asked = registry
        .requests()
        .iter()
        .any(|request| request.path.contains("/manifests/") || request.path.contains("/blobs/"));
    registry.forget_requests();
    asked
}

/// The digest of the manifest that stands for `tiny:1`, as the world pulled it.
fn digest(world: &World, name: &str) -> String {
    world.ok(["image", "inspect", "--format={{.Digest}}", name])
}

fn forget(world: &World) {
    world.ok(["rmi", "-a", "-f"]);
}

#[track_caller]
fn refused(done: Done, part: &str) -> String {
    let done = done.expect_refusal(part);
    done.stderr
}

#[test]
fn a_mirror_is_asked_first() {
    let Some((main, mut mirror)) = two() else {
        return;
    };
    let world = World::new();
    configure(
        &world,
        &format!(
            "[[registry]]\nprefix = \"far.example\"\nlocation = \"{}\"\ninsecure = true\n\
             [[registry.mirror]]\nlocation = \"{}\"\ninsecure = true\n",
            main.address(),
            mirror.address()
        ),
    );
    world.ok(["pull", "-q", "far.example/tiny:1"]);
    assert_eq!((was_asked(&mirror), was_asked(&main)), (true, false));
    let named = world.ok(["images", "--format={{.Repository}}:{{.Tag}}"]);
    assert_eq!(named, "far.example/tiny:1");
    // What only the registry has.
    main.push_image("tiny", "only:1");
    main.forget_requests();
    world.ok(["pull", "-q", "far.example/only:1"]);
    assert!(was_asked(&main));
    // A dead mirror costs a warning.
    forget(&world);
    mirror.stop();
    let done = world.coracle(["pull", "-q", "far.example/tiny:1"]);
    assert_eq!(done.code, 0, "{done}");
    assert!(done.stderr.contains(&mirror.address()), "{done}");
    assert!(was_asked(&main));
}

#[test]
fn a_mirror_may_be_for_digests_or_for_tags() {
    let Some((main, mirror)) = two() else {
        return;
    };
    let world = World::new();
    world.ok([
        "pull",
        "-q",
        "--tls-verify=false",
        &main.reference("tiny:1"),
    ]);
    let digest = digest(&world, &main.reference("tiny:1"));
    forget(&world);
    let by_digest = format!("far.example/tiny@{digest}");
    for (of_registry, of_mirror, tag, digest) in [
        ("", "", true, true),
        ("", "pull-from-mirror = \"all\"", true, true),
        ("", "pull-from-mirror = \"digest-only\"", false, true),
        ("", "pull-from-mirror = \"tag-only\"", true, false),
        ("mirror-by-digest-only = true", "", false, true),
    ] {
        configure(
            &world,
            &format!(
                "[[registry]]\nprefix = \"far.example\"\nlocation = \"{}\"\ninsecure = true\n{of_registry}\n\
                 [[registry.mirror]]\nlocation = \"{}\"\ninsecure = true\n{of_mirror}\n",
                main.address(),
                mirror.address()
            ),
        );
        for (name, mirrored) in [("far.example/tiny:1", tag), (&by_digest, digest)] {
            main.forget_requests();
            mirror.forget_requests();
            world.ok(["pull", "-q", name]);
            let asked = (was_asked(&mirror), was_asked(&main));
            assert_eq!(
                asked,
                (mirrored, !mirrored),
                "{of_registry}{of_mirror} {name}"
            );
            forget(&world);
        }
    }
    // Both at once are a contradiction that is named.
    configure(
        &world,
        &format!(
            "[[registry]]\nlocation = \"{0}\"\nmirror-by-digest-only = true\n\
             [[registry.mirror]]\nlocation = \"{1}\"\npull-from-mirror = \"all\"\n",
            main.address(),
            mirror.address()
        ),
    );
    refused(
        world.coracle(["pull", "-q", &main.reference("tiny:1")]),
        "pull-from-mirror",
    );
}

#[test]
fn places_are_rewritten_blocked_and_insecure() {
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    if !images::have_tiny() || !registry.push_image("tiny", "deep/down/tiny:1") {
        return;
    }
    let world = World::new();
    let host = registry.address();
    configure(
        &world,
        &format!(
            "[[registry]]\nprefix = \"far.example/a\"\nlocation = \"{host}/deep/down\"\ninsecure = true\n\
             [[registry]]\nprefix = \"*.wild.example\"\nlocation = \"{host}/deep\"\ninsecure = true\n\
             [[registry]]\nlocation = \"{host}\"\ninsecure = true\n\
             [[registry]]\nprefix = \"{host}/secret\"\nlocation = \"{host}/secret\"\nblocked = true\n\
             [aliases]\nboat = \"far.example/a/tiny\"\n"
        ),
    );
    let direct = format!("{host}/deep/down/tiny:1");
    for name in [
        "far.example/a/tiny:1",
        "x.wild.example/down/tiny:1",
        &direct,
        "boat:1",
    ] {
        world.ok(["pull", "-q", name]);
        assert!(was_asked(&registry), "{name}");
        forget(&world);
    }
    // No flag undoes a block, and nobody is asked.
    registry.forget_requests();
    let name = format!("{host}/secret/tiny:1");
    let done = world.coracle(["pull", "-q", "--tls-verify=false", &name]);
    refused(done, "blocked");
    assert!(registry.requests().is_empty());
    // The flag has the last word over `insecure`.
    refused(
        world.coracle(["pull", "-q", "--tls-verify=true", &direct]),
        &host,
    );
}

#[test]
fn a_client_shows_the_certificate_of_certs_d() {
    let Some(registry) = Registry::start(Access::Certificate) else {
        return;
    };
    if !images::have_tiny() || !registry.push_image("tiny", "tiny:1") {
        return;
    }
    let world = World::new();
    let name = registry.reference("tiny:1");
    // Trusted, but not let in.
    world.trust(&registry);
    refused(
        world.coracle(["pull", "-q", "--retry=0", &name]),
        &registry.address(),
    );
    let place = world.config().join("certs.d").join(registry.address());
    for file in ["client.cert", "client.key"] {
        std::fs::copy(registry.client().join(file), place.join(file)).expect("copied");
    }
    world.ok(["pull", "-q", &name]);
    world.ok(["push", "-q", &name]);
    forget(&world);
    // From a directory that was named instead.
    std::fs::remove_dir_all(&place).expect("removed");
    let named = format!("--cert-dir={}", registry.client().display());
    world.ok(["pull", "-q", &named, &name]);
    world.ok(["search", &named, &format!("{}/tiny", registry.address())]);
}

#[test]
fn a_proxy_of_the_environment_leads_there() {
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    if !images::have_tiny() || !registry.push_image("tiny", "tiny:1") {
        return;
    }
    let proxy = Between::proxy(&registry.address());
    let address = format!("http://me:hidden@{}", proxy.address());
    let name = "harbour.example/tiny:1";
    for upper in [true, false] {
        let mut world = World::new();
        for variable in ["HTTP_PROXY", "HTTPS_PROXY"] {
            let variable = match upper {
                true => variable.to_owned(),
                false => variable.to_lowercase(),
            };
            world.set_env(&variable, &address);
        }
        let before = proxy.asked().len();
        world.ok(["pull", "-q", "--tls-verify=false", name]);
        let asked = proxy.asked();
        assert!(asked.len() > before);
        assert!(
            asked.iter().all(|line| line.contains("harbour.example")),
            "{asked:?}"
        );
        // What loopback has is fetched without it, and so is what is excepted.
        world.ok([
            "pull",
            "-q",
            "--tls-verify=false",
            &registry.reference("tiny:1"),
        ]);
        world.set_env("NO_PROXY", "other.example,.example");
        world.set_env("no_proxy", "other.example,.example");
        forget(&world);
        let pull = ["pull", "-q", "--tls-verify=false", "--retry=0", name];
        let line = refused(world.coracle(pull), "harbour.example");
        assert!(!line.contains("hidden"), "{line}");
        assert_eq!(proxy.asked().len(), asked.len());
    }
}
