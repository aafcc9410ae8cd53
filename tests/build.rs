//! `build`: Containerfiles become images.

#![allow(clippy::print_stdout, reason = "a test may talk")]

#[path = "support/build.rs"]
mod building;
mod support;

use building::{build, file, in_image, world};
use support::{Done, World};

#[test]
fn containers_of_steps_cannot_be_kept() {
    let Some(world) = world() else { return };
    file(&world, "FROM tiny\n");
    for option in ["--rm=false", "--force-rm=false"] {
        let why = format!("{option} is not supported yet");
        build(&world, &[option]).expect_refusal(&why);
    }
    build(&world, &["--rm", "--force-rm=true"]).expect_code(0);
}

#[test]
fn instructions_become_layers_and_configuration() {
    let Some(world) = world() else { return };
    world.write("ctx/a.txt", "hello");
    world.write("ctx/sub/b.txt", "below");
    file(
        &world,
        "FROM tiny AS base\n\
         ARG who=me\n\
         ENV A=1 B=$who\n\
         RUN echo \"hi $who\" >/greeting\n\
         FROM base\n\
         COPY a.txt /data/\n\
         COPY . /all/\n\
         WORKDIR /work/dir\n\
         COPY --chown=5:6 --chmod=640 sub/b.txt .\n\
         LABEL x=y\n\
         EXPOSE 80\n\
         VOLUME /vol\n\
         CMD [\"cat\", \"/greeting\"]\n",
    );
    let done = build(&world, &[]).expect_code(0);
    for line in [
        "[1/2] STEP 1/4: FROM tiny AS base",
        "[2/2] STEP 2/9: COPY a.txt /data/",
        "[2/2] COMMIT made",
        "Successfully tagged localhost/made:latest",
    ] {
        assert!(done.stdout.lines().any(|one| one == line), "{line}: {done}");
    }
    let id = done.stdout.lines().last().expect("the id").to_owned();
    assert_eq!(id, world.ok(["inspect", "--format", "{{.Id}}", "made"]));
    assert_eq!(
        world.ok(["run", "--rm", "--network", "none", "made"]),
        "hi me"
    );
    let seen = in_image(
        &world,
        "echo $A $B; pwd; stat -c '%u:%g %a' b.txt; cat /data/a.txt /all/sub/b.txt",
    );
    assert_eq!(seen, "1 me\n/work/dir\n5:6 640\nhellobelow");
    let config = world.ok([
        "inspect",
        "--format",
        "{{.Config.Labels.x}} {{.Config.ExposedPorts}} {{.Config.Volumes}}",
        "made",
    ]);
    assert!(config.starts_with("y map[80/tcp:"), "{config}");
    assert!(config.contains("/vol"), "{config}");
    assert_eq!(world.ok(["ps", "-aq"]), "");
}

#[test]
fn a_second_build_takes_every_step_from_the_cache() {
    let Some(world) = world() else { return };
    world.write("ctx/a", "one");
    file(&world, "FROM tiny\nRUN date >/when\nCOPY a /a\nENV X=1\n");
    let first = build(&world, &[]).expect_code(0);
    assert!(!first.stdout.contains("Using cache"), "{first}");
    let again = build(&world, &[]).expect_code(0);
    assert_eq!(again.stdout.matches("Using cache").count(), 3, "{again}");
    let id = |done: &Done| done.stdout.lines().last().map(str::to_owned);
    assert_eq!(id(&first), id(&again));
    // Another time is no other content; another content is.
    world.write("ctx/a", "one");
    let touched = build(&world, &[]).expect_code(0);
    assert_eq!(
        touched.stdout.matches("Using cache").count(),
        3,
        "{touched}"
    );
    world.write("ctx/a", "two");
    let changed = build(&world, &[]).expect_code(0);
    assert_eq!(
        changed.stdout.matches("Using cache").count(),
        1,
        "{changed}"
    );
    for option in ["--no-cache", "--layers=false"] {
        let done = build(&world, &[option]).expect_code(0);
        assert!(!done.stdout.contains("Using cache"), "{option}: {done}");
    }
}

#[test]
fn a_step_that_fails_gives_its_code_and_leaves_nothing() {
    let Some(world) = world() else { return };
    file(&world, "FROM tiny\nRUN true\nRUN exit 7\n");
    let done = build(&world, &[]).expect_code(7);
    assert!(
        done.stderr
            .contains("building at STEP \"RUN exit 7\": while running runtime: exit status 7"),
        "{done}"
    );
    assert_eq!(world.ok(["ps", "-aq"]), "");
    assert!(!world.ok(["images"]).contains("made"));
    world.expect_nothing_unfinished();
    file(&world, "FROM tiny\nRUN true\nRUN exit 0\n");
    let done = build(&world, &[]).expect_code(0);
    assert_eq!(done.stdout.matches("Using cache").count(), 1, "{done}");
}

