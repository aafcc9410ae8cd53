//! The table of references of S-30: what each string means, or why it means nothing.

use super::*;

const HEX: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// Typed text and its whole form; `{hex}` stands for 64 hex digits.
const GOOD: &[(&str, &str)] = &[
    ("a", "docker.io/library/a"),
    ("debian", "docker.io/library/debian"),
    ("debian:12", "docker.io/library/debian:12"),
    ("debian:latest", "docker.io/library/debian:latest"),
    ("debian:12-slim", "docker.io/library/debian:12-slim"),
    ("debian:_x", "docker.io/library/debian:_x"),
    ("debian:A.B-c_D", "docker.io/library/debian:A.B-c_D"),
    ("debian:5000", "docker.io/library/debian:5000"),
    (
        "debian@sha256:{hex}",
        "docker.io/library/debian@sha256:{hex}",
    ),
    (
        "debian:12@sha256:{hex}",
        "docker.io/library/debian:12@sha256:{hex}",
    ),
    ("docker.io/debian", "docker.io/library/debian"),
    ("docker.io/library/debian", "docker.io/library/debian"),
    ("index.docker.io/debian", "docker.io/library/debian"),
    ("index.docker.io/a/b:1", "docker.io/a/b:1"),
    ("registry-1.docker.io/a/b", "registry-1.docker.io/a/b"),
    ("docker.io/a/b", "docker.io/a/b"),
    ("docker/whalesay", "docker.io/docker/whalesay"),
    ("a/b/c", "docker.io/a/b/c"),
    ("a/b/c:1", "docker.io/a/b/c:1"),
    ("library/debian", "docker.io/library/debian"),
    ("localhost", "docker.io/library/localhost"),
    ("localhost/a", "localhost/a"),
    ("localhost/a:1", "localhost/a:1"),
    ("localhost:5000/a", "localhost:5000/a"),
    ("localhost:5000/a/b:1", "localhost:5000/a/b:1"),
    ("localhost:1/a", "localhost:1/a"),
    ("localhost:65535/a", "localhost:65535/a"),
    ("localhost:00080/a", "localhost:00080/a"),
    ("127.0.0.1/a", "127.0.0.1/a"),
    (
        "127.0.0.1:5000/a@sha256:{hex}",
        "127.0.0.1:5000/a@sha256:{hex}",
    ),
    ("[::1]/x", "[::1]/x"),
    ("[::1]:5000/x", "[::1]:5000/x"),
    ("[::1]:5000/x:1@sha256:{hex}", "[::1]:5000/x:1@sha256:{hex}"),
    ("[2001:db8::1]:443/x/y", "[2001:db8::1]:443/x/y"),
    ("[::ffff:1.2.3.4]/x", "[::ffff:1.2.3.4]/x"),
    ("quay.io/podman/stable", "quay.io/podman/stable"),
    ("quay.io/podman", "quay.io/podman"),
    ("Registry.Example.COM/a", "Registry.Example.COM/a"),
    ("host:5000/a", "host:5000/a"),
    ("Host:5000/a", "Host:5000/a"),
    ("xn--n3h.com/myimage", "xn--n3h.com/myimage"),
    ("xn--7o8h.com:8080/a:1", "xn--7o8h.com:8080/a:1"),
    ("a-b.example/c", "a-b.example/c"),
    (
        "sub-dom1.foo.com/bar/baz/quux",
        "sub-dom1.foo.com/bar/baz/quux",
    ),
    ("1.2.3/a", "1.2.3/a"),
    ("a.b/c.d", "a.b/c.d"),
    ("a_b", "docker.io/library/a_b"),
    ("a__b", "docker.io/library/a__b"),
    ("a.b", "docker.io/library/a.b"),
    ("a-b", "docker.io/library/a-b"),
    ("a--b", "docker.io/library/a--b"),
    ("a---------b", "docker.io/library/a---------b"),
    ("a.b:c", "docker.io/library/a.b:c"),
    ("a_b.c-d__e", "docker.io/library/a_b.c-d__e"),
    ("0", "docker.io/library/0"),
    ("0/1", "docker.io/0/1"),
    ("deadbeef", "docker.io/library/deadbeef"),
    ("x{hex}", "docker.io/library/x{hex}"),
    ("a/{hex}", "docker.io/a/{hex}"),
    ("localhost/a/{hex}", "localhost/a/{hex}"),
    ("sha256:1", "docker.io/library/sha256:1"),
    ("sha256:{hex}", "docker.io/library/sha256:{hex}"),
    ("test.com:tag", "docker.io/library/test.com:tag"),
    ("test:5000/repo", "test:5000/repo"),
    ("test:5000/repo:tag", "test:5000/repo:tag"),
    ("foo/foo_bar.com:8080", "docker.io/foo/foo_bar.com:8080"),
    ("foo_bar/x", "docker.io/foo_bar/x"),
    (
        "b.gcr.io/test.example.com/my-app:1",
        "b.gcr.io/test.example.com/my-app:1",
    ),
    ("localhost/hello", "localhost/hello"),
    ("scratch", "docker.io/library/scratch"),
];

