//! `--log-level` and `--debug`: which lines appear, and their form.

mod support;

use support::World;

#[test]
fn each_level_shows_itself_and_those_above() {
    let world = World::new();
    let levels = |words: &[&str]| {
        let done = world
            .coracle(words.iter().chain(&["version"]))
            .expect_code(0);
        ["trace", "debug", "info", "warning"]
            .map(|level| done.stderr.contains(&format!(" level={level} msg=\"")))
    };
    let log = |level| levels(&["--log-level", level]);
    assert_eq!(log("trace"), [true, true, true, false]);
    assert_eq!(log("debug"), [false, true, true, false]);
    assert_eq!(log("info"), [false, false, true, false]);
    for level in ["warn", "warning", "error", "fatal", "panic"] {
        assert_eq!(log(level), [false; 4], "{level}");
    }
    assert_eq!(levels(&["-D"]), [false, true, true, false]);
    assert_eq!(levels(&["--debug"]), [false, true, true, false]);
    assert_eq!(levels(&[]), [false; 4]);
}

#[test]
fn a_line_has_time_level_and_message() {
    let world = World::new();
    let done = world
        .coracle(["--log-level=info", "version"])
        .expect_code(0);
    let line = done.stderr.lines().next().expect("a line");
    assert!(line.starts_with("time=\"20"), "{done}");
    assert!(line.ends_with("filtering at log level info\""), "{done}");
}

#[test]
fn unknown_levels_and_two_options_end_with_1() {
    let world = World::new();
    let done = world
        .coracle(["--log-level=telepathic", "version"])
        .expect_code(1);
    assert_eq!(
        done.stderr,
        "Log Level \"telepathic\" is not supported, choose from: trace, debug, info, warn, warning, \
         error, fatal, panic\n"
    );
    let done = world
        .coracle(["-D", "--log-level=panic", "version"])
        .expect_code(1);
    assert_eq!(
        done.stderr,
        "Setting --log-level and --debug is not allowed\n"
    );
}
