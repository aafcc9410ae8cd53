//! `COPY`, `ADD` and the directory of `WORKDIR`: what goes into the tree without a process.
//!
//! Sources are read by descriptors beneath their root; the destination is found by a worker inside
//! the tree. Neither ever resolves a path of the other.

use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::os::fd::AsFd;
use std::path::Path;

use crate::build::{Add, Copy, Ignore, Transfer};
use crate::engine::build::cache::Key;
use crate::engine::build::context::Context;
use crate::engine::build::source::From;
use crate::engine::build::stage::{Outcome, Working};
use crate::engine::build::work::Workplace;
use crate::engine::build::{Build, config};
use crate::engine::bundle::look_up_user;
use crate::engine::cp::pump;
use crate::engine::{Error, cp};
use crate::layer;
use crate::layer::reader::Reader;
use crate::layer::tree::{
    Arrival, Comes, Gather, Ignored, Job, Owner, Times, View, gather, matches,
};
use crate::store::Lease;
use crate::sys;
use crate::sys::fs::{Kind, Open};
use crate::types::digest::Hasher;
use crate::types::{ChainId, DiffId, Digest, RunRequest, escape};

const BUFFER: usize = 256 << 10;

/// What is to be copied, all of it found.
pub(super) struct Plan {
    parts: Vec<Part>,
    /// Absolute; a slash at the end asks for a directory.
    destination: String,
    owner: Option<String>,
}

enum Part {
    /// Of a directory: the build's context where there is no other.
    Files {
        of: Option<Context>,
        wanted: Gather,
        exclude: Vec<String>,
    },
    /// Of a stage's or an image's tree.
    Tree {
        layers: Vec<DiffId>,
        wanted: Gather,
        _lease: Lease,
    },
    /// An archive that is unpacked.
    Archive { of: Option<Context>, path: Vec<u8> },
}

impl Working<'_, '_> {
    pub fn prepare_copy(&mut self, copy: &Copy, key: &mut Key) -> Result<Plan, Error> {
        let files = &copy.files;
        if files.sources.iter().any(|source| is_address(source)) {
            return Err(Error::new("source can't be a URL for COPY"));
        }
        let mut plan = self.plan(files, key)?;
        let wanted = wanted(files, &files.sources, copy.parents)?;
        if wanted.sources.is_empty() {
            return Ok(plan);
        }
        let from = copy
            .from
            .as_deref()
            .map(|word| self.build.from(self.index, word));
        plan.parts.push(match from.transpose()? {
            None => self.of_context(None, wanted, &files.exclude, key)?,
            Some(From::Directory(context)) => {
                self.of_context(Some(context), wanted, &files.exclude, key)?
            }
            Some(From::Tree(layers, lease)) => {
                if !files.exclude.is_empty() {
                    return Err(Error::new(
                        "COPY --exclude together with --from an image or a stage is not supported yet",
                    ));
                }
                layers.iter().for_each(|layer| key.add(&layer.0.bytes()));
                key.add(format!("{wanted:?}").as_bytes());
                Part::Tree {
                    layers,
                    wanted,
                    _lease: lease,
                }
            }
        });
        Ok(plan)
    }

    pub fn prepare_add(&mut self, add: &Add, key: &mut Key) -> Result<Plan, Error> {
        let files = &add.files;
        let mut plan = self.plan(files, key)?;
        let mut local = Vec::new();
        for source in &files.sources {
            if is_git(source) {
                let shown = escape::visible(source);
                return Err(Error::new(format!(
                    "ADD {shown}: git repositories are not supported yet"
                )));
            }
            if !is_address(source) {
                local.push(source.clone());
                continue;
            }
            let (context, name) = self.fetched(source, add.checksum.as_deref())?;
            let wanted = Gather {
                mode: wanted(files, &[], false)?.mode.or(Some(0o600)),
                sources: vec![escaped(name.as_bytes())],
                ..Gather::default()
            };
            key.add(name.as_bytes());
            if add.unpack == Some(true) {
                hashed(&context, &wanted, &[], key)?;
                let path = name.into_bytes();
                let of = Some(context);
                plan.parts.push(Part::Archive { of, path });
            } else {
                let part = self.of_context(Some(context), wanted, &[], key)?;
                plan.parts.push(part);
            }
        }
        if local.is_empty() {
            return Ok(plan);
        }
        key.add(format!("unpack {:?}", add.unpack).as_bytes());
        let wanted = wanted(files, &local, false)?;
        let part = self.of_context(None, wanted, &files.exclude, key)?;
        match add.unpack {
            Some(false) => plan.parts.push(part),
            _ => self.separate(part, &mut plan.parts)?,
        }
        Ok(plan)
    }

