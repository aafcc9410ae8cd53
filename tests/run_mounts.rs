//! What `run` attaches: every type of `--mount`, `--tmpfs`, `--volumes-from`, `--image-volume`, `--chrootdirs`.

mod support;

use support::{World, images};

fn world() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

/// Runs a shell line in a container with these options.
fn shell(world: &World, options: &str, line: &str) -> support::Done {
    let mut words = vec!["run", "--rm", "--network", "none"];
    words.extend(options.split_whitespace());
    words.extend(["tiny", "sh", "-c", line]);
    world.coracle(words)
}

#[test]
fn a_tmpfs_begins_with_what_the_image_has_there() {
    let Some(world) = world() else { return };
    let options =
        "--tmpfs /etc:size=1m,nr_inodes=64 --tmpfs /var:notmpcopyup --mount type=tmpfs,dst=/home";
    let line =
        "cat /etc/passwd | head -1; grep ' /etc ' /proc/mounts; ls /var; touch /home/x /etc/x";
    let done = shell(&world, options, line).expect_code(0);
    assert!(done.stdout.starts_with("root:"), "{done}");
    for word in ["nosuid", "nodev", "size=1024k", "nr_inodes=64"] {
        assert!(done.stdout.contains(word), "{done}");
    }
    // More than fits is an error that says where.
    let small = shell(&world, "--tmpfs /bin:size=4k", "true").expect_code(125);
    assert!(small.stderr.contains("/bin"), "{small}");
    // A read-only tree keeps its temporary directories, with their content.
    let line = "touch /tmp/x /run/x /var/tmp/x && ! touch /x";
    shell(&world, "--read-only", line).expect_code(0);
}

#[test]
fn an_image_is_mounted_in_another() {
    let Some(world) = world() else { return };
    let config = r#"{"Cmd":["sh"],"Env":["PATH=/bin"]}"#;
    let layers = [
        images::tiny_layer(),
        images::layer_with_file("etc/second", b"layer"),
    ];
    let archive = images::docker_archive("localhost/other:latest", config, &layers);
    let file = world.write("other.tar", archive);
    world.ok(["load", "-i", file.to_str().expect("UTF-8")]);
    let line = "ls /i/bin/busybox && ! touch /i/x && grep ' /i ' /proc/mounts";
    let mount = "--mount type=image,src=localhost/other,dst=/i";
    let done = shell(&world, mount, line).expect_code(0);
    for word in ["ro", "nosuid", "nodev"] {
        assert!(done.stdout.contains(word), "{done}");
    }
    let part = format!("{mount},subpath=etc");
    shell(
        &world,
        &part,
        "test -f /i/passwd && test -f /i/second && ! touch /i/x",
    )
    .expect_code(0);
    // What is written stays with the container, across starts, and away from the image.
    let mount = format!("{mount},rw=true");
    let line = "test -e /i/mine && echo again; touch /i/mine";
    let made = ["create", "--name", "c", "--network", "none", "--mount"];
    let words = mount.strip_prefix("--mount ").expect("as above");
    world.ok(made.into_iter().chain([words, "tiny", "sh", "-c", line]));
    assert_eq!(world.ok(["start", "-a", "c"]), "");
    assert_eq!(world.ok(["start", "-a", "c"]), "again");
    let fresh = shell(&world, &mount, "test ! -e /i/mine");
    fresh.expect_code(0);
    assert_eq!(world.inspect("c", "{{(index .Mounts 0).Type}}"), "image");
    // A container that mounts an image keeps its layers.
    world.ok(["rmi", "other"]);
    assert_eq!(world.ok(["start", "-a", "c"]), "again");
    shell(&world, "--mount type=image,src=nothing,dst=/i", "true")
        .expect_refusal("nothing: image not known");
}

#[test]
fn a_part_of_a_volume_is_mounted() {
    let Some(world) = world() else { return };
    let line =
        "mkdir -p /v/a/b && echo found >/v/a/b/f && ln -s /etc /v/out && ln -s ../../.. /v/up";
    shell(&world, "-v vol:/v", line).expect_code(0);
    let part = |path: &str, line: &str| {
        let mount = format!("--mount type=volume,src=vol,dst=/m,subpath={path}");
        shell(&world, &mount, line)
    };
    assert_eq!(part("/a/b", "cat /m/f").expect_code(0).text(), "found");
    for missing in ["nowhere", "out"] {
        part(missing, "true").expect_code(125);
    }
    // A link upwards ends at the volume's own root.
    part("up", "test -d /m/a").expect_code(0);
    part("a/../../x", "true").expect_refusal("contains \"..\"");
}

