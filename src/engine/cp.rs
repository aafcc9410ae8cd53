//! `cp`: files between a container and the host, or between two containers.
//!
//! ```text
//! source                                         place
//! worker in the container's tree ─ tar ─┐   ┌──▶ worker in the container's tree
//! the caller's own files ──────── tar ──┼─▶─┤
//! standard input ──────────────── tar ──┘   └──▶ the caller's own files, standard output
//! ```
//!
//! What is in a container is only touched by a worker inside of it ([`crate::layer::tree`]): of a
//! running one in its own mount namespace, of another in a tree mounted for the time, volumes
//! included. Paths are resolved there, as the container sees them.

use std::fs::OpenOptions;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::engine::bundle::look_up_user;
use crate::engine::list::same_process;
use crate::engine::place::writing;
use crate::engine::server::Words;
use crate::engine::tree::{Held, is_in_use};
use crate::engine::views::Container;
use crate::engine::{Engine, Error};
use crate::layer::tree::{
    self, Arrival, Comes, Job, Orders, Owner, Place, Server, Task, View, Volume,
};
use crate::layer::{self, Complaint};
use crate::store::Staged;
use crate::types::ids::to_outside;
use crate::types::request::MountSource;
use crate::types::{ContainerName, escape};

/// open(2), which std has no name for.
const O_NONBLOCK: i32 = 0o4000;
const BUFFER: usize = 256 << 10;

/// One end of a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// Relative paths begin at the container's working directory.
    Container {
        name: String,
        path: String,
    },
    Host(PathBuf),
    /// A tar through standard input or output.
    Stream,
}

/// `cp`
#[derive(Debug, Clone)]
pub struct CopyRequest {
    pub from: End,
    pub to: End,
    /// `--archive=false`: what goes into a container keeps its owners.
    pub keep_owners: bool,
    /// `--overwrite`
    pub overwrite: bool,
}

/// A container's end, open for one worker.
struct Inside<'a> {
    held: Held,
    name: &'a str,
    /// As typed.
    typed: &'a str,
    /// Absolute.
    path: String,
}

/// A worker at its work, and what must outlive it.
pub(crate) struct Visit {
    pub task: Task,
    _stage: Option<Staged>,
}

impl Engine {
    /// Copies one thing.
    pub fn copy(&self, request: &CopyRequest) -> Result<(), Error> {
        match (&request.from, &request.to) {
            (
                End::Container { name, path },
                End::Container {
                    name: to,
                    path: place,
                },
            ) => {
                if self.is_one_at_rest(name, to)? {
                    return self.within(request, (name, path), (to, place));
                }
                let source = self.inside(name, path)?;
                let place = self.inside(to, place)?;
                self.between(request, &source, &place)
            }
            (End::Container { name, path }, End::Host(place)) => {
                let source = self.inside(name, path)?;
                self.to_host(request, &source, place)
            }
            (End::Container { name, path }, End::Stream) => {
                let source = self.inside(name, path)?;
                self.to_stream(&source)
            }
            (End::Host(source), End::Container { name, path }) => {
                let place = self.inside(name, path)?;
                self.bring_file(request, source, &place)
            }
            (End::Stream, End::Container { name, path }) => {
                let place = self.inside(name, path)?;
                self.bring_archive(request, &place)
            }
            _ => Err(Error::new("one of the two must be CONTAINER:PATH")),
        }
    }

    fn inside<'a>(&self, name: &'a str, typed: &'a str) -> Result<Inside<'a>, Error> {
        let held = self.hold(name)?;
        let path = if typed.starts_with('/') {
            typed.to_owned()
        } else {
            let record = &held.container.record;
            let below = record.request.workdir.as_deref();
            let id = record.image_id.as_ref();
            let raw = id.and_then(|id| self.store().ok()?.blob(&id.0).ok());
            let image = raw.and_then(|raw| {
                let config: crate::types::ImageConfig = serde_json::from_slice(&raw).ok()?;
                config.config.working_dir.filter(|path| !path.is_empty())
            });
            let below = below.map(str::to_owned).or(image);
            let below = below.unwrap_or_else(|| "/".to_owned());
            format!("{}/{typed}", below.trim_end_matches('/'))
        };
        Ok(Inside {
            held,
            name,
            typed,
            path,
        })
    }

