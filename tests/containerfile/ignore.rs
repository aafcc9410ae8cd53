//! What an ignore file hides.

use coracle::build::Ignore;
use coracle::build::ignore::{Inherited, names_for};

fn read(text: &str) -> Ignore {
    Ignore::parse(".dockerignore", text.as_bytes()).expect(text)
}

#[test]
fn patterns_match_as_dockers_do() {
    let mut wrong = String::new();
    for (patterns, path, ignored) in [
        ("", "a", false),
        ("a", "a", true),
        ("a", "b/a", false),
        ("/a", "a", true),
        ("a/", "a/b", true),
        ("./a", "a", true),
        ("a//b", "a/b", true),
        ("a/../b", "b", true),
        ("*", "a/b", true),
        ("*.o", "x.o", true),
        ("*.o", "d/x.o", false),
        ("*/x.o", "d/x.o", true),
        ("**/*.o", "a/b/x.o", true),
        ("**/*.o", "x.o", true),
        ("**", "a/b", true),
        ("**/", "a", true),
        ("**/x", "a/x/b", true),
        ("**/x", "ax", false),
        ("**x", "a/bx", true),
        ("a/**", "a", false),
        ("a/**", "a/b/c", true),
        ("a**/*.txt", "a/b/c.txt", true),
        ("a/*.txt", "a/b/c.txt", false),
        ("**/d/*", "a/d/f", true),
        ("**/d/**", "a/d/e/f", true),
        ("**/**/*.txt", "f.txt", true),
        ("a[b-d]e", "ace", true),
        ("a[^b-d]e", "ace", false),
        (".*", ".git/x", true),
        (".*", "git", false),
        ("a?c", "a/c", false),
        ("a\\*b", "a*b", true),
        ("a.c", "abc", false),
        ("a(b)+", "a(b)+", true),
        ("# a", "# a", false),
        (" # a", "# a", true),
        ("a  ", "a", true),
        ("  a", "a", true),
        ("a\r", "a", true),
        ("\u{feff}a", "a", true),
        ("*\n!a", "a", false),
        ("*\n!a", "a/b", false),
        ("*\n!a\na/b", "a/b", true),
        ("d\n!d/f", "d/f", false),
        ("d\n!d/f", "d/g", true),
        ("d/*\n!d/f", "d/f", false),
        ("!a\na", "a", true),
        ("a\n!a\na", "a", true),
        ("**\n!d/e", "d/e/f", false),
        ("*\n! a", "a", false),
        ("*\n!/a", "a", false),
        ("*.md\n!README*.md\nREADME-secret.md", "README.md", false),
        (
            "*.md\n!README*.md\nREADME-secret.md",
            "README-secret.md",
            true,
        ),
        (
            "*.md\nREADME-secret.md\n!README*.md",
            "README-secret.md",
            false,
        ),
        ("n\n!**/keep", "n/a/keep", false),
        ("*", ".", false),
    ] {
        if read(patterns).ignores(path) != ignored {
            wrong += &format!("{patterns:?} {path:?}: expected {ignored}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_walk_says_the_same_as_a_question() {
    let ignore = read("d\n!d/f\n**/*.o\n!keep/**\nkeep/x");
    let none = Inherited::default();
    let (ignored, below) = ignore.enter("d", &none);
    assert!(ignored);
    assert!(!ignore.enter("d/f", &below).0);
    assert!(ignore.enter("d/g", &below).0);
    assert!(ignore.may_take_back_below("d"));
    assert!(ignore.may_take_back_below("keep/sub"));
    assert!(!ignore.may_take_back_below("other"));
    for path in ["keep/a.o", "keep/x", "keep/x/y", "a/b.o", "d/f"] {
        let mut above = none.clone();
        let mut last = false;
        let ends = path
            .match_indices('/')
            .map(|(at, _)| at)
            .chain([path.len()]);
        for end in ends {
            (last, above) = ignore.enter(&path[..end], &above);
        }
        assert_eq!(last, ignore.ignores(path), "{path}");
    }
}

#[test]
fn faults_name_the_line() {
    for (text, message) in [
        (
            "a\n!\n",
            ".dockerignore:2: pattern \"!\": takes nothing back",
        ),
        (
            "[\n",
            ".dockerignore:1: pattern \"[\": a class is not closed or empty",
        ),
    ] {
        let error = Ignore::parse(".dockerignore", text.as_bytes()).expect_err(text);
        assert_eq!(error.to_string().lines().next(), Some(message));
    }
    assert!(Ignore::parse("x", &vec![b'a'; 2 << 20]).is_err());
    assert!(Ignore::parse("x", "a\n".repeat(100_000).as_bytes()).is_err());
}

#[test]
fn fifty_thousand_paths_are_no_effort() {
    let ignore = read("**/node_modules\n*.log\n**/*.o\nbuild/**\n!build/keep\n**/.git\ntmp/*/x?\n");
    let mut hidden = 0;
    for directory in 0..500 {
        let name = format!("src/d{directory}");
        let (_, above) = ignore.enter(&name, &Inherited::default());
        for file in 0..100 {
            let end = if file % 2 == 0 { "o" } else { "c" };
            hidden += u32::from(ignore.enter(&format!("{name}/file{file}.{end}"), &above).0);
        }
    }
    assert_eq!(hidden, 25_000);
}

#[test]
fn a_file_of_its_own_comes_first() {
    assert_eq!(
        names_for("docker/Dockerfile.web"),
        [
            "docker/Dockerfile.web.containerignore",
            "docker/Dockerfile.web.dockerignore",
            ".containerignore",
            ".dockerignore"
        ]
    );
}
