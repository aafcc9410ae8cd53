//! `build` of files that are wrong: said as a compiler says it.

#![allow(clippy::print_stdout, reason = "a test may talk")]

mod support;

use support::World;

#[test]
fn a_fault_shows_file_line_text_and_help() {
    let world = World::new();
    let context = world.path("ctx");
    std::fs::create_dir_all(&context).expect("a context");
    let name = format!("{}/Dockerfile", context.display());
    for (text, expected) in [
        (
            "FROM scratch\nRNU make\tall\n",
            ":2: unknown instruction: RNU\n    2 | RNU make all\nhint: did you mean RUN?\n",
        ),
        (
            "FROM scratch\nENV a=1 \\\n  b\n",
            ":2: \"b\" is not of the form name=value\n    2 | ENV a=1   b\n\
             hint: values with blanks need quotes: name=\"a value\"\n",
        ),
        (
            "FROM scratch\n\n# c\nENV a=${x:?is wanted}\n",
            ":4: \"wanted}\" is not of the form name=value\n    4 | ENV a=${x:?is wanted}\n\
             hint: values with blanks need quotes: name=\"a value\"\n",
        ),
    ] {
        world.write("ctx/Dockerfile", text);
        let done = world.coracle(["build", "-f", &name, "ctx"]);
        assert_eq!(done.code, 125, "{}", done.stderr);
        assert_eq!(done.stderr, format!("Error: {name}{expected}"));
    }
}