    fn between(
        &self,
        request: &CopyRequest,
        source: &Inside<'_>,
        place: &Inside<'_>,
    ) -> Result<(), Error> {
        let mut sender = self.send(source, true)?;
        let mut receiver = self.receive(request, place, comes_from(&source.path))?;
        let fed = sender.task.pour_into(&mut receiver.task);
        finish_both(fed, sender, source, receiver, place)
    }

    /// Whether both are the same container, and it does not run.
    fn is_one_at_rest(&self, a: &str, b: &str) -> Result<bool, Error> {
        let (a, b) = (self.container(a)?, self.container(b)?);
        Ok(a.record.id == b.record.id && !is_in_use(a.status))
    }

    /// Copies within a container that does not run: by way of a file, one after the other, since
    /// an upper directory is never that of two mounts.
    fn within(
        &self,
        request: &CopyRequest,
        (name, from): (&str, &str),
        (to, place): (&str, &str),
    ) -> Result<(), Error> {
        let stage = self.with_space(|| Ok(self.store()?.stage()?))?;
        let path = stage.path().join("tar");
        let failed = |error| Error::file("writing", &path, error);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        let mut spool = options.open(&path).map_err(failed)?;
        let source = self.inside(name, from)?;
        let mut sender = self.send(&source, true)?;
        let copied = sender.task.copy_to(&mut spool);
        let sent = sender.finish();
        match copied {
            Err(layer::Error::Stream(error)) => return Err(failed(error)),
            other => other?,
        };
        sent.map_err(|error| source_refused(error, &source))?;
        let comes = comes_from(&source.path);
        drop(source);
        io::Seek::rewind(&mut spool).map_err(failed)?;
        let place = self.inside(to, place)?;
        let mut receiver = self.receive(request, &place, comes)?;
        let fed = pump(&mut spool, &mut receiver.task);
        let arrived = receiver.finish();
        match fed {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            other => other.map_err(failed)?,
        }
        arrived.map_err(|error| place_refused(error, &place, Comes::Thing))
    }

    fn to_host(
        &self,
        request: &CopyRequest,
        source: &Inside<'_>,
        place: &Path,
    ) -> Result<(), Error> {
        refuse_special(place)?;
        let root = crate::sys::fs::open_directory(Path::new("/"))?;
        let shown = place;
        let place = std::path::absolute(place).map_err(|e| Error::file("finding", place, e))?;
        let mut path = place.to_str().map(str::to_owned).ok_or_else(|| {
            Error::new(format!(
                "{}: only paths that are UTF-8 are supported here",
                escape::visible(&place.to_string_lossy())
            ))
        })?;
        // std::path::absolute drops what says that a directory is meant.
        if shown.as_os_str().as_bytes().ends_with(b"/") && !path.ends_with('/') {
            path.push('/');
        }
        let arrival = Arrival {
            path,
            comes: comes_from(&source.path),
            overwrite: request.overwrite,
            owner: Owner::Us,
            privileges: false,
            follow: false,
            root: false,
            make: false,
        };
        let mut sender = self.send(source, true)?;
        let pipe = sender.task.output().map_err(layer::Error::Stream)?;
        let arrived = tree::arrive(&root, &arrival, &mut sender.task, Some(pipe.as_fd()));
        let drained = arrived
            .as_ref()
            .is_ok()
            .then(|| sender.task.copy_to(&mut io::sink()));
        if let Err(error) = arrived {
            // What the sender says comes first: a missing source is an empty tar here.
            if !matches!(error, layer::Error::Stream(_)) {
                return Err(host_refused(error, shown));
            }
        }
        if let Some(Err(error)) = drained {
            return Err(error.into());
        }
        sender
            .task
            .finish()
            .map_err(|error| source_refused(error, source))?;
        Ok(())
    }

    fn to_stream(&self, source: &Inside<'_>) -> Result<(), Error> {
        let contents = comes_from(&source.path) == Comes::Contents;
        let mut sender = self.send(source, !contents)?;
        let mut output = io::stdout().lock();
        let copied = sender.task.copy_to(&mut output);
        let copied = copied.and_then(|_| output.flush().map_err(layer::Error::Stream));
        match copied {
            Err(layer::Error::Stream(error)) => return Err(writing(&error)),
            other => other?,
        }
        sender
            .task
            .finish()
            .map_err(|error| source_refused(error, source))?;
        Ok(())
    }