#[test]
fn other_types_of_mount() {
    let Some(world) = world() else { return };
    for name in ["one.conf", "two.conf", "three.txt"] {
        world.write(name, name);
    }
    let at = world.path("").display().to_string();
    let at = at.trim_end_matches('/');
    let glob = format!("--mount type=glob,src={at}/*.conf,dst=/etc/found,ro=true");
    let line = "ls /etc/found; ! touch /etc/found/one.conf";
    let done = shell(&world, &glob, line).expect_code(0);
    assert_eq!(done.stdout, "one.conf\ntwo.conf\n");
    let nothing = format!("--mount type=glob,src={at}/*.none,dst=/etc/found");
    shell(&world, &nothing, "true").expect_refusal("no file paths matching glob");
    let ram = "--mount type=ramfs,dst=/ram,tmpfs-mode=700";
    let line = "stat -c %a /ram; grep ' /ram ramfs ' /proc/mounts >/dev/null && touch /ram/x";
    assert_eq!(shell(&world, ram, line).expect_code(0).text(), "700");
    let terminals = "--mount type=devpts,dst=/dev/pts,mode=0666";
    let line = "grep '/dev/pts devpts' /proc/mounts";
    let done = shell(&world, terminals, line).expect_code(0);
    assert!(done.stdout.contains("mode=666"), "{done}");
    shell(&world, &format!("-t {terminals}"), "tty").expect_code(0);
    let nowhere = format!("--mount type=bind,src={at}/one.conf");
    shell(&world, &nowhere, "true").expect_refusal("must set volume destination");
    let quoted = [
        "run",
        "--rm",
        "--mount",
        "type=tmpfs,\"dst=/a,b\"",
        "tiny",
        "ls",
        "/",
    ];
    assert!(world.ok(quoted).contains("a,b"));
    let times = format!("--tmpfs /m:noatime -v {at}:/n:rro");
    let done = shell(&world, &times, "! touch /n/x; grep ' /m ' /proc/mounts").expect_code(0);
    assert!(done.stdout.contains("noatime"), "{done}");
    let times = format!("--mount type=bind,src={at},dst=/m,noatime");
    shell(&world, &times, "true").expect_refusal("noatime");
}

#[test]
fn volumes_of_another_container() {
    let Some(world) = world() else { return };
    world.write("host/file", "of the host");
    let bind = format!("{}:/host", world.path("host").display());
    let made = ["create", "--name", "data", "-v", "vol:/vol:ro", "-v", &bind];
    world.ok(made.into_iter().chain(["--tmpfs", "/gone", "tiny", "true"]));
    let line = "cat /host/file; ls -d /gone; touch /vol/x && echo wrote";
    let done = shell(&world, "--volumes-from data", line);
    assert!(done.stdout.starts_with("of the host"), "{done}");
    assert!(
        !done.stdout.contains("wrote") && !done.stdout.contains("gone"),
        "{done}"
    );
    let done = shell(&world, "--volumes-from data:rw", line);
    assert!(done.stdout.ends_with("wrote\n"), "{done}");
    shell(&world, "--volumes-from data:ro", "! touch /host/x").expect_code(0);
    // One's own mount of the same place counts.
    shell(
        &world,
        "--volumes-from data --tmpfs /host",
        "test ! -e /host/file",
    )
    .expect_code(0);
    shell(&world, "--volumes-from nobody", "true").expect_refusal("no such container");
    shell(&world, "--volumes-from data:what", "true").expect_refusal("unknown option \"what\"");
    assert!(!world.ok(["rm", "data"]).is_empty());
}

#[test]
fn volumes_of_the_image_become_what_is_asked() {
    let Some(world) = world() else { return };
    let config = r#"{"Cmd":["sh"],"Env":["PATH=/bin"],"Volumes":{"/etc":{}}}"#;
    let archive = images::docker_archive("localhost/vols:latest", config, &[images::tiny_layer()]);
    let file = world.write("vols.tar", archive);
    world.ok(["load", "-i", file.to_str().expect("UTF-8")]);
    for (mode, wanted) in [("bind", 1), ("anonymous", 1), ("tmpfs", 1), ("ignore", 0)] {
        let option = format!("--image-volume={mode}");
        let line = "grep -c ' /etc ' /proc/mounts; test -f /etc/passwd";
        let words = [
            "run",
            "--rm",
            "--network",
            "none",
            &option,
            "vols",
            "sh",
            "-c",
            line,
        ];
        let done = world.coracle(words).expect_code(0);
        assert_eq!(done.text(), wanted.to_string(), "{mode}: {done}");
    }
    world
        .coracle(["run", "--image-volume=what", "vols"])
        .expect_refusal("is none of bind, tmpfs and ignore");
}

#[test]
fn generated_files_in_other_roots() {
    let Some(world) = world() else { return };
    let line = "cat /jail/etc/hosts; ls /a/b/etc";
    let done = shell(&world, "--chrootdirs /jail,/a/b", line).expect_code(0);
    for word in ["localhost", "resolv.conf", "hostname"] {
        assert!(done.stdout.contains(word), "{done}");
    }
}

#[test]
fn the_hosts_file_has_another_base() {
    let Some(world) = world() else { return };
    let file = world.write("base", "192.0.2.7 of-the-base\n");
    let option = format!(
        "--hosts-file {} --add-host one;two:192.0.2.8",
        file.display()
    );
    let done = shell(&world, &option, "cat /etc/hosts").expect_code(0);
    for word in ["192.0.2.7\tof-the-base", "192.0.2.8\tone", "192.0.2.8\ttwo"] {
        assert!(done.stdout.contains(word), "{word}: {done}");
    }
    let none = shell(&world, "--hosts-file none", "cat /etc/hosts").expect_code(0);
    assert!(!none.stdout.contains("of-the-base"), "{none}");
    shell(&world, "--hosts-file image", "true").expect_code(0);
    shell(&world, "--hosts-file /no/where", "true").expect_refusal("/no/where");
    shell(&world, "--hosts-file what", "true").expect_refusal("is none of");
    shell(&world, "--hosts-file none --no-hosts", "true").expect_refusal("cannot be set together");
}
