//! What is read, and what it becomes.

use crate::show::steps;

/// A name, the file, build arguments, the steps.
type Case = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

const FILES: &[Case] = &[
    ("one stage", "FROM a\n", "", &["FROM a"]),
    ("a name", "FROM a as Build\n", "", &["FROM a as build"]),
    (
        "a platform",
        "FROM --platform=$BUILDPLATFORM a\n",
        "",
        &["FROM a on linux/amd64"],
    ),
    (
        "lower case",
        "from a\nrun x\n",
        "",
        &["FROM a", "RUN sh \"x\""],
    ),
    ("no line end", "FROM a", "", &["FROM a"]),
    (
        "CRLF",
        "FROM a\r\nRUN x \\\r\n y\r\n",
        "",
        &["FROM a", "RUN sh \"x  y\""],
    ),
    ("a byte order mark", "\u{feff}FROM a\n", "", &["FROM a"]),
    (
        "continued",
        "FROM a\nRUN x \\\n  && y\n",
        "",
        &["FROM a", "RUN sh \"x   && y\""],
    ),
    (
        "blanks after the backslash",
        "FROM a\nRUN x \\ \t\n y\n",
        "",
        &["FROM a", "RUN sh \"x  y\""],
    ),
    (
        "comments between",
        "FROM a\nRUN x \\\n# no\n  # no\n\n y\n",
        "",
        &["FROM a", "RUN sh \"x  y\""],
    ),
    (
        "an escaped backslash ends",
        "FROM a\nRUN x \\\\\nUSER u\n",
        "",
        &["FROM a", "RUN sh \"x \\\\\\\\\"", "USER \"u\""],
    ),
    (
        "backtick",
        "# escape=`\nFROM a\nRUN x `\n y\nENV p=c:\\d\n",
        "",
        &["FROM a", "RUN sh \"x  y\"", "ENV p=\"c:\\\\d\""],
    ),
    (
        "directives",
        "# syntax=docker/dockerfile:1\n# check=skip=all\nFROM a\n",
        "",
        &["FROM a"],
    ),
    (
        "not a directive after a comment",
        "# hello\n# escape=`\nFROM a\nRUN x \\\n y\n",
        "",
        &["FROM a", "RUN sh \"x  y\""],
    ),
    (
        "exec form",
        "FROM a\nRUN [\"a\", \"b c\"]\nCMD [\"x\"]\nENTRYPOINT [\"y\"]\n",
        "",
        &[
            "FROM a",
            "RUN [\"a\", \"b c\"]",
            "CMD [\"x\"]",
            "ENTRYPOINT [\"y\"]",
        ],
    ),
    (
        "shell form",
        "FROM a\nCMD echo $HOME\nENTRYPOINT x 'y'\n",
        "",
        &["FROM a", "CMD sh \"echo $HOME\"", "ENTRYPOINT sh \"x 'y'\""],
    ),
    (
        "an array in single quotes is for the shell",
        "FROM a\nCMD ['x']\n",
        "",
        &["FROM a", "CMD sh \"['x']\""],
    ),
    (
        "no command",
        "FROM a\nCMD []\nENTRYPOINT []\n",
        "",
        &["FROM a", "CMD []", "ENTRYPOINT []"],
    ),
    (
        "env",
        "FROM a\nENV a=1 b='2 3' c=\"4 5\" d=6\\ 7\n",
        "",
        &["FROM a", "ENV a=\"1\" b=\"2 3\" c=\"4 5\" d=\"6 7\""],
    ),
    (
        "old env",
        "FROM a\nENV a  b c\n",
        "",
        &["FROM a", "ENV a=\"b c\""],
    ),
    (
        "env sees the values from before",
        "FROM a\nENV x=1\nENV x=2 y=$x\nENV z=$x$y\n",
        "",
        &[
            "FROM a",
            "ENV x=\"1\"",
            "ENV x=\"2\" y=\"1\"",
            "ENV z=\"21\"",
        ],
    ),
    (
        "env of the image",
        "FROM a\nENV p=$HOME/bin\n",
        "",
        &["FROM a", "ENV p=\"/root/bin\""],
    ),
    (
        "label",
        "FROM a\nLABEL a.b=\"c d\" e=$HOME\n",
        "",
        &["FROM a", "LABEL a.b=\"c d\" e=\"/root\""],
    ),
    (
        "old label",
        "FROM a\nLABEL a b\n",
        "",
        &["FROM a", "LABEL a=\"b\""],
    ),
    (
        "maintainer",
        "FROM a\nMAINTAINER me <a@b>\n",
        "",
        &["FROM a", "MAINTAINER \"me <a@b>\""],
    ),
    (
        "global arguments",
        "ARG v=1\nARG i=a:$v\nFROM $i\n",
        "",
        &["FROM a:1"],
    ),
    (
        "global arguments given",
        "ARG v=1\nFROM a:${v}\n",
        "v=2",
        &["FROM a:2"],
    ),
    (
        "a global argument is not in a stage",
        "ARG v=1\nFROM a\nENV x=[$v]\n",
        "",
        &["FROM a", "ENV x=\"[]\""],
    ),
    (
        "but can be fetched",
        "ARG v=1\nFROM a\nARG v\nENV x=$v\n",
        "",
        &["FROM a", "ARG v=1", "ENV x=\"1\" uses v=1"],
    ),
    (
        "a default of its own counts more",
        "ARG v=1\nFROM a\nARG v=2\nENV x=$v\n",
        "",
        &["FROM a", "ARG v=2", "ENV x=\"2\" uses v=2"],
    ),
    (
        "a given one counts most",
        "ARG v=1\nFROM a\nARG v=2\nENV x=$v\n",
        "v=3",
        &["FROM a", "ARG v=3", "ENV x=\"3\" uses v=3"],
    ),
    (
        "an argument without value",
        "FROM a\nARG v\nENV x=${v-no}\n",
        "",
        &["FROM a", "ARG v", "ENV x=\"no\""],
    ),
    (
        "several arguments",
        "FROM a\nARG a=1 b=$a c\nRUN x\n",
        "",
        &[
            "FROM a",
            "ARG a=1 b=1 c uses a=1",
            "RUN sh \"x\" uses a=1,b=1",
        ],
    ),
    (
        "env wins over arg",
        "FROM a\nARG v=1\nENV v=2\nENV x=$v\n",
        "v=9",
        &["FROM a", "ARG v=9", "ENV v=\"2\"", "ENV x=\"2\""],
    ),
    (
        "env wins over a later arg",
        "FROM a\nENV v=2\nARG v=1\nENV x=$v\n",
        "",
        &["FROM a", "ENV v=\"2\"", "ARG v=1", "ENV x=\"2\""],
    ),
    (
        "arguments go on in a stage from a stage",
        "FROM a AS one\nARG v=1\nENV e=2\nFROM one\nENV x=$v$e\nFROM a\nENV x=$v$e\n",
        "",
        &[
            "FROM a as one",
            "ARG v=1",
            "ENV e=\"2\"",
            "FROM one",
            "ENV x=\"12\" uses v=1",
            "FROM a",
            "ENV x=\"\"",
        ],
    ),
    (
        "platform arguments",
        "FROM a\nARG TARGETPLATFORM TARGETARCH TARGETVARIANT BUILDOS\n",
        "",
        &[
            "FROM a",
            "ARG TARGETPLATFORM=linux/arm64/v8 TARGETARCH=arm64 TARGETVARIANT=v8 BUILDOS=linux",
        ],
    ),
    (
        "platform arguments in FROM",
        "FROM a-$TARGETARCH\n",
        "",
        &["FROM a-arm64"],
    ),
    (
        "default",
        "FROM a\nENV a=\"${x:-y z}\" b=${x-y} c=${HOME:-n} d=${HOME-n}\n",
        "",
        &["FROM a", "ENV a=\"y z\" b=\"y\" c=\"/root\" d=\"/root\""],
    ),
    (
        "alternative",
        "FROM a\nENV e=\nENV a=${HOME:+y} b=${e:+y} c=${e+y} d=${x+y}\n",
        "",
        &["FROM a", "ENV e=\"\"", "ENV a=\"y\" b=\"\" c=\"y\" d=\"\""],
    ),
    (
        "empty and unset",
        "FROM a\nENV e=\nENV a=${e:-y} b=${e-y} c=${e?m}\n",
        "",
        &["FROM a", "ENV e=\"\"", "ENV a=\"y\" b=\"\" c=\"\""],
    ),
    (
        "begin",
        "FROM a\nENV p=foobarfoobar\nENV a=${p#f*b} b=${p##f*b} c=${p#x} d=${p#?oo}\n",
        "",
        &[
            "FROM a",
            "ENV p=\"foobarfoobar\"",
            "ENV a=\"arfoobar\" b=\"ar\" c=\"foobarfoobar\" d=\"barfoobar\"",
        ],
    ),
    (
        "end",
        "FROM a\nENV p=foobarfoobar\nENV a=${p%b*} b=${p%%b*} c=${p%x} d=${p%?r}\n",
        "",
        &[
            "FROM a",
            "ENV p=\"foobarfoobar\"",
            "ENV a=\"foobarfoo\" b=\"foo\" c=\"foobarfoobar\" d=\"foobarfoob\"",
        ],
    ),
    (
        "replaced",
        "FROM a\nENV p=a/b/c.d\nENV a=${p/\\//_} b=${p//\\//_} c=${p/b*/x} d=${p//?.d/}\n",
        "",
        &[
            "FROM a",
            "ENV p=\"a/b/c.d\"",
            "ENV a=\"a_b/c.d\" b=\"a_b_c.d\" c=\"a/x\" d=\"a/b/\"",
        ],
    ),
    (
        "nested",
        "FROM a\nENV a=${x:-${y:-$HOME}}\n",
        "",
        &["FROM a", "ENV a=\"/root\""],
    ),
    (
        "protected",
        "FROM a\nENV a=\\$HOME b='$HOME' c=\"\\$HOME\" d=\"\\x\" e=$ f=x$\n",
        "",
        &[
            "FROM a",
            "ENV a=\"$HOME\" b=\"$HOME\" c=\"$HOME\" d=\"\\\\x\" e=\"$\" f=\"x$\"",
        ],
    ),
    (
        "workdir, user, stopsignal",
        "FROM a\nWORKDIR $HOME/x y\nUSER ${u:-1000}:0\nSTOPSIGNAL SIG${s:-INT}\n",
        "",
        &[
            "FROM a",
            "WORKDIR \"/root/x y\"",
            "USER \"1000:0\"",
            "STOPSIGNAL \"SIGINT\"",
        ],
    ),
    (
        "expose",
        "FROM a\nENV p=\"9 8/udp\"\nEXPOSE 80/tcp $p 3-5\n",
        "",
        &[
            "FROM a",
            "ENV p=\"9 8/udp\"",
            "EXPOSE [\"3/tcp\", \"4/tcp\", \"5/tcp\", \"8/udp\", \"80/tcp\", \"9/tcp\"]",
        ],
    ),
    (
        "volume",
        "FROM a\nVOLUME /a $HOME\nVOLUME [\"/c d\"]\n",
        "",
        &["FROM a", "VOLUME [\"/a\", \"/root\"]", "VOLUME [\"/c d\"]"],
    ),
    (
        "shell",
        "FROM a\nSHELL [\"bash\", \"-c\"]\n",
        "",
        &["FROM a", "SHELL [\"bash\", \"-c\"]"],
    ),
    (
        "healthcheck",
        "FROM a\nHEALTHCHECK --interval=5s --timeout=1m --start-period=2s --start-interval=3ms --retries=4 CMD curl $x\nHEALTHCHECK CMD [\"a\", \"b\"]\nHEALTHCHECK none\n",
        "",
        &[
            "FROM a",
            "HEALTHCHECK [\"CMD-SHELL\", \"curl $x\"] interval=5000000000 timeout=60000000000 start=2000000000 startint=3000000 retries=4",
            "HEALTHCHECK [\"CMD\", \"a\", \"b\"]",
            "HEALTHCHECK [\"NONE\"]",
        ],
    ),
    (
        "onbuild",
        "FROM a\nONBUILD RUN x $y\nONBUILD COPY --from=b <<E /c\nf\nE\n",
        "",
        &[
            "FROM a",
            "ONBUILD \"RUN x $y\"",
            "ONBUILD \"COPY --from=b <<E /c\\nf\\nE\"",
        ],
    ),
    (
        "copy",
        "FROM a\nCOPY a b $HOME/\nCOPY [\"a b\", \"c\"]\n",
        "",
        &["FROM a", "COPY a b -> /root/", "COPY a b -> c"],
    ),
    (
        "copy flags",
        "FROM a\nARG u=me\nCOPY --from=b --chown=$u:g --chmod=0755 --link --parents --exclude=*.o --exclude=x/** a b\n",
        "",
        &[
            "FROM a",
            "ARG u=me",
            "COPY from=b parents link chown=me:g chmod=0755 not *.o not x/** a -> b uses u=me",
        ],
    ),
    (
        "add flags",
        "FROM a\nADD --checksum=sha256:aa --keep-git-dir=true --unpack=false --link=false http://x/y /z\n",
        "",
        &[
            "FROM a",
            "ADD checksum=sha256:aa git=true unpack=false http://x/y -> /z",
        ],
    ),
    (
        "two hyphens end the flags",
        "FROM a\nCOPY --link -- --a b\n",
        "",
        &["FROM a", "COPY link --a -> b"],
    ),
    (
        "a script",
        "FROM a\nRUN <<EOF\nx $y\n  z\nEOF\nUSER u\n",
        "",
        &["FROM a", "RUN sh \"x $y\\n  z\\n\"", "USER \"u\""],
    ),
    (
        "a program",
        "FROM a\nRUN <<EOF\n#!/usr/bin/python3\nprint()\nEOF\n",
        "",
        &["FROM a", "RUN file EOF \"#!/usr/bin/python3\\nprint()\\n\""],
    ),
    (
        "a script for another program",
        "FROM a\nRUN python3 <<'EOF'\nprint()\nEOF\n",
        "",
        &["FROM a", "RUN sh \"python3 <<'EOF'\\nprint()\\nEOF\""],
    ),
    (
        "tabs",
        "FROM a\nRUN <<-EOF\n\t\tx\n\ty\n\tEOF\n",
        "",
        &["FROM a", "RUN sh \"x\\ny\\n\""],
    ),
    (
        "two heredocs",
        "FROM a\nRUN <<A cat && <<B cat\n1\nA\n2\nB\n",
        "",
        &["FROM a", "RUN sh \"<<A cat && <<B cat\\n1\\nA\\n2\\nB\""],
    ),
    (
        "a heredoc is not in quotes",
        "FROM a\nRUN echo \"<<EOF\"\nUSER u\n",
        "",
        &["FROM a", "RUN sh \"echo \\\"<<EOF\\\"\"", "USER \"u\""],
    ),
    (
        "a here-string is the shell's",
        "FROM a\nRUN cat <<<x\n",
        "",
        &["FROM a", "RUN sh \"cat <<<x\""],
    ),
    (
        "a shift is none",
        "FROM a\nRUN echo $((1<<2))\nUSER u\n",
        "",
        &["FROM a", "RUN sh \"echo $((1<<2))\"", "USER \"u\""],
    ),
    (
        "no heredoc in exec form",
        "FROM a\nRUN [\"x\", \"<<EOF\"]\nUSER u\n",
        "",
        &["FROM a", "RUN [\"x\", \"<<EOF\"]", "USER \"u\""],
    ),
    (
        "files",
        "FROM a\nENV x=1\nCOPY <<a <<\"b\" c /d/\n$x \"q\" \\$x\na\n$x\nb\n",
        "",
        &[
            "FROM a",
            "ENV x=\"1\"",
            "COPY c <<a \"1 \\\"q\\\" $x\\n\" <<b \"$x\\n\" -> /d/",
        ],
    ),
    (
        "a file without tabs",
        "FROM a\nADD <<-a /d\n\t$HOME\n\ta\n",
        "",
        &["FROM a", "ADD <<a \"/root\\n\" -> /d"],
    ),
    (
        "comments in a heredoc stay",
        "FROM a\nRUN <<E\n# x\n\nE\n",
        "",
        &["FROM a", "RUN sh \"# x\\n\\n\""],
    ),
    (
        "mounts",
        "FROM a\nRUN --mount=type=bind,target=/a,source=b,from=c --mount=type=cache,dst=/d,id=e,sharing=locked,mode=0700,uid=1,gid=2 x\n",
        "",
        &[
            "FROM a",
            "RUN [bind /a source=b from=c] [cache /d locked id=e mode=700 uid=1 gid=2] sh \"x\"",
        ],
    ),
    (
        "more mounts",
        "FROM a\nRUN --mount=type=tmpfs,target=/t,size=64m --mount=type=secret,id=s,required,env=S --mount=type=ssh x\n",
        "",
        &[
            "FROM a",
            "RUN [tmpfs /t size=67108864] [secret  id=s env=S required=yes] [ssh ] sh \"x\"",
        ],
    ),
    (
        "mounts and access",
        "FROM a\nRUN --mount=target=/a,rw --mount=type=cache,target=/b,ro --mount=target=/c,readonly=false x\n",
        "",
        &[
            "FROM a",
            "RUN [bind /a rw] [cache /b ro] [bind /c rw] sh \"x\"",
        ],
    ),
    (
        "mounts with variables",
        "FROM a\nARG i=7\nRUN --mount=type=cache,target=$HOME/.c,uid=$i x\n",
        "",
        &[
            "FROM a",
            "ARG i=7",
            "RUN [cache /root/.c uid=7] sh \"x\" uses i=7",
        ],
    ),
    (
        "network and security",
        "FROM a\nRUN --network=none --security=insecure x\n",
        "",
        &["FROM a", "RUN network=None insecure sh \"x\""],
    ),
];

#[test]
fn files_become_steps() {
    let mut wrong = String::new();
    for (name, text, given, expected) in FILES {
        match steps(text, given) {
            Ok(found) if found == *expected => {}
            Ok(found) => {
                wrong += &format!("{name}:\n  found    {found:?}\n  expected {expected:?}\n")
            }
            Err(error) => wrong += &format!("{name}: {error}\n"),
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
