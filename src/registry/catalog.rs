//! What a registry is asked besides one repository: who we are, and which repositories there are.
//!
//! distribution-spec, "Determining Support"; the catalog is distribution's own (HTTP API V2,
//! "Listing Repositories"); `/v1/search` is what Docker Hub and some others answer searches with.

use serde::Deserialize;
use ureq::http::Method;

use crate::registry::error::Error;
use crate::registry::transport::header;
use crate::registry::{Ask, Client, Target, next_page};
use crate::types::strict::{self, MAX_DOCUMENT};

/// Pages of a catalog that are read; one without end is meant to hurt (S-47).
const MAX_PAGES: usize = 1000;

/// A repository that a search found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    pub name: String,
    pub description: String,
    pub stars: u64,
    pub official: bool,
    pub automated: bool,
}

impl Client {
    /// Sees whether the registry takes the credentials.
    pub fn log_in(mut self) -> Result<(), Error> {
        self.auth.for_scopes(Vec::new());
        let what = format!("registry {}", self.source.registry);
        let answer = self.prove(&Ask::new(&what, Method::GET, Target::Path("/v2/")))?;
        match answer.status {
            200 => Ok(()),
            _ => Err(answer.into_error(&what, self.patience())),
        }
    }

    /// Finds repositories whose name holds `term`, at most `limit` of them.
    ///
    /// Asked is what Docker Hub offers, and where that is not known, the catalog.
    pub fn search(mut self, term: &str, limit: usize) -> Result<Vec<Found>, Error> {
        self.auth.for_scopes(vec!["registry:catalog:*".to_owned()]);
        let what = format!("search on {}", self.source.registry);
        match self.search_index(&what, term, limit) {
            Ok(Some(found)) => Ok(found),
            Ok(None) => self.search_catalog(&what, term, limit),
            Err(error) => Err(error),
        }
    }

    fn search_index(
        &self,
        what: &str,
        term: &str,
        limit: usize,
    ) -> Result<Option<Vec<Found>>, Error> {
        #[derive(Deserialize)]
        struct Page {
            results: Option<Vec<Entry>>,
        }
        #[derive(Deserialize)]
        struct Entry {
            name: String,
            #[serde(default)]
            description: Option<String>,
            #[serde(default)]
            star_count: u64,
            #[serde(default)]
            is_official: bool,
            #[serde(default)]
            is_automated: bool,
        }
        let word = crate::registry::auth::encode(&[("q", term), ("n", &limit.to_string())]);
        let path = format!("/v1/search?{word}");
        let answer = self.prove(&Ask::new(what, Method::GET, Target::Path(&path)))?;
        if answer.status != 200 {
            return Ok(None);
        }
        let body = answer.read(what, MAX_DOCUMENT, self.patience())?;
        let Ok(page) = strict::parse::<Page>(&body) else {
            return Ok(None);
        };
        let Some(results) = page.results else {
            return Ok(None);
        };
        let found = results.into_iter().take(limit).map(|entry| Found {
            name: entry.name,
            description: entry.description.unwrap_or_default(),
            stars: entry.star_count,
            official: entry.is_official,
            automated: entry.is_automated,
        });
        Ok(Some(found.collect()))
    }

    fn search_catalog(&self, what: &str, term: &str, limit: usize) -> Result<Vec<Found>, Error> {
        #[derive(Deserialize)]
        struct Page {
            repositories: Option<Vec<String>>,
        }
        let mut found = Vec::new();
        let mut path = "/v2/_catalog".to_owned();
        for _ in 0..MAX_PAGES {
            let answer = self.get(what, &path, &["application/json"], None)?;
            let next = header(&answer.headers, "link").and_then(|link| next_page(&link));
            let body = answer.read(what, MAX_DOCUMENT, self.patience())?;
            let page: Page = strict::parse(&body).map_err(|reason| Error::Document {
                what: what.to_owned(),
                reason,
            })?;
            let names = page.repositories.unwrap_or_default();
            let empty = names.is_empty();
            let fitting = names.into_iter().filter(|name| name.contains(term));
            found.extend(fitting.map(|name| Found {
                name,
                ..Found::default()
            }));
            match next {
                // Only the path is taken: a page elsewhere would be a way to leak secrets (S-38).
                Some(next)
                    if next.starts_with('/')
                        && !next.starts_with("//")
                        && !empty
                        && found.len() < limit =>
                {
                    path = next;
                }
                _ => break,
            }
        }
        found.truncate(limit);
        Ok(found)
    }
}
