//! Names and arguments that would be something else to a shell, a path or a careless lookup: row S-116.

mod support;

use support::{Canary, World, images};

fn world() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

/// No name of a container, whatever the verb.
fn hostile(canary: &Canary) -> Vec<String> {
    let file = canary.path().join("file");
    let file = file.to_str().expect("UTF-8");
    vec![
        "$(id)".into(),
        format!("$(rm {file})"),
        format!("`rm {file}`"),
        "a;b".into(),
        format!("a; rm {file}"),
        format!("a|tee {file}"),
        "a&b".into(),
        "-rf".into(),
        "--help".into(),
        "a\nb".into(),
        "\x1b[31mred\x1b[0m".into(),
        "a\u{202e}b".into(),
        "..".into(),
        ".".into(),
        "../../file".into(),
        "a/b".into(),
        "a b".into(),
        "*".into(),
        "grüße".into(),
        "x".repeat(300),
    ]
}

#[test]
fn s_116_a_name_is_a_name_and_nothing_else() {
    let Some(world) = world() else { return };
    let canary = Canary::new(&world.path(""));
    let id = world.ok(["create", "--name", "good", "tiny", "true"]);
    let mut names = hostile(&canary);
    // Names that are ids, or could be the beginning of one.
    names.extend([
        id[..12].to_owned(),
        id.clone(),
        "f".repeat(64),
        "0123456789ab".into(),
    ]);
    for name in &names {
        for words in [
            vec![
                format!("--name={name}"),
                "tiny".to_owned(),
                "true".to_owned(),
            ],
            vec![
                "--replace".to_owned(),
                format!("--name={name}"),
                "tiny".to_owned(),
            ],
        ] {
            let done = world.coracle(["create".to_owned()].into_iter().chain(words));
            assert_eq!(done.code, 125, "{done}");
            let plain = |c: char| c == '\n' || !c.is_control();
            assert!(done.stderr.chars().all(plain), "{done}");
        }
        let done = world.coracle(["rename", "--", "good", name]);
        assert_ne!(done.code, 0, "{done}");
    }
    assert_eq!(world.container_names(), ["good"]);
    assert_eq!(world.inspect("good", "{{.Id}}"), id);
    canary.check();
}

#[test]
fn s_116_a_strange_word_finds_nothing() {
    let Some(world) = world() else { return };
    let canary = Canary::new(&world.path(""));
    world.ok(["create", "--name", "good", "tiny", "true"]);
    for word in hostile(&canary) {
        for verb in [
            "start", "stop", "rm", "logs", "inspect", "kill", "wait", "port",
        ] {
            let done = world.coracle([verb, "--", &word]);
            assert_ne!(done.code, 0, "{verb}: {done}");
            assert!(!done.stderr.contains("panicked"), "{done}");
        }
        for words in [
            &["exec", "--", &word, "true"][..],
            &["run", "--rm", "--", &word],
        ] {
            let done = world.coracle(words);
            assert_ne!(done.code, 0, "{done}");
        }
    }
    for empty in ["start", "rm", "inspect"] {
        assert_ne!(world.coracle([empty, ""]).code, 0);
    }
    assert_eq!(world.container_names(), ["good"]);
    canary.check();
}

#[test]
fn s_116_id_then_name_then_prefix() {
    let Some(world) = world() else { return };
    let first = world.ok(["create", "--name", "first", "tiny", "true"]);
    // Eleven digits could not be taken for a short id, so they may be a name.
    let second = world.ok(["create", "--name", &first[..11], "tiny", "true"]);
    let found = |word: &str| world.inspect(word, "{{.Id}}");
    assert_eq!(found(&first[..11]), second, "a name before a prefix");
    assert_eq!(found(&first[..12]), first, "a prefix");
    assert_eq!(found(&first), first, "a whole id");
    assert_eq!(found("first"), first, "a name");
    world
        .coracle(["inspect", &first[..12].to_uppercase()])
        .expect_code(125);
}

#[test]
fn s_116_a_prefix_of_several_is_refused_with_all_of_them() {
    let Some(world) = world() else { return };
    // Of seventeen ids two begin with the same digit.
    let mut ids: Vec<String> = Vec::new();
    let shared = loop {
        let id = world.ok(["create", "tiny", "true"]);
        let same = ids.iter().find(|other| other[..1] == id[..1]).cloned();
        ids.push(id.clone());
        if let Some(other) = same {
            break [other, id];
        }
    };
    for verb in ["start", "rm", "inspect", "logs", "stop"] {
        let done = world.coracle([verb, &shared[0][..1]]);
        assert_ne!(done.code, 0, "{done}");
        assert!(done.stderr.contains("more than one container"), "{done}");
        for id in &shared {
            assert!(done.stderr.contains(&id[..12]), "{done}");
        }
    }
    assert_eq!(world.container_names().len(), ids.len());
}

#[test]
fn s_116_arguments_reach_the_workload_as_they_are() {
    let Some(world) = world() else { return };
    let canary = Canary::new(&world.path(""));
    for word in hostile(&canary) {
        let done = world.coracle(["run", "--rm", "tiny", "printf", "%s", &word]);
        assert_eq!(done.code, 0, "{done}");
        assert_eq!(done.stdout, word);
        let pair = format!("WORD={word}");
        let done = world.coracle([
            "run",
            "--rm",
            "-e",
            &pair,
            "tiny",
            "sh",
            "-c",
            "printf %s \"$WORD\"",
        ]);
        assert_eq!(done.stdout, word, "{done}");
    }
    canary.check();
}

#[test]
fn s_116_what_is_printed_for_machines_can_be_read_by_them() {
    let Some(world) = world() else { return };
    let canary = Canary::new(&world.path(""));
    for (index, word) in hostile(&canary).into_iter().enumerate() {
        let name = format!("c{index}");
        let (label, pair) = (format!("label={word}"), format!("WORD={word}"));
        world.ok([
            "create", "--name", &name, "-l", &label, "-e", &pair, "tiny", "echo", &word,
        ]);
        let text = world.ok(["inspect", &name]);
        let seen: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let config = &seen[0]["Config"];
        assert_eq!(config["Labels"]["label"], word.as_str());
        assert_eq!(config["Cmd"][1], word.as_str());
        let env = config["Env"].as_array().expect("a list");
        assert!(env.iter().any(|one| *one == pair.as_str()), "{config}");
        let text = world.inspect(&name, "{{json .Config.Labels}}");
        let labels: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(labels["label"], word.as_str());
    }
    let text = world.ok(["ps", "-a", "--format", "json"]);
    let all: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(
        all.as_array().expect("a list").len(),
        hostile(&canary).len()
    );
    // A terminal is not told what to do.
    let mut pty = world.coracle_pty(["ps", "-a", "--format", "{{.Labels}} {{.Command}}"]);
    pty.wait();
    let shown = pty.screen();
    assert!(
        !shown.contains("\x1b[31m") && !shown.contains('\u{202e}'),
        "{shown:?}"
    );
}
