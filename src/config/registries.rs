//! `registries.conf`: search lists, aliases, blocking, mirrors, rewriting.
//!
//! containers-registries.conf(5), version 2, and its drop-in directories. Where no search registry
//! is configured a short name means Docker Hub, as Docker's users expect. Where there are several,
//! whoever sits at a terminal is asked, and the answer is kept as an alias; scripts take them in
//! turn, or fail in mode "enforcing" (S-49). Version 1 is refused.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::config::environment::{Environment, drop_ins, read_toml};
use crate::config::error::Error;
use crate::config::write;
use crate::types::Reference;
use crate::types::reference::{DOCKER_HUB, Typed, check_registry};
use crate::types::registry::Source;

/// Everything `registries.conf` and its drop-ins say.
#[derive(Debug, Clone, Default)]
pub struct Registries {
    search: Vec<String>,
    aliases: BTreeMap<String, String>,
    tables: Vec<Table>,
    mode: Mode,
    /// Programs that keep credentials, in order.
    pub credential_helpers: Vec<String>,
}

/// What a short name does that may be in several registries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Mode {
    Enforcing,
    #[default]
    Permissive,
    /// Nobody is asked.
    Disabled,
}

/// One `[[registry]]` and the file it comes from.
#[derive(Debug, Clone)]
struct Table {
    prefix: String,
    location: String,
    insecure: bool,
    blocked: bool,
    mirrors: Vec<Mirror>,
    digest_only: bool,
    path: PathBuf,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct Mirror {
    location: String,
    insecure: bool,
    pull_from_mirror: Option<String>,
}

/// One file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct File {
    unqualified_search_registries: Option<Vec<String>>,
    credential_helpers: Option<Vec<String>>,
    short_name_mode: Option<String>,
    registry: Vec<FileTable>,
    aliases: BTreeMap<String, String>,
    /// Version 1.
    registries: Option<toml::Table>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct FileTable {
    prefix: String,
    location: String,
    insecure: bool,
    blocked: bool,
    mirror: Vec<Mirror>,
    mirror_by_digest_only: bool,
}

impl Registries {
    /// Reads the files that apply here.
    pub fn load(environment: &Environment) -> Result<Self, Error> {
        let mut all = Self::default();
        for path in files(environment)? {
            if let Some(file) = read_toml::<File>(&path)? {
                all.merge(file, &path)?;
            }
        }
        Ok(all)
    }

    /// Returns the whole names a typed one may stand for, best first.
    pub fn candidates(&self, typed: &Typed) -> Result<Vec<Reference>, Error> {
        if typed.registry.is_some() {
            return Ok(vec![typed.in_registry(DOCKER_HUB)]);
        }
        if let Some(alias) = self.aliases.get(&typed.path) {
            let mut reference = Reference::parse(alias).map_err(|error| {
                Error::content(
                    "registries.conf",
                    format!("alias of {}: {error}", typed.path),
                )
            })?;
            reference.tag = typed.tag.clone();
            reference.digest = typed.digest;
            return Ok(vec![reference]);
        }
        if self.search.len() > 1 && self.mode == Mode::Enforcing {
            return Err(Error::Ambiguous {
                name: typed.path.clone(),
                registries: self.search.clone(),
            });
        }
        if self.search.is_empty() {
            return Ok(vec![typed.in_registry(DOCKER_HUB)]);
        }
        Ok(self.search.iter().map(|r| typed.in_registry(r)).collect())
    }

    /// Returns the whole names that whoever sits at a terminal is to choose from; empty where
    /// there is nothing to ask.
    pub fn to_ask(&self, typed: &Typed) -> Vec<Reference> {
        let clear = typed.registry.is_some() || self.aliases.contains_key(&typed.path);
        if clear || self.search.len() < 2 || self.mode == Mode::Disabled {
            return Vec::new();
        }
        self.search.iter().map(|r| typed.in_registry(r)).collect()
    }

    /// Returns the search registries, for `info`.
    pub fn search(&self) -> &[String] {
        &self.search
    }

    /// Returns where an image is fetched from: mirrors first, the registry itself last.
    pub fn sources(&self, reference: &Reference) -> Result<Vec<Source>, Error> {
        let whole = Source {
            registry: reference.registry.clone(),
            repository: reference.repository.clone(),
            insecure: false,
            mirror: false,
        };
        let Some((table, matched)) = self.table(reference) else {
            return Ok(vec![whole]);
        };
        if table.blocked {
            return Err(Error::Blocked {
                name: reference.to_string(),
                path: table.path.clone(),
            });
        }
        let mut found = Vec::new();
        for mirror in &table.mirrors {
            if applies(mirror, table, reference) {
                let rewritten = rewrite(reference, matched, &mirror.location, &table.path)?;
                found.push(Source {
                    insecure: mirror.insecure,
                    mirror: true,
                    ..rewritten
                });
            }
        }
        let own = if table.location.is_empty() {
            whole
        } else {
            rewrite(reference, matched, &table.location, &table.path)?
        };
        found.push(Source {
            insecure: table.insecure,
            ..own
        });
        Ok(found)
    }

