//! `search`, against a registry with a catalog and one that searches itself.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

#[path = "support/evilreg.rs"]
mod evilreg;
mod support;

use evilreg::{EvilRegistry, Reply};
use support::registry::{Access, PASSWORD, USER};
use support::{Registry, World, images};

const INSECURE: &str = "--tls-verify=false";

#[test]
fn a_catalog_is_searched() {
    if !images::have_tiny() {
        return;
    }
    let Some(registry) = Registry::start(Access::Htpasswd) else {
        return;
    };
    for name in ["fleet/coracle:1", "fleet/coracle:2", "fleet/canoe:1"] {
        registry.push_image("tiny", name);
    }
    let world = World::new();
    world.trust(&registry);
    let creds = format!("--creds={USER}:{PASSWORD}");
    let place = registry.reference("cora");
    let shown = world.ok(["search", &creds, &place]);
    let name = registry.reference("fleet/coracle");
    let lines: Vec<&str> = shown.lines().map(str::trim_end).collect();
    assert_eq!(lines.len(), 2, "{shown}");
    assert!(lines[0].starts_with("NAME ") && lines[0].ends_with("DESCRIPTION"));
    assert_eq!(lines[1], name);
    let all = world.ok([
        "search",
        &creds,
        "--format={{.Name}}",
        &registry.reference(""),
    ]);
    assert_eq!(all.lines().count(), 2, "{all}");
    let one = world.ok([
        "search",
        &creds,
        "--limit=1",
        "--format=json",
        &registry.reference(""),
    ]);
    let found: serde_json::Value = serde_json::from_str(&one).expect("JSON");
    assert_eq!(found.as_array().map(Vec::len), Some(1), "{one}");
    assert_eq!(found[0]["Index"], registry.address().as_str());
    let tags = world.ok(["search", &creds, "--list-tags", "--format={{.Tag}}", &name]);
    let mut tags: Vec<&str> = tags.lines().collect();
    tags.sort_unstable();
    assert_eq!(tags, ["1", "2"]);
    let done = world.coracle(["search", &place]);
    assert_eq!(done.code, 125, "{done}");
    assert!(
        done.stderr.contains("wants a user name and password"),
        "{done}"
    );
    assert_eq!(
        world.ok(["search", &creds, &registry.reference("nothing")]),
        ""
    );
}

#[test]
fn what_a_registry_finds_itself_is_shown_with_its_stars() {
    let world = World::new();
    let registry = EvilRegistry::http(|seen| {
        if !seen.path.starts_with("/v1/search?q=debian&n=25") {
            return Reply::new(404, "");
        }
        let long = "The best of all\\nimages in the whole wide world and more";
        let body = format!(
            r#"{{"results":[
            {{"name":"library/debian","description":"{long}","star_count":9,"is_official":true,"is_automated":false}},
            {{"name":"me/debian","star_count":1}}]}}"#
        );
        Reply::new(200, body)
    });
    let term = format!("{}/debian", registry.host());
    let search = |options: &[&str]| {
        let mut words = vec!["search", INSECURE];
        words.extend(options);
        words.push(&term);
        world.coracle(words)
    };
    let shown = search(&["--format={{.Name}} {{.Stars}} {{.Official}}|{{.Description}}"]).stdout;
    let host = registry.host();
    assert_eq!(
        shown,
        format!(
            "{host}/library/debian 9 [OK]|The best of all images in the whole wide wor...\n\
             {host}/me/debian 1 |\n"
        )
    );
    let names = |options: &[&str]| {
        let mut all = vec!["--format={{.Name}}"];
        all.extend(options);
        search(&all).stdout.lines().count()
    };
    assert_eq!(names(&["--filter=stars=5"]), 1);
    assert_eq!(names(&["--filter=is-official"]), 1);
    assert_eq!(
        names(&["--filter=is-official=false", "--filter=stars=1"]),
        1
    );
    assert!(search(&["--no-trunc"]).stdout.contains("world and more"));
    assert!(search(&["--compatible"]).stdout.contains("STARS"));
    for (option, part) in [
        ("--filter=color=red", "is not a filter of search"),
        ("--filter=stars=many", "is no number"),
    ] {
        let done = search(&[option]);
        assert_eq!(done.code, 125, "{done}");
        assert!(done.stderr.contains(part), "{done}");
    }
}

#[test]
fn s_47_a_catalog_without_end_is_cut_off() {
    let world = World::new();
    let registry = EvilRegistry::http(|seen| match seen.path.starts_with("/v2/_catalog") {
        true => Reply::new(200, r#"{"repositories":["a","b"]}"#)
            .header("link", "</v2/_catalog?last=b>; rel=\"next\""),
        false => Reply::new(404, ""),
    });
    let term = format!("{}/a", registry.host());
    let shown = world.ok(["search", INSECURE, "--format={{.Name}}", &term]);
    assert_eq!(shown.lines().count(), 25);
    // And the next page is the registry's own.
    let strange = EvilRegistry::http(|_| Reply::new(200, r#"{"repositories":["a"]}"#));
    let there = strange.url("/v2/_catalog");
    let registry = EvilRegistry::http(move |seen| match seen.path.starts_with("/v2/_catalog") {
        true => Reply::new(200, r#"{"repositories":["a"]}"#)
            .header("link", format!("<{there}>; rel=\"next\"")),
        false => Reply::new(404, ""),
    });
    let term = format!("{}/a", registry.host());
    world.ok(["search", INSECURE, "--creds=user:secret", &term]);
    assert!(strange.seen().is_empty());
}
