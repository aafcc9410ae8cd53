//! `push` to a place in files, by its transport: containers-transports(5).
//!
//! `dir:` keeps layers plain unless told otherwise, the OCI forms compress them, Docker's archive
//! never does; as with Podman. An archive is a new file; an OCI layout keeps the images it has.

use std::path::Path;

use crate::engine::deliver::{Delivery, To};
use crate::engine::push::{family, pressing};
use crate::engine::views::Image;
use crate::engine::write::Chosen;
use crate::engine::{Engine, Error, PushRequest, Pushed};
use crate::layer::compress::Pressing;
use crate::types::event::Event as Happened;
use crate::types::image::Family;
use crate::types::progress::Event;
use crate::types::reference::DOCKER_HUB;
use crate::types::transport::{self, Files, Form};
use crate::types::{Progress, Reference, escape};

impl Engine {
    /// Writes an image where its transport says.
    pub(crate) fn push_to_files(
        &self,
        image: Image,
        files: &Files,
        request: &PushRequest,
        progress: &dyn Progress,
    ) -> Result<Pushed, Error> {
        let shown = escape::visible(&files.to_string());
        let failed = |error: Error| error.while_doing(format!("cannot push to {shown}"));
        let (family, how) = manner(&image, files.form, request).map_err(failed)?;
        if files.form == Form::DockerArchive {
            is_new(&files.path).map_err(failed)?;
        }
        progress.event(Event::Note("Getting image source signatures"));
        let id = image.id;
        let chosen = [Chosen {
            names: names(&image, files).map_err(failed)?,
            image,
        }];
        let deliver = || {
            let delivery = Delivery {
                form: files.form,
                to: To::Path(&files.path),
                how,
                family,
                doing: "Copying blob",
            };
            self.deliver(&chosen, delivery, progress)
        };
        let delivered = self.with_space(deliver).map_err(failed);
        // Compressed layers lay in tmp/.
        self.tidy();
        let digest = delivered?;
        self.record(Happened::image("push", id.hex(), shown.as_str()));
        Ok(Pushed {
            digest,
            name: shown,
        })
    }

    /// Gives an image one more name in this very store.
    pub(crate) fn push_to_store(&self, image: &Image, name: &str) -> Result<Pushed, Error> {
        let target = Reference::parse(name).map_err(|error| Error::new(error.to_string()))?;
        let target = target.with_default_tag();
        let name = target.to_string();
        self.tag(&image.id.to_string(), &name)?;
        self.record(Happened::image("push", image.id.hex(), name.as_str()));
        Ok(Pushed {
            digest: image.manifest_digest,
            name,
        })
    }
}

/// Whose documents are written, and how layers are compressed; `None`: not at all.
fn manner(
    image: &Image,
    form: Form,
    request: &PushRequest,
) -> Result<(Family, Option<Pressing>), Error> {
    let own = match form {
        Form::Directory => family(image, request)?,
        Form::Oci | Form::OciArchive => Family::Oci,
        Form::DockerArchive => Family::Docker,
    };
    if request.family.is_some_and(|asked| asked != own) {
        let form = form.name();
        return Err(Error::new(format!("{form}: has a format of its own"))
            .hint("--format is for registries and dir:"));
    }
    if request.compress && form != Form::Directory {
        return Err(Error::new("--compress is for a push to dir: only"));
    }
    let asked = request.compress || request.force;
    let how = match form {
        Form::DockerArchive if request.force => {
            return Err(Error::new(
                "the layers in a docker-archive are never compressed",
            ));
        }
        Form::DockerArchive => None,
        Form::Directory if !asked => None,
        _ => Some(pressing(own, request)?),
    };
    Ok((own, how))
}

/// What the image is called there.
fn names(image: &Image, files: &Files) -> Result<Vec<String>, Error> {
    let asked = match &files.image {
        None => None,
        Some(transport::Chosen::Name(name)) => Some(name),
        Some(transport::Chosen::Index(_)) => {
            return Err(Error::new(
                "a new archive's images have no numbers to choose",
            ));
        }
    };
    match files.form {
        Form::Directory => Ok(Vec::new()),
        Form::Oci | Form::OciArchive => Ok(asked.into_iter().cloned().collect()),
        // Docker's archives take along what the image is called here, as Podman's do.
        Form::DockerArchive => {
            let mut names = Vec::new();
            if let Some(name) = asked {
                let name = crate::types::reference::Typed::parse(name)
                    .map_err(|error| Error::new(error.to_string()))?;
                if name.digest.is_some() {
                    return Err(Error::new("a name in an archive has a tag, not a digest"));
                }
                names.push(name.in_registry(DOCKER_HUB).with_default_tag().to_string());
            }
            let own = image.names.iter().filter(|name| !name.contains('@'));
            for name in own {
                if !names.contains(name) {
                    names.push(name.clone());
                }
            }
            Ok(names)
        }
    }
}

/// Docker's archives cannot be added to, and nobody's file is replaced.
fn is_new(path: &Path) -> Result<(), Error> {
    let facts = std::fs::metadata(path);
    match facts.is_ok_and(|facts| facts.is_file() && facts.len() > 0) {
        true => Err(Error::new(
            "docker-archive doesn't support modifying existing images",
        )),
        false => Ok(()),
    }
}