    /// Returns the table with the longest matching prefix, and how much of the name it matched.
    fn table(&self, reference: &Reference) -> Option<(&Table, usize)> {
        let whole = reference.to_string();
        self.tables
            .iter()
            .filter_map(|table| Some((table, matches(&table.prefix, reference, &whole)?)))
            .max_by_key(|(table, _)| table.prefix.len())
    }

    fn merge(&mut self, file: File, path: &Path) -> Result<(), Error> {
        if file.registries.is_some() {
            return Err(Error::content(
                path,
                "version 1 ([registries.search] and the like) is not supported",
            ));
        }
        if let Some(search) = file.unqualified_search_registries {
            for registry in &search {
                check_registry(registry)
                    .map_err(|why| Error::content(path, format!("{registry:?}: {why}")))?;
            }
            self.search = search;
        }
        if let Some(helpers) = file.credential_helpers {
            self.credential_helpers = helpers;
        }
        match file.short_name_mode.as_deref() {
            None => {}
            Some("enforcing") => self.mode = Mode::Enforcing,
            Some("" | "permissive") => self.mode = Mode::Permissive,
            Some("disabled") => self.mode = Mode::Disabled,
            Some(other) => {
                let reason = format!("short-name-mode {other:?} is not known");
                return Err(Error::content(path, reason));
            }
        }
        for (name, target) in file.aliases {
            if target.is_empty() {
                self.aliases.remove(&name);
            } else {
                self.aliases.insert(name, target);
            }
        }
        for table in file.registry {
            let table = checked(table, path)?;
            self.tables.retain(|old| old.prefix != table.prefix);
            self.tables.push(table);
        }
        Ok(())
    }
}

/// The main file, its drop-ins, and the aliases that other tools recorded.
fn files(environment: &Environment) -> Result<Vec<PathBuf>, Error> {
    let user = environment.user_config();
    let named = environment
        .path("CONTAINERS_REGISTRIES_CONF")
        .or_else(|| environment.path("REGISTRIES_CONFIG_PATH"));
    let user_file = user.as_ref().map(|dir| dir.join("registries.conf"));
    let user_file = user_file.filter(|path| path.exists());
    let (main, system_drop_ins) = match (named, user_file) {
        (Some(named), _) => {
            if !named.exists() {
                let source = std::io::Error::from(std::io::ErrorKind::NotFound);
                return Err(Error::Read {
                    path: named,
                    source,
                });
            }
            (named, true)
        }
        // A file of the user's own replaces the system's, drop-ins included.
        (None, Some(own)) => (own, false),
        (None, None) => (environment.system_config().join("registries.conf"), true),
    };
    let mut found = vec![main];
    if system_drop_ins {
        found.extend(drop_ins(
            &environment.system_config().join("registries.conf.d"),
        )?);
    }
    if let Some(user) = user {
        found.extend(drop_ins(&user.join("registries.conf.d"))?);
    }
    found.extend(recorded(environment));
    Ok(found)
}

/// Where the answers of users are kept, as Podman does.
fn recorded(environment: &Environment) -> Option<PathBuf> {
    let home = environment.home()?;
    Some(home.join(".cache/containers/short-name-aliases.conf"))
}

/// Keeps what a short name was said to mean, in place of an earlier answer.
pub fn record_alias(
    environment: &Environment,
    short: &str,
    whole: &Reference,
) -> Result<(), Error> {
    let path = recorded(environment).ok_or(Error::NoHome)?;
    let mut file: File = read_toml(&path)?.unwrap_or_default();
    file.aliases.insert(short.to_owned(), whole.name());
    let mut text = "[aliases]\n".to_owned();
    for (name, target) in &file.aliases {
        // Names have no characters that TOML would want escaped; others are not kept.
        if !format!("{name}{target}").contains(['"', '\\', '\n']) {
            text.push_str(&format!("  \"{name}\" = \"{target}\"\n"));
        }
    }
    write::replace(&path, text.as_bytes(), 0o644)
}

fn checked(table: FileTable, path: &Path) -> Result<Table, Error> {
    let bad = |reason: String| Error::content(path, reason);
    let prefix = if table.prefix.is_empty() {
        table.location.clone()
    } else {
        table.prefix
    };
    let wildcard = prefix.starts_with("*.");
    if prefix.is_empty() || (table.location.is_empty() && !wildcard && prefix.contains('*')) {
        return Err(bad("a [[registry]] has neither prefix nor location".into()));
    }
    for location in table.mirror.iter().map(|m| &m.location) {
        if location.is_empty() {
            return Err(bad(format!("a mirror of {prefix:?} has no location")));
        }
    }
    for location in std::iter::once(&table.location).chain(table.mirror.iter().map(|m| &m.location))
    {
        if location.contains("://") {
            return Err(bad(format!(
                "location {location:?}: write host[:port]/path, without a scheme"
            )));
        }
    }
    for mirror in &table.mirror {
        check_use(mirror, table.mirror_by_digest_only).map_err(bad)?;
    }
    Ok(Table {
        prefix: prefix.trim_end_matches('/').to_owned(),
        location: table.location.trim_end_matches('/').to_owned(),
        insecure: table.insecure,
        blocked: table.blocked,
        mirrors: table.mirror,
        digest_only: table.mirror_by_digest_only,
        path: path.to_owned(),
    })
}

/// Whether it is said once, in one of the known words, for which pulls a mirror is.
fn check_use(mirror: &Mirror, all_by_digest: bool) -> Result<(), String> {
    let location = &mirror.location;
    match mirror.pull_from_mirror.as_deref() {
        None | Some("") => Ok(()),
        Some(_) if all_by_digest => Err(format!(
            "mirror {location:?}: pull-from-mirror and the registry's mirror-by-digest-only \
             cannot be used together"
        )),
        Some("all" | "digest-only" | "tag-only") => Ok(()),
        Some(other) => Err(format!(
            "mirror {location:?}: pull-from-mirror is all, digest-only or tag-only, not {other:?}"
        )),
    }
}

/// Returns how many characters of the whole name a prefix covers.
fn matches(prefix: &str, reference: &Reference, whole: &str) -> Option<usize> {
    if let Some(domain) = prefix.strip_prefix("*.") {
        let host = reference.registry.split(':').next().unwrap_or_default();
        let below = host.strip_suffix(domain)?.ends_with('.');
        return below.then_some(reference.registry.len());
    }
    let rest = whole.strip_prefix(prefix)?;
    let separated = rest.is_empty() || rest.starts_with(['/', ':', '@']);
    // A prefix without port does not speak for the same host on another port.
    let of_port = prefix.len() < reference.registry.len();
    (separated && !of_port).then_some(prefix.len())
}

fn applies(mirror: &Mirror, table: &Table, reference: &Reference) -> bool {
    let by_digest = reference.digest.is_some();
    match mirror.pull_from_mirror.as_deref() {
        Some("digest-only") => by_digest,
        Some("tag-only") => !by_digest,
        _ => by_digest || !table.digest_only,
    }
}

/// Puts `location` in place of the first `matched` characters of the name.
fn rewrite(
    reference: &Reference,
    matched: usize,
    location: &str,
    path: &Path,
) -> Result<Source, Error> {
    let name = reference.name();
    // A prefix may have covered the tag or digest too; the name itself then is replaced whole.
    let rest = name.get(matched..).unwrap_or_default();
    let rewritten = format!("{location}{rest}");
    let bad = || {
        let reason = format!("{name} would be fetched from {rewritten:?}, which is no repository");
        Error::content(path, reason)
    };
    let (registry, repository) = rewritten.split_once('/').ok_or_else(bad)?;
    let typed = Typed::parse(&format!("{registry}/{repository}")).map_err(|_| bad())?;
    Ok(Source {
        registry: registry.to_owned(),
        repository: if typed.registry.is_some() {
            typed.path
        } else {
            repository.to_owned()
        },
        insecure: false,
        mirror: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registries(files: &[&str]) -> Registries {
        let mut all = Registries::default();
        for text in files {
            let file: File = toml::from_str(text).expect("TOML");
            all.merge(file, Path::new("/r.conf")).expect("good");
        }
        all
    }

    fn shown(sources: &[Source]) -> Vec<String> {
        sources
            .iter()
            .map(|s| {
                let insecure = if s.insecure { "!" } else { "" };
                format!("{insecure}{}/{}", s.registry, s.repository)
            })
            .collect()
    }

    #[test]
    fn short_names_become_whole() {
        let alias = "[aliases]\nfedora = \"registry.fedoraproject.org/fedora\"";
        let search = "unqualified-search-registries = [\"a.example\", \"docker.io\"]";
        let enforcing = "short-name-mode = \"enforcing\"";
        let names = |files: &[&str], text: &str| {
            let typed = Typed::parse(text).expect("good");
            registries(files)
                .candidates(&typed)
                .map(|found| found.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        for (files, text, expected) in [
            (&[][..], "debian:12", &["docker.io/library/debian:12"][..]),
            (
                &[alias],
                "fedora:40",
                &["registry.fedoraproject.org/fedora:40"],
            ),
            (
                &[alias, "[aliases]\nfedora = \"\""],
                "fedora",
                &["docker.io/library/fedora"],
            ),
            (&[search], "a/b", &["a.example/a/b", "docker.io/a/b"]),
            (&[search], "b", &["a.example/b", "docker.io/library/b"]),
            (
                &[search, enforcing, alias],
                "fedora",
                &["registry.fedoraproject.org/fedora"],
            ),
            (&[search, enforcing], "q.io/b", &["q.io/b"]),
            (
                &[search, "unqualified-search-registries = []"],
                "b",
                &["docker.io/library/b"],
            ),
        ] {
            assert_eq!(names(files, text).expect("resolves"), expected, "{text}");
        }
        assert!(matches!(
            names(&[search, enforcing], "b"),
            Err(Error::Ambiguous { .. })
        ));
    }

    #[test]
    fn sources_are_rewritten_and_mirrored() {
        let conf = r#"
            [[registry]]
            prefix = "example.com/foo"
            location = "internal.net/bar"
            [[registry.mirror]]
            location = "m0.local/mirror-for-foo"
            [[registry.mirror]]
            location = "m1.local:5000"
            insecure = true
            pull-from-mirror = "digest-only"
            [[registry]]
            prefix = "example.com/foo/deep"
            location = "deep.net"
            [[registry]]
            location = "localhost:5000"
            insecure = true
            [[registry]]
            prefix = "*.wild.org"
            insecure = true
            [[registry]]
            prefix = "bad.org"
            location = "bad.org"
            blocked = true
        "#;
        let digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        let by_digest = format!("example.com/foo/i@{digest}");
        for (text, expected) in [
            (
                "example.com/foo/i:1",
                &["m0.local/mirror-for-foo/i", "internal.net/bar/i"][..],
            ),
            (
                &by_digest,
                &[
                    "m0.local/mirror-for-foo/i",
                    "!m1.local:5000/i",
                    "internal.net/bar/i",
                ],
            ),
            ("example.com/foobar", &["example.com/foobar"]),
            ("example.com/foo/deep/x", &["deep.net/x"]),
            ("localhost:5000/a", &["!localhost:5000/a"]),
            ("localhost/a", &["localhost/a"]),
            ("localhost:5001/a", &["localhost:5001/a"]),
            ("a.wild.org/x", &["!a.wild.org/x"]),
            ("a.b.wild.org:1/x", &["!a.b.wild.org:1/x"]),
            ("wild.org/x", &["wild.org/x"]),
            ("notwild.org/x", &["notwild.org/x"]),
        ] {
            let reference = Reference::parse(text).expect("good");
            let sources = registries(&[conf]).sources(&reference).expect("sources");
            assert_eq!(shown(&sources), expected, "{text}");
        }
        let blocked = Reference::parse("bad.org/x").expect("good");
        let refused = registries(&[conf]).sources(&blocked);
        assert!(matches!(refused, Err(Error::Blocked { .. })));
    }

    #[test]
    fn later_files_replace_a_table() {
        let secure = "[[registry]]\nlocation = \"a.example\"\ninsecure = true";
        let open = "[[registry]]\nlocation = \"a.example\"";
        let reference = Reference::parse("a.example/x").expect("good");
        let sources = registries(&[secure, open]).sources(&reference);
        assert_eq!(shown(&sources.expect("sources")), ["a.example/x"]);
    }

    #[test]
    fn wrong_files_are_refused() {
        for text in [
            "[registries.search]\nregistries = [\"docker.io\"]",
            "short-name-mode = \"sometimes\"",
            "unqualified-search-registries = [\"https://x\"]",
            "[[registry]]\ninsecure = true",
            "[[registry]]\nlocation = \"https://x\"",
            "[[registry]]\nlocation = \"x.y\"\n[[registry.mirror]]\ninsecure = true",
        ] {
            let file: File = toml::from_str(text).expect("TOML");
            let merged = Registries::default().merge(file, Path::new("/r.conf"));
            assert!(merged.is_err(), "{text}");
        }
    }
}
