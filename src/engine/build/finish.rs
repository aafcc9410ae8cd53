//! The last stage becomes an image with names.

use std::collections::BTreeMap;

use crate::engine::build::stage::Made;
use crate::engine::build::{Build, Histories, Squash, StageNumber, Told};
use crate::engine::commit;
use crate::engine::find::named_here;
use crate::engine::{Error, Kind};
use crate::layer::tree::View;
use crate::types::image::History;
use crate::types::{Event, ImageConfig, ImageId, Reference};

/// image-spec annotations.md
const BASE_DIGEST: &str = "org.opencontainers.image.base.digest";
const BASE_NAME: &str = "org.opencontainers.image.base.name";
const CREATED: &str = "org.opencontainers.image.created";

impl Build<'_> {
    /// Writes the image's documents and gives it its names.
    pub fn finish(&self, made: Made, stage: StageNumber) -> Result<ImageId, Error> {
        let names = self.names()?;
        if let Some(first) = self.request.names.first() {
            let name = first.as_str();
            self.narrator.tell(Told::Commit { stage, name });
        } else {
            self.narrator.tell(Told::Commit { stage, name: "" });
        }
        let id = match &made.unchanged {
            Some(image) if self.leaves_alone() => {
                self.name(&names, &image.manifest_digest)?;
                image.id
            }
            _ => self.commit(made, &names)?,
        };
        self.narrator.tell(Told::Made { id });
        for name in &names {
            let name = name.to_string();
            self.narrator.tell(Told::Tagged { name: &name });
        }
        let first = names.first().map(Reference::to_string).unwrap_or_default();
        self.engine.record(Event::image("build", id.hex(), first));
        Ok(id)
    }

    /// Whether the command line asks nothing of the image itself.
    fn leaves_alone(&self) -> bool {
        let request = self.request;
        request.labels.is_empty()
            && request.unset_labels.is_empty()
            && request.annotations.is_empty()
            && request.env.is_empty()
            && request.unset_env.is_empty()
            && request.squash == Squash::No
            && request.history == Histories::Kept
            && request.times == super::Stamps::Now
    }

    fn names(&self) -> Result<Vec<Reference>, Error> {
        self.request
            .names
            .iter()
            .map(|name| named_here(name))
            .collect()
    }

    fn name(&self, names: &[Reference], manifest: &crate::types::Digest) -> Result<(), Error> {
        let store = self.engine.store()?;
        for name in names {
            self.engine
                .with_space(|| Ok(store.set_name(name, manifest)?))?;
        }
        Ok(())
    }

    fn commit(&self, mut made: Made, names: &[Reference]) -> Result<ImageId, Error> {
        self.dress(&mut made.config);
        if self.request.squash == Squash::All {
            self.flatten(&mut made)?;
        }
        let mut annotations = BTreeMap::new();
        if self.request.format == commit::ImageFormat::Oci {
            if let Some(base) = &made.base {
                annotations.insert(BASE_DIGEST.to_owned(), base.manifest.to_string());
                annotations.insert(BASE_NAME.to_owned(), base.name.clone());
            }
            if let Some(created) = &made.config.created {
                annotations.insert(CREATED.to_owned(), created.clone());
            }
            annotations.extend(self.request.annotations.clone());
        }
        let diff_ids = made.config.rootfs.diff_ids.clone();
        let format = self.request.format;
        let document = commit::document(made.config, &diff_ids, format);
        let engine = self.engine;
        let id = engine.with_space(|| {
            engine.keep_described(
                &document,
                &diff_ids,
                format,
                &annotations,
                names.first(),
                &mut made.lease,
            )
        })?;
        if names.len() > 1 {
            let image = engine.image(&id.hex());
            let image = image.map_err(|error| match error.kind {
                Kind::NoSuchObject => Error::new("another command has removed the image"),
                _ => error,
            })?;
            self.name(&names[1..], &image.manifest_digest)?;
        }
        Ok(id)
    }

    /// What the command line says of the image.
    fn dress(&self, config: &mut ImageConfig) {
        let request = self.request;
        if config.created.is_none() || request.times != super::Stamps::Now {
            config.created = Some(self.now().to_string());
        }
        if request.history == Histories::Omitted {
            config.history.clear();
        }
        if let Some(platform) = &request.platform {
            config.architecture.clone_from(&platform.architecture);
            config.os.clone_from(&platform.os);
        }
        let inner = &mut config.config;
        if !request.env.is_empty() || !request.unset_env.is_empty() {
            let env = inner.env.get_or_insert_default();
            for (name, value) in &request.env {
                let begin = format!("{name}=");
                env.retain(|entry| !entry.starts_with(&begin));
                env.push(format!("{name}={value}"));
            }
            for name in &request.unset_env {
                let begin = format!("{name}=");
                env.retain(|entry| !entry.starts_with(&begin));
            }
        }
        let labels = inner.labels.get_or_insert_default();
        for name in &request.unset_labels {
            labels.remove(name);
        }
        if let Some(version) = &request.version_label {
            labels.insert("io.buildah.version".to_owned(), version.clone());
        }
        labels.extend(request.labels.iter().cloned());
        if labels.is_empty() {
            inner.labels = None;
        }
    }

    /// Makes one layer of all.
    fn flatten(&self, made: &mut Made) -> Result<(), Error> {
        if made.config.rootfs.diff_ids.is_empty() {
            return Ok(());
        }
        let engine = self.engine;
        let view: View = self.view(&made.config.rootfs.diff_ids)?;
        let fresh = engine.pack_view(view, Vec::new(), self.times(), self.progress)?;
        let all = vec![fresh.unpacked.diff_id];
        engine.keep_layer(fresh, &all, &mut made.lease)?;
        made.config.rootfs.diff_ids = all;
        let created = made.config.created.clone();
        for step in &mut made.config.history {
            step.empty_layer = true;
        }
        if self.request.history == Histories::Kept {
            made.config.history.push(History {
                created,
                created_by: Some("/bin/sh".to_owned()),
                comment: Some("squashed".to_owned()),
                ..History::default()
            });
        }
        Ok(())
    }
}