const BAD: &[(&str, &str)] = &[
    ("", "empty"),
    (" ", "blanks"),
    ("debian ", "blanks"),
    (" debian", "blanks"),
    ("deb ian", "blanks"),
    ("debian\n", "blanks"),
    ("debian\t:1", "blanks"),
    ("debian\0", "blanks"),
    ("debian\x1b[2J", "blanks"),
    ("debian\x7f", "blanks"),
    ("débian", "printable ASCII"),
    ("\u{202e}debian", "printable ASCII"),
    ("dеbian", "printable ASCII"), // a Cyrillic letter
    ("debian:１２", "printable ASCII"),
    ("xn--n3h.com/☃", "printable ASCII"),
    ("{hex}", "image id"),
    ("localhost/{hex}", "image id"),
    ("example.com/{hex}:1", "image id"),
    ("docker.io/{hex}", "image id"),
    ("Debian", "lower case"),
    ("DEBIAN:12", "lower case"),
    ("docker/Docker", "lower case"),
    ("Docker/docker", "lower case"),
    ("docker.io/docker/Docker", "lower case"),
    ("localhost:5000/A", "lower case"),
    ("Localhost/a", "lower case"),
    ("-debian", "components"),
    ("--help", "components"),
    ("-docker/docker", "components"),
    ("debian-", "components"),
    (".debian", "components"),
    ("debian.", "components"),
    ("_debian", "components"),
    ("debian_", "components"),
    ("a..b", "components"),
    ("a._b", "components"),
    ("a.-b", "components"),
    ("a-_b", "components"),
    ("a___b", "components"),
    ("a//b", "components"),
    ("/a", "components"),
    ("a/", "components"),
    ("/", "components"),
    ("a/./b", "components"),
    ("a/../b", "components"),
    ("../a", "registry is not a host name"),
    ("./a", "registry is not a host name"),
    ("../../etc/passwd", "registry is not a host name"),
    ("a/..", "components"),
    ("a\\b", "components"),
    ("a?b", "components"),
    ("a#b", "components"),
    ("a%2fb", "components"),
    ("a*", "components"),
    ("a+b", "components"),
    ("a,b", "components"),
    ("a;b", "components"),
    ("a$b", "components"),
    ("a!b", "components"),
    ("a~b", "components"),
    ("a|b", "components"),
    ("a&b", "components"),
    ("a'b", "components"),
    ("a\"b", "components"),
    ("a=b", "components"),
    ("a(b)", "components"),
    ("a{b}", "components"),
    ("https://github.com/docker/docker", "the registry's port"),
    ("docker://debian", "the registry's port"),
    ("http:/a", "the registry's port"),
    ("docker///docker", "components"),
    ("docker.io/docker///docker", "components"),
    ("docker.io/", "repository is missing"),
    ("localhost/", "repository is missing"),
    ("localhost:5000/", "repository is missing"),
    ("localhost:5000/:1", "repository is missing"),
    (":tag", "repository is missing"),
    ("@sha256:{hex}", "repository is missing"),
    (":", "repository is missing"),
    ("debian:", "a tag"),
    ("debian::", "components"),
    ("debian:.x", "a tag"),
    ("debian:-x", "a tag"),
    ("debian:a b", "blanks"),
    ("debian:a+b", "a tag"),
    ("debian:a:b", "components"),
    ("a:b:c", "components"),
    ("debian:a/b:c", "the registry's port"),
    ("debian@", "not a sha256 digest"),
    ("debian@sha256", "not a sha256 digest"),
    ("debian@sha256:", "not a sha256 digest"),
    ("debian@sha256:abc", "not a sha256 digest"),
    ("debian@sha256:{hex}0", "not a sha256 digest"),
    ("debian@SHA256:{hex}", "not a sha256 digest"),
    ("debian@sha512:{hex}", "not a sha256 digest"),
    ("debian@sha512:{hex}{hex}", "not a sha256 digest"),
    ("debian@md5:{hex}", "not a sha256 digest"),
    ("debian@sha256:../../x", "not a sha256 digest"),
    ("debian@{hex}", "not a sha256 digest"),
    ("a@b@c", "more than one @"),
    ("debian@sha256:{hex}@sha256:{hex}", "more than one @"),
    ("debian@sha256:{hex}:12", "not a sha256 digest"),
    ("user:password@host/x", "not a sha256 digest"),
    ("localhost:0/a", "port"),
    ("localhost:65536/a", "port"),
    ("localhost:99999999999999999999/a", "port"),
    ("localhost:-1/a", "port"),
    ("localhost:+1/a", "port"),
    ("localhost:/a", "port"),
    ("localhost:http/a", "port"),
    ("localhost:1:2/a", "port"),
    ("[::1]:0/x", "port"),
    ("[::1]:65536/x", "port"),
    ("[::1]:/x", "port"),
    ("[::1]x/y", "after its ]"),
    ("[::1/x", "no ]"),
    ("[]/x", "no IPv6 address"),
    ("[1.2.3.4]/x", "no IPv6 address"),
    ("[fe80::1%eth0]:5000/debian", "no IPv6 address"),
    ("[fc00::1]", "components"),
    ("[fc00::1]:5000", "components"),
    ("fc00::1:5000/debian", "port"),
    ("-docker.io/a", "host name"),
    ("docker-.io/a", "host name"),
    ("docker..io/a", "host name"),
    (".docker.io/a", "host name"),
    ("docker.io./a", "host name"),
    ("a_b.example/c", "host name"),
    ("foo_bar:5000/x", "host name"),
    ("a.b\\c/d", "host name"),
    ("exa%mple.com/a", "host name"),
];