    fn bring_file(
        &self,
        request: &CopyRequest,
        source: &Path,
        place: &Inside<'_>,
    ) -> Result<(), Error> {
        let (file, name) = open_on_host(source)?;
        let comes = comes_from(&source.to_string_lossy());
        let mut receiver = self.receive(request, place, comes)?;
        let pipe = receiver.task.input().map_err(layer::Error::Stream)?;
        let mut feed = io::BufWriter::with_capacity(BUFFER, &mut receiver.task);
        let sent = tree::send_open(file, &name, None, &mut feed, pipe.as_ref().map(AsFd::as_fd));
        let sent = sent.and_then(|()| feed.flush().map_err(layer::Error::Stream));
        drop((feed, pipe));
        let arrived = receiver.finish();
        match sent {
            // It does not want more: what it says is the reason.
            Err(layer::Error::Stream(error)) if error.kind() == io::ErrorKind::BrokenPipe => {}
            Err(error) => {
                let shown = escape::visible(&source.to_string_lossy());
                return Err(Error::from(error).while_doing(format!("copying {shown}")));
            }
            Ok(()) => {}
        }
        arrived.map_err(|error| place_refused(error, place, Comes::Thing))
    }

    fn bring_archive(&self, request: &CopyRequest, place: &Inside<'_>) -> Result<(), Error> {
        let mut receiver = self.receive(request, place, Comes::Archive)?;
        let fed = pump(&mut io::stdin().lock(), &mut receiver.task);
        let arrived = receiver.finish();
        match fed {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            Err(error) => return Err(Error::new(format!("reading standard input: {error}"))),
            Ok(()) => {}
        }
        arrived.map_err(|error| place_refused(error, place, Comes::Archive))
    }

    fn send(&self, source: &Inside<'_>, named: bool) -> Result<Visit, Error> {
        let job = Job::Send {
            path: source.path.clone(),
            named,
        };
        self.go_in(&source.held.container, job)
    }

    fn receive(
        &self,
        request: &CopyRequest,
        place: &Inside<'_>,
        comes: Comes,
    ) -> Result<Visit, Error> {
        let container = &place.held.container;
        let owner = match (self.base()?.single, request.keep_owners) {
            (true, _) => Owner::Us,
            (false, true) => Owner::Kept(container.record.ids.clone()),
            (false, false) => self.owner_inside(container)?,
        };
        let job = Job::Arrive(Arrival {
            path: place.path.clone(),
            comes,
            overwrite: request.overwrite,
            owner,
            privileges: true,
            follow: true,
            root: false,
            make: false,
        });
        self.go_in(container, job)
    }

    /// Sends a worker into a container's tree, to be written to.
    pub(crate) fn go_in(&self, container: &Container, job: Job) -> Result<Visit, Error> {
        let base = self.base()?;
        if is_in_use(container.status) {
            let init = container
                .run
                .as_ref()
                .and_then(|run| same_process(run.init));
            let init = init.ok_or_else(|| {
                Error::new(format!("{} has just ended", container.record.name)).hint("try again")
            })?;
            let orders = Orders {
                place: Place::Running,
                job,
            };
            let task = tree::start(&orders, base, Some(init.as_fd()))?;
            return Ok(Visit { task, _stage: None });
        }
        self.refuse_mounted(container)?;
        if container.record.request.of_build && container.record.layers.is_empty() {
            // Nothing is below: what is written is the tree.
            let place = Place::Writable(container.directory.join("upper"));
            let task = tree::start(&Orders { place, job }, base, None)?;
            return Ok(Visit { task, _stage: None });
        }
        if let Some(root) = container.record.root_in_place() {
            if !container.record.mounts.is_empty() {
                return Err(Error::new(format!(
                    "{} does not run, and its files are those of {}",
                    container.record.name,
                    root.display()
                ))
                .hint("start it, or copy from and to that directory"));
            }
            let place = Place::Writable(root.to_owned());
            let task = tree::start(&Orders { place, job }, base, None)?;
            return Ok(Visit { task, _stage: None });
        }
        self.fill_volumes(&container.record, base)?;
        let stage = self.with_space(|| Ok(self.store()?.stage()?))?;
        let orders = Orders {
            place: Place::Whole {
                view: self.written_view(container)?,
                upper: container.directory.join("upper"),
                work: container.directory.join("work"),
                volumes: self.volumes_of(container)?,
                staging: stage.path().to_owned(),
            },
            job,
        };
        let task = tree::start(&orders, base, None)?;
        Ok(Visit {
            task,
            _stage: Some(stage),
        })
    }

