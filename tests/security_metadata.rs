//! Rows S-31 to S-35 of the security catalogue: what an image says of itself steers nothing, and
//! its files are read with care.
//!
//! Images are loaded through `coracle load` and run; `probe` says what they got.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

mod support;

use std::time::Duration;

use serde_json::Value;
use support::probing::{self, CONFIG, Tree, ask, run, words};
use support::{Canary, Done, World, world};

/// Words of a JSON list that begin so.
fn with_prefix<'a>(list: &'a Value, prefix: &str) -> Vec<&'a str> {
    let all = words(list).into_iter();
    all.filter(|word| word.starts_with(prefix)).collect()
}

#[test]
fn s_31_an_images_environment_is_its_own() {
    if !probing::have_probe() {
        return;
    }
    let mut world = World::new();
    for name in ["AWS_SECRET", "PATHOLOGY", "A"] {
        world.set_env(name, "the-hosts-own-secret");
    }
    for (at, entry) in ["AWS_SECRET", "*", "PATH*", "=x", "A", "", "=", "A*"]
        .iter()
        .enumerate()
    {
        let image = format!("env{at}");
        let config = format!(r#"{{"Entrypoint":["/probe"],"Env":["B=1","{entry}"]}}"#);
        let loaded = Tree::new().load(&world, &image, &config);
        if loaded.code == 0 {
            let done = run(&world, "", &image, "report");
            let done = done.expect_refusal(&format!("{entry:?}"));
            assert!(!done.stderr.contains("the-hosts"), "{done}");
        }
    }
    // A value may be anything; what looks like the host's is a literal word.
    let config = r#"{"Entrypoint":["/probe"],"Env":["A=\n","C=$AWS_SECRET","AWS_SECRET=","D=*"]}"#;
    Tree::new().load(&world, "literal", config).expect_code(0);
    let report = &ask(&world, "", "literal", "report")[0];
    for entry in ["A=\n", "C=$AWS_SECRET", "AWS_SECRET=", "D=*"] {
        assert!(
            words(&report["env"]).contains(&entry),
            "{entry:?}: {report}"
        );
    }
    assert!(!report.to_string().contains("the-hosts"), "{report}");
    // Only the user's own word brings something in.
    let report = &ask(&world, "-e PATHOLOGY", "literal", "report")[0];
    let brought = with_prefix(&report["env"], "PATHOLOGY=");
    assert_eq!(brought, ["PATHOLOGY=the-hosts-own-secret"]);
    // Neither does a commit bring in what the host has.
    world.ok(["create", "--name=c", "localhost/literal"]);
    for (change, found) in [("ENV AWS_SECRET", "AWS_SECRET="), ("ENV *", "*=")] {
        world.ok(["commit", "-q", "--change", change, "c", "new"]);
        let env = world.ok(["inspect", "--format={{json .Config.Env}}", "localhost/new"]);
        let env: Value = serde_json::from_str(&env).expect("JSON");
        assert!(words(&env).contains(&found), "{env}");
        assert!(!env.to_string().contains("the-hosts"), "{env}");
    }
    let done = world.coracle(["commit", "-q", "--change", "ENV =x", "c", "new"]);
    done.expect_refusal("ENV");
}

#[test]
fn s_32_a_user_is_who_was_meant_or_nobody() {
    if !probing::have_probe() {
        return;
    }
    let world = probing::world();
    world.ok([
        "run",
        "-d",
        "--name=running",
        "localhost/probe",
        "sleep",
        "600",
    ]);
    let uid = |value: &Value| value["Uid"].as_str().expect("ids").to_owned();
    let ids = |id: u32| format!("{id} {id} {id} {id}");
    // `1000` is also the name of an account with uid 0 in this image.
    for (word, id) in [
        ("1000", 1000),
        ("00", 0),
        ("app", 1000),
        ("web:www", 33),
        ("5:6", 5),
    ] {
        let report = &ask(&world, &format!("--user {word}"), "probe", "report")[0];
        assert_eq!(uid(report), ids(id), "--user {word}");
        let done = world.coracle(["exec", "-u", word, "running", "/probe", "report"]);
        assert_eq!(uid(&probing::answers(&done)[0]), ids(id), "exec -u {word}");
        let image = format!("user-{}", word.replace(':', "-"));
        let config = format!(r#"{{"Entrypoint":["/probe"],"User":"{word}"}}"#);
        Tree::new().load(&world, &image, &config).expect_code(0);
        assert_eq!(
            uid(&ask(&world, "", &image, "report")[0]),
            ids(id),
            "User {word}"
        );
    }
    for (at, word) in [
        "4294967295",
        "4294967296",
        "18446744073709551616",
        "-1",
        "0x0",
        "1e3",
        "root:",
        ":0",
        "1:2:3",
        "nobodyknows",
        "app:nobodyknows",
        "app:4294967296",
        "ro ot",
    ]
    .iter()
    .enumerate()
    {
        let equals = format!("--user={word}");
        let name = ["run", "--rm", "--network=none", &equals, "localhost/probe"];
        refused_for_its_user(&world.coracle(name), word);
        let done = world.coracle(["exec", &equals, "running", "/probe", "report"]);
        refused_for_its_user(&done, word);
        let image = format!("bad{at}");
        let config = format!(r#"{{"Entrypoint":["/probe"],"User":"{word}"}}"#);
        Tree::new().load(&world, &image, &config).expect_code(0);
        refused_for_its_user(&run(&world, "", &image, "report"), word);
    }
    // A number beyond those that are mapped is named, and nobody else's.
    let done = run(&world, "--user 2147483648", "probe", "report");
    refused_for_its_user(&done, "2147483648");
    world.ok(["rm", "-f", "-t0", "running"]);
}

/// Nothing ran, and one line names the word.
#[track_caller]
fn refused_for_its_user(done: &Done, word: &str) {
    assert!(matches!(done.code, 125..=127), "{word}: {done}");
    assert_eq!(done.stdout, "", "{word}: {done}");
    let errors = done
        .stderr
        .lines()
        .filter(|line| line.starts_with("Error: "));
    assert_eq!(errors.count(), 1, "{word}: {done}");
    assert!(done.stderr.contains(word), "{word}: {done}");
}

/// What engines and their helpers are known to take orders from.
const LABELS: &[(&str, &str)] = &[
    ("io.containers.capabilities", "SYS_ADMIN,NET_ADMIN"),
    ("io.containers.autoupdate", "registry"),
    ("io.podman.annotations.privileged", "TRUE"),
    ("io.podman.annotations.seccomp", "unconfined"),
    ("io.podman.annotations.userns", "host"),
    ("io.podman.annotations.autoremove", "TRUE"),
    ("io.podman.annotations.init", "TRUE"),
    ("io.podman.annotations.publish-all", "TRUE"),
    ("io.podman.annotations.volumes-from", "other"),
    ("io.kubernetes.cri-o.Devices", "/dev/fuse"),
    ("io.kubernetes.cri-o.userns-mode", "host"),
    ("io.kubernetes.cri-o.TrySkipVolumeSELinuxLabel", "true"),
    ("io.kubernetes.container.hash", "../../x"),
    ("org.opencontainers.image.stopSignal", "SIGKILL"),
    (
        "org.opencontainers.image.ref.name",
        "docker.io/library/alpine:latest",
    ),
    ("org.systemd.property.KillMode", "'none'"),
    ("run.oci.keep_original_groups", "1"),
    ("run.oci.hooks.stdout", "/tmp/hook"),
    ("run.oci.seccomp_fail_unknown_syscall", "0"),
    ("run.oci.handler", "wasm"),
    ("module.wasm.image/variant", "compat"),
    ("com.docker.compose.project", "../../x"),
    ("coracle.privileged", "true"),
    ("RUN", "podman run --privileged -v /:/host $IMAGE"),
    ("seccomp", "unconfined"),
];

#[test]
fn s_33_labels_are_text() {
    if !probing::have_probe() {
        return;
    }
    let world = probing::world();
    let labels: Vec<String> = LABELS
        .iter()
        .map(|(key, value)| format!("\"{key}\":{}", Value::from(*value)))
        .collect();
    let config = format!(
        r#"{{"Entrypoint":["/probe"],"Env":["PATH=/"],"Labels":{{{}}},
            "HostConfig":{{"Privileged":true}},"Privileged":true,"SecurityOpt":["seccomp=unconfined"],
            "CapAdd":["ALL"],"Annotations":{{"run.oci.keep_original_groups":"1"}},
            "Binds":["/:/host"],"NetworkMode":"host","Domainname":"evil.example",
            "Hostname":"evil","MacAddress":"00:00:00:00:00:01","NetworkDisabled":true}}"#,
        labels.join(",")
    );
    Tree::new().load(&world, "labelled", &config).expect_code(0);
    world.ok(["tag", "localhost/probe", "localhost/plain"]);
    let mut seen = Vec::new();
    for image in ["plain", "labelled"] {
        let name = format!("localhost/{image}");
        world.ok([
            "create",
            "--name=same",
            "--hostname=h",
            "--network=none",
            &name,
            "report",
        ]);
        let text = world.ok(["inspect", "same"]);
        let inspect: Value = serde_json::from_str(&text).expect("JSON");
        let mut host = inspect[0]["HostConfig"].clone();
        host["LogConfig"] = Value::Null;
        let mut report = probing::answers(&world.coracle(["start", "-a", "same"]))[0].clone();
        for own in ["mountinfo", "cgroup", "limits", "sessionid", "fds"] {
            // Identifiers of the container are in them.
            report[own] = words(&report[own]).len().into();
        }
        let inner = inspect[0]["Config"].clone();
        let kept = [
            "Domainname",
            "StopSignal",
            "Annotations",
            "Healthcheck",
            "Hostname",
        ];
        let kept: Vec<Value> = kept.iter().map(|key| inner[key].clone()).collect();
        seen.push((host, report, kept, inspect[0]["Mounts"].clone()));
        world.ok(["rm", "same"]);
    }
    assert_eq!(seen[0], seen[1]);
    // They are kept as what they are.
    let format = "{{index .Config.Labels \"io.containers.capabilities\"}}";
    let label = world.ok(["inspect", "--format", format, "localhost/labelled"]);
    assert_eq!(label, "SYS_ADMIN,NET_ADMIN");
}

#[test]
fn s_33_fields_of_the_config_are_what_they_should_be_or_refuse() {
    if !probing::have_probe() {
        return;
    }
    let world = World::new();
    let canary = Canary::new(world.root());
    for (at, (field, part)) in [
        (r#""StopSignal":"99999""#, "99999"),
        (r#""StopSignal":"SIGNOTHING""#, "SIGNOTHING"),
        (r#""ExposedPorts":{"70000/xyz":{}}"#, "70000/xyz"),
        (r#""ExposedPorts":{"80/tcp; id":{}}"#, "80/tcp; id"),
        (r#""Volumes":{"/../..":{}}"#, "/../.."),
        (r#""Volumes":{"relative":{}}"#, "relative"),
        (r#""Volumes":{"/":{}}"#, "\"/\""),
        (r#""WorkingDir":"/a\u0000b""#, "working directory"),
    ]
    .iter()
    .enumerate()
    {
        let image = format!("field{at}");
        let config = format!(r#"{{"Entrypoint":["/probe"],{field}}}"#);
        let loaded = Tree::new().load(&world, &image, &config);
        let refused = match loaded.code {
            0 => run(&world, "", &image, "report"),
            _ => loaded,
        };
        assert_eq!(refused.stdout, "", "{refused}");
        refused.expect_refusal(part);
        canary.check();
    }
    // A health check is a command of the container's, whatever path it names.
    let script = world.write("host-script", "#!/bin/sh\ntouch \"$0.ran\"\n");
    world::set_mode(&script, 0o755);
    let config = format!(
        r#"{{"Entrypoint":["/probe"],"Healthcheck":{{"Test":["CMD","{}"],"Interval":1000000000}}}}"#,
        script.display()
    );
    Tree::new().load(&world, "healthy", &config).expect_code(0);
    world.ok([
        "run",
        "-d",
        "--name=h",
        "--network=none",
        "localhost/healthy",
        "sleep",
        "60",
    ]);
    assert_ne!(world.coracle(["healthcheck", "run", "h"]).code, 0);
    assert!(!script.with_file_name("host-script.ran").exists());
    world.ok(["rm", "-f", "-t0", "h"]);
    assert_eq!(world.container_names(), [""; 0]);
}

#[test]
fn s_34_account_files_are_regular_small_and_inside() {
    if !probing::have_probe() {
        return;
    }
    let world = World::new();
    let canary = Canary::new(world.root());
    let victim = canary.path().join("file");
    let long = "x".repeat(70_000);
    let groups: String = (0..400_000)
        .map(|n| format!("group-number-{n}:x:{n}:app\n"))
        .collect();
    let people = "app:x:1000:1000::/:/probe\n";
    let bare = || Tree::bare().folder("etc");
    let cases = [
        ("host", bare().link("etc/passwd", &victim)),
        ("zero", bare().link("etc/passwd", "/dev/zero")),
        ("environ", bare().link("etc/passwd", "/proc/self/environ")),
        (
            "climb",
            bare().link("etc/passwd", format!("../../../../..{}", victim.display())),
        ),
        ("dangling", bare().link("etc/passwd", "/nowhere")),
        ("loop", bare().link("etc/passwd", "passwd")),
        ("fifo", bare().fifo("etc/passwd")),
        ("folder", bare().folder("etc/passwd")),
        ("line", bare().file("etc/passwd", &long)),
        (
            "groups",
            bare().file("etc/passwd", people).file("etc/group", &groups),
        ),
        (
            "group-fifo",
            bare().file("etc/passwd", people).fifo("etc/group"),
        ),
    ];
    for (image, tree) in cases {
        tree.load(&world, image, CONFIG).expect_code(0);
        let started = std::time::Instant::now();
        let done = run(&world, "--user app", image, "report");
        refused_for_its_file(&done, image);
        assert!(started.elapsed() < Duration::from_secs(60), "{image}");
        assert!(!done.stderr.contains("canary sings"), "{done}");
        canary.check();
    }
    // Links inside the image are links of the image.
    let tree = bare()
        .folder("usr")
        .folder("usr/etc")
        .file("usr/etc/passwd", people);
    let tree = tree.link("etc/passwd", "/usr/etc/passwd");
    tree.load(&world, "linked", CONFIG).expect_code(0);
    let report = &ask(&world, "--user app", "linked", "report")[0];
    assert!(
        report["Uid"]
            .as_str()
            .is_some_and(|ids| ids.starts_with("1000 ")),
        "{report}"
    );
}

#[track_caller]
fn refused_for_its_file(done: &Done, what: &str) {
    assert!(matches!(done.code, 125 | 126), "{what}: {done}");
    assert_eq!(done.stdout, "", "{what}: {done}");
    let errors = done
        .stderr
        .lines()
        .filter(|line| line.starts_with("Error: "));
    assert_eq!(errors.count(), 1, "{what}: {done}");
}

/// What a container makes of its own files afterwards: sparse, a pipe, a link.
#[test]
fn s_34_files_that_a_container_changed_are_read_with_the_same_care() {
    if !support::images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    let canary = Canary::new(world.root());
    let victim = canary.path().join("file");
    for (name, change) in [
        (
            "sparse",
            "rm /etc/passwd; dd if=/dev/zero of=/etc/passwd bs=1 count=1 seek=8589934592"
                .to_owned(),
        ),
        ("pipe", "rm /etc/passwd; mkfifo /etc/passwd".to_owned()),
        (
            "link",
            format!("rm /etc/passwd; ln -s {} /etc/passwd", victim.display()),
        ),
        (
            "zero",
            "rm /etc/passwd; ln -s /dev/zero /etc/passwd".to_owned(),
        ),
    ] {
        let script = format!("({change}) 2>/dev/null; echo changed; exec sleep 600");
        let net = "--network=none";
        // Without an account file of its own, which would be mounted there.
        world.ok([
            "run",
            "-d",
            "--passwd=false",
            net,
            "--name",
            name,
            "tiny",
            "sh",
            "-c",
            &script,
        ]);
        world.wait_for_log(name, "changed");
        let done = world.coracle(["exec", "-u", "sailor", name, "id"]);
        refused_for_its_file(&done, name);
        // A number needs no file, and the container can be had an end to.
        let removed = world.coracle(["rm", "-f", "-t0", name]);
        assert_eq!(removed.code, 0, "{removed}");
        canary.check();
    }
}

#[test]
fn s_35_a_value_is_one_field_of_one_line() {
    if !probing::have_probe() {
        return;
    }
    let world = probing::world();
    let net = "--network=none";
    for (what, options) in [
        ("hostname", vec!["--hostname", "a\nb"]),
        ("hostname", vec!["--hostname", "a:b"]),
        (
            "host",
            vec!["--add-host", "a\n127.0.0.1 bank.example:10.0.0.1"],
        ),
        ("host", vec!["--add-host", "a b:10.0.0.1"]),
        ("user", vec!["--user", "a\nb"]),
        (
            "passwd-entry",
            vec!["--user=7", "--passwd-entry", "a:x:0:0::/:/x\nb:x:0:0::/:/x"],
        ),
        (
            "group-entry",
            vec!["--user=7:8", "--group-entry", "a:x:0:\nb:x:0:app"],
        ),
        ("name", vec!["--name", "a\nb"]),
    ] {
        let words = ["run", "--rm", net]
            .into_iter()
            .chain(options.iter().copied());
        let done = world.coracle(words.chain(["localhost/probe", "report"]));
        assert!(matches!(done.code, 125 | 126), "{what}: {done}");
        assert_eq!(done.stdout, "", "{what}: {done}");
        assert!(done.stderr.contains(what), "{what}: {done}");
    }
    for option in [
        "--dns-search=a\nnameserver 6.6.6.6",
        "--dns=1.2.3.4\nx",
        "--dns-option=a\nb",
    ] {
        let done = world.coracle(["run", "--rm", option, "localhost/probe", "report"]);
        assert_eq!(done.code, 125, "{done}");
        assert_eq!(done.stdout, "", "{done}");
    }
    // HOME and the working directory of a number without an account come into a line of passwd.
    for options in [
        ["--user=77", "--env=HOME=/\nevil:x:0:0::/:/probe"],
        ["--user=77", "--workdir=/data\nevil:x:0:0::/:/probe"],
        ["--user=77", "--workdir=/data:0:0:evil"],
    ] {
        let words = ["run", "--rm", net].into_iter().chain(options);
        let done = world.coracle(words.chain(["localhost/probe", "read", "/etc/passwd"]));
        let lines = |text: &str| text.matches("\\n").count();
        if done.code == 0 {
            let said = &done.stdout;
            assert!(!said.contains("\\nevil:x:0:0"), "{done}");
            assert!(!said.contains("data:0:0"), "{done}");
            assert!(lines(said) <= 5, "{done}");
        } else {
            assert!(matches!(done.code, 125..=127), "{done}");
        }
    }
    assert_eq!(world.container_names(), [""; 0]);
}

#[test]
fn s_35_files_of_ours_are_not_written_through_an_images_links() {
    if !probing::have_probe() {
        return;
    }
    let world = World::new();
    let canary = Canary::new(world.root());
    let file = canary.path().join("file");
    let folder = canary.path().join("folder");
    let net = "--network=none --hostname=harbour --add-host=bank.example:10.0.0.1";
    let linked = |name: &str| {
        Tree::bare()
            .folder("etc")
            .link(&format!("etc/{name}"), &file)
    };
    let piped = |name: &str| Tree::bare().folder("etc").fifo(&format!("etc/{name}"));
    let mut cases = vec![
        ("etc-link".to_owned(), Tree::bare().link("etc", &folder)),
        (
            "etc-climb".to_owned(),
            Tree::bare().link("etc", format!("../../../..{}", folder.display())),
        ),
        (
            "etc-file".to_owned(),
            Tree::bare().file("etc", "no directory"),
        ),
        ("etc-fifo".to_owned(), Tree::bare().fifo("etc")),
    ];
    for name in [
        "hosts",
        "hostname",
        "resolv.conf",
        "passwd",
        "group",
        "mtab",
        "localtime",
    ] {
        cases.push((format!("link-{name}"), linked(name)));
        cases.push((format!("pipe-{name}"), piped(name)));
    }
    for (image, tree) in cases {
        tree.load(&world, &image, CONFIG).expect_code(0);
        for more in ["", "--user=77:88", "--tz=UTC"] {
            let done = run(&world, &format!("{net} {more}"), &image, "read /etc/hosts");
            canary.check();
            match done.code {
                0 => {
                    let others = image.starts_with("etc") || image.ends_with("hosts");
                    let ours = done.stdout.contains("bank.example");
                    assert!(ours || others, "{image} {more}: {done}");
                    assert!(!done.stdout.contains("canary sings"), "{done}");
                }
                _ => refused_for_its_file(&done, &image),
            }
        }
    }
    assert_eq!(world.container_names(), [""; 0]);
}
