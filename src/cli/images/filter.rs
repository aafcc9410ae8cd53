//! `--filter KEY=VALUE` over images: podman-images(1), "--filter".

use crate::cli::error::Error;
use crate::cli::images::{created, glob};
use crate::cli::words::filter::{Label, Tests, bad, moment, truth};
use crate::engine::{Engine, Image};
use crate::types::{Timestamp, escape};

enum Test {
    Reference(String),
    Dangling(bool),
    Label(Label),
    NotLabel(Label),
    Id(String),
    Digest(String),
    Before(Timestamp),
    Since(Timestamp),
    Until(Timestamp),
    /// `containers=true|false`: whether a container uses it.
    Used(bool, Vec<String>),
    /// `KEY!=VALUE`
    Not(Box<Test>),
    /// In an additional image store.
    ReadOnly(bool),
    /// Whether it is a manifest list.
    List(bool),
    /// A property no image here has, asked for with this value.
    Never(bool),
}

/// All tests, by key.
pub struct Filter(Tests<Test>);

impl Filter {
    /// Parses `KEY=VALUE` words; names of images are looked up here.
    pub fn parse(words: &[String], engine: &Engine) -> Result<Self, Error> {
        let mut tests = Tests::default();
        for word in words {
            let (key, value) = parts(word)?;
            let test = match key.strip_suffix('!') {
                Some(positive) if key != "label!" => {
                    Test::Not(Box::new(test(positive, value, engine)?))
                }
                _ => test(key, value, engine)?,
            };
            tests.add(key, test);
        }
        Ok(Self(tests))
    }

    pub fn passes(&self, image: &Image) -> bool {
        self.0.pass(|test| holds(test, image))
    }

    /// Says whether this one of an image's names is meant by the `reference` tests.
    pub fn passes_name(&self, name: &str) -> bool {
        let tests = self.0.of("reference");
        let fits = |test: &Test| match test {
            Test::Reference(pattern) => named(name, pattern),
            _ => true,
        };
        tests.is_empty() || tests.iter().any(fits)
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
    Ok(match key {
        "reference" => Test::Reference(value.to_owned()),
        "dangling" => Test::Dangling(truth(key, value)?),
        "label" => Test::Label(Label::parse(value)),
        "label!" => Test::NotLabel(Label::parse(value)),
        "id" => Test::Id(value.strip_prefix("sha256:").unwrap_or(value).to_owned()),
        "digest" => Test::Digest(value.to_owned()),
        "before" => Test::Before(made(value)?),
        "since" | "after" => Test::Since(made(value)?),
        "until" => Test::Until(moment(key, value)?),
        "containers" => {
            let used = engine.containers()?.into_iter();
            Test::Used(
                truth(key, value)?,
                used.map(|c| c.record.image_hex()).collect(),
            )
        }
        "readonly" => Test::ReadOnly(truth(key, value)?),
        "manifest" => Test::List(truth(key, value)?),
        "intermediate" => Test::Never(truth(key, value)?),
        _ => return Err(bad(key, value, "is not a known filter")),
    })
}

fn holds(test: &Test, image: &Image) -> bool {
    let labelled = |label: &Label| {
        let labels = image.config.config.labels.as_ref();
        labels.is_some_and(|labels| label.is_among(labels))
    };
    match test {
        Test::Reference(pattern) => image.names.iter().any(|name| named(name, pattern)),
        Test::Dangling(wanted) => image.is_dangling() == *wanted,
        Test::Label(label) => labelled(label),
        Test::NotLabel(label) => !labelled(label),
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
        Test::ReadOnly(wanted) => image.read_only.is_some() == *wanted,
        Test::List(wanted) => image.is_list() == *wanted,
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
