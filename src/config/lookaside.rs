//! `registries.d`: where signatures are that lie beside no image.
//!
//! containers-registries.d(5): the narrowest scope that says a place counts, then
//! `default-docker`, then a folder of the user's own.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::config::environment::{Environment, files_in};
use crate::config::error::Error;
use crate::config::file::read;
use crate::config::policy::scopes_of;
use crate::types::Reference;

/// What a signature's address is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    Reading,
    Writing,
}

/// All files of the folder together.
#[derive(Debug, Default)]
pub struct Lookaside {
    namespaces: BTreeMap<String, Namespace>,
    default: Option<Namespace>,
    fallback: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Document {
    default_docker: Option<Namespace>,
    #[serde(default)]
    docker: Option<BTreeMap<String, Namespace>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Namespace {
    #[serde(alias = "sigstore")]
    lookaside: Option<String>,
    #[serde(alias = "sigstore-staging")]
    lookaside_staging: Option<String>,
}

impl Lookaside {
    /// Reads the user's folder, or the system's if the user has none.
    pub fn load(environment: &Environment) -> Result<Self, Error> {
        let own = environment
            .user_config()
            .map(|dir| dir.join("registries.d"));
        let own = own.filter(|folder| folder.is_dir());
        let folder = own.unwrap_or_else(|| environment.system_config().join("registries.d"));
        let mut all = Self {
            fallback: fallback(environment)?,
            ..Self::default()
        };
        for path in files_in(&folder, "yaml")? {
            all.add(&path)?;
        }
        Ok(all)
    }

    fn add(&mut self, path: &Path) -> Result<(), Error> {
        let bytes = read(path)?.unwrap_or_default();
        let text = String::from_utf8(bytes).map_err(|_| Error::content(path, "is not UTF-8"))?;
        if text
            .lines()
            .all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
        {
            return Ok(());
        }
        let document: Document = serde_saphyr::from_str(&text).map_err(|error| {
            let line = crate::types::escape::visible(&error.to_string());
            Error::content(path, line.chars().take(300).collect::<String>())
        })?;
        if let Some(default) = document.default_docker
            && self.default.replace(default).is_some()
        {
            return Err(Error::content(
                path,
                "default-docker is in another file too",
            ));
        }
        for (scope, namespace) in document.docker.unwrap_or_default() {
            if self.namespaces.insert(scope.clone(), namespace).is_some() {
                let reason = format!("{scope} is in another file too");
                return Err(Error::content(path, reason));
            }
        }
        Ok(())
    }

    /// Returns where signatures of a policy's scope are read, as the files say it: empty where
    /// they do not.
    pub fn said_of(&self, scope: &str) -> &str {
        let mut narrower = Some(scope).filter(|scope| !scope.is_empty());
        let named = std::iter::from_fn(|| {
            let here = narrower?;
            narrower = here.rfind(['/', ':', '@']).map(|at| &here[..at]);
            Some(here)
        });
        let named = named.filter_map(|scope| self.namespaces.get(scope));
        let said = named.chain(&self.default).next();
        said.and_then(|it| it.lookaside.as_deref())
            .unwrap_or_default()
    }

    /// Returns the address below which an image's signatures are, with its repository.
    pub fn base(&self, image: &Reference, to: Use) -> String {
        let scopes = scopes_of(image);
        let named = scopes.iter().filter_map(|scope| self.namespaces.get(scope));
        let said = named.chain(&self.default).find_map(|it| it.place(to));
        let base = said.unwrap_or(&self.fallback);
        format!("{}/{}", base.trim_end_matches('/'), image.repository)
    }
}

impl Namespace {
    fn place(&self, to: Use) -> Option<&str> {
        let staging = self.lookaside_staging.as_deref();
        let staging = staging.filter(|_| to == Use::Writing);
        staging
            .or(self.lookaside.as_deref())
            .filter(|place| !place.is_empty())
    }
}

/// Where signatures are when no file says it.
fn fallback(environment: &Environment) -> Result<String, Error> {
    if environment.uid() == 0 {
        return Ok("file:///var/lib/containers/sigstore".to_owned());
    }
    let home = environment.home().ok_or(Error::NoHome)?;
    let folder = home.join(".local/share/containers/sigstore");
    Ok(format!("file://{}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(lookaside: &str, staging: &str) -> Namespace {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Namespace {
            lookaside: some(lookaside),
            lookaside_staging: some(staging),
        }
    }

    #[test]
    fn the_narrowest_scope_that_says_a_place_counts() {
        let all = Lookaside {
            namespaces: [
                ("a.org".to_owned(), named("https://s.a.org/", "file:///out")),
                ("a.org/x".to_owned(), named("file:///x", "")),
                ("b.org".to_owned(), named("", "file:///b")),
            ]
            .into(),
            default: Some(named("file:///default", "")),
            fallback: "file:///home".to_owned(),
        };
        for (image, to, base) in [
            ("a.org/y:1", Use::Reading, "https://s.a.org/y"),
            ("a.org/y:1", Use::Writing, "file:///out/y"),
            ("a.org/x/z:1", Use::Writing, "file:///x/x/z"),
            ("b.org/y:1", Use::Reading, "file:///default/y"),
            ("b.org/y:1", Use::Writing, "file:///b/y"),
            ("c.org/y:1", Use::Writing, "file:///default/y"),
        ] {
            let image = Reference::parse(image).expect("a name");
            assert_eq!(all.base(&image, to), base, "{image} {to:?}");
        }
    }
}
