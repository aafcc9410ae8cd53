//! `manifest annotate`: what a list says about an instance, or about itself.

use std::collections::BTreeMap;

use crate::engine::find::Known;
use crate::engine::manifest::add::Overrides;
use crate::engine::manifest::found::Found;
use crate::engine::views::Access;
use crate::engine::{Engine, Error, Kind};
use crate::store::{Instance, ListRecord};
use crate::types::{Digest, ImageId, escape};

/// `manifest annotate`
#[derive(Debug, Clone, Default)]
pub struct AnnotateRequest {
    pub list: String,
    /// Digest or name of the instance; `None` is the list itself.
    pub instance: Option<String>,
    pub overrides: Overrides,
    /// Of the list.
    pub annotations: BTreeMap<String, String>,
    /// What the list is about.
    pub subject: Option<String>,
}

impl Engine {
    /// Changes what a list says; returns its id.
    pub fn annotate_list(&self, request: &AnnotateRequest) -> Result<ImageId, Error> {
        let list = self.find_list(&request.list)?;
        let instance = match &request.instance {
            Some(word) => Some(self.instance_of(&list.record, word).map_err(|error| {
                error.while_doing(format!(
                    "finding instance for \"{}\"",
                    escape::visible(word)
                ))
            })?),
            None => None,
        };
        let subject = request.subject.as_deref();
        let subject = subject.map(|word| self.described(word, &Access::default()));
        let subject = subject.transpose()?;
        self.change_list(&list.record.id, |record| {
            if let Some(digest) = &instance {
                let entry = record.list.entry(digest);
                let entry = entry.ok_or_else(|| no_instance(digest))?;
                request.overrides.apply(entry);
            }
            record.list.annotations.extend(request.annotations.clone());
            if subject.is_some() {
                record.list.subject = subject;
            }
            Ok(())
        })?;
        Ok(list.record.id)
    }

    /// Finds the instance a user means: by digest, or by the image it was made of.
    fn instance_of(&self, list: &ListRecord, word: &str) -> Result<Digest, Error> {
        if let Ok(digest) = Digest::parse(word) {
            return Ok(digest);
        }
        let named = |file: &String| file == word || file.rsplit('/').next() == Some(word);
        for instance in list.instances.values() {
            if let Instance::Artifact(artifact) = instance
                && artifact.files.iter().any(named)
            {
                return Ok(artifact.manifest);
            }
        }
        let known = |digest: &Digest| list.instance(digest).is_some();
        match self.found(word, &Access::default())? {
            Found::Here(Known::Image(image)) => Some(image.record.manifest),
            Found::Here(Known::List(_)) => None,
            Found::There(remote) => Some(remote.named.digest),
        }
        .filter(known)
        .ok_or_else(|| {
            Error::of(
                Kind::NoSuchObject,
                "no such image is in the manifest list".to_owned(),
            )
        })
    }
}

fn no_instance(digest: &Digest) -> Error {
    Error::of(
        Kind::NoSuchObject,
        format!("no manifest matching digest \"{digest}\" was found in list"),
    )
}
