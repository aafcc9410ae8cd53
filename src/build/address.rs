//! What a word names that may be remote: a file to fetch, a git repository, or a path.
//!
//! Dockerfile reference, "ADD"; docs.docker.com, "Build context", "URL fragments" and "URL queries".
//! Hosts, references and directories have a grammar here, for they become words of git's command
//! line and of ssh's (S-100, CVE-2019-13139, CVE-2017-1000117).

use crate::build::Fault;

/// Where something is taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// In the context.
    Path,
    /// `http://` or `https://`, of one file.
    File,
    Git(GitAddress),
}

/// A git repository and what of it is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GitAddress {
    pub transport: Transport,
    /// What git is told; may hold a password.
    pub remote: String,
    /// The repository's name, without `.git`.
    pub name: String,
    /// A branch, a tag, a full reference or a commit; `None` is the default branch.
    pub reference: Option<String>,
    /// Below the top, clean, without a slash in front.
    pub directory: Option<String>,
    /// The commit it must be, or its begin.
    pub checksum: Option<String>,
    pub keep_git_dir: Option<bool>,
    pub submodules: Option<bool>,
}

/// How git reaches the repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    Https,
    Ssh,
    /// Nothing vouches for the server.
    Http,
}

impl Address {
    /// Understands a word.
    pub fn parse(word: &str) -> Result<Self, Fault> {
        let bad = |reason: &str| wrong(word, reason);
        let (before, fragment) = word.split_once('#').unwrap_or((word, ""));
        let (remote, query) = before.split_once('?').unwrap_or((before, ""));
        let (transport, rest) = match remote.split_once("://") {
            None => match scp_like(remote) {
                Some(path) => (Transport::Ssh, path),
                None if remote.contains("::") && !remote.contains('/') => {
                    return Err(bad("git's helpers are not supported"));
                }
                None => return Ok(Self::Path),
            },
            Some((scheme, rest)) => match &*scheme.to_ascii_lowercase() {
                "https" if remote.ends_with(".git") => (Transport::Https, rest),
                "http" if remote.ends_with(".git") => (Transport::Http, rest),
                "http" | "https" => return Ok(Self::File),
                "ssh" => (Transport::Ssh, rest),
                "git" => return Err(bad("git:// has no protection; use https:// or ssh://")),
                _ if scheme
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b':') =>
                {
                    return Err(bad("is neither http, https nor ssh"));
                }
                _ => return Ok(Self::Path),
            },
        };
        if remote.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(bad("holds a blank or a control character"));
        }
        if !remote.contains("://") {
            return GitAddress::of(word, transport, remote, rest, query, fragment).map(Self::Git);
        }
        let (server, path) = rest
            .split_once('/')
            .ok_or_else(|| bad("names no repository"))?;
        host(server).ok_or_else(|| bad("has no valid host"))?;
        GitAddress::of(word, transport, remote, path, query, fragment).map(Self::Git)
    }
}

impl GitAddress {
    fn of(
        word: &str,
        transport: Transport,
        remote: &str,
        path: &str,
        query: &str,
        fragment: &str,
    ) -> Result<Self, Fault> {
        let bad = |reason: &str| wrong(word, reason);
        let name = path
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or_default();
        let name = name.strip_suffix(".git").unwrap_or(name);
        if name.is_empty() || path.starts_with('-') {
            return Err(bad("names no repository"));
        }
        let mut found = Self {
            transport,
            remote: remote.to_owned(),
            name: name.to_owned(),
            reference: None,
            directory: None,
            checksum: None,
            keep_git_dir: None,
            submodules: None,
        };
        let (reference, directory) = fragment.split_once(':').unwrap_or((fragment, ""));
        found.refer(reference).map_err(bad)?;
        found.enter(directory).map_err(bad)?;
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            found.ask(key, value).map_err(bad)?;
        }
        Ok(found)
    }

    fn ask(&mut self, key: &str, value: &str) -> Result<(), &'static str> {
        let truth = match value {
            "" | "1" | "true" => Ok(true),
            "0" | "false" => Ok(false),
            _ => Err("a query is neither true nor false"),
        };
        match key {
            "ref" => self.refer(value)?,
            "tag" => self.refer(&format!("refs/tags/{value}"))?,
            "branch" => self.refer(&format!("refs/heads/{value}"))?,
            "subdir" => self.enter(value)?,
            "checksum" | "commit" => {
                let sound = (7..=64).contains(&value.len())
                    && value
                        .bytes()
                        .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
                if !sound || self.checksum.replace(value.to_owned()).is_some() {
                    return Err("the checksum is no commit, or there are two");
                }
            }
            "keep-git-dir" => self.keep_git_dir = Some(truth?),
            "submodules" => self.submodules = Some(truth?),
            _ => {
                return Err(
                    "a query is none of ref, tag, branch, subdir, checksum, commit, \
                             keep-git-dir, submodules",
                );
            }
        }
        Ok(())
    }

    fn refer(&mut self, reference: &str) -> Result<(), &'static str> {
        if reference.is_empty() {
            return Ok(());
        }
        if !is_reference(reference) {
            return Err("the reference is none that git allows");
        }
        match self.reference.replace(reference.to_owned()) {
            None => Ok(()),
            Some(_) => Err("there are two references"),
        }
    }

    fn enter(&mut self, directory: &str) -> Result<(), &'static str> {
        let parts = directory
            .split('/')
            .filter(|part| !matches!(*part, "" | "."));
        let parts: Vec<&str> = parts.collect();
        if parts.is_empty() {
            return Ok(());
        }
        if parts.contains(&"..") || directory.chars().any(char::is_control) {
            return Err("the directory leads out of the repository");
        }
        match self.directory.replace(parts.join("/")) {
            None => Ok(()),
            Some(_) => Err("there are two directories"),
        }
    }
}

