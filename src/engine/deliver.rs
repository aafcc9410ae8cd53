//! Images on their way into files: what `save`, `push` to a transport and `image scp` share.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use crate::engine::directory::Directory;
use crate::engine::place::{BUFFER, Output, writing};
use crate::engine::press::Press;
use crate::engine::write::{Chosen, Writer};
use crate::engine::{Engine, Error};
use crate::layer::compress::Pressing;
use crate::layer::pack::Archive;
use crate::sys::failpoint::hit;
use crate::types::image::Family;
use crate::types::transport::Form;
use crate::types::{ChainId, Digest, Progress};

/// How and where to.
pub(crate) struct Delivery<'a> {
    pub form: Form,
    pub to: To<'a>,
    /// How layers are compressed; `None` leaves them plain.
    pub how: Option<Pressing>,
    /// Of a plain directory's documents; the other forms have their own.
    pub family: Family,
    /// What is said to be done with a layer.
    pub doing: &'static str,
}

/// What is written to.
pub(crate) enum To<'a> {
    Path(&'a Path),
    Stdout,
    /// An opened pipe.
    Stream(File),
}

impl Engine {
    /// Writes images, several only into a Docker archive; returns the manifest's digest of the
    /// first.
    pub(crate) fn deliver(
        &self,
        chosen: &[Chosen],
        delivery: Delivery<'_>,
        progress: &dyn Progress,
    ) -> Result<Digest, Error> {
        let store = self.store()?;
        // What is being written stays, whatever others remove meanwhile.
        let mut lease = store.lease()?;
        for Chosen { image, .. } in chosen {
            lease.blob(&image.manifest_digest)?;
            lease.blob(&image.id.0)?;
            for chain in &ChainId::chain(&image.config.rootfs.diff_ids) {
                lease.layer(chain)?;
            }
        }
        let writer = Writer {
            press: Press {
                store,
                base: self.base()?,
                progress,
            },
            how: delivery.how,
            doing: delivery.doing,
        };
        match (delivery.form, delivery.to) {
            (Form::DockerArchive | Form::OciArchive, to) => {
                let output = match to {
                    To::Path(path) => Output::open(Some(path))?,
                    To::Stdout => Output::open(None)?,
                    To::Stream(file) => Output::stream(file),
                };
                archive(&writer, chosen, delivery.form, output)
            }
            (form, To::Path(path)) => {
                let mut place = Directory::new(path, form)?;
                let digest = match form {
                    Form::Oci => writer.layout(&chosen[0], &mut place)?.digest,
                    _ => writer.plain_directory(&chosen[0].image, delivery.family, &mut place)?,
                };
                hit("engine.image.sent")?;
                place.commit()?;
                Ok(digest)
            }
            _ => Err(Error::new("a directory format needs a directory").hint("use --output DIR")),
        }
    }
}

fn archive(
    writer: &Writer<'_>,
    chosen: &[Chosen],
    form: Form,
    mut output: Output,
) -> Result<Digest, Error> {
    let mut archive = Archive::new(BufWriter::with_capacity(BUFFER, &mut output.file));
    let digest = match form {
        Form::OciArchive => writer.layout(&chosen[0], &mut archive)?.digest,
        _ => {
            writer.docker(chosen, &mut archive)?;
            writer.docker_digest(&chosen[0].image)?
        }
    };
    archive.finish().map_err(|error| writing(&error))?;
    hit("engine.archive.written")?;
    output.commit()?;
    Ok(digest)
}
