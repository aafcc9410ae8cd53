//! `login` and `logout`, against Debian's docker-registry with a password, and the files they keep.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

#[path = "support/evilreg.rs"]
mod evilreg;
mod support;

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use evilreg::{EvilRegistry, Reply};
use support::registry::{Access, PASSWORD, USER};
use support::{Done, Registry, World, images};

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

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(path).expect("readable")
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).expect("there").permissions().mode() & 0o7777
}

/// `user:secret` as the files have it.
fn word() -> String {
    images::base64(b"user:secret")
}

/// A registry that knows one user, over plain http.
fn harbour() -> EvilRegistry {
    EvilRegistry::http(|seen| {
        let right = format!("Basic {}", word());
        match seen.header("authorization") {
            Some(given) if given == right => Reply::new(200, "{}"),
            _ => Reply::error(401, "UNAUTHORIZED", "who?")
                .header("www-authenticate", "Basic realm=\"harbour\""),
        }
    })
}

/// Logs in with the right password.
fn log_in(world: &World, registry: &str, more: &[&str]) -> Done {
    let mut words = vec!["login", INSECURE, "-u", "user", "-p", "secret"];
    words.extend(more);
    words.push(registry);
    world.coracle(words)
}

#[test]
fn a_login_is_kept_and_serves_pulls_until_the_logout() {
    if !images::have_tiny() {
        return;
    }
    let Some(registry) = Registry::start(Access::Htpasswd) else {
        return;
    };
    registry.push_image("tiny", "tiny:1");
    let world = World::new();
    world.trust(&registry);
    let (address, name) = (registry.address(), registry.reference("tiny:1"));
    failure(&world.coracle(["pull", "-q", &name]));
    let words = ["login", "-u", USER, "--password-stdin", &address];
    let done = world.coracle_fed(words, "wrong\n");
    assert_eq!(
        failure(&done),
        format!("Error: logging into \"{address}\": invalid username/password")
    );
    assert_eq!(done.stderr.lines().count(), 1, "{done}");
    let done = world.coracle_fed(words, format!("{PASSWORD}\n"));
    assert_eq!(
        (done.code, done.stdout.as_str()),
        (0, "Login Succeeded!\n"),
        "{done}"
    );
    let file = world.root().join("run/containers/auth.json");
    assert_eq!(mode(&file), 0o600);
    world.ok(["pull", "-q", &name]);
    assert_eq!(world.ok(["login", "--get-login", &address]), USER);
    let again = world.ok(["login", &address]);
    assert!(again.contains("Existing credentials are valid"), "{again}");
    let out = world.ok(["logout", &address]);
    assert_eq!(out, format!("Removed login credentials for {address}"));
    assert_eq!(
        read(&file).replace(['\t', '\n', ' '], ""),
        r#"{"auths":{}}"#
    );
    failure(&world.coracle(["pull", "-q", &name]));
    let line = failure(&world.coracle(["logout", &address]));
    assert_eq!(line, format!("Error: not logged into {address}"));
    let line = failure(&world.coracle(["login", "--get-login", &address]));
    assert_eq!(line, format!("Error: not logged into {address}"));
}

#[test]
fn skopeo_reads_what_login_keeps_and_the_other_way_round() {
    if !images::have_tiny() {
        return;
    }
    let Some(registry) = Registry::start(Access::Htpasswd) else {
        return;
    };
    registry.push_image("tiny", "tiny:1");
    let world = World::new();
    world.trust(&registry);
    let skopeo = |words: &[&str]| {
        let mut command = world.other("skopeo");
        command.args(words);
        support::world::finish(command).code
    };
    let address = registry.address();
    let docker = format!("docker://{}", registry.reference("tiny:1"));
    let inspect = ["inspect", "--tls-verify=false", docker.as_str()];
    assert_ne!(skopeo(&inspect), 0);
    world.ok(["login", "-u", USER, "-p", PASSWORD, &address]);
    assert_eq!(skopeo(&inspect), 0);
    assert_eq!(skopeo(&["logout", &address]), 0);
    failure(&world.coracle(["pull", "-q", &registry.reference("tiny:1")]));
    let words = [
        "login",
        "--tls-verify=false",
        "-u",
        USER,
        "-p",
        PASSWORD,
        &address,
    ];
    assert_eq!(skopeo(&words), 0);
    world.ok(["pull", "-q", &registry.reference("tiny:1")]);
    world.ok(["logout", &address]);
    assert_ne!(skopeo(&inspect), 0);
}

