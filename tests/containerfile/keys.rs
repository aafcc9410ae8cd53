//! What a cache key depends on, and what it does not.

use std::collections::BTreeMap;

use coracle::build::{Containerfile, Ground, Inputs, Scope, Step, key};
use coracle::types::Digest;

use crate::show::platforms;

/// The last step of a stage, with build arguments `A=b` a word each.
fn step(text: &str, given: &str) -> Step {
    let text = format!("FROM a\n{text}\n");
    let file = Containerfile::parse("Containerfile", text.as_bytes()).expect("a file");
    let given: BTreeMap<String, String> = given
        .split_whitespace()
        .filter_map(|word| word.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let arguments = file
        .arguments(given, &platforms(), None)
        .expect("arguments");
    let mut scope = Scope::of_image(&arguments, &[]);
    let steps = file.stages[0].instructions.iter();
    steps
        .map(|one| scope.step(one).expect("a step"))
        .last()
        .expect("at least one step")
}

fn of(text: &str, given: &str) -> Digest {
    let parent = Digest::of(b"parent");
    let ground = Ground {
        parent: &parent,
        platform: &platforms().target,
        env: &[],
        user: "",
        workdir: "/",
        shell: &[],
    };
    key(&step(text, given), &ground, &Inputs::default())
}

#[test]
fn s_96_what_a_step_depends_on_is_in_its_key() {
    let run = "ARG v\nARG w\nRUN x";
    for (one, given, other, given_other, same) in [
        ("RUN x", "", "RUN   x", "", true),
        ("RUN x", "", "run \\\n# c\n x", "", true),
        ("RUN x", "", "RUN y", "", false),
        ("RUN x", "", "RUN [\"x\"]", "", false),
        ("RUN [\"a\", \"b\"]", "", "RUN [\"ab\"]", "", false),
        (run, "v=1", run, "v=1", true),
        (run, "v=1", run, "v=2", false),
        (run, "v=1", run, "w=1", false),
        (run, "v=1", run, "v=1 other=2", true),
        (run, "v=1", run, "v=1 HTTP_PROXY=p", true),
        ("ARG v\nCOPY a b", "v=1", "ARG v\nCOPY a b", "v=2", true),
        ("ARG v\nCOPY a $v", "v=1", "ARG v\nCOPY a $v", "v=2", false),
        ("COPY a b", "", "COPY --from=x a b", "", true),
        ("COPY a b", "", "COPY --chmod=700 a b", "", false),
        ("COPY a b", "", "COPY --chown=1 a b", "", false),
        ("COPY a b", "", "COPY a c", "", false),
        ("COPY a b", "", "ADD a b", "", false),
        ("COPY <<a b\n1\na", "", "COPY <<a b\n2\na", "", false),
        ("RUN <<E\n1\nE", "", "RUN <<E\n2\nE", "", false),
        ("RUN --mount=type=cache,target=/c x", "", "RUN x", "", false),
        (
            "RUN --mount=type=cache,target=/c x",
            "",
            "RUN --mount=type=cache,target=/d x",
            "",
            false,
        ),
        ("RUN --network=none x", "", "RUN x", "", false),
        ("ENV a=1", "", "LABEL a=1", "", false),
        ("ENV a=1 b=2", "", "ENV a=1b=2", "", false),
        ("WORKDIR /a", "", "USER /a", "", false),
    ] {
        assert_eq!(
            of(one, given) == of(other, given_other),
            same,
            "{one:?} {other:?}"
        );
    }
}

#[test]
fn s_96_where_a_step_stands_and_what_it_reads_is_in_its_key() {
    let step = step("RUN x", "");
    let (parent, other) = (Digest::of(b"parent"), Digest::of(b"other"));
    let platforms = platforms();
    let shell = ["sh".to_owned()];
    let env = [("a".to_owned(), "b".to_owned())];
    let plain = Ground {
        parent: &parent,
        platform: &platforms.target,
        env: &[],
        user: "",
        workdir: "/",
        shell: &[],
    };
    let none = Inputs::default();
    let mut seen = vec![key(&step, &plain, &none)];
    assert_eq!(seen[0], key(&step, &plain.clone(), &none));
    for ground in [
        Ground {
            parent: &other,
            ..plain.clone()
        },
        Ground {
            platform: &platforms.build,
            ..plain.clone()
        },
        Ground {
            env: &env,
            ..plain.clone()
        },
        Ground {
            user: "1",
            ..plain.clone()
        },
        Ground {
            workdir: "/w",
            ..plain.clone()
        },
        Ground {
            shell: &shell,
            ..plain.clone()
        },
    ] {
        seen.push(key(&step, &ground, &none));
    }
    for inputs in [
        Inputs {
            content: Some(&other),
            ..Inputs::default()
        },
        Inputs {
            options: BTreeMap::from([("network", "host".to_owned())]),
            ..Inputs::default()
        },
    ] {
        seen.push(key(&step, &plain, &inputs));
    }
    let count = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), count);
}
