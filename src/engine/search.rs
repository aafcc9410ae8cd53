//! `search`: which repositories registries have, and which tags a repository has.

use crate::config::Environment;
use crate::config::registries::Registries;
use crate::engine::contact::Contact;
use crate::engine::{Access, Engine, Error};
pub use crate::registry::Found;
use crate::registry::Listener;
use crate::types::escape;
use crate::types::reference::{DOCKER_HUB, Typed, check_registry};
use crate::types::registry::Source;

/// What is looked for, and how registries are spoken with.
#[derive(Debug, Clone, Default)]
pub struct SearchRequest {
    /// `[REGISTRY/]TERM`
    pub term: String,
    pub access: Access,
    /// Results of each registry; tags of the repository.
    pub limit: usize,
}

/// What one registry found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub registry: String,
    pub found: Found,
}

impl Engine {
    /// Asks the registry that is named, else every search registry.
    ///
    /// A registry that fails is an error when it is the only one, else a warning.
    pub fn search(&self, request: &SearchRequest) -> Result<Vec<Hit>, Error> {
        let environment = Environment::current();
        let registries = Registries::load(&environment)?;
        let (registry, term) = split(&request.term);
        let all = match registry {
            Some(registry) => vec![registry.to_owned()],
            None if registries.search().is_empty() => vec![DOCKER_HUB.to_owned()],
            None => registries.search().to_vec(),
        };
        let contact = self.contact(&environment, &registries, &request.access);
        let mut hits = Vec::new();
        for registry in &all {
            let found = own_source(&registries, registry, "search")
                .and_then(|source| contact.client(&source))
                .and_then(|client| Ok(client.search(term, request.limit)?));
            match found {
                Ok(found) => hits.extend(found.into_iter().map(|found| Hit {
                    registry: registry.clone(),
                    found,
                })),
                Err(error) if all.len() == 1 => {
                    let shown = escape::visible(registry);
                    return Err(error.while_doing(format!("cannot search {shown}")));
                }
                Err(error) => self.warn(&format!("cannot search {registry}: {error}")),
            }
        }
        Ok(hits)
    }

    /// Returns the whole name of a repository and its tags.
    pub fn search_tags(&self, request: &SearchRequest) -> Result<(String, Vec<String>), Error> {
        let environment = Environment::current();
        let registries = Registries::load(&environment)?;
        let typed = request.term.strip_prefix("docker://");
        let typed = Typed::parse(typed.unwrap_or(&request.term))
            .map_err(|error| Error::new(error.to_string()))?;
        if typed.tag.is_some() || typed.digest.is_some() {
            return Err(Error::new(
                "tags are listed of a repository, and one is named",
            ));
        }
        let mut candidates = registries.candidates(&typed)?;
        let reference = candidates.remove(0);
        let own = registries.sources(&reference)?.into_iter().next_back();
        let source = own.ok_or_else(|| Error::new("registries.conf leaves no place to ask"))?;
        let client = self
            .contact(&environment, &registries, &request.access)
            .client(&source)?;
        let mut tags = client
            .tags()
            .map_err(|error| Error::from(error).while_doing("cannot list tags"))?;
        tags.truncate(request.limit);
        Ok((reference.name(), tags))
    }

    /// Gathers what decides how registries are spoken with.
    pub(crate) fn contact<'a>(
        &'a self,
        environment: &'a Environment,
        registries: &'a Registries,
        access: &'a Access,
    ) -> Contact<'a> {
        Contact {
            settings: &self.settings,
            environment,
            access,
            keepers: &registries.credential_helpers,
            listener: Listener::new(self.warnings.clone()),
        }
    }
}

/// Where registries.conf leads for a registry itself, not for one of its repositories.
pub(crate) fn own_source(
    registries: &Registries,
    registry: &str,
    stand_in: &str,
) -> Result<Source, Error> {
    let reference = crate::types::Reference::parse(&format!("{registry}/{stand_in}"))
        .map_err(|error| Error::new(error.to_string()))?;
    let own = registries.sources(&reference)?.into_iter().next_back();
    Ok(Source {
        insecure: own.is_some_and(|own| own.insecure),
        registry: reference.registry,
        repository: reference.repository,
        mirror: false,
    })
}

/// `quay.io/a/b` → the registry and the rest; a first part that is no host is part of the term.
fn split(term: &str) -> (Option<&str>, &str) {
    let term = term.strip_prefix("docker://").unwrap_or(term);
    let (first, rest) = term.split_once('/').unwrap_or((term, ""));
    let host = first.contains(['.', ':']) || first == "localhost";
    if host && check_registry(first).is_ok() && term.contains('/') {
        return (Some(first), rest);
    }
    (None, term)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registry_is_told_from_a_term() {
        for (text, parts) in [
            ("debian", (None, "debian")),
            ("library/debian", (None, "library/debian")),
            ("quay.io/debian", (Some("quay.io"), "debian")),
            ("localhost:5000/", (Some("localhost:5000"), "")),
            ("localhost:5000/a/b", (Some("localhost:5000"), "a/b")),
            ("docker.io/x", (Some("docker.io"), "x")),
            ("a.b", (None, "a.b")),
        ] {
            assert_eq!(split(text), parts, "{text}");
        }
    }
}