#[test]
fn the_file_is_the_one_that_was_named() {
    let mut world = World::new();
    let registry = harbour();
    let host = registry.host();
    let done = log_in(&world, &host, &["--authfile=named.json", "--verbose"]);
    assert_eq!(
        done.stdout, "Used: named.json\nLogin Succeeded!\n",
        "{done}"
    );
    let named = read(world.path("named.json"));
    let document: serde_json::Value = serde_json::from_str(&named).expect("JSON");
    assert_eq!(document["auths"][&host]["auth"], word().as_str());
    // A global option names Docker's directory.
    let folder = world.path("docker");
    let folder = folder.to_str().expect("UTF-8");
    world.ok([
        "--config", folder, "login", INSECURE, "-u", "user", "-p", "secret", &host,
    ]);
    assert!(read(world.path("docker/config.json")).contains(&word()));
    world.ok(["--config", folder, "logout", &host]);
    assert!(!read(world.path("docker/config.json")).contains(&word()));
    // So does the environment, and the option goes before it.
    world.set_env("REGISTRY_AUTH_FILE", world.path("variable.json"));
    assert_eq!(log_in(&world, &host, &[]).code, 0);
    assert!(read(world.path("variable.json")).contains(&word()));
    world.ok(["logout", "--authfile=named.json", &host]);
    assert!(read(world.path("variable.json")).contains(&word()));
    assert!(!read(world.path("named.json")).contains(&word()));
    world.unset_env("REGISTRY_AUTH_FILE");
    let both = ["--authfile=a", "--compat-auth-file=b"];
    let line = failure(&log_in(&world, &host, &both));
    assert!(line.contains("can not be set simultaneously"), "{line}");
    // What a file says besides stays.
    let other =
        r#"{"auths":{"x.org":{"auth":"YTpi"}},"HttpHeaders":{"A":"b"},"detachKeys":"ctrl-x"}"#;
    world.write("kept.json", other);
    assert_eq!(
        log_in(&world, &host, &["--compat-auth-file=kept.json"]).code,
        0
    );
    let kept = read(world.path("kept.json"));
    for part in ["x.org", "YTpi", "HttpHeaders", "ctrl-x", host.as_str()] {
        assert!(kept.contains(part), "{kept}");
    }
    assert_eq!(
        world.ok(["logout", "--all", "--authfile=kept.json"]),
        "Removed login credentials for all registries"
    );
    let kept = read(world.path("kept.json"));
    assert!(
        !kept.contains("auth\":") && kept.contains("ctrl-x"),
        "{kept}"
    );
}

#[test]
fn a_login_may_be_for_one_repository() {
    let world = World::new();
    let registry = harbour();
    let place = format!("{}/some/where", registry.host());
    assert_eq!(log_in(&world, &place, &["--authfile=a.json"]).code, 0);
    assert!(read(world.path("a.json")).contains(&format!("\"{place}\"")));
    let who = |name: &str| world.coracle(["login", "--get-login", "--authfile=a.json", name]);
    assert_eq!(who(&format!("{place}/deeper")).stdout, "user\n");
    failure(&who(&registry.host()));
    failure(&who(&format!("{}/some", registry.host())));
    let line = failure(&log_in(&world, &format!("{place}:1"), &[]));
    assert!(line.contains("not for tags"), "{line}");
    for wrong in ["a b", "http://", "-x/y", "a.b/UP"] {
        let done = world.coracle(["login", "-u", "user", "-p", "x", "--", wrong]);
        failure(&done);
    }
}

