//! A stored layer as others want it: its tar, bit for bit what it was, plain or compressed.

use std::fs::File;
use std::io;
use std::io::{Read, Seek, Write};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::panic::resume_unwind;
use std::thread;

use crate::engine::Error;
use crate::engine::archive::said;
use crate::engine::place::writing;
use crate::layer;
use crate::layer::chunked::write;
use crate::layer::chunked::write::Written;
use crate::layer::compress::{Compressor, Pressing};
use crate::layer::pack::write_tar;
use crate::store::{Staged, Store, StoredLayer};
use crate::sys;
use crate::types::chunked::Chunked;
use crate::types::progress::Event;
use crate::types::{Digest, Progress};
use crate::userns::Base;

/// What is on its way between two threads.
const PIPE: usize = 1 << 20;

/// What it takes to write layers.
pub struct Press<'a> {
    pub store: &'a Store,
    pub base: &'a Base,
    pub progress: &'a dyn Progress,
}

/// A layer compressed beforehand, in tmp/: its digest and size must be known before it is sent.
pub struct Pressed {
    _stage: Staged,
    file: File,
    pub digest: Digest,
    pub size: u64,
    /// Where its table of contents is, if it has one.
    pub chunked: Option<Chunked>,
}

impl Press<'_> {
    /// Writes a layer's tar and sees that it is what it was; `doing` is for whoever watches.
    pub fn tar(
        &self,
        layer: &StoredLayer,
        doing: &str,
        output: &mut dyn Write,
    ) -> Result<(), Error> {
        let hex = layer.facts.diff_id.hex();
        let id = &hex[..12];
        let label = format!("{doing} {id}");
        self.progress.event(Event::Begin {
            id,
            label: &label,
            total: layer.facts.size,
        });
        let mut counted = Counted {
            output,
            id,
            progress: self.progress,
        };
        let written = write_tar(&layer.path, &mut counted, Some(self.base));
        let (digest, _) = written.map_err(|error| match error {
            crate::layer::Error::Stream(error) => writing(&error),
            error => Error::from(error).while_doing(format!("layer {id}")),
        })?;
        if digest != layer.facts.diff_id {
            return Err(Error::new(format!(
                "layer {id} is damaged: its files give {digest}"
            )));
        }
        self.progress.event(Event::Done { id, skipped: false });
        Ok(())
    }

    /// Compresses a layer into tmp/.
    pub fn pressed(
        &self,
        layer: &StoredLayer,
        doing: &str,
        how: Pressing,
    ) -> Result<Pressed, Error> {
        let stage = self.store.stage()?;
        let path = stage.path().join("layer");
        let file = File::options()
            .read(true)
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .map_err(|error| Error::new(format!("{}: {}", path.display(), said(&error))))?;
        let written = match how {
            Pressing::Chunked(level) => self.chunked(layer, doing, &file, level)?,
            _ => {
                let failed = |error| writing(&error);
                let mut compressor = Compressor::new(&file, how).map_err(failed)?;
                self.tar(layer, doing, &mut compressor)?;
                let (digest, size) = compressor.finish().map_err(failed)?;
                Written {
                    digest,
                    size,
                    chunked: None,
                }
            }
        };
        Ok(Pressed {
            _stage: stage,
            file,
            digest: written.digest,
            size: written.size,
            chunked: written.chunked,
        })
    }

    /// Compresses a layer file by file: the tar has to be read again to find them.
    fn chunked(
        &self,
        layer: &StoredLayer,
        doing: &str,
        file: &File,
        level: i32,
    ) -> Result<Written, Error> {
        let (tar, mut feed) = io::pipe().map_err(|error| writing(&error))?;
        sys::fs::enlarge_pipe(&feed, PIPE);
        thread::scope(|scope| {
            let fed = scope.spawn(move || self.tar(layer, doing, &mut feed));
            let output = io::BufWriter::with_capacity(PIPE, file);
            let written = write::compress(tar, output, level);
            let fed = fed.join().unwrap_or_else(|panic| resume_unwind(panic));
            match (fed, written) {
                (Ok(()), Ok(written)) => Ok(written),
                // A tar that broke off is the cause of what its reader says.
                (Err(error), Ok(_)) => Err(error),
                (_, Err(layer::Error::Stream(error))) => Err(writing(&error)),
                (Err(error), Err(_)) => Err(error),
                (Ok(()), Err(error)) => Err(Error::from(error)),
            }
        })
    }
}

impl Pressed {
    pub fn copy(&self, output: &mut dyn Write) -> Result<(), Error> {
        let mut file = &self.file;
        file.seek(io::SeekFrom::Start(0))
            .map_err(|error| writing(&error))?;
        io::copy(&mut file, output).map_err(|error| writing(&error))?;
        Ok(())
    }

    /// Reads it from a byte on, whoever else reads it.
    pub fn read_from(&self, offset: u64) -> impl Read + '_ {
        Reader {
            file: &self.file,
            offset,
        }
    }
}

/// Reads a file from a byte on, whoever else reads it.
pub struct Reader<'a> {
    pub file: &'a File,
    pub offset: u64,
}

impl Read for Reader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read_at(buffer, self.offset)?;
        self.offset += count as u64;
        Ok(count)
    }
}

/// Tells how far it is.
struct Counted<'a> {
    output: &'a mut dyn Write,
    id: &'a str,
    progress: &'a dyn Progress,
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.output.write(bytes)?;
        let bytes = count as u64;
        self.progress.event(Event::Advance { id: self.id, bytes });
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}