    /// What a container stands on, for somebody who writes over it.
    fn written_view(&self, container: &Container) -> Result<View, Error> {
        let mut view = self.lowers(container)?;
        if let Some(program) = self.served_by(&container.record.id)? {
            let root = self.store()?.root();
            let own = |name| container.directory.join(name);
            let (upper, work) = (own("upper"), own("work"));
            let words = Words {
                root,
                lowers: &view.layers,
                upper: Some((upper.as_path(), work.as_path())),
                maps: container.record.ids.as_ref(),
                volatile: false,
                single: self.base()?.single,
            };
            view.server = Some(Server {
                argv: words.argv(&program)?,
                directory: root.to_owned(),
            });
            view.ids = container.record.ids.clone();
        }
        Ok(view)
    }

    /// What a start would mount from outside, the shallow first. What lasts only as long as a
    /// run (tmpfs, changes over a source) has nothing to show.
    fn volumes_of(&self, container: &Container) -> Result<Vec<Volume>, Error> {
        let store = self.store()?;
        let mut volumes = Vec::new();
        let mut record = container.record.clone();
        self.with_volumes(&mut record)?;
        for mount in &record.mounts {
            let source = match &mount.source {
                MountSource::Bind(path) => path.clone(),
                MountSource::Volume(name) => {
                    let name = ContainerName::parse(name).map_err(|e| Error::new(e.to_string()))?;
                    store.volume_data(&name)
                }
                MountSource::Artifact(file) => {
                    self.artifact_file(file.blob.as_deref().unwrap_or_default())?
                }
                _ => continue,
            };
            volumes.push(Volume {
                source,
                part: mount.subpath.clone(),
                target: mount.target.clone(),
                read_only: mount.read_only || mount.overlay.is_some(),
            });
        }
        volumes.sort_by_key(|volume| volume.target.split('/').count());
        Ok(volumes)
    }

    /// The ids of U0 that the container's user has.
    fn owner_inside(&self, container: &Container) -> Result<Owner, Error> {
        let record = &container.record;
        let started = crate::engine::bundle::kept_spec(&container.directory).ok();
        let user = started.and_then(|spec| spec.process().as_ref().map(|p| p.user().clone()));
        let (uid, gid) = match user {
            Some(user) => (user.uid(), user.gid()),
            None if matches!(record.user.as_str(), "" | "0" | "root") => (0, 0),
            None => {
                let user = look_up_user(&self.union_of(record)?, &record.user, &[])?;
                (user.uid, user.gid)
            }
        };
        let Some(maps) = &record.ids else {
            return Ok(Owner::One(uid, gid));
        };
        let outside = (to_outside(&maps.uid, uid), to_outside(&maps.gid, gid));
        match outside {
            (Some(uid), Some(gid)) => Ok(Owner::One(uid, gid)),
            _ => Ok(Owner::Us),
        }
    }
}

impl Visit {
    /// Waits for the worker; its output has nothing that is wanted.
    pub fn finish(self) -> Result<(), layer::Error> {
        self.task.finish().map(drop)
    }
}

/// Podman's rule: a path that ends in "/." is what is in the directory.
fn comes_from(path: &str) -> Comes {
    let is_root = !path.is_empty() && path.bytes().all(|byte| byte == b'/');
    match path == "." || path.ends_with("/.") || is_root {
        true => Comes::Contents,
        false => Comes::Thing,
    }
}

/// Copies until the source ends, or the target does not want more.
pub(crate) fn pump(source: &mut dyn Read, target: &mut dyn Write) -> io::Result<()> {
    let mut buffer = vec![0; BUFFER];
    loop {
        let count = match source.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if count == 0 {
            return Ok(());
        }
        target.write_all(&buffer[..count])?;
    }
}