#[test]
fn the_same_inputs_give_the_same_image_and_layers() {
    let Some(world) = world() else { return };
    world.write("ctx/a", "one");
    file(
        &world,
        "FROM tiny\nRUN echo x >/x; mkdir /d; touch /d/y\nCOPY a /new/a\nWORKDIR /w\n",
    );
    let options = ["--source-date-epoch", "1000000000", "--no-cache"];
    let ids: Vec<String> = (0..2)
        .map(|_| {
            let done = build(&world, &options).expect_code(0);
            done.stdout.lines().last().expect("the id").to_owned()
        })
        .collect();
    assert_eq!(ids[0], ids[1]);
    let newest = in_image(
        &world,
        "stat -c %Y /x /d /d/y /new/a /w | sort -n | tail -n 1",
    );
    assert_eq!(newest, "1000000000");
}

#[test]
fn from_nothing_and_from_other_stages() {
    let Some(world) = world() else { return };
    file(
        &world,
        "FROM tiny AS maker\n\
         RUN mkdir /out && echo made >/out/f && ln -s f /out/l && chown 7:8 /out/f\n\
         FROM scratch AS parts\n\
         COPY --from=maker /out/ /parts/\n\
         FROM tiny\n\
         COPY --from=parts /parts /got\n\
         COPY --from=0 /out/f /got/again\n",
    );
    build(&world, &[]).expect_code(0);
    let seen = in_image(
        &world,
        "cat /got/l /got/again; stat -c %u:%g /got/f; readlink /got/l",
    );
    assert_eq!(seen, "made\nmade\n7:8\nf");
}

#[test]
fn what_cannot_be_is_said_with_the_step() {
    let Some(world) = world() else { return };
    for (text, said) in [
        (
            "FROM tiny\nCOPY nothing /x\n",
            "building at STEP \"COPY nothing /x\"",
        ),
        (
            "FROM tiny\nCOPY http://x/y /x\n",
            "source can't be a URL for COPY",
        ),
        ("FROM tiny\nRNU x\n", "unknown instruction: RNU"),
        (
            "FROM tiny\nRUN --security=insecure true\n",
            "cannot switch the sandbox off",
        ),
        (
            "FROM tiny\nRUN --network=host true\n",
            "cannot have the host's network",
        ),
    ] {
        file(&world, text);
        build(&world, &[]).expect_refusal(said);
    }
    let none = world.coracle(["build", "."]);
    none.expect_refusal("no Containerfile or Dockerfile specified or found in context directory");
    let both = build(&world, &["--squash", "--squash-all"]);
    both.expect_refusal("cannot specify --squash-all with --squash");
}

#[test]
fn a_build_reads_standard_input_as_file_or_as_archive() {
    let Some(world) = world() else { return };
    let done = world.coracle_fed(["build", "-q", "-t", "made", "-"], "FROM tiny\nENV X=fed\n");
    done.expect_code(0);
    assert_eq!(in_image(&world, "echo $X"), "fed");
    world.write("ctx/a", "in the tar");
    file(&world, "FROM tiny\nCOPY a /a\n");
    let tar = world.other("tar").args(["-C", "ctx", "-cz", "."]).output();
    let tar = tar.expect("tar runs").stdout;
    world
        .coracle_fed(["build", "-q", "-t", "made", "-"], tar)
        .expect_code(0);
    assert_eq!(in_image(&world, "cat /a"), "in the tar");
}

#[test]
fn what_an_ignore_file_lists_is_not_there() {
    let Some(world) = world() else { return };
    for name in ["a.txt", "b.md", "keep/c.txt", "keep/d.txt", "drop/e"] {
        world.write(&format!("ctx/{name}"), name);
    }
    world.write(
        "ctx/.dockerignore",
        "*.txt\ndrop\nkeep/*.txt\n!keep/c.txt\nContainerfile\n.dockerignore\n",
    );
    file(&world, "FROM tiny\nCOPY . /in/\n");
    build(&world, &[]).expect_code(0);
    assert_eq!(
        in_image(&world, "cd /in; find . -type f | sort"),
        "./b.md\n./keep/c.txt"
    );
    file(&world, "FROM tiny\nCOPY a.txt /in/\n");
    build(&world, &[]).expect_refusal("building at STEP \"COPY a.txt /in/\"");
    // Another file of patterns takes its place.
    world.write("others", "b.md\n");
    build(&world, &["--ignorefile", "others"]).expect_code(0);
}

