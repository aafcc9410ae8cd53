//! `secret` and `--secret`: what is kept, what a container sees of it, and who does not.

mod support;

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use support::{World, images};

const MARK: &str = "very-secret-marker-5c1f";

fn world() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

/// A world with a secret of that name whose value is [`MARK`].
fn with_secret(name: &str) -> Option<(World, String)> {
    let world = world()?;
    let file = world.write("value", MARK);
    let id = world.ok(["secret", "create", name, &file.display().to_string()]);
    std::fs::remove_file(file).expect("our own file");
    Some((world, id))
}

/// Every file below a directory that holds the marker.
fn holding(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries.flatten() {
            let kind = entry.file_type().expect("a kind");
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file()
                && let Ok(bytes) = std::fs::read(entry.path())
                && bytes
                    .windows(MARK.len())
                    .any(|part| part == MARK.as_bytes())
            {
                let below = entry.path();
                let below = below
                    .strip_prefix(root)
                    .expect("below")
                    .display()
                    .to_string();
                let mode = entry.metadata().expect("facts").permissions().mode() & 0o7777;
                found.push(format!("{mode:o} {below}"));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn secrets_are_made_listed_and_removed() {
    let Some((mut world, id)) = with_secret("one") else {
        return;
    };
    assert_eq!(id.len(), 25);
    let again = world.coracle(["secret", "create", "one", "/etc/hostname"]);
    again.expect_refusal("one: secret name in use");
    assert_eq!(
        world.ok(["secret", "create", "--ignore", "one", "/etc/hosts"]),
        id
    );
    world.set_env("A_VALUE", "from the environment");
    let second = world.ok([
        "secret", "create", "--env", "-l=a=b", "--label", "c", "two", "A_VALUE",
    ]);
    let piped = world.write("piped", "x");
    let mut command = world.command(["secret", "create", "three", "-"]);
    command.stdin(std::fs::File::open(piped).expect("the file"));
    assert!(command.output().expect("it runs").status.success());
    let shown = |format: &str, name: &str| {
        world.ok([
            "secret",
            "inspect",
            "--showsecret",
            "--format",
            format,
            name,
        ])
    };
    assert_eq!(shown("{{.SecretData}}", "two"), "from the environment");
    assert_eq!(shown("{{.SecretData}}", "three"), "x");
    assert_eq!(
        shown("{{.ID}} {{.Spec.Name}}", &second[..9]),
        format!("{second} two")
    );
    assert_eq!(
        shown("{{.Spec.Labels}} {{.Spec.Driver.Name}}", "two"),
        "map[a:b c:] file"
    );
    let pretty = world.ok(["secret", "inspect", "--pretty", "two"]);
    let lines: Vec<&str> = pretty.lines().collect();
    assert_eq!(lines[0], format!("ID:              {second}"));
    assert_eq!(
        lines[1..6].join("|"),
        "Name:              two|Labels:| - a=b| - c|Driver:            file"
    );
    assert!(world.ok(["secret", "ls"]).starts_with("ID  "));
    for (filter, expected) in [
        ("name=o", "one two"),
        ("name=^t", "two three"),
        (&format!("id={}", &id[..12])[..], "one"),
        ("name=none", ""),
    ] {
        let list = world.ok(["secret", "ls", "--format={{.Name}}", "--filter", filter]);
        assert_eq!(
            list.split_whitespace().collect::<Vec<_>>().join(" "),
            expected,
            "{filter}"
        );
    }
    world
        .coracle(["secret", "ls", "--filter=foo=bar"])
        .expect_refusal("invalid filter \"foo\"");
    assert_eq!(
        world.ok(["secret", "ls", "-q"]).lines().next(),
        Some(&id[..])
    );
    // A replaced secret is another one that was made when the first was.
    let made = shown("{{.CreatedAt}}", "one");
    let other = world.ok(["secret", "create", "--replace", "one", "/etc/hostname"]);
    assert_ne!(other, id);
    assert_eq!(shown("{{.CreatedAt}}", "one"), made);
    assert_eq!(holding(&world.store()), Vec::<String>::new());
    for (words, why) in [
        (
            &["secret", "create", "a,b", "/etc/hosts"][..],
            "invalid secret name",
        ),
        (
            &["secret", "create", "a/b", "/etc/hosts"],
            "invalid secret name",
        ),
        (
            &["secret", "create", "", "/etc/hosts"],
            "invalid secret name",
        ),
        (&["secret", "create", "empty", "/dev/null"], "larger than 0"),
        (
            &["secret", "create", "large", "/dev/zero"],
            "less than 512000 bytes",
        ),
        (&["secret", "create", "none", "/no/such"], "/no/such"),
        (
            &["secret", "create", "--env", "none", "NO_SUCH"],
            "NO_SUCH is not set",
        ),
        (
            &["secret", "create", "--driver=foo", "n", "/etc/hosts"],
            "invalid driver",
        ),
        (
            &["secret", "create", "--driver=shell", "n", "/etc/hosts"],
            "missing config value",
        ),
        (
            &[
                "secret",
                "create",
                "--replace",
                "--ignore",
                "n",
                "/etc/hosts",
            ],
            "together",
        ),
        (&["secret", "rm"], "requires one argument"),
        (
            &["secret", "rm", "nosuch"],
            "no secret with name or id \"nosuch\": no such secret",
        ),
        (
            &["secret", "inspect", "nosuch"],
            "inspecting secret: no secret with name",
        ),
    ] {
        world.coracle(words.iter().copied()).expect_refusal(why);
    }
    assert_eq!(world.coracle(["secret", "exists", "one"]).code, 0);
    assert_eq!(world.coracle(["secret", "exists", "nosuch"]).code, 1);
    world.ok(["secret", "rm", "--ignore", "nosuch", "three"]);
    assert_eq!(
        world.ok(["secret", "rm", "-a"]),
        format!("{other}\n{second}")
    );
    assert_eq!(world.ok(["secret", "ls", "-q"]), "");
    let events = world.ok([
        "events",
        "--stream=false",
        "--filter=type=secret",
        "--format={{.Status}}",
    ]);
    assert_eq!(events.lines().filter(|line| *line == "remove").count(), 3);
}

#[test]
fn a_container_has_files_and_variables() {
    let Some((world, _)) = with_secret("one") else {
        return;
    };
    let line = "for f in /run/secrets/one /run/secrets/sub /at/place; do cat $f; stat -c ' %u %g %a' $f; done; \
                echo \"$one $NAME\"; mount | grep -c ' /run/secrets type tmpfs'";
    let out = world.ok([
        "run",
        "--rm",
        "--network=none",
        "--secret=one",
        "--secret=one,target=sub,uid=5,gid=6,mode=0400",
        "--secret=source=one,type=mount,target=/at/place,mode=640",
        "--secret=one,type=env",
        "--secret=one,type=env,target=NAME",
        "tiny",
        "sh",
        "-c",
        line,
    ]);
    let expected = format!("{MARK} 0 0 444\n{MARK} 5 6 400\n{MARK} 0 0 640\n{MARK} {MARK}\n1");
    assert_eq!(out, expected);
    // As another user, in a user namespace of its own, and where nothing else can be written.
    for options in [
        &["--user=1000"][..],
        &["--userns=auto:size=2000"],
        &["--read-only"],
        &["--userns=keep-id"],
    ] {
        let mut words = vec!["run", "--rm", "--network=none", "--secret=one"];
        words.extend(options);
        words.extend([
            "tiny",
            "sh",
            "-c",
            "cat /run/secrets/one; stat -c ' %u %g' /run/secrets/one",
        ]);
        let out = world.ok(words);
        assert_eq!(out, format!("{MARK} 0 0"), "{options:?}");
    }
    for (words, why) in [
        ("nosuch", "no secret with name or id \"nosuch\""),
        ("one,type=env,uid=3", "cannot be set with secret type env"),
        ("one,mode=xyz", "mode xyz invalid"),
        ("type=env,target=x", "no source found"),
        ("one,target=/proc/x", "nothing may cover /proc"),
    ] {
        let done = world.coracle(["run", "--rm", "--secret", words, "tiny", "true"]);
        done.expect_refusal(why);
    }
    let twice = [
        "run",
        "--rm",
        "--secret=one",
        "-v=/tmp:/run/secrets/one",
        "tiny",
        "true",
    ];
    world
        .coracle(twice)
        .expect_refusal("duplicate mount destination");
    world.ok(["secret", "rm", "one"]);
}

#[test]
fn a_secret_is_nowhere_but_where_it_belongs() {
    let Some((world, id)) = with_secret("one") else {
        return;
    };
    assert_eq!(holding(&world.store()).len(), 1);
    world.ok([
        "run",
        "-d",
        "--name=user",
        "--network=none",
        "--secret=one",
        "--secret=one,target=/plain",
        "--secret=one,type=env,target=VALUE",
        "tiny",
        "sleep",
        "inf",
    ]);
    let inspected = world.ok(["inspect", "user"]);
    assert!(inspected.contains("\"VALUE=*******\""), "{inspected}");
    let secrets = world.ok([
        "inspect",
        "-f",
        "{{range .Config.Secrets}}{{.Name}} {{.ID}} {{.Mode}};{{end}}",
        "user",
    ]);
    assert_eq!(secrets, format!("one {id} 292;one {id} 292;"));
    world.ok(["commit", "-q", "user", "copy"]);
    let saved = world.path("saved.tar");
    world.ok(["save", "-o", &saved.display().to_string(), "copy"]);
    let exported = world.path("exported.tar");
    world.ok(["export", "-o", &exported.display().to_string(), "user"]);
    for file in [saved, exported] {
        let bytes = std::fs::read(&file).expect("an archive");
        assert!(
            !bytes
                .windows(MARK.len())
                .any(|part| part == MARK.as_bytes()),
            "{}",
            file.display()
        );
    }
    for words in [
        &["inspect", "user"][..],
        &["ps", "-a", "--no-trunc"],
        &["logs", "user"],
        &["events", "--stream=false"],
        &["diff", "user"],
        &["secret", "inspect", "one"],
        &["inspect", "copy"],
        &["history", "copy"],
    ] {
        let done = world.coracle(words.iter().copied());
        assert!(!done.stdout.contains(MARK), "{words:?}");
        assert!(!done.stderr.contains(MARK), "{words:?}");
    }
    // The secret, and what the container was given: one file each, closed to others.
    let kept = holding(&world.store());
    assert_eq!(kept.len(), 4, "{kept:?}");
    for file in &kept {
        assert!(file.starts_with("600 "), "{file}");
        assert!(
            file.contains(" secrets/") || file.contains("/secrets/"),
            "{file}"
        );
    }
    // Its user keeps it, also over a restart, and a process that comes later has it.
    world.ok(["secret", "rm", "one"]);
    let look = [
        "exec",
        "user",
        "sh",
        "-c",
        "cat /run/secrets/one /plain; echo $VALUE",
    ];
    assert_eq!(world.ok(look), format!("{MARK}{MARK}{MARK}"));
    world.ok(["restart", "-t0", "user"]);
    assert_eq!(world.ok(look), format!("{MARK}{MARK}{MARK}"));
    let own = ["exec", "-e", "VALUE=own", "user", "sh", "-c", "echo $VALUE"];
    assert_eq!(world.ok(own), "own");
    world.ok(["rm", "-f", "-t0", "user"]);
    world.ok(["rmi", "copy"]);
    // What is thrown away is deleted beside other commands.
    let gone = || holding(&world.store()).is_empty();
    support::wait_until("nothing holds it", Duration::from_secs(20), gone);
}

#[test]
fn a_replaced_secret_reaches_only_new_containers() {
    let Some((world, _)) = with_secret("one") else {
        return;
    };
    let create = [
        "create",
        "--name=old",
        "--network=none",
        "--secret=one",
        "tiny",
        "cat",
        "/run/secrets/one",
    ];
    world.ok(create);
    let file = world.write("value", "another");
    world.ok([
        "secret",
        "create",
        "--replace",
        "one",
        &file.display().to_string(),
    ]);
    assert_eq!(world.ok(["start", "-a", "old"]), MARK);
    let run = [
        "run",
        "--rm",
        "--network=none",
        "--secret=one",
        "tiny",
        "cat",
        "/run/secrets/one",
    ];
    assert_eq!(world.ok(run), "another");
    world.ok(["rm", "old"]);
    world.ok(["secret", "rm", "one"]);
}

#[test]
fn drivers_keep_values_elsewhere() {
    let Some(mut world) = world() else { return };
    let place = world.path("place");
    let value = world.write("value", MARK).display().to_string();
    let option = format!("path={}", place.display());
    let id = world.ok(["secret", "create", "--driver-opts", &option, "one", &value]);
    assert_eq!(holding(&place), [format!("600 {id}")]);
    std::fs::create_dir(world.path("shell")).expect("a directory");
    let folder = world.path("shell").display().to_string();
    let conf = format!(
        "[secrets]\ndriver = \"shell\"\n[secrets.opts]\nlist = \"ls {folder}\"\n\
         lookup = \"cat {folder}/$SECRET_ID\"\nstore = \"cat > {folder}/$SECRET_ID\"\n\
         delete = \"rm {folder}/$SECRET_ID\"\n"
    );
    let conf = world.write("containers.conf", conf);
    world.set_env("CONTAINERS_CONF", conf.display().to_string());
    let shell = world.ok(["secret", "create", "two", &value]);
    assert!(Path::new(&folder).join(&shell).exists());
    assert_eq!(holding(&world.store()), Vec::<String>::new());
    let driver = [
        "secret",
        "inspect",
        "--format={{.Spec.Driver.Name}}",
        "one",
        "two",
    ];
    assert_eq!(world.ok(driver), "file\nshell");
    let line = "cat /run/secrets/one /run/secrets/two";
    let out = world.ok([
        "run",
        "--rm",
        "--network=none",
        "--secret=one",
        "--secret=two",
        "tiny",
        "sh",
        "-c",
        line,
    ]);
    assert_eq!(out, format!("{MARK}{MARK}"));
    std::fs::remove_file(Path::new(&folder).join(&shell)).expect("it was there");
    world
        .coracle(["run", "--rm", "--secret=two", "tiny", "true"])
        .expect_refusal("no such secret");
    world
        .coracle(["secret", "rm", "two"])
        .expect_refusal("no such secret");
    std::fs::write(Path::new(&folder).join(&shell), "x").expect("written");
    world.ok(["secret", "rm", "one", "two"]);
    assert_eq!(holding(&place), Vec::<String>::new());
    assert!(!Path::new(&folder).join(&shell).exists());
}