    /// What COPY and ADD have in common: the destination, the owner, what is written out in place.
    fn plan(&mut self, files: &Transfer, key: &mut Key) -> Result<Plan, Error> {
        let count = files.sources.len() + files.inline.len();
        let typed = &files.destination;
        let asks = typed.ends_with('/') || typed == "." || typed.ends_with("/.");
        if count > 1 && !asks {
            return Err(Error::new(
                "with more than one source the destination must be a directory and end with a /",
            ));
        }
        let mut destination = config::below(self.config.config.working_dir.as_deref(), typed);
        if asks && !destination.ends_with('/') {
            destination.push('/');
        }
        for word in [
            Some(&destination),
            files.chown.as_ref(),
            files.chmod.as_ref(),
        ] {
            key.add(word.map_or(&b""[..], |word| word.as_bytes()));
        }
        let mut plan = Plan {
            parts: Vec::new(),
            destination,
            owner: files.chown.clone(),
        };
        if !files.inline.is_empty() {
            let part = self.inline(files, key)?;
            plan.parts.push(part);
        }
        Ok(plan)
    }

    /// Files whose text stands in the Containerfile.
    fn inline(&mut self, files: &Transfer, key: &mut Key) -> Result<Part, Error> {
        let engine = self.build.engine;
        let stage = engine.with_space(|| Ok(engine.store()?.stage()?))?;
        let mut names = Vec::new();
        for file in &files.inline {
            let name = &file.name;
            if name.is_empty() || name.contains('/') || matches!(&**name, "." | "..") {
                let shown = escape::quoted(name);
                return Err(Error::new(format!("{shown} is no name for a file")));
            }
            write_new(&stage.path().join(name), file.content.as_bytes())?;
            names.push(String::from_utf8_lossy(&escaped(name.as_bytes())).into_owned());
        }
        let mut wanted = wanted(files, &names, false)?;
        wanted.mode = wanted.mode.or(Some(0o644));
        let context = Context::staged(stage, "")?;
        self.of_context(Some(context), wanted, &[], key)
    }

    fn of_context(
        &self,
        of: Option<Context>,
        wanted: Gather,
        exclude: &[String],
        key: &mut Key,
    ) -> Result<Part, Error> {
        let context = of.as_ref().unwrap_or(&self.build.context);
        hashed(context, &wanted, exclude, key)?;
        let exclude = exclude.to_vec();
        Ok(Part::Files {
            of,
            wanted,
            exclude,
        })
    }

    /// Takes the archives among an ADD's sources apart: they are unpacked.
    fn separate(&self, part: Part, parts: &mut Vec<Part>) -> Result<(), Error> {
        let Part::Files {
            of: None,
            wanted,
            exclude,
        } = part
        else {
            parts.push(part);
            return Ok(());
        };
        let context = &self.build.context;
        let mut plain = Vec::new();
        for source in &wanted.sources {
            for path in matches(&context.root, source, &mut |path| context.ask(path))? {
                let way = [b"/", &path[..]].concat();
                let file = sys::fs::open_in_root(&context.root, &way, Open::Read);
                let file = file
                    .ok()
                    .filter(|file| sys::fs::stat(file).is_ok_and(|stat| stat.kind == Kind::File));
                match file.is_some_and(|file| is_archive(file.into())) {
                    true => parts.push(Part::Archive { of: None, path }),
                    false => plain.push(escaped(&path)),
                }
            }
        }
        if !plain.is_empty() {
            parts.push(Part::Files {
                of: None,
                wanted: Gather {
                    sources: plain,
                    ..wanted
                },
                exclude,
            });
        }
        Ok(())
    }

    /// Fetches a file; returns the directory it lies in and its name.
    fn fetched(&self, address: &str, checksum: Option<&str>) -> Result<(Context, String), Error> {
        let engine = self.build.engine;
        let shown = escape::visible(address);
        let name = name_of(address)
            .ok_or_else(|| Error::new(format!("{shown}: the address names no file")))?;
        let stage = engine.with_space(|| Ok(engine.store()?.stage()?))?;
        let proxies = crate::config::Environment::current().proxies();
        let body = crate::registry::download(address, proxies)?;
        let limit = engine.limits()?.bytes;
        let path = stage.path().join(&name);
        let mut file = File::create_new(&path).map_err(|e| Error::file("writing", &path, e))?;
        let mut sum = Sum::default();
        let mut body = body.take(limit + 1);
        let mut buffer = vec![0; BUFFER];
        let mut size = 0;
        loop {
            let count = body
                .read(&mut buffer)
                .map_err(|error| Error::new(format!("fetching {shown}: {error}")))?;
            if count == 0 {
                break;
            }
            size += count as u64;
            sum.0.update(&buffer[..count]);
            file.write_all(&buffer[..count])
                .map_err(|error| Error::file("writing", &path, error))?;
        }
        if size > limit {
            return Err(Error::new(format!("{shown}: larger than {limit} bytes")));
        }
        let actual = sum.0.finish();
        if let Some(expected) = checksum {
            let expected =
                Digest::parse(expected).map_err(|error| Error::new(error.to_string()))?;
            if expected != actual {
                return Err(Error::new(format!(
                    "{shown}: expected {expected}, got {actual}"
                )));
            }
        }
        Ok((Context::staged(stage, address)?, name))
    }