#[test]
fn passwords_come_from_where_they_are_said_to() {
    let world = World::new();
    let registry = harbour();
    let host = registry.host();
    for (words, part) in [
        (&["--password-stdin"][..], "Must provide --username"),
        (
            &["-u", "user", "-p", "x", "--password-stdin"],
            "Can't specify both",
        ),
        (&["-u", "user"], "no terminal to ask"),
        (&[], "no user name was given"),
        (&["-u", "a:b", "-p", "x"], "cannot hold a colon"),
    ] {
        let mut command = vec!["login", INSECURE];
        command.extend(words);
        command.push(&host);
        let line = failure(&world.coracle(command));
        assert!(line.contains(part), "{words:?}: {line}");
    }
    let mut pty = world.coracle_pty(["login", INSECURE, &host]);
    pty.expect("Username: ");
    pty.send("user\n");
    pty.expect("Password: ");
    pty.send("secrex\x7ft\r");
    let shown = pty.expect("Login Succeeded!");
    assert!(!shown.contains("secre"), "{shown}");
    drop(pty);
    assert_eq!(world.ok(["login", "--get-login", &host]), "user");
}

#[test]
fn a_helper_keeps_the_secret_where_one_is_named() {
    let mut world = World::new();
    let registry = harbour();
    let host = registry.host();
    // As docker-credential-pass and its like, with files.
    let script = "#!/bin/sh\nread -r line\ncase $1 in\n\
        store) echo \"$line\" >\"$HOME/kept\" ;;\n\
        get) [ -e \"$HOME/kept\" ] && cat \"$HOME/kept\" || { echo 'credentials not found in native keychain'; exit 1; } ;;\n\
        erase) rm -f \"$HOME/kept\" ;;\nesac\n";
    let program = world.write("bin/docker-credential-locker", script);
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("chmod");
    let path = format!("{}:{}", world.path("bin").display(), support::search_path());
    world.set_env("PATH", &path);
    let file = world.write(
        "a.json",
        format!(r#"{{"credHelpers":{{"{host}":"locker"}}}}"#),
    );
    let done = log_in(&world, &host, &["--authfile=a.json", "-v"]);
    assert_eq!(
        done.stdout, "Used: docker-credential-locker\nLogin Succeeded!\n",
        "{done}"
    );
    assert!(!read(&file).contains(&word()));
    assert!(read(world.home().join("kept")).contains("secret"));
    let who = world.ok(["login", "--get-login", "--authfile=a.json", &host]);
    assert_eq!(who, "user");
    world.ok(["logout", "--authfile=a.json", &host]);
    assert!(!world.home().join("kept").exists());
    // registries.conf may name one for all.
    std::fs::create_dir_all(world.config()).expect("a folder");
    let conf = "credential-helpers = [\"locker\"]\n";
    std::fs::write(world.config().join("registries.conf"), conf).expect("written");
    assert_eq!(log_in(&world, &host, &[]).code, 0);
    assert!(read(world.home().join("kept")).contains("secret"));
    assert_eq!(world.ok(["login", "--get-login", &host]), "user");
    world.ok(["logout", &host]);
    assert!(!world.home().join("kept").exists());
}

#[test]
fn s_42_files_of_credentials_are_ours_alone_and_whole() {
    let world = World::new();
    let registry = harbour();
    let host = registry.host();
    // Others may have written what everybody can write; what they can read is closed to them, and
    // a link stays a link.
    let file = world.write("open.json", "{}");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o666)).expect("chmod");
    let line = failure(&log_in(&world, &host, &["--authfile=open.json"]));
    assert!(line.contains("everybody can write to it"), "{line}");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).expect("chmod");
    assert_eq!(log_in(&world, &host, &["--authfile=open.json"]).code, 0);
    assert_eq!(mode(&file), 0o600);
    symlink("open.json", world.path("link.json")).expect("a link");
    assert_eq!(log_in(&world, &host, &["--authfile=link.json"]).code, 0);
    assert!(world.path("link.json").is_symlink());
    assert!(read(&file).contains(&word()));
    // Where others could put a file of theirs in its place, nothing is kept.
    std::fs::create_dir(world.path("open")).expect("a folder");
    let open = std::fs::Permissions::from_mode(0o777);
    std::fs::set_permissions(world.path("open"), open).expect("chmod");
    let line = failure(&log_in(&world, &host, &["--authfile=open/a.json"]));
    assert!(
        line.contains("others may write to this directory"),
        "{line}"
    );
    assert!(!world.path("open/a.json").exists());
    // What is no file is not waited for.
    let fifo = std::process::Command::new("mkfifo")
        .arg(world.path("fifo"))
        .status();
    assert!(fifo.expect("mkfifo").success());
    for words in [
        &["pull", INSECURE, "--authfile=fifo"][..],
        &[
            "login",
            INSECURE,
            "-u",
            "user",
            "-p",
            "secret",
            "--authfile=fifo",
        ],
    ] {
        let mut command = words.to_vec();
        let name = format!("{host}/x");
        command.push(if words[0] == "pull" { &name } else { &host });
        let line = failure(&world.coracle(command));
        assert!(line.contains("is not a file"), "{line}");
    }
    // Nothing of what a broken file says is repeated, and the file stays as it is.
    let broken = format!(r#"{{"auths":{{"{host}":{{"auth":"hidden"#);
    world.write("broken.json", &broken);
    for words in [["login", "-u", "user"], ["logout", "-a", "--"]] {
        let mut command = words[..2].to_vec();
        command.extend(["--authfile=broken.json"]);
        if words[0] == "login" {
            command = vec![
                "login",
                INSECURE,
                "-u",
                "user",
                "-p",
                "secret",
                "--authfile=broken.json",
                &host,
            ];
        }
        let line = failure(&world.coracle(command));
        assert!(
            line.contains("broken.json") && !line.contains("hidden"),
            "{line}"
        );
    }
    assert_eq!(read(world.path("broken.json")), broken);
    let large = std::fs::File::create(world.path("large.json")).expect("a file");
    large.set_len(1 << 30).expect("sparse");
    let line = failure(&log_in(&world, &host, &["--authfile=large.json"]));
    assert!(line.contains("larger than"), "{line}");
    // No unfinished file is left.
    let left = std::fs::read_dir(world.path("")).expect("a folder");
    assert!(
        left.flatten()
            .all(|entry| !entry.file_name().to_string_lossy().ends_with(".part"))
    );
}

