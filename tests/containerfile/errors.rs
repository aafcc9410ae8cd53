//! Faults: file, line, text, and what may help.

use coracle::build::Error;

use crate::show::steps;

fn error(text: &str) -> Error {
    match steps(text, "") {
        Err(error) => error,
        Ok(steps) => panic!("{text:?} was read as {steps:?}"),
    }
}

/// The file, the message without the place, the hint.
const FAULTS: &[(&str, &str, &str)] = &[
    ("", "Containerfile: the file has no instructions", ""),
    (
        "# only\n\n",
        "Containerfile: the file has no instructions",
        "",
    ),
    (
        "FROM a\nRNU make\n",
        "Containerfile:2: unknown instruction: RNU",
        "did you mean RUN?",
    ),
    (
        "FROM a\n\n# c\nCOPPY a b\n",
        "Containerfile:4: unknown instruction: COPPY",
        "did you mean COPY?",
    ),
    (
        "FROM a\nxyzzy\n",
        "Containerfile:2: unknown instruction: xyzzy",
        "",
    ),
    (
        "RUN x\n",
        "Containerfile:1: RUN before the first FROM: there is no build stage yet",
        "a Containerfile begins with FROM; only ARG may stand before",
    ),
    (
        "FROM a b c d\n",
        "Containerfile:1: FROM requires an image, or an image, AS and a name",
        "",
    ),
    (
        "FROM a AS 1x\n",
        "Containerfile:1: invalid name for a build stage: 1x",
        "names are letters, digits, \"-\", \"_\" and \".\", and begin with a letter",
    ),
    (
        "FROM --plattform=x a\n",
        "Containerfile:1: unknown flag: --plattform",
        "did you mean --platform?",
    ),
    (
        "FROM a\nCOPY --chwon=x a b\n",
        "Containerfile:2: unknown flag: --chwon",
        "did you mean --chown?",
    ),
    (
        "FROM a\nCOPY --from=x --from=y a b\n",
        "Containerfile:2: flag --from: given more than once",
        "",
    ),
    (
        "FROM a\nCOPY --link=maybe a b\n",
        "Containerfile:2: flag --link: expecting true or false, not maybe",
        "",
    ),
    (
        "FROM a\nCOPY --from a b\n",
        "Containerfile:2: flag --from: missing a value",
        "",
    ),
    (
        "FROM a\nCOPY --from=$x a b\n",
        "Containerfile:2: flag --from: variables are not supported: define a stage with FROM instead",
        "",
    ),
    (
        "FROM a\nCOPY a\n",
        "Containerfile:2: COPY requires at least one source and a destination",
        "",
    ),
    (
        "FROM a\nCOPY a <<EOF\nEOF\n",
        "Containerfile:2: COPY cannot have a heredoc as its destination",
        "",
    ),
    (
        "FROM a\nENV\n",
        "Containerfile:2: ENV requires at least one argument",
        "",
    ),
    (
        "FROM a\nENV a\n",
        "Containerfile:2: ENV requires a name and a value",
        "",
    ),
    (
        "FROM a\nENV a=b c\n",
        "Containerfile:2: \"c\" is not of the form name=value",
        "values with blanks need quotes: name=\"a value\"",
    ),
    (
        "FROM a\nLABEL =x\n",
        "Containerfile:2: LABEL requires a name before \"=\"",
        "",
    ),
    (
        "FROM a\nARG =x\n",
        "Containerfile:2: ARG requires a name before \"=\"",
        "",
    ),
    (
        "FROM a\nSHELL sh -c\n",
        "Containerfile:2: SHELL requires a JSON array of strings",
        "the exec form is a JSON array: [\"program\", \"word\"]",
    ),
    (
        "FROM a\nCMD [\"a\", 1]\n",
        "Containerfile:2: CMD requires a JSON array of strings",
        "the exec form is a JSON array: [\"program\", \"word\"]",
    ),
    (
        "FROM a\nRUN\n",
        "Containerfile:2: RUN requires at least one argument",
        "",
    ),
    (
        "FROM a\nRUN <<EOF\nx\n",
        "Containerfile:2: the heredoc is not closed: no line \"EOF\"",
        "",
    ),
    (
        "FROM a\nONBUILD FROM b\n",
        "Containerfile:2: FROM is not allowed as an ONBUILD trigger",
        "",
    ),
    (
        "FROM a\nONBUILD ONBUILD RUN x\n",
        "Containerfile:2: ONBUILD is not allowed as an ONBUILD trigger",
        "",
    ),
    (
        "FROM a\nONBUILD RNU x\n",
        "Containerfile:2: unknown instruction: RNU",
        "did you mean RUN?",
    ),
    (
        "# escape=x\nFROM a\n",
        "Containerfile:1: parser directive escape: the escape character is \\ or `",
        "",
    ),
    (
        "# syntax=a\n# syntax=b\nFROM a\n",
        "Containerfile:2: parser directive syntax: it may be given only once",
        "",
    ),
    (
        "FROM a\nENV a=${x\n",
        "Containerfile:2: variable substitution: missing '}'",
        "",
    ),
    (
        "FROM a\nENV a=${x!y}\n",
        "Containerfile:2: variable substitution: unsupported modifier (!)",
        "",
    ),
    (
        "FROM a\nENV a=\"${x:?is wanted}\"\n",
        "Containerfile:2: x: is wanted",
        "",
    ),
    (
        "FROM a\nENV a=\"x\n",
        "Containerfile:2: variable substitution: a double quote is not closed",
        "",
    ),
    (
        "FROM a\nENV a=${}\n",
        "Containerfile:2: variable substitution: bad substitution",
        "",
    ),
    (
        "FROM $x\n",
        "Containerfile:1: base name \"$x\": is empty after its variables are replaced",
        "",
    ),
    (
        "FROM --platform=a/b/c/d x\n",
        "Containerfile:1: platform \"a/b/c/d\": \"a/b/c/d\" is not a platform such as linux/arm64/v8",
        "",
    ),
    (
        "FROM a\nRUN --mount=type=bnd,target=/x y\n",
        "Containerfile:2: --mount: unsupported mount type \"bnd\"",
        "did you mean bind?",
    ),
    (
        "FROM a\nRUN --mount=target=/x,soruce=y z\n",
        "Containerfile:2: --mount: unexpected key 'soruce' in 'soruce=y'",
        "did you mean source?",
    ),
    (
        "FROM a\nRUN --mount=type=cache y\n",
        "Containerfile:2: --mount: type cache needs a 'target'",
        "",
    ),
    (
        "FROM a\nRUN --mount=type=secret y\n",
        "Containerfile:2: --mount: a secret needs an 'id' or a 'target'",
        "",
    ),
    (
        "FROM a\nRUN --mount=type=bind,target=/x,from=$y z\n",
        "Containerfile:2: --mount: 'from' doesn't support variables: define a stage with FROM instead",
        "",
    ),
    (
        "FROM a\nRUN --network=mine x\n",
        "Containerfile:2: --network \"mine\": is default, none or host",
        "",
    ),
    (
        "FROM a\nEXPOSE 80/http\n",
        "Containerfile:2: port \"80/http\": the protocol is tcp, udp or sctp",
        "",
    ),
    (
        "FROM a\nEXPOSE 70000\n",
        "Containerfile:2: port \"70000\": a port is a number up to 65535",
        "",
    ),
    (
        "FROM a\nEXPOSE 9-3\n",
        "Containerfile:2: port \"9-3\": the range ends before it begins",
        "",
    ),
    (
        "FROM a\nHEALTHCHECK NONE x\n",
        "Containerfile:2: HEALTHCHECK requires nothing after NONE",
        "",
    ),
    (
        "FROM a\nHEALTHCHECK curl x\n",
        "Containerfile:2: HEALTHCHECK requires CMD and a command, or NONE",
        "",
    ),
    (
        "FROM a\nHEALTHCHECK --interval=1us CMD x\n",
        "Containerfile:2: flag --interval: 1us is less than a millisecond",
        "",
    ),
    (
        "FROM a\nHEALTHCHECK --retries=-1 CMD x\n",
        "Containerfile:2: --retries \"-1\": is not a number of tries",
        "",
    ),
    (
        "FROM a\nVOLUME [\"\"]\n",
        "Containerfile:2: VOLUME requires paths that are not empty",
        "",
    ),
    (
        "FROM a\nADD --checksum=x a b c\n",
        "Containerfile:2: flag --checksum: needs exactly one source",
        "",
    ),
    (
        "FROM a\nSTOPSIGNAL SIGNO\n",
        "Containerfile:2: STOPSIGNAL \"SIGNO\": invalid signal: SIGNO",
        "",
    ),
    (
        "FROM a\nUSER\n",
        "Containerfile:2: USER requires exactly one argument",
        "",
    ),
];

#[test]
fn a_fault_names_the_file_the_line_and_what_may_help() {
    let mut wrong = String::new();
    for (text, message, hint) in FAULTS {
        let error = error(text);
        let (shown, found) = (error.to_string(), error.hint().unwrap_or_default());
        if shown.lines().next() != Some(*message) || found != *hint {
            wrong += &format!("{text:?}:\n{shown}\nhint: {found}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_fault_shows_the_line() {
    let error = error("FROM a\nRUN \\\n  true\nRNU \\\n  make\tall \u{1b}[31m\n");
    assert_eq!(
        error.to_string(),
        "Containerfile:4: unknown instruction: RNU"
    );
    let excerpt = error.excerpt();
    assert_eq!(excerpt.as_deref(), Some("    4 | RNU   make all \\x1b[31m"));
}