    /// Carries a plan out.
    pub fn copy(&mut self, plan: &Plan) -> Result<Outcome, Error> {
        let work = self.next_workplace(RunRequest::default())?;
        let owner = match &plan.owner {
            Some(word) => Some(self.owner(&work, word)?),
            None => None,
        };
        for part in &plan.parts {
            self.build.bring(&work, part, &plan.destination, owner)?;
        }
        self.packed(work, false)
    }

    /// Makes the directory of WORKDIR where the tree has none.
    pub fn make_workdir(&mut self, path: &str) -> Result<Outcome, Error> {
        let path = config::below(self.config.config.working_dir.as_deref(), path);
        let work = self.next_workplace(RunRequest::default())?;
        let owner = match self
            .config
            .config
            .user
            .as_deref()
            .filter(|user| !user.is_empty())
        {
            Some(user) => self.owner(&work, user)?,
            None => (0, 0),
        };
        let mut receiver =
            self.build
                .receive(&work, &format!("{path}/"), Some(owner), Comes::Thing)?;
        let fed = receiver.task.write_all(&[0; 1024]); // an empty archive
        receiver.finish()?;
        fed.map_err(layer::Error::Stream)?;
        self.packed(work, true)
    }

    /// The ids a word of `--chown` means in the stage's tree. A number alone is the group too.
    fn owner(&self, work: &Workplace<'_>, word: &str) -> Result<(u32, u32), Error> {
        if let Ok(id) = word.parse::<u32>() {
            return Ok((id, id));
        }
        let numbers = word
            .split_once(':')
            .map(|(user, group)| (user.parse(), group.parse()));
        if let Some((Ok(user), Ok(group))) = numbers {
            return Ok((user, group));
        }
        let tree = self.build.engine.union_of(&work.container.record)?;
        let user = look_up_user(&tree, word, &[])?;
        Ok((user.uid, user.gid))
    }
}

impl Build<'_> {
    /// Brings one part to its place.
    fn bring(
        &self,
        work: &Workplace<'_>,
        part: &Part,
        destination: &str,
        owner: Option<(u32, u32)>,
    ) -> Result<(), Error> {
        match part {
            Part::Files {
                of,
                wanted,
                exclude,
            } => {
                let context = of.as_ref().unwrap_or(&self.context);
                let owner = owner.or(Some((0, 0)));
                let mut receiver = self.receive(work, destination, owner, Comes::Thing)?;
                let pipe = receiver.task.input().map_err(layer::Error::Stream)?;
                let mut feed = BufWriter::with_capacity(BUFFER, &mut receiver.task);
                let mut ask = asking(context, exclude)?;
                let pipe_fd = pipe.as_ref().map(AsFd::as_fd);
                let sent = gather(&context.root, wanted, &mut ask, None, &mut feed, pipe_fd);
                let sent = sent.and_then(|()| feed.flush().map_err(layer::Error::Stream));
                drop((feed, pipe));
                ended(sent, receiver)
            }
            Part::Tree { layers, wanted, .. } => {
                let view = self.view(layers)?;
                let job = Job::Gather(wanted.clone());
                let mut sender = self.engine.visit(vec![view], job)?;
                let mut receiver = self.receive(work, destination, owner, Comes::Thing)?;
                match sender.task.pour_into(&mut receiver.task) {
                    Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {
                        drop(sender);
                        receiver.finish()?;
                    }
                    Err(error) => return Err(layer::Error::Stream(error).into()),
                    Ok(()) => {
                        let sent = sender.finish();
                        let arrived = receiver.finish();
                        sent?;
                        arrived?;
                    }
                }
                Ok(())
            }
            Part::Archive { of, path } => {
                let context = of.as_ref().unwrap_or(&self.context);
                let way = [b"/", &path[..]].concat();
                let file = sys::fs::open_in_root(&context.root, &way, Open::Read)?;
                let mut receiver = self.receive(work, destination, owner, Comes::Archive)?;
                let fed = pump(&mut File::from(file), &mut receiver.task);
                ended(fed.map_err(layer::Error::Stream), receiver)
            }
        }
    }

    fn receive(
        &self,
        work: &Workplace<'_>,
        destination: &str,
        owner: Option<(u32, u32)>,
        comes: Comes,
    ) -> Result<cp::Visit, Error> {
        let single = self.engine.base()?.single;
        let owner = match owner {
            _ if single => Owner::Us,
            Some((uid, gid)) => Owner::One(uid, gid),
            None => Owner::Kept(None),
        };
        let arrival = Arrival {
            path: destination.to_owned(),
            comes,
            overwrite: false,
            owner,
            privileges: true,
            follow: true,
            root: false,
            make: true,
        };
        self.engine.go_in(&work.container, Job::Arrive(arrival))
    }

    /// A read-only view of layers.
    pub fn view(&self, layers: &[DiffId]) -> Result<View, Error> {
        let store = self.engine.store()?;
        let mut directories = Vec::new();
        for chain in ChainId::chain(layers).iter().rev() {
            directories.push(store.needed_layer(chain)?.diff);
        }
        Ok(View {
            server: self.engine.reading_server(&directories)?,
            layers: directories,
            ..View::default()
        })
    }
}

