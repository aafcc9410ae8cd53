//! Where the Containerfile and the context come from.
//!
//! podman-build(1): `-f` is looked for where the command runs and then in the context; `-` is
//! standard input; without a context the first file's directory is it.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use crate::build::Ignore;
use crate::config::Environment;
use crate::engine::build::context::{Context, MAX_CONTROL};
use crate::engine::build::{BuildRequest, ContextWord, FileWord};
use crate::engine::{Engine, Error};
use crate::types::escape;

/// What a tar's header has at this offset: tar(5), "POSIX ustar Archives".
const MAGIC: (usize, &[u8]) = (257, b"ustar");

/// A Containerfile and the name it has in faults.
pub(super) struct Text {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Engine {
    /// Opens the context and reads what steers the build.
    pub(super) fn build_input(&self, request: &BuildRequest) -> Result<(Text, Context), Error> {
        let mut given = None;
        let mut context = match &request.context {
            ContextWord::Directory(path) => Context::open(path)?,
            ContextWord::Nothing => self.no_context()?,
            ContextWord::Address(address) => {
                let proxies = Environment::current().proxies();
                let mut body = crate::registry::download(address, proxies)?;
                self.context_of_tar(&mut body, address)?
            }
            ContextWord::Stdin => {
                let mut input = BufReader::with_capacity(1 << 16, std::io::stdin());
                match looks_like_archive(&mut input)? {
                    true => self.context_of_tar(&mut input, "standard input")?,
                    false => {
                        given = Some(Text {
                            name: "-".to_owned(),
                            bytes: bounded(&mut input, "standard input")?,
                        });
                        self.no_context()?
                    }
                }
            }
        };
        let text = match given {
            Some(text) => text,
            None => containerfile(request, &context)?,
        };
        context.ignore = ignore(request, &context)?;
        Ok((text, context))
    }

    fn no_context(&self) -> Result<Context, Error> {
        let stage = self.with_space(|| Ok(self.store()?.stage()?))?;
        Context::staged(stage, "")
    }
}

fn looks_like_archive(input: &mut BufReader<std::io::Stdin>) -> Result<bool, Error> {
    use std::io::BufRead;
    let start = input
        .fill_buf()
        .map_err(|error| Error::new(format!("reading standard input: {error}")))?;
    let (at, magic) = MAGIC;
    let plain = start.get(at..at + magic.len()) == Some(magic);
    Ok(plain || crate::layer::decompress::is_compressed(start))
}

fn bounded(input: &mut dyn Read, shown: &str) -> Result<Vec<u8>, Error> {
    let failed = |why: String| Error::new(format!("reading {}: {why}", escape::visible(shown)));
    let mut bytes = Vec::new();
    let read = input.take(MAX_CONTROL + 1).read_to_end(&mut bytes);
    read.map_err(|error| failed(crate::engine::archive::said(&error)))?;
    match bytes.len() as u64 > MAX_CONTROL {
        true => Err(failed(format!("larger than {MAX_CONTROL} bytes"))),
        false => Ok(bytes),
    }
}

/// Reads the files of `-f`, one after the other, or the context's own.
fn containerfile(request: &BuildRequest, context: &Context) -> Result<Text, Error> {
    if request.files.is_empty() {
        for name in ["Containerfile", "Dockerfile"] {
            if let Some(bytes) = context.control(name)? {
                let name = name.to_owned();
                return Ok(Text { name, bytes });
            }
        }
        return Err(Error::new(format!(
            "no Containerfile or Dockerfile specified or found in context directory, {}: no such \
             file or directory",
            escape::visible(&context.shown)
        )));
    }
    let mut all: Option<Text> = None;
    for word in &request.files {
        let text = match word {
            FileWord::Stdin => Text {
                name: "-".to_owned(),
                bytes: bounded(&mut std::io::stdin(), "standard input")?,
            },
            FileWord::Path(path) => named(path, context)?,
        };
        all = Some(match all {
            None => text,
            Some(mut before) => {
                before.bytes.push(b'\n');
                before.bytes.extend(text.bytes);
                before
            }
        });
    }
    Ok(all.expect("there is a word"))
}

fn named(path: &Path, context: &Context) -> Result<Text, Error> {
    let name = path.to_string_lossy().into_owned();
    match File::open(path) {
        Ok(mut file) => {
            let bytes = bounded(&mut file, &name)?;
            Ok(Text { name, bytes })
        }
        Err(error) => {
            let within = path.is_relative() && error.kind() == std::io::ErrorKind::NotFound;
            let found = match within {
                true => context.control(&name)?,
                false => None,
            };
            let bytes = found.ok_or_else(|| {
                let why = crate::engine::archive::said(&error);
                Error::new(format!("{}: {why}", escape::visible(&name)))
            })?;
            Ok(Text { name, bytes })
        }
    }
}

/// Reads what the context leaves out: `--ignorefile`, a file beside the Containerfile, or that of
/// the context.
fn ignore(request: &BuildRequest, context: &Context) -> Result<Option<Ignore>, Error> {
    let Some((name, bytes)) = ignore_file(request, context)? else {
        return Ok(None);
    };
    let ignore = Ignore::parse(&name, &bytes).map_err(crate::engine::build::fault)?;
    Ok(Some(ignore).filter(|ignore| !ignore.is_empty()))
}

fn ignore_file(
    request: &BuildRequest,
    context: &Context,
) -> Result<Option<(String, Vec<u8>)>, Error> {
    let read = |path: &Path| -> Result<Option<(String, Vec<u8>)>, Error> {
        let shown = path.to_string_lossy().into_owned();
        let mut file = File::open(path).map_err(|error| {
            let why = crate::engine::archive::said(&error);
            Error::new(format!("{}: {why}", escape::visible(&shown)))
        })?;
        let bytes = bounded(&mut file, &shown)?;
        Ok(Some((shown, bytes)))
    };
    if let Some(path) = &request.ignore_file {
        return read(path);
    }
    let file = match &request.files[..] {
        [FileWord::Path(path)] => path.to_string_lossy().into_owned(),
        _ => "Containerfile".to_owned(),
    };
    let [own, own_of_docker, containers, dockers] = crate::build::names_for(&file);
    for name in [own, own_of_docker] {
        let path = Path::new(&name);
        if request.files.len() == 1 && path.is_file() {
            return read(path);
        }
    }
    for name in [containers, dockers] {
        if let Some(bytes) = context.control(&name)? {
            return Ok(Some((name, bytes)));
        }
    }
    Ok(None)
}
