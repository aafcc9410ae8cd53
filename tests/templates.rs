//! `--format`: values print as Go's templates print them, and the functions are Podman's.

mod support;

use support::{World, images};

fn tiny() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

fn create(world: &World, options: &[&str]) {
    let mut args = vec!["create", "--name", "c", "--network=none"];
    args.extend(options);
    args.extend(["tiny", "sleep", "100"]);
    world.ok(args);
}

#[test]
fn durations_nothing_maps_and_structs_print_as_in_go() {
    let Some(world) = tiny() else { return };
    create(
        &world,
        &[
            "--label=b=2",
            "--label=a=1",
            "--publish=127.0.0.1:8080:80",
            "--health-cmd=true",
            "--health-interval=48s",
            "--health-timeout=1m30s",
        ],
    );
    for (format, wanted) in [
        ("{{.Config.Healthcheck.Interval}}", "48s"),
        ("{{.Config.Healthcheck.Timeout.Seconds}}", "90"),
        ("{{json .Config.Healthcheck.Timeout}}", "90000000000"),
        (
            "{{.Config.Healthcheck}}",
            "{[CMD-SHELL true] 0s 48s 1m30s 3}",
        ),
        ("{{.Config.StartupHealthCheck}}", "<nil>"),
        ("{{.Config.Labels}}", "map[a:1 b:2]"),
        ("{{.Config.Labels.none}}", "<no value>"),
        ("{{index .Config.Labels \"none\"}}|", "|"),
        ("{{.HostConfig.RestartPolicy}}", "{no 0}"),
        (
            "{{.HostConfig.PortBindings}}",
            "map[80/tcp:[{127.0.0.1 8080}]]",
        ),
        (
            "{{.UseImageHosts}} {{.LockNumber}} {{.SizeRw}}",
            "false 0 <nil>",
        ),
        ("{{.Config.Timezone}}|{{.Config.Secrets}}", "|[]"),
        ("table {{.Name}} {{.State.Status}}", "c           created"),
        ("{{.HostConfig.Links}}", "[]"),
        ("{{.State.StartedAt}}", "0001-01-01 00:00:00 +0000 UTC"),
        ("{{json .State.StartedAt}}", "\"0001-01-01T00:00:00Z\""),
        ("{{.State.Health.Log}}", "[]"),
        ("{{len .Config.Cmd}} {{index .Config.Cmd 1}}", "2 100"),
        ("{{join .Config.Cmd \"+\"}}", "sleep+100"),
        ("{{upper .Name}} {{.Name | printf \"%q\"}}", "C \"c\""),
        (
            "{{range $k, $v := .Config.Labels}}{{$k}}={{$v}},{{end}}",
            "a=1,b=2,",
        ),
        (
            "{{if eq .State.Status \"created\"}}yes{{else}}no{{end}}",
            "yes",
        ),
        ("{{with .Config}}{{.Tty}}{{end}} {{$.Name}}", "false c"),
        ("{{len .Name}}{{/* nothing */}}", "1"),
        (
            "{{range .Mounts}}{{.Destination}}{{else}}none{{end}}",
            "none",
        ),
    ] {
        assert_eq!(world.inspect("c", format), wanted, "{format}");
    }
    let created = world.inspect("c", "{{.Created}}");
    assert!(created.contains(" +0000 UTC"), "{created}");
    let unix: i64 = world
        .inspect("c", "{{.Created.Unix}}")
        .parse()
        .expect("a number");
    assert!(unix > 1_700_000_000, "{unix}");
    for format in [
        "{{.State.What}}",
        "{{.Config.StartupHealthCheck.Test}}",
        "{{.X",
    ] {
        let done = world.coracle(["inspect", "--format", format, "c"]);
        assert_eq!(done.code, 125, "{format}: {done}");
    }
}

#[test]
fn json_of_a_part_has_the_order_of_the_whole() {
    let Some(world) = tiny() else { return };
    create(&world, &["--label=b=2", "--label=a=1"]);
    let whole = world.ok(["inspect", "c"]);
    let whole: serde_json::Value = serde_json::from_str(&whole).expect("JSON");
    for (format, path) in [
        ("{{json .State}}", "/0/State"),
        ("{{json .HostConfig}}", "/0/HostConfig"),
        ("{{json .Config}}", "/0/Config"),
        ("{{json .Mounts}}", "/0/Mounts"),
    ] {
        let wanted = whole.pointer(path).expect(path);
        assert_eq!(world.inspect("c", format), wanted.to_string(), "{format}");
    }
    // What is printed through a function is the same as what stands alone.
    let alone = world.inspect("c", "{{json .State}}");
    assert_eq!(world.inspect("c", "x{{json .State}}"), format!("x{alone}"));
}
