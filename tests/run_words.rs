//! Smaller promises of `run` that scripts and Podman's own tests rely on.

mod support;

use support::{World, images};

fn world() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

#[test]
fn a_limit_of_0_is_none() {
    let Some(world) = world() else { return };
    let options = [
        "--memory=0",
        "--memory-swap=0",
        "--cpu-shares=0",
        "--cpu-quota=0",
    ];
    let words = ["run", "--rm", "--network", "none"].iter().chain(&options);
    let words: Vec<&str> = words.chain(&["tiny", "echo", "hello"]).copied().collect();
    assert_eq!(world.ok(words), "hello");
}

#[test]
fn a_user_nobody_knows_cannot_run() {
    let Some(world) = world() else { return };
    for (user, told) in [
        ("bogus", "no matching entries in passwd file"),
        ("0:bogus", "no matching entries in group file"),
    ] {
        let words = [
            "run",
            "--rm",
            "--network",
            "none",
            "--user",
            user,
            "tiny",
            "true",
        ];
        let done = world.coracle(words).expect_code(126);
        assert!(done.stderr.contains(told), "{done}");
    }
    assert!(world.container_names().is_empty());
}

#[test]
fn what_ran_out_of_time_shows_minus_1() {
    let Some(world) = world() else { return };
    let words = ["run", "--name", "c", "--network", "none", "--timeout", "1"];
    let words = words.iter().chain(&["tiny", "sleep", "60"]);
    world.coracle(words).expect_code(255);
    assert_eq!(
        world.inspect("c", "{{.State.Status}} {{.State.ExitCode}}"),
        "exited -1"
    );
    let row = world.ok(["ps", "-a", "--format", "{{.ExitCode}} {{.Status}}"]);
    assert!(row.starts_with("-1 Exited (-1) "), "{row}");
    // A kill by somebody is none.
    world.ok([
        "run",
        "-d",
        "--name",
        "k",
        "--network",
        "none",
        "tiny",
        "sleep",
        "60",
    ]);
    world.ok(["kill", "k"]);
    world.ok(["wait", "k"]);
    assert_eq!(world.inspect("k", "{{.State.ExitCode}}"), "137");
}

#[test]
fn a_privileged_container_may_read_what_it_is() {
    let Some(world) = world() else { return };
    let plain = ["run", "--rm", "--network", "none", "tiny"];
    let size = plain
        .iter()
        .chain(&["stat", "-c", "%s", "/run/.containerenv"]);
    assert_eq!(world.ok(size), "0");
    let line = ". /run/.containerenv; echo \"$engine|$name|$image|$rootless|$imageid|$id\"";
    let privileged = [
        "run",
        "--name",
        "p",
        "--privileged",
        "--network",
        "none",
        "tiny",
    ];
    let told = world.ok(privileged.iter().chain(&["sh", "-c", line]));
    let parts: Vec<&str> = told.split('|').collect();
    assert!(parts[0].starts_with("podman-"), "{told}");
    assert_eq!(parts[1..4], ["p", "localhost/tiny:latest", "1"]);
    assert_eq!(parts[4], world.inspect("p", "{{.Image}}"));
    assert_eq!(parts[5], world.inspect("p", "{{.Id}}"));
}

#[test]
fn a_copy_of_the_program_is_the_runtime_it_was() {
    let Some(world) = world() else { return };
    let own = world.ok(["info", "--format", "{{.Host.OCIRuntime.Path}}"]);
    let copy = world.path("another-name");
    std::fs::copy(&own, &copy).expect("copied");
    let copy = copy.to_str().expect("UTF-8");
    for path in [own.as_str(), copy] {
        let words = ["--runtime", path, "run", "--name", "c", "--network", "none"];
        let words = words.iter().chain(&["tiny", "echo", "ahoy"]);
        assert_eq!(world.ok(words), "ahoy");
        assert_eq!(world.inspect("c", "{{.OCIRuntime}}"), path);
        world.ok(["rm", "c"]);
    }
    // It takes no options of its own, and none is passed over.
    let words = ["--runtime-flag", "what", "run", "--rm", "tiny", "true"];
    let done = world.coracle(words).expect_code(126);
    assert!(done.stderr.contains("no option what"), "{done}");
}

