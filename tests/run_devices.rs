//! `--device` in all its forms, devices of CDI files, and `--ulimit`.

mod support;

use support::{World, images};

fn world() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

fn shell(world: &World, options: &str, line: &str) -> support::Done {
    let mut words: Vec<&str> = options.split_whitespace().collect();
    let at = words.iter().position(|word| *word == "run");
    if at.is_none() {
        words.insert(0, "run");
    }
    words.extend(["--rm", "--network", "none", "tiny", "sh", "-c", line]);
    world.coracle(words)
}

#[test]
fn a_directory_of_devices() {
    let Some(world) = world() else { return };
    if !std::path::Path::new("/dev/net/tun").exists() {
        support::skip("no /dev/net/tun");
        return;
    }
    shell(&world, "--device /dev/net", "test -c /dev/net/tun").expect_code(0);
    let line = "test -c /dev/other/tun && test ! -e /dev/net/tun";
    shell(&world, "--device /dev/net:/dev/other:rw", line).expect_code(0);
    let empty = world.path("empty");
    std::fs::create_dir_all(&empty).expect("made");
    let option = format!("--device {}:/dev/x", empty.display());
    shell(&world, &option, "true").expect_refusal("a directory without devices");
}

#[test]
fn a_device_of_a_cdi_file() {
    let Some(world) = world() else { return };
    world.write("host/lib.so", "library");
    let at = world.path("host").display().to_string();
    let spec = format!(
        "cdiVersion: 0.5.0\nkind: vendor.com/gpu\ncontainerEdits:\n  env: [\"ALL=yes\"]\ndevices:\n- name: one\n  \
         containerEdits:\n    env: [\"CARD=1\"]\n    deviceNodes:\n    - path: /dev/card1\n      hostPath: /dev/zero\n    \
         mounts:\n    - hostPath: {at}/lib.so\n      containerPath: /usr/lib/lib.so\n      options: [ro, bind]\n    \
         additionalGids: [7]\n- name: hooked\n  containerEdits:\n    hooks:\n    - hookName: createContainer\n      \
         path: /usr/bin/vendor-hook\n"
    );
    let file = world.write("cdi/vendor.yaml", spec);
    support::world::set_mode(&file, 0o644);
    let folder = format!("--cdi-spec-dir {}", world.path("cdi").display());
    let line = "echo $ALL $CARD; cat /usr/lib/lib.so; test -c /dev/card1 && ! touch /usr/lib/lib.so; \
                grep Groups /proc/self/status";
    let option = format!("{folder} run --device vendor.com/gpu=one");
    let done = shell(&world, &option, line).expect_code(0);
    assert!(done.stdout.starts_with("yes 1\nlibrary"), "{done}");
    if support::have_subordinate_ids() {
        assert!(done.stdout.trim_end().ends_with(" 7"), "{done}");
    }
    // A name without a vendor is of the one there is.
    shell(
        &world,
        &format!("{folder} run --gpus one"),
        "test -c /dev/card1",
    )
    .expect_code(0);
    let done = shell(
        &world,
        &format!("{folder} run --device vendor.com/gpu=hooked"),
        "true",
    );
    let done = done.expect_code(0);
    assert!(
        done.stderr.contains("CDI hook /usr/bin/vendor-hook"),
        "{done}"
    );
    shell(
        &world,
        &format!("{folder} run --device vendor.com/gpu=two"),
        "true",
    )
    .expect_refusal("unresolvable CDI devices vendor.com/gpu=two");
    // What others can write to decides nothing (S-115).
    support::world::set_mode(&file, 0o666);
    shell(&world, &option, "true").expect_refusal("can write to it");
}

#[test]
fn limits_of_the_process() {
    let Some(world) = world() else { return };
    let line = "ulimit -Hn; ulimit -Sn; ulimit -c";
    let read = |options: &str| {
        let done = shell(&world, options, line).expect_code(0);
        done.stdout.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    // As many descriptors as the user may have, at most Podman's number.
    let usual = read("");
    assert_eq!(usual[0], usual[1]);
    assert_eq!(read("--ulimit nofile=100:200")[..2], ["200", "100"]);
    assert_eq!(read("--ulimit nofile=-1:-1"), read("--ulimit nofile=-1"));
    assert_eq!(read("--ulimit core=0")[2], "0");
    let host = std::fs::read_to_string("/proc/self/limits").expect("readable");
    let row = host
        .lines()
        .find(|l| l.starts_with("Max open files"))
        .expect("a row");
    let hard = row.split_whitespace().nth(4).expect("a number");
    assert_eq!(read("--ulimit host")[0], hard);
    shell(&world, "--ulimit what=1", "true").expect_refusal("unknown limit");
}