/// What the receiver says comes first where it did not want more.
fn ended(sent: Result<(), layer::Error>, receiver: cp::Visit) -> Result<(), Error> {
    let arrived = receiver.finish();
    match sent {
        Err(layer::Error::Stream(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {}
        other => other?,
    }
    Ok(arrived?)
}

/// What is gathered for a transfer's sources.
fn wanted(files: &Transfer, sources: &[String], parents: bool) -> Result<Gather, Error> {
    let mode = files.chmod.as_deref().map(|word| {
        let octal = u32::from_str_radix(word, 8)
            .ok()
            .filter(|mode| *mode <= 0o7777);
        octal.ok_or_else(|| {
            let shown = escape::quoted(word);
            Error::new(format!(
                "--chmod {shown}: only octal modes are supported yet"
            ))
        })
    });
    Ok(Gather {
        sources: sources
            .iter()
            .map(|source| source.as_bytes().to_vec())
            .collect(),
        parents,
        mode: mode.transpose()?,
        times: Times::Kept,
    })
}

/// Adds content and metadata of what is copied to a key, but for its times.
fn hashed(
    context: &Context,
    wanted: &Gather,
    exclude: &[String],
    key: &mut Key,
) -> Result<(), Error> {
    let wanted = Gather {
        times: Times::Exactly(0),
        ..wanted.clone()
    };
    let mut sum = BufWriter::with_capacity(BUFFER, Sum::default());
    let mut ask = asking(context, exclude)?;
    gather(&context.root, &wanted, &mut ask, None, &mut sum, None)?;
    let sum = sum
        .into_inner()
        .map_err(|error| Error::new(error.to_string()))?;
    key.add(&sum.0.finish().bytes());
    Ok(())
}

/// What a context and `--exclude` leave out.
fn asking<'a>(
    context: &'a Context,
    exclude: &[String],
) -> Result<impl FnMut(&[u8]) -> Ignored + 'a, Error> {
    let more = Ignore::of_patterns(exclude).map_err(|fault| Error::new(fault.to_string()))?;
    Ok(move |path: &[u8]| {
        let text = String::from_utf8_lossy(path);
        match more.ignores(&text) {
            true if more.may_take_back_below(&text) => Ignored::Itself,
            true => Ignored::Whole,
            false => context.ask(path),
        }
    })
}

/// A digest that is written to.
#[derive(Default)]
pub(super) struct Sum(pub Hasher);

impl Write for Sum {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn is_archive(file: File) -> bool {
    let Ok(stream) = layer::decompress::open(file, None) else {
        return false;
    };
    let mut reader = Reader::new(stream, std::io::sink(), u64::MAX).unhashed();
    matches!(reader.next_entry(), Ok(Some(_)))
}

pub(super) fn is_address(source: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|begin| source.starts_with(begin))
}

fn is_git(source: &str) -> bool {
    let http = is_address(source);
    source.starts_with("git@")
        || source.starts_with("git://")
        || source.starts_with("ssh://")
        || http
            && source
                .split(['#', '?'])
                .next()
                .is_some_and(|path| path.ends_with(".git"))
}

/// The last name in an address's path.
fn name_of(address: &str) -> Option<String> {
    let path = address.split("://").nth(1)?.split(['?', '#']).next()?;
    let (_, path) = path.split_once('/')?;
    let name = path.rsplit('/').next()?;
    let plain = !name.is_empty()
        && !matches!(name, "." | "..")
        && !name.chars().any(|c| c.is_control() || c == '%');
    plain.then(|| name.to_owned())
}

/// A path as a pattern that fits nothing else.
pub(super) fn escaped(path: &[u8]) -> Vec<u8> {
    let mut pattern = Vec::with_capacity(path.len());
    for byte in path {
        if matches!(byte, b'*' | b'?' | b'[' | b'\\') {
            pattern.push(b'\\');
        }
        pattern.push(*byte);
    }
    pattern
}

pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    File::create_new(path)
        .and_then(|mut file| file.write_all(bytes))
        .map_err(|error| Error::file("writing", path, error))
}