#[test]
fn references_mean_one_thing_or_nothing() {
    for (typed, whole) in GOOD {
        let (typed, whole) = (typed.replace("{hex}", HEX), whole.replace("{hex}", HEX));
        let reference = Reference::parse(&typed).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(reference.to_string(), whole, "{typed}");
        // What is printed parses as itself: nothing is read twice in two ways.
        assert_eq!(Reference::parse(&whole).as_ref(), Ok(&reference), "{typed}");
    }
    for (typed, reason) in BAD {
        let typed = typed.replace("{hex}", HEX);
        match Reference::parse(&typed) {
            Ok(reference) => panic!("{typed:?} became {reference}"),
            Err(error) => assert!(error.reason.contains(reason), "{typed:?}: {error}"),
        }
    }
    assert!(GOOD.len() + BAD.len() >= 150);
}

#[test]
fn names_and_tags_have_lengths() {
    let path = |len: usize| format!("localhost/{}", "a".repeat(len - "localhost/".len()));
    assert!(Reference::parse(&path(255)).is_ok());
    assert!(Reference::parse(&path(256)).is_err());
    // `docker.io/library/` counts, as it becomes part of the name.
    assert!(Reference::parse(&"a".repeat(237)).is_ok());
    assert!(Reference::parse(&"a".repeat(238)).is_err());
    assert!(Reference::parse(&format!("a:{}", "t".repeat(128))).is_ok());
    assert!(Reference::parse(&format!("a:{}", "t".repeat(129))).is_err());
}

#[test]
fn short_names_stay_open() {
    let typed = Typed::parse("debian:12").expect("a short name");
    assert_eq!(typed.registry, None);
    assert_eq!(
        typed.in_registry("quay.io").to_string(),
        "quay.io/debian:12"
    );
    let typed = Typed::parse("localhost/x").expect("a whole name");
    assert_eq!(typed.in_registry("quay.io").to_string(), "localhost/x");
}

#[test]
fn selectors_prefer_the_digest() {
    let parse = |text: &str| Reference::parse(text).expect("good").selector();
    assert_eq!(parse("a"), "latest");
    assert_eq!(parse("a:1"), "1");
    assert_eq!(parse(&format!("a:1@sha256:{HEX}")), format!("sha256:{HEX}"));
}