fn wrong(word: &str, reason: &str) -> Fault {
    Fault::Value {
        what: "address",
        value: without_password(word),
        reason: reason.to_owned(),
    }
}

/// What stands between the scheme and an `@` is nobody's business in a message (S-43).
fn without_password(word: &str) -> String {
    let Some((scheme, rest)) = word.split_once("://") else {
        return word.to_owned();
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest[..end].rfind('@') {
        Some(at) => format!("{scheme}://…{}", &rest[at..]),
        None => word.to_owned(),
    }
}

/// `user@host:path`; returns the path.
fn scp_like(remote: &str) -> Option<&str> {
    let (user, rest) = remote.split_once('@')?;
    let (server, path) = rest.split_once(':')?;
    let word = |text: &str, more: &str| {
        !text.is_empty()
            && !text.starts_with('-')
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    (word(user, "-_") && word(server, "-.") && !path.is_empty()).then_some(path)
}

/// `[user[:password]@]host[:port]`
fn host(server: &str) -> Option<()> {
    let (user, place) = match server.rsplit_once('@') {
        Some((user, place)) => (user, place),
        None => ("", server),
    };
    let name = place.split(':').next().filter(|_| !place.starts_with('['));
    let sound = match name {
        Some(name) => {
            let (_, port) = place.split_once(':').unwrap_or((place, "1"));
            name.starts_with(|c: char| c.is_ascii_alphanumeric())
                && name
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-._".contains(c))
                && port.parse::<u16>().is_ok()
        }
        None => place
            .chars()
            .all(|c| c.is_ascii_hexdigit() || "[]:.".contains(c)),
    };
    (sound && !user.starts_with('-')).then_some(())
}

/// git-check-ref-format(1), and no hyphen in front: it would be an option.
fn is_reference(text: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && !part.ends_with('.')
            && !part.ends_with(".lock")
    };
    text.len() <= 1024
        && !text.starts_with('-')
        && text.split('/').all(part)
        && !text.contains("..")
        && !text.contains("@{")
        && text != "@"
        && !text
            .chars()
            .any(|c| c.is_control() || c.is_whitespace() || "~^:?*[\\".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn git(word: &str) -> Option<(String, String, String)> {
        match Address::parse(word) {
            Ok(Address::Git(git)) => Some((
                git.name,
                git.reference.unwrap_or_default(),
                git.directory.unwrap_or_default(),
            )),
            _ => None,
        }
    }

    #[test]
    fn repositories_are_told_from_files() {
        for (word, name, reference, directory) in [
            ("https://h.example/foo.git", "foo", "", ""),
            ("https://h.example/foo.git#v1/2", "foo", "v1/2", ""),
            ("https://h.example/foo.git#v1:a/./b/", "foo", "v1", "a/b"),
            ("https://h.example/foo.git#:a", "foo", "", "a"),
            ("https://u:p@h.example:8443/x/foo.git", "foo", "", ""),
            ("git@h.example:u/foo", "foo", "", ""),
            ("git@h.example:u/foo.git#main", "foo", "main", ""),
            ("ssh://git@h.example:22/foo", "foo", "", ""),
            (
                "https://h.example/foo.git?tag=v1&subdir=/s",
                "foo",
                "refs/tags/v1",
                "s",
            ),
            (
                "https://h.example/foo.git?branch=b#:d",
                "foo",
                "refs/heads/b",
                "d",
            ),
        ] {
            let found = git(word);
            let expected = (name.to_owned(), reference.to_owned(), directory.to_owned());
            assert_eq!(found, Some(expected), "{word}");
        }
        for word in [
            "https://h.example/",
            "https://h.example/foo.git.tar",
            "http://h.example/x",
        ] {
            assert_eq!(Address::parse(word), Ok(Address::File), "{word}");
        }
        for word in [
            "a",
            "./.git",
            "a/b.git",
            "github.com/a/b",
            "a b",
            "x@y",
            "*.c",
            "[a]://b",
        ] {
            assert_eq!(Address::parse(word), Ok(Address::Path), "{word}");
        }
    }

    #[test]
    fn s_100_words_that_git_would_take_for_something_else_are_refused() {
        for word in [
            "https://h.example/a.git#--upload-pack=x",
            "https://h.example/a.git#-x",
            "https://h.example/a.git#:../../x",
            "https://h.example/a.git#a..b",
            "https://h.example/a.git#a b",
            "https://h.example/a.git?subdir=..",
            "https://h.example/a.git?ref=a&tag=b",
            "https://h.example/a.git?ref=a#b",
            "https://h.example/a.git?evil=1",
            "https://h.example/a.git?checksum=xyz",
            "https://-oProxyCommand=x/a.git",
            "ssh://-oProxyCommand=x/a.git",
            "ssh://h.example",
            "git@h.example:-x",
            "git://h.example/a.git",
            "file:///etc/a.git",
            "ext::sh",
            "https://h.example/a\n.git",
        ] {
            assert!(Address::parse(word).is_err(), "{word}");
        }
        let error = Address::parse("https://u:secret@h.example/a.git#-x").expect_err("an option");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}
