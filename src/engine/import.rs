//! `import`: a tar of a whole tree becomes an image of one layer.
//!
//! The archive goes the road of any layer: unpacked by a confined worker while it is hashed,
//! compressed or not. A file's own time is the image's, so that the same file gives the same
//! image wherever it is imported; a stream is as old as its import.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::config::Environment;
use crate::engine::archive::said;
use crate::engine::commit::ImageFormat;
use crate::engine::find::named_here;
use crate::engine::{Engine, Error};
use crate::types::change::Change;
use crate::types::event::Event as Happened;
use crate::types::image::{ContainerConfig, History, ImageConfig, RootFs};
use crate::types::progress::Event;
use crate::types::{DiffId, ImageId, Platform, Progress, Reference, Timestamp, escape};

/// `import`
#[derive(Debug, Clone)]
pub struct ImportRequest {
    pub source: ImportSource,
    /// The new name; `None` makes an image without one.
    pub name: Option<String>,
    /// Applied in order.
    pub changes: Vec<Change>,
    /// The comment of the image's one step.
    pub message: Option<String>,
    /// Of the image's programs; `None` is this machine's.
    pub platform: Option<Platform>,
}

/// Where the tar comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportSource {
    Path(PathBuf),
    /// http or https.
    Address(String),
    Stdin,
}

impl ImportSource {
    /// Reads it as `import` and `load` are given it: `-` is standard input.
    pub fn parse(word: &str) -> Self {
        match word {
            "-" => Self::Stdin,
            _ if word.starts_with("http://") || word.starts_with("https://") => {
                Self::Address(word.to_owned())
            }
            path => Self::Path(path.into()),
        }
    }
}

impl std::fmt::Display for ImportSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Path(path) => f.write_str(&escape::visible(&path.to_string_lossy())),
            Self::Address(address) => f.write_str(&escape::visible(address)),
            Self::Stdin => f.write_str("-"),
        }
    }
}

/// An opened tar and the time the image gets.
struct Opened {
    stream: Box<dyn Read>,
    time: Timestamp,
}

impl Engine {
    /// Makes an image of a tar.
    pub fn import(
        &self,
        request: &ImportRequest,
        progress: &dyn Progress,
    ) -> Result<ImageId, Error> {
        let name = request.name.as_deref().map(named_here).transpose()?;
        let import = || self.import_as(request, name.as_ref(), progress);
        let imported = match &request.source {
            // A stream cannot be read twice.
            ImportSource::Stdin => import(),
            _ => self.with_space(import),
        };
        let imported =
            imported.map_err(|error| error.while_doing(format!("importing {}", request.source)));
        // Done or not: an unpacked layer may lie about.
        self.sweep_later();
        let id = imported?;
        let source = request.source.to_string();
        self.record(Happened::image("import", id.hex(), source.as_str()));
        Ok(id)
    }

    fn import_as(
        &self,
        request: &ImportRequest,
        name: Option<&Reference>,
        progress: &dyn Progress,
    ) -> Result<ImageId, Error> {
        let store = self.store()?;
        let mut lease = store.lease()?;
        let mut opened = opened(&request.source)?;
        let label = format!("Copying blob {}", request.source);
        progress.event(Event::Note(&label));
        let fresh = self.unpack_fresh(&mut opened.stream, None)?;
        for line in &fresh.unpacked.warnings {
            progress.event(Event::Warning(line));
        }
        let diff_id = fresh.unpacked.diff_id;
        self.keep_layer(fresh, &[diff_id], &mut lease)?;
        let config = config(request, diff_id, opened.time);
        let config = serde_json::to_vec(&config).expect("a config has string keys only");
        progress.event(Event::Note("Writing manifest to image destination"));
        self.keep_image(&config, &[diff_id], ImageFormat::Oci, name, &mut lease)
    }
}

fn opened(source: &ImportSource) -> Result<Opened, Error> {
    let (stream, time): (Box<dyn Read>, _) = match source {
        ImportSource::Path(path) => return opened_file(path),
        ImportSource::Address(address) => {
            let proxies = Environment::current().proxies();
            let body = crate::registry::download(address, proxies)?;
            (Box::new(body), Timestamp::now())
        }
        ImportSource::Stdin => (Box::new(std::io::stdin()), Timestamp::now()),
    };
    Ok(Opened { stream, time })
}

fn opened_file(path: &Path) -> Result<Opened, Error> {
    let failed = |error: std::io::Error| Error::new(said(&error));
    let file = File::open(path).map_err(failed)?;
    let facts = file.metadata().map_err(failed)?;
    if facts.is_dir() {
        return Err(
            Error::new("it is a directory, not a tar").hint("tar -C DIR -c . | coracle import -")
        );
    }
    let modified = facts.modified().ok().filter(|_| facts.is_file());
    let since = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let time = since.map_or_else(Timestamp::now, |since| Timestamp(since.as_nanos() as i128));
    Ok(Opened {
        stream: Box::new(file),
        time,
    })
}

/// The image's configuration: what `--change` says and one step.
fn config(request: &ImportRequest, diff_id: DiffId, time: Timestamp) -> ImageConfig {
    let platform = request.platform.clone().unwrap_or_else(Platform::host);
    let mut config = ContainerConfig::default();
    for change in &request.changes {
        change.apply(&mut config);
    }
    let comment = request
        .message
        .as_deref()
        .unwrap_or("imported from tarball");
    ImageConfig {
        architecture: platform.architecture,
        os: platform.os,
        variant: platform.variant,
        created: Some(time.to_string()),
        author: None,
        config,
        rootfs: RootFs {
            kind: "layers".to_owned(),
            diff_ids: vec![diff_id],
        },
        history: vec![History {
            created: Some(time.to_string()),
            created_by: Some(format!("/bin/sh -c #(nop) ADD file:{} in /", diff_id.hex())),
            author: None,
            comment: Some(comment.to_owned()),
            empty_layer: false,
        }],
    }
}