#[test]
fn s_42_a_helper_that_fails_is_not_passed_over() {
    let mut world = World::new();
    let registry = harbour();
    let host = registry.host();
    for (name, script) in [
        ("fails", "#!/bin/sh\necho the drawer is locked\nexit 1\n"),
        ("endless", "#!/bin/sh\nexec yes\n"),
    ] {
        let program = world.write(&format!("bin/docker-credential-{name}"), script);
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("chmod");
    }
    // A helper beside the user's work is not one of the user's programs.
    let here = world.write(
        "docker-credential-here",
        "#!/bin/sh\ntouch \"$HOME/called\"\n",
    );
    std::fs::set_permissions(&here, std::fs::Permissions::from_mode(0o755)).expect("chmod");
    let path = format!(
        ".:{}:{}",
        world.path("bin").display(),
        support::search_path()
    );
    world.set_env("PATH", &path);
    let auth = format!(r#""auths":{{"{host}":{{"auth":"{}"}}}}"#, word());
    for (name, part) in [
        ("fails", "the drawer is locked"),
        ("endless", "its answer is"),
        ("missing", "no such program"),
        ("here", "no such program"),
        ("../../bin/x", "this is not the name of a helper"),
    ] {
        let file = format!(r#"{{"credHelpers":{{"{host}":"{name}"}},{auth}}}"#);
        world.write("a.json", file);
        let name = format!("{host}/x:1");
        let line = failure(&world.coracle(["pull", INSECURE, "--authfile=a.json", &name]));
        assert!(line.contains(part), "{name}: {line}");
    }
    assert!(!world.home().join("called").exists());
    // Nobody was told what the file has besides.
    registry.assert_no_secrets();
}

#[test]
fn s_43_no_secret_is_shown_at_any_level() {
    let world = World::new();
    let registry = harbour();
    let host = registry.host();
    let mut shown = String::new();
    for words in [
        &["login", INSECURE, "-u", "user", "-p", "secret", "-v"][..],
        &["login", INSECURE, "-u", "user", "-p", "marker-of-a-secret"],
        &[
            "pull",
            INSECURE,
            "--creds=user:marker-of-a-secret",
            "--retry=0",
        ],
    ] {
        let mut command = vec!["--log-level=trace"];
        command.extend(words);
        let name = format!("{host}/x:1");
        command.push(if words[0] == "pull" { &name } else { &host });
        let done = world.coracle(command);
        shown += &done.stdout;
        shown += &done.stderr;
    }
    for secret in [
        "marker-of-a-secret",
        "p secret",
        &word(),
        &images::base64(b"user:marker-of-a-secret"),
    ] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
