//! `RUN --mount`: what a step sees besides the tree, and no layer gets.
//!
//! What comes from the context is a copy that is thrown away: no path is resolved again by the
//! container's start, and nothing that is written reaches the user's files (S-92, S-98). Caches lie
//! in the store under the hash of their id. Secrets lie where the store keeps what may vanish.

use std::fs::{DirBuilder, File, Permissions};
use std::io::{BufWriter, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::build::{self, MountType, Sharing};
use crate::engine::Error;
use crate::engine::build::cache::Key;
use crate::engine::build::config;
use crate::engine::build::context::Context;
use crate::engine::build::copy::{escaped, write_new};
use crate::engine::build::source::From;
use crate::engine::build::stage::Working;
use crate::layer;
use crate::layer::tree::{
    self, Arrival, Comes, Gather, Ignored, Job, Orders, Owner, Place, Task, Times, gather,
};
use crate::store::{CacheLock, Lease, Staged};
use crate::types::escape;
use crate::types::request::{ImageTree, Mount, MountSource, Tmpfs};
use crate::types::{DiffId, Digest};

/// Where a script of a heredoc appears; a tmpfs in every container.
const SCRIPTS: &str = "/dev/pipes";
/// Where secrets appear that say nothing else.
const SECRETS: &str = "/run/secrets";
const AGENT: &str = "/run/buildkit/ssh_agent";

/// What is mounted, and what must outlive the container.
#[derive(Default)]
pub(super) struct Mounts {
    pub mounts: Vec<Mount>,
    pub env: Vec<(String, String)>,
    _staged: Vec<Staged>,
    _leases: Vec<Lease>,
    _locks: Vec<CacheLock>,
    vanishing: Vec<Vanishing>,
}

/// A directory of secrets, gone when this is dropped.
struct Vanishing(PathBuf);

impl Drop for Vanishing {
    fn drop(&mut self) {
        let _ = crate::sys::tree::remove_path(&self.0);
    }
}

impl Working<'_, '_> {
    pub fn mounts(&mut self, all: &[build::Mount], key: &mut Key) -> Result<Mounts, Error> {
        let mut mounts = Mounts::default();
        for (index, mount) in all.iter().enumerate() {
            key.add(format!("{mount:?}").as_bytes());
            let what = || format!("--mount=type={}", mount.kind.name());
            let added = match mount.kind {
                MountType::Bind => self.bind(mount, &mut mounts, key),
                MountType::Cache => self.cache_mount(mount, &mut mounts),
                MountType::Tmpfs => self.tmpfs(mount, &mut mounts),
                MountType::Secret => self.secret(mount, index, &mut mounts),
                MountType::Ssh => self.agent(mount, index, &mut mounts),
            };
            added.map_err(|error| error.while_doing(what()))?;
        }
        Ok(mounts)
    }

    fn target(&self, mount: &build::Mount) -> String {
        config::below(self.config.config.working_dir.as_deref(), &mount.target)
    }

    fn bind(
        &mut self,
        mount: &build::Mount,
        mounts: &mut Mounts,
        key: &mut Key,
    ) -> Result<(), Error> {
        let source = config::below(None, &mount.source)[1..].to_owned();
        let target = self.target(mount);
        let from = mount
            .from
            .as_deref()
            .map(|word| self.build.from(self.index, word));
        let directory = match from.transpose()? {
            Some(From::Tree(layers, lease)) => {
                layers.iter().for_each(|layer| key.add(&layer.0.bytes()));
                if !source.is_empty() {
                    let (stage, path) = self.copied_of_tree(&layers, &source)?;
                    mounts._staged.push(stage);
                    mounts.mounts.push(Mount {
                        source: MountSource::Bind(path),
                        read_only: mount.read_only,
                        target,
                        ..Mount::default()
                    });
                    return Ok(());
                }
                let chains = crate::types::ChainId::chain(&layers);
                mounts._leases.push(lease);
                mounts.mounts.push(Mount {
                    source: MountSource::Image(ImageTree {
                        image: mount.from.clone().unwrap_or_default(),
                        writable: !mount.read_only,
                        layers: chains.iter().map(crate::types::ChainId::hex).collect(),
                    }),
                    read_only: mount.read_only,
                    target,
                    ..Mount::default()
                });
                return Ok(());
            }
            Some(From::Directory(context)) => Some(context),
            None => None,
        };
        let context = directory.as_ref().unwrap_or(&self.build.context);
        let (stage, path) = self.copied(context, &source, key)?;
        mounts._staged.push(stage);
        mounts.mounts.push(Mount {
            source: MountSource::Bind(path),
            read_only: mount.read_only,
            target,
            ..Mount::default()
        });
        Ok(())
    }

    /// Copies a part of a context into a directory of ours; returns what is to be mounted.
    fn copied(
        &self,
        context: &Context,
        source: &str,
        key: &mut Key,
    ) -> Result<(Staged, PathBuf), Error> {
        let (stage, place) = self.place()?;
        let wanted = part(source);
        let mut ask = |path: &[u8]| -> Ignored { context.ask(path) };
        let mut sum = crate::engine::build::copy::Sum::default();
        let hashed = Gather {
            times: Times::Exactly(0),
            ..wanted.clone()
        };
        gather(&context.root, &hashed, &mut ask, None, &mut sum, None)?;
        key.add(&sum.0.finish().bytes());
        let mut task = self.unpacking(&place, Owner::Us)?;
        let pipe = task.input().map_err(layer::Error::Stream)?;
        let mut feed = BufWriter::with_capacity(256 << 10, &mut task);
        let fd = pipe.as_ref().map(AsFd::as_fd);
        let sent = gather(&context.root, &wanted, &mut ask, None, &mut feed, fd);
        let sent = sent.and_then(|()| feed.flush().map_err(layer::Error::Stream));
        drop((feed, pipe));
        let arrived = task.finish();
        sent?;
        arrived?;
        Ok((stage, place.join(source)))
    }

    /// The same of a stage's or an image's tree.
    fn copied_of_tree(&self, layers: &[DiffId], source: &str) -> Result<(Staged, PathBuf), Error> {
        let (stage, place) = self.place()?;
        let view = self.build.view(layers)?;
        let mut sender = self
            .build
            .engine
            .visit(vec![view], Job::Gather(part(source)))?;
        let owner = match self.build.engine.base()?.single {
            true => Owner::Us,
            false => Owner::Kept(None),
        };
        let mut task = self.unpacking(&place, owner)?;
        let fed = sender.task.pour_into(&mut task);
        let arrived = task.finish();
        sender.finish()?;
        arrived?;
        fed.map_err(layer::Error::Stream)?;
        Ok((stage, place.join(source)))
    }

    /// A directory of ours, and the one in it that is filled.
    fn place(&self) -> Result<(Staged, PathBuf), Error> {
        let engine = self.build.engine;
        let stage = engine.with_space(|| Ok(engine.store()?.stage()?))?;
        let place = stage.path().join("tree");
        DirBuilder::new()
            .mode(0o755)
            .create(&place)
            .map_err(|error| Error::file("making", &place, error))?;
        Ok((stage, place))
    }

    fn unpacking(&self, place: &Path, owner: Owner) -> Result<Task, Error> {
        let arrival = Arrival {
            path: "/".to_owned(),
            comes: Comes::Thing,
            overwrite: false,
            owner,
            privileges: false,
            follow: false,
            root: true,
            make: false,
        };
        let orders = Orders {
            place: Place::Writable(place.to_owned()),
            job: Job::Arrive(arrival),
        };
        Ok(tree::start(&orders, self.build.engine.base()?, None)?)
    }

    fn cache_mount(&mut self, mount: &build::Mount, mounts: &mut Mounts) -> Result<(), Error> {
        if mount.from.is_some() {
            return Err(Error::new("from is not supported yet for caches"));
        }
        if mount.uid.unwrap_or(0) != 0 || mount.gid.unwrap_or(0) != 0 {
            return Err(Error::new("uid and gid are not supported yet for caches"));
        }
        let target = self.target(mount);
        let id = mount.id.clone().unwrap_or_else(|| target.clone());
        let store = self.build.engine.store()?;
        let name = Digest::of(id.as_bytes());
        let (path, lock) = match mount.sharing {
            Sharing::Shared => store.shared_cache(&name)?,
            Sharing::Locked => store.locked_cache(&name)?,
            Sharing::Private => store.private_cache(&name)?,
        };
        let mode = Permissions::from_mode(mount.mode.unwrap_or(0o755));
        std::fs::set_permissions(&path, mode).map_err(|e| Error::file("making", &path, e))?;
        mounts._locks.push(lock);
        mounts.mounts.push(Mount {
            source: MountSource::Bind(path),
            read_only: mount.read_only,
            target,
            ..Mount::default()
        });
        Ok(())
    }

    fn tmpfs(&mut self, mount: &build::Mount, mounts: &mut Mounts) -> Result<(), Error> {
        mounts.mounts.push(Mount {
            source: MountSource::Tmpfs(Tmpfs {
                size: mount.size,
                empty: true,
                ..Tmpfs::default()
            }),
            target: self.target(mount),
            ..Mount::default()
        });
        Ok(())
    }

    fn secret(
        &mut self,
        mount: &build::Mount,
        index: usize,
        mounts: &mut Mounts,
    ) -> Result<(), Error> {
        let from_target = || {
            mount
                .target
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        let id = mount.id.clone().unwrap_or_else(from_target);
        let given = self
            .build
            .request
            .secrets
            .iter()
            .find(|secret| secret.id == id);
        let Some(secret) = given else {
            return match mount.required {
                true => Err(
                    Error::new(format!("no secret {} is given", escape::quoted(&id)))
                        .hint(format!("--secret id={},src=FILE", escape::visible(&id))),
                ),
                false => Ok(()),
            };
        };
        if let Some(name) = &mount.env {
            let value = String::from_utf8(secret.value.clone());
            let value = value.map_err(|_| Error::new("the secret is no text"))?;
            mounts.env.push((name.clone(), value));
            if mount.target.is_empty() {
                return Ok(());
            }
        }
        let target = match mount.target.is_empty() {
            true => format!("{SECRETS}/{id}"),
            false => self.target(mount),
        };
        let path = self.vanishing(mounts)?.join(format!("secret-{index}"));
        write_new(&path, &secret.value)?;
        let mode = Permissions::from_mode(mount.mode.unwrap_or(0o400));
        std::fs::set_permissions(&path, mode).map_err(|e| Error::file("making", &path, e))?;
        if mount.uid.unwrap_or(0) != 0 || mount.gid.unwrap_or(0) != 0 {
            return Err(Error::new("uid and gid are not supported yet for secrets"));
        }
        mounts.mounts.push(Mount {
            source: MountSource::Bind(path),
            read_only: true,
            target,
            ..Mount::default()
        });
        Ok(())
    }

    fn agent(
        &mut self,
        mount: &build::Mount,
        index: usize,
        mounts: &mut Mounts,
    ) -> Result<(), Error> {
        let id = mount.id.as_deref().unwrap_or("default");
        let given = self
            .build
            .request
            .agents
            .iter()
            .find(|agent| agent.id == id);
        let Some(agent) = given else {
            return match mount.required {
                true => Err(
                    Error::new(format!("no agent {} is given", escape::quoted(id)))
                        .hint("--ssh default, with $SSH_AUTH_SOCK set"),
                ),
                false => Ok(()),
            };
        };
        let target = match mount.target.is_empty() {
            true => format!("{AGENT}.{index}"),
            false => self.target(mount),
        };
        mounts
            .env
            .push(("SSH_AUTH_SOCK".to_owned(), target.clone()));
        mounts.mounts.push(Mount {
            source: MountSource::Bind(agent.socket.clone()),
            target,
            ..Mount::default()
        });
        Ok(())
    }

    /// A script of a heredoc, as a program in the container; returns its path there.
    pub fn script(&self, mounts: &mut Mounts, name: &str, text: &str) -> Result<String, Error> {
        let engine = self.build.engine;
        let stage = engine.with_space(|| Ok(engine.store()?.stage()?))?;
        let path = stage.path().join("script");
        File::create_new(&path)
            .and_then(|mut file| {
                file.write_all(text.as_bytes())?;
                file.set_permissions(Permissions::from_mode(0o755))
            })
            .map_err(|error| Error::file("writing", &path, error))?;
        let name: String = name
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
            .collect();
        let target = format!("{SCRIPTS}/{name}");
        mounts._staged.push(stage);
        mounts.mounts.push(Mount {
            source: MountSource::Bind(path),
            read_only: true,
            target: target.clone(),
            ..Mount::default()
        });
        Ok(target)
    }

    /// A directory for secrets, on what does not outlive the machine where there is such.
    fn vanishing<'m>(&self, mounts: &'m mut Mounts) -> Result<&'m Path, Error> {
        if mounts.vanishing.is_empty() {
            let mut random = [0; 8];
            crate::sys::fs::random(&mut random)?;
            let name = format!("build-{:016x}", u64::from_ne_bytes(random));
            let path = self.build.engine.runtime_dir()?.join(name);
            DirBuilder::new()
                .mode(0o700)
                .create(&path)
                .map_err(|error| Error::file("making", &path, error))?;
            mounts.vanishing.push(Vanishing(path));
        }
        Ok(&mounts.vanishing[0].0)
    }
}

/// One source, with the directories it lies in: so it is found again whatever it is.
fn part(source: &str) -> Gather {
    Gather {
        sources: vec![escaped(source.as_bytes())],
        parents: true,
        times: Times::Kept,
        ..Gather::default()
    }
}