#[test]
fn stages_nobody_needs_are_not_built() {
    let Some(world) = world() else { return };
    file(
        &world,
        "FROM tiny AS broken\nRUN exit 3\nFROM tiny AS good\nRUN echo good >/g\nFROM good\nRUN echo last >/l\n",
    );
    build(&world, &[]).expect_code(0);
    build(&world, &["--target", "good"]).expect_code(0);
    assert_eq!(
        in_image(&world, "cat /g; test -e /l || echo none"),
        "good\nnone"
    );
    build(&world, &["--target", "god"]).expect_code(125);
    build(&world, &["--skip-unused-stages=false"]).expect_code(3);
}

#[test]
fn layers_become_one_where_that_is_asked_for() {
    let Some(world) = world() else { return };
    world.write("ctx/a", "one");
    file(
        &world,
        "FROM tiny\nRUN echo x >/x; rm /bin/cat\nCOPY a /a\nRUN rm /x; echo y >>/a\nENV E=1\n",
    );
    let layers = |world: &World| {
        let text = world.ok(["inspect", "--format", "{{len .RootFS.Layers}}", "made"]);
        text.parse::<usize>().expect("a number")
    };
    build(&world, &[]).expect_code(0);
    let plain = layers(&world);
    for (options, count) in [
        ("--squash", plain - 2),
        ("--layers=false", plain - 2),
        ("--squash-all", 1),
    ] {
        build(&world, &[options]).expect_code(0);
        assert_eq!(layers(&world), count, "{options}");
        let seen = in_image(
            &world,
            "busybox cat /a; ls /x /bin/cat 2>&1 | wc -l; echo $E",
        );
        assert_eq!(seen, "oney\n2\n1", "{options}");
    }
}

#[test]
fn steps_see_what_is_mounted_and_layers_do_not() {
    let Some(world) = world() else { return };
    world.write("ctx/a", "of the context");
    let cache = "RUN --mount=type=cache,target=/cache";
    file(
        &world,
        &format!(
            "FROM tiny AS one\nRUN echo of the stage >/s\nFROM tiny\n\
             RUN --mount=target=/c --mount=from=one,source=/s,target=/s cat /c/a /s\n\
             RUN --mount=type=tmpfs,target=/t echo x >/t/x\n\
             {cache} echo more >>/cache/log\n{cache} wc -l </cache/log\n\
             RUN <<EOF\nset -e\necho in a script\nEOF\n\
             COPY <<EOF /inline\nwritten out\nEOF\n"
        ),
    );
    let done = build(&world, &[]).expect_code(0);
    for said in ["of the context", "of the stage", "in a script", "\n1\n"] {
        assert!(done.stdout.contains(said), "{said}: {done}");
    }
    let again = build(&world, &["--no-cache"]).expect_code(0);
    assert!(again.stdout.contains("\n2\n"), "{again}");
    let seen = in_image(
        &world,
        "cat /inline; ls /c /t /cache | grep -v : | tr -d '\\n'",
    );
    assert_eq!(seen, "written out");
}

#[test]
fn a_killed_build_leaves_nothing_and_the_next_goes_on() {
    let Some(world) = world() else { return };
    file(
        &world,
        "FROM tiny\nRUN echo first >/f\nRUN echo begun; exec sleep 7654\n",
    );
    for signal in [rustix::process::Signal::KILL, rustix::process::Signal::INT] {
        let mut running = world.start(["build", "--network", "none", "-t", "made", "ctx"]);
        running.expect_stdout("begun\n");
        running.signal(signal);
        let done = running.wait(support::PATIENCE);
        assert_ne!(done.code, 0, "{done}");
        assert_eq!(world.ok(["ps", "-aq"]), "");
        let left = world.other("pgrep").args(["-f", "sleep 7654"]).output();
        assert!(left.expect("pgrep runs").stdout.is_empty(), "{signal:?}");
    }
    file(&world, "FROM tiny\nRUN echo first >/f\nRUN true\n");
    let done = build(&world, &[]).expect_code(0);
    assert_eq!(done.stdout.matches("Using cache").count(), 1, "{done}");
    world.ok(["rmi", "made"]);
    world.ok(["builder", "prune", "-f"]);
    world.expect_nothing_unfinished();
}
