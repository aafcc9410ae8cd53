//! Which stages a file has, and which of them a target needs.

use std::collections::{BTreeMap, BTreeSet};

use coracle::build::{Containerfile, Error, Graph, Origin};

use crate::show::platforms;

fn graph(text: &str, target: Option<&str>, contexts: &[&str]) -> Result<Graph, Error> {
    let file = Containerfile::parse("Containerfile", text.as_bytes())?;
    let arguments = file.arguments(BTreeMap::new(), &platforms(), target)?;
    let contexts: BTreeSet<String> = contexts.iter().map(|name| (*name).to_owned()).collect();
    file.graph(&arguments, &contexts, target)
}

#[test]
fn only_what_the_target_needs_is_built() {
    let text = "FROM a AS one\nFROM b AS two\nFROM one AS three\nCOPY --from=1 /x /y\n\
                FROM scratch AS four\nRUN --mount=from=one,target=/m x\n";
    for (target, needed) in [
        (None, vec![0, 3]),
        (Some("four"), vec![0, 3]),
        (Some("Three"), vec![0, 1, 2]),
        (Some("2"), vec![0, 1, 2]),
        (Some("two"), vec![1]),
    ] {
        let graph = graph(text, target, &[]).expect("a graph");
        assert_eq!(graph.needed(), needed, "{target:?}");
    }
}

#[test]
fn names_are_contexts_then_stages_then_images() {
    let text = "FROM a AS one\nFROM one AS two\nFROM One\nFROM img:latest\nFROM scratch\n";
    let image = |name: &str| Origin::Image(name.to_owned());
    let context = |name: &str| Origin::Context(name.to_owned());
    let bases = |contexts: &[&str]| {
        let graph = graph(text, None, contexts).expect("a graph");
        graph
            .nodes
            .into_iter()
            .map(|node| node.base)
            .collect::<Vec<_>>()
    };
    let (first, rest) = (Origin::Stage(0), [image("img:latest"), Origin::Scratch]);
    assert_eq!(bases(&[])[..3], [image("a"), first.clone(), first.clone()]);
    assert_eq!(bases(&[])[3..], rest);
    assert_eq!(bases(&["a"])[0], context("a"));
    assert_eq!(bases(&["img"])[3], context("img"));
    assert_eq!(bases(&["two"])[1], context("two"));
    let replaced = [context("one"), context("one"), first];
    assert_eq!(bases(&["one"])[..3], replaced);
}

#[test]
fn a_stage_that_a_context_stands_for_needs_nothing() {
    let text = "FROM a AS one\nFROM b AS two\nCOPY --from=one / /\nFROM two\n";
    let graph = graph(text, None, &["two"]).expect("a graph");
    assert_eq!(graph.needed(), [2]);
    assert!(graph.nodes[1].replaced);
}

#[test]
fn a_name_that_is_no_stage_is_an_image() {
    let graph =
        graph("FROM a\nCOPY --from=docker.io/library/b:1 / /\n", None, &[]).expect("a graph");
    let origin = |from: &str| graph.origin(0, from).expect("an origin");
    assert_eq!(origin("b:1"), Origin::Image("b:1".into()));
    assert_eq!(origin("scratch"), Origin::Scratch);
}

#[test]
fn the_last_stage_of_a_name_before_the_user_counts() {
    let text = "FROM a AS x\nFROM b AS x\nFROM c\nCOPY --from=x / /\nFROM d AS x\n";
    let graph = graph(text, Some("2"), &[]).expect("a graph");
    assert_eq!(graph.needed(), [1, 2]);
}

#[test]
fn triggers_of_a_stage_need_what_they_name_where_they_are_carried_out() {
    let text = "FROM a AS src\nFROM b AS base\nONBUILD COPY --from=src /x /x\nFROM base\n";
    assert_eq!(graph(text, None, &[]).expect("a graph").needed(), [0, 1, 2]);
    assert_eq!(
        graph(text, Some("base"), &[]).expect("a graph").needed(),
        [1]
    );
}

#[test]
fn what_cannot_be_built_is_said() {
    for (text, target, message) in [
        (
            "FROM a AS x\nCOPY --from=x / /\n",
            None,
            "Containerfile:2: circular dependency: stage \"x\" needs itself",
        ),
        (
            "FROM a\nCOPY --from=0 / /\n",
            None,
            "Containerfile:2: circular dependency: stage \"0\" needs itself",
        ),
        (
            "FROM a\nCOPY --from=y / /\nFROM b AS y\n",
            None,
            "Containerfile:2: stage \"y\" must be defined before the stage that uses it",
        ),
        (
            "FROM a\nRUN --mount=from=y,target=/y x\nFROM b AS y\n",
            None,
            "Containerfile:2: stage \"y\" must be defined before the stage that uses it",
        ),
        (
            "FROM a\nCOPY --from=7 / /\n",
            None,
            "Containerfile:2: there is no stage 7",
        ),
        (
            "FROM a AS build\n",
            Some("biuld"),
            "Containerfile: target stage \"biuld\" could not be found",
        ),
    ] {
        let error = graph(text, target, &[]).expect_err(text);
        assert_eq!(error.to_string().lines().next(), Some(message), "{text}");
    }
    let error = graph("FROM a AS build\n", Some("biuld"), &[]).expect_err("no such stage");
    assert_eq!(error.hint().as_deref(), Some("did you mean build?"));
}
