//! `volume export` and `volume import`: what is in a volume as a tar.
//!
//! Confined workers read and write; this process only passes the bytes on (S-89).

use std::io::{self, Read, Write};
use std::path::Path;

use crate::engine::cp::pump;
use crate::engine::place::{Output, writing};
use crate::engine::{Engine, Error};
use crate::layer;
use crate::layer::Complaint;
use crate::layer::tree::{Arrival, Comes, Job, Orders, Owner, Place, View, start};
use crate::types::request::MountSource;

impl Engine {
    /// Writes what is in a volume to a file; to standard output when `None`.
    pub fn export_volume(&self, word: &str, output: Option<&Path>) -> Result<(), Error> {
        let volume = self.volume(word)?;
        let what = || format!("exporting volume {}", volume.record.name);
        let data = View {
            layers: vec![self.files_of(&volume)?],
            ..View::default()
        };
        let mut output = Output::open(output)?;
        let mut visit = self.visit(vec![data], Job::Export { root: true })?;
        let copied = visit.task.copy_to(&mut output.file);
        let done = visit.finish();
        match copied {
            Err(layer::Error::Stream(error)) => return Err(writing(&error).while_doing(what())),
            other => other.map(drop).map_err(Error::from)?,
        }
        done.map_err(|error| Error::from(error).while_doing(what()))?;
        output.file.flush().map_err(|error| writing(&error))?;
        output.commit()
    }

    /// Unpacks a tar into a volume; what it brings takes the place of what is there.
    pub fn import_volume(&self, word: &str, input: &mut dyn Read) -> Result<(), Error> {
        let volume = self.volume(word)?;
        let name = &volume.record.name;
        let what = || format!("importing into volume {name}");
        let orders = Orders {
            place: Place::Writable(self.files_of(&volume)?),
            job: Job::Arrive(Arrival {
                path: "/".to_owned(),
                comes: Comes::Archive,
                overwrite: true,
                owner: match self.base()?.single {
                    true => Owner::Us,
                    false => Owner::Kept(None),
                },
                privileges: true,
                follow: false,
                root: true,
                make: false,
            }),
        };
        let store = self.store()?;
        let mut task = start(&orders, self.base()?, None)?;
        let fed = pump(input, &mut task);
        let done = task.finish();
        match fed {
            // It does not want more: what it says is the reason.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            Err(error) => {
                return Err(Error::new(format!(
                    "{}: reading the archive: {error}",
                    what()
                )));
            }
            Ok(()) => {}
        }
        match done {
            Err(error) if error.about() == Some(Complaint::NoArchive) => {
                return Err(Error::new(format!("{}: it is no tar archive", what()))
                    .hint("a tar, or one compressed by gzip or zstd"));
            }
            other => other.map_err(|error| Error::from(error).while_doing(what()))?,
        };
        // What was brought stays as it is: neither the image's files nor an owner come over it.
        if let Some(mut record) = store.volume(name)? {
            record.needs_copy_up = false;
            record.needs_chown = false;
            store.write_volume(&record)?;
        }
        Ok(())
    }

    /// The directory of a volume that has one.
    fn files_of(&self, volume: &super::Volume) -> Result<std::path::PathBuf, Error> {
        match &volume.record.mount {
            None => Ok(volume.mountpoint.clone()),
            Some(mount) => match &mount.source {
                MountSource::Bind(path) => Ok(path.clone()),
                _ => Err(Error::new(format!(
                    "volume {} is in memory: each container has its own",
                    volume.record.name
                ))),
            },
        }
    }
}