fn finish_both(
    fed: io::Result<()>,
    sender: Visit,
    source: &Inside<'_>,
    receiver: Visit,
    place: &Inside<'_>,
) -> Result<(), Error> {
    match fed {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            drop(sender);
            receiver
                .finish()
                .map_err(|error| place_refused(error, place, Comes::Thing))
        }
        Err(error) => Err(layer::Error::Stream(error).into()),
        Ok(()) => {
            let sent = sender.finish();
            let arrived = receiver.finish();
            sent.map_err(|error| source_refused(error, source))?;
            arrived.map_err(|error| place_refused(error, place, Comes::Thing))
        }
    }
}

fn not_found(path: &str, place: &str, errno: i32) -> Error {
    let path = escape::quoted(path);
    let why = crate::sys::reason(errno);
    Error::new(format!("{path} could not be found on {place}: {why}"))
}

fn source_refused(error: layer::Error, source: &Inside<'_>) -> Error {
    match error.about() {
        Some(Complaint::Missing { errno }) => {
            not_found(source.typed, &format!("container {}", source.name), errno)
        }
        _ => Error::from(error).while_doing(format!("copying from container {}", source.name)),
    }
}

fn place_refused(error: layer::Error, place: &Inside<'_>, comes: Comes) -> Error {
    let what = match comes {
        Comes::Archive => "from stdin",
        _ => "a directory",
    };
    match error.about() {
        Some(Complaint::Missing { .. })
            if comes == Comes::Archive && !place.path.ends_with('/') =>
        {
            Error::new("destination must be a directory when copying from stdin")
        }
        Some(Complaint::Missing { errno }) => {
            not_found(place.typed, &format!("container {}", place.name), errno)
        }
        Some(Complaint::NeedsDirectory) => Error::new(format!(
            "destination must be a directory when copying {what}"
        )),
        Some(Complaint::NoArchive) if comes == Comes::Archive => {
            Error::new("source must be a (compressed) tar archive when copying from stdin")
        }
        Some(Complaint::InTheWay) => {
            in_the_way(&error).while_doing(format!("copying to container {}", place.name))
        }
        _ => Error::from(error).while_doing(format!("copying to container {}", place.name)),
    }
}

fn host_refused(error: layer::Error, place: &Path) -> Error {
    let shown = place.to_string_lossy();
    match error.about() {
        Some(Complaint::Missing { errno }) => not_found(&shown, "the host", errno),
        Some(Complaint::NeedsDirectory) => {
            Error::new("destination must be a directory when copying a directory")
        }
        Some(Complaint::InTheWay) => {
            in_the_way(&error).while_doing(format!("copying to {}", escape::visible(&shown)))
        }
        _ => Error::from(error).while_doing(format!("copying to {}", escape::visible(&shown))),
    }
}

fn in_the_way(error: &layer::Error) -> Error {
    Error::new(format!("error creating {error}"))
        .hint("--overwrite lets a file take a directory's place, and the other way round")
}

/// Opens what is to be copied, links followed; returns it with the name it was called by.
fn open_on_host(path: &Path) -> Result<(OwnedFd, Vec<u8>), Error> {
    let shown = path.to_string_lossy();
    let missing = |error: io::Error| {
        let errno = error.raw_os_error().unwrap_or(crate::sys::fs::ENOENT);
        not_found(&shown, "the host", errno)
    };
    // A FIFO does not hold us up.
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(O_NONBLOCK)
        .open(path)
        .map_err(missing)?;
    let real = std::fs::read_link(format!("/proc/self/fd/{}", file.as_raw_fd()));
    let real = real.map_err(missing)?;
    let kind = file.metadata().map_err(missing)?.file_type();
    if !kind.is_dir() && !kind.is_file() {
        return Err(Error::new(format!(
            "invalid source: {} must be a directory or a regular file",
            escape::quoted(&shown)
        )));
    }
    // Of "." and ".." it is the directory's own.
    let name = path.file_name().or(real.file_name());
    let name = name.unwrap_or(std::ffi::OsStr::new("rootfs"));
    Ok((file.into(), name.as_bytes().to_vec()))
}

/// Only directories and files are written to; what is not there is found later.
fn refuse_special(path: &Path) -> Result<(), Error> {
    match std::fs::metadata(path) {
        Ok(facts) if !facts.is_dir() && !facts.is_file() => Err(Error::new(format!(
            "invalid destination: {} must be a directory or a regular file",
            escape::quoted(&path.to_string_lossy())
        ))),
        _ => Ok(()),
    }
}