#[test]
fn mounts_conf_gives_every_container_its_directories() {
    let Some(world) = world() else { return };
    let secrets = world.path("secrets");
    std::fs::create_dir(&secrets).expect("made");
    std::fs::write(secrets.join("key"), "k1\n").expect("written");
    let file = world.path("mounts.conf");
    let option = format!("--default-mounts-file={}", file.display());
    let cat = |option: &str| {
        let words = [
            "run",
            "--rm",
            "--network",
            "none",
            "tiny",
            "cat",
            "/run/secrets/key",
        ];
        let mut all = vec![option];
        all.extend(words.into_iter().filter(|_| true));
        all.retain(|word| !word.is_empty());
        world.coracle(all)
    };
    cat(&option).expect_code(125); // a file that is named must be there
    std::fs::write(&file, "/no/such/place\n# x\n").expect("written");
    cat(&option).expect_code(1);
    let line = format!("{}:/run/secrets\n", secrets.display());
    std::fs::write(&file, &line).expect("written");
    assert_eq!(cat(&option).expect_code(0).stdout, "k1\n");
    // The user's own file needs no option, and what is typed comes first.
    let own = world.home().join(".config/containers");
    std::fs::create_dir_all(&own).expect("made");
    std::fs::write(own.join("mounts.conf"), &line).expect("written");
    assert_eq!(cat("").expect_code(0).stdout, "k1\n");
    let touch = "touch /run/secrets/new";
    let words = [
        "run",
        "--rm",
        "--network",
        "none",
        "tiny",
        "sh",
        "-c",
        touch,
    ];
    world.coracle(words).expect_code(1);
    let typed = [
        "run",
        "--rm",
        "--network",
        "none",
        "--tmpfs",
        "/run/secrets",
    ];
    world.ok(typed.iter().chain(&["tiny", "sh", "-c", touch]));
}

#[test]
fn an_archive_is_run_and_pulled_by_its_transport() {
    let Some(world) = world() else { return };
    let archive = world.path("tiny.tar");
    let name = archive.to_str().expect("UTF-8");
    world.ok(["save", "-q", "-o", name, "tiny"]);
    world.ok(["rmi", "tiny"]);
    let reference = format!("docker-archive:{name}");
    let words = [
        "run",
        "--network",
        "none",
        "--name",
        "c",
        &reference,
        "echo",
        "ahoy",
    ];
    let done = world.coracle(words).expect_code(0);
    assert_eq!(done.stdout, "ahoy\n");
    assert!(
        done.stderr.starts_with("Getting image source signatures\n"),
        "{done}"
    );
    for line in ["Copying blob ", "Copying config ", "Writing manifest to "] {
        assert!(done.stderr.contains(line), "{line}: {done}");
    }
    assert_eq!(
        world.inspect("c", "{{.ImageName}}"),
        "localhost/tiny:latest"
    );
    world.ok(["rm", "c"]);
    world.ok(["rmi", "tiny"]);
    let id = world.ok(["pull", "-q", &reference]);
    assert_eq!(
        world.ok(["images", "-q", "--no-trunc", "tiny"]),
        format!("sha256:{id}")
    );
    world
        .coracle(["pull", "oci-archive:/no/such/file"])
        .expect_refusal("/no/such/file");
}

#[test]
fn inspect_shows_the_limits_of_the_last_start() {
    let Some(world) = world() else { return };
    let names = "{{range .HostConfig.Ulimits}}{{.Name}} {{end}}";
    world.ok(["create", "--name", "c", "--network", "none", "tiny", "true"]);
    assert_eq!(world.inspect("c", names), "");
    world.ok(["start", "-a", "c"]);
    let shown = world.inspect("c", names);
    assert!(
        shown.contains("RLIMIT_NOFILE") && shown.contains("RLIMIT_NPROC"),
        "{shown}"
    );
}

#[test]
fn an_authfile_that_is_not_there_is_refused_even_when_nothing_is_fetched() {
    let Some(world) = world() else { return };
    let option = "--authfile=/no/such/file";
    for words in [
        &["create", option, "tiny", "true"][..],
        &["run", "--rm", option, "tiny", "true"],
        &["pull", option, "--policy=missing", "tiny"],
        &["push", option, "tiny", "localhost:1/tiny"],
        &["container", "runlabel", option, "run", "tiny"],
    ] {
        let told =
            "Error: credential file is not accessible: faccessat /no/such/file: no such file";
        world.coracle(words).expect_refusal(told);
    }
    assert!(world.container_names().is_empty());
}
