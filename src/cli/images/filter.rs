//! `--filter KEY=VALUE` over images: podman-images(1), "--filter".

use std::collections::BTreeMap;

use crate::cli::error::Error;
use crate::cli::images::{created, glob};
use crate::cli::list::filter::bad;
use crate::cli::words::{boolean, duration};
use crate::engine::{Engine, Image};
use crate::types::{Timestamp, escape};

enum Test {
    Reference(String),
    Dangling(bool),
    Label(String, Option<String>),
    NotLabel(String, Option<String>),
    Id(String),
    Digest(String),
    Before(Timestamp),
    Since(Timestamp),
    Until(Timestamp),
    /// `containers=true|false`: whether a container uses it.
    Used(bool, Vec<String>),
    /// `KEY!=VALUE`
    Not(Box<Test>),
    /// A property no image here has, asked for with this value.
    Never(bool),
}

/// All tests, by key.
pub struct Filter(BTreeMap<String, Vec<Test>>);

impl Filter {
    /// Parses `KEY=VALUE` words; names of images are looked up here.
    pub fn parse(words: &[String], engine: &Engine) -> Result<Self, Error> {
        let mut tests: BTreeMap<String, Vec<Test>> = BTreeMap::new();
        for word in words {
            let (key, value) = parts(word)?;
            let test = match key.strip_suffix('!') {
                Some(positive) if key != "label!" => {
                    Test::Not(Box::new(test(positive, value, engine)?))
                }
                _ => test(key, value, engine)?,
            };
            tests.entry(key.to_owned()).or_default().push(test);
        }
        Ok(Self(tests))
    }

    pub fn passes(&self, image: &Image) -> bool {
        self.0.iter().all(|(key, tests)| {
            // Of what is excluded, nothing may hold.
            if key == "label" || key.ends_with('!') {
                tests.iter().all(|test| holds(test, image))
            } else {
                tests.iter().any(|test| holds(test, image))
            }
        })
    }

    /// Says whether this one of an image's names is meant by the `reference` tests.
    pub fn passes_name(&self, name: &str) -> bool {
        let Some(tests) = self.0.get("reference") else {
            return true;
        };
        tests.iter().any(|test| match test {
            Test::Reference(pattern) => named(name, pattern),
            _ => true,
        })
    }
}

/// Splits `KEY=VALUE` and `KEY!=VALUE`: the key keeps the mark.
fn parts(word: &str) -> Result<(&str, &str), Error> {
    word.split_once('=').ok_or_else(|| {
        let shown = escape::quoted(word);
        let form = "must be in the format \"filter=value or filter!=value\"";
        Error::usage(format!("invalid image filter {shown}"), form)
    })
}

fn test(key: &str, value: &str, engine: &Engine) -> Result<Test, Error> {
    let made = |name: &str| -> Result<Timestamp, Error> { Ok(created(&engine.image(name)?)) };
    let truth = || boolean::parse(value).map_err(|why| bad(key, value, &why));
    let label = || match value.split_once('=') {
        Some((name, wanted)) => (name.to_owned(), Some(wanted.to_owned())),
        None => (value.to_owned(), None),
    };
    Ok(match key {
        "reference" => Test::Reference(value.to_owned()),
        "dangling" => Test::Dangling(truth()?),
        "label" => Test::Label(label().0, label().1),
        "label!" => Test::NotLabel(label().0, label().1),
        "id" => Test::Id(value.strip_prefix("sha256:").unwrap_or(value).to_owned()),
        "digest" => Test::Digest(value.to_owned()),
        "before" => Test::Before(made(value)?),
        "since" | "after" => Test::Since(made(value)?),
        "until" => Test::Until(
            duration::moment(value, Timestamp::now()).map_err(|why| bad(key, value, &why))?,
        ),
        "containers" => {
            let used = engine.containers()?.into_iter();
            Test::Used(truth()?, used.map(|c| c.record.image_hex()).collect())
        }
        "intermediate" | "readonly" | "manifest" => Test::Never(truth()?),
        _ => return Err(bad(key, value, "is not a known filter")),
    })
}

fn holds(test: &Test, image: &Image) -> bool {
    let labelled = |name: &str, wanted: &Option<String>| {
        let labels = image.config.config.labels.as_ref();
        let found = labels.and_then(|labels| labels.get(name));
        found.is_some_and(|value| wanted.as_ref().is_none_or(|wanted| wanted == value))
    };
    match test {
        Test::Reference(pattern) => image.names.iter().any(|name| named(name, pattern)),
        Test::Dangling(wanted) => image.names.is_empty() == *wanted,
        Test::Label(name, wanted) => labelled(name, wanted),
        Test::NotLabel(name, wanted) => !labelled(name, wanted),
        Test::Id(prefix) => image.id.hex().starts_with(prefix.as_str()),
        Test::Digest(prefix) => image
            .manifest_digest
            .to_string()
            .starts_with(prefix.as_str()),
        Test::Before(moment) => created(image) < *moment,
        Test::Since(moment) => created(image) > *moment,
        Test::Until(moment) => created(image) <= *moment,
        Test::Used(wanted, ids) => ids.contains(&image.id.hex()) == *wanted,
        Test::Not(test) => !holds(test, image),
        Test::Never(wanted) => !wanted,
    }
}

/// A pattern may leave out the registry, the parent folders and the tag.
fn named(name: &str, pattern: &str) -> bool {
    let untagged = match name.rsplit_once(':') {
        Some((left, tag)) if !tag.contains('/') => left,
        _ => name,
    };
    let suffixes = |whole: &str| {
        let mut rest = whole;
        let mut fits = glob::matches(pattern, rest);
        while let Some((_, after)) = rest.split_once('/') {
            fits = fits || glob::matches(pattern, after);
            rest = after;
        }
        fits
    };
    suffixes(name) || suffixes(untagged)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_pattern_may_leave_parts_out() {
        let name = "docker.io/library/alpine:3.20";
        for (pattern, fits) in [
            ("alpine", true),
            ("alpine:3.20", true),
            ("library/alpine", true),
            ("docker.io/library/alpine:3.20", true),
            ("al*", true),
            ("*:3*", true),
            ("docker.io/*/*", true),
            ("pine", false),
            ("alpine:3.21", false),
        ] {
            assert_eq!(super::named(name, pattern), fits, "{pattern}");
        }
    }
}
