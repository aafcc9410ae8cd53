//! The container a step works in: made, used once, packed, removed.
//!
//! Its maker's lock says that the build lives. When it is killed, whoever looks at containers next
//! ends and removes it (`list.rs`); nobody else ever sees it.

use std::collections::BTreeMap;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::build::Run;
use crate::engine::build::stage::{Outcome, Working};
use crate::engine::build::{Build, Cache, Stamps};
use crate::engine::commit::mounted_files;
use crate::engine::views::{Container, Image, RemoveRequest};
use crate::engine::{Engine, Error};
use crate::layer::tree::Times;
use crate::store::{Lease, NewContainer};
use crate::types::image::{ContainerConfig, Manifest};
use crate::types::request::{ImageVolumes, LogDriver};
use crate::types::{
    ChainId, Descriptor, DiffId, Digest, ImageConfig, ImageId, RunRequest, Timestamp,
};

/// A container for one step.
pub(super) struct Workplace<'a> {
    engine: &'a Engine,
    pub container: Container,
    _made: Option<NewContainer>,
}

/// What a step wrote.
pub(super) struct Layer {
    pub diff_id: DiffId,
    /// Whether it changes nothing.
    pub empty: bool,
}

impl<'a> Build<'a> {
    /// Makes a container upon what a stage is by now.
    pub fn workplace(
        &self,
        config: &ImageConfig,
        mut request: RunRequest,
    ) -> Result<Workplace<'a>, Error> {
        request.of_build = true;
        request.runs_at_once = true;
        request.health.disabled = true;
        request.image_volumes = ImageVolumes::Ignore;
        request.log.driver = LogDriver::None;
        if request.command.is_empty() {
            request.command = vec!["/".to_owned()]; // never started
        }
        let image = standing(config);
        let id = self
            .engine
            .create_upon(&request, Some(&image), self.progress)?;
        let made = self.engine.begun.borrow_mut().take();
        let container = self.engine.container(id.as_str())?;
        Ok(Workplace {
            engine: self.engine,
            container,
            _made: made,
        })
    }

    /// Makes a layer of what was written, upon those of the stage.
    pub fn layer(
        &self,
        work: &Workplace<'_>,
        below: &[DiffId],
        left_out: Vec<String>,
        lease: &mut Lease,
    ) -> Result<Layer, Error> {
        let engine = self.engine;
        let times = self.times();
        let tree = engine.upper(&work.container)?;
        let fresh = engine.pack_view(tree, left_out, times, self.progress)?;
        let diff_id = fresh.unpacked.diff_id;
        // An entry for the root is always there.
        let empty = fresh.unpacked.entries <= 1;
        let mut all = below.to_vec();
        all.push(diff_id);
        engine.keep_layer(fresh, &all, lease)?;
        Ok(Layer { diff_id, empty })
    }

    pub fn times(&self) -> Times {
        match self.request.times {
            Stamps::Now => Times::Kept,
            Stamps::Exactly(time) => Times::Exactly(time),
            Stamps::Epoch(time) => Times::NoLaterThan(time),
        }
    }

    /// What steps made now are dated.
    pub fn now(&self) -> Timestamp {
        match self.request.times {
            Stamps::Now => Timestamp::now(),
            Stamps::Exactly(time) | Stamps::Epoch(time) => {
                Timestamp(i128::from(time) * 1_000_000_000)
            }
        }
    }

    /// Whether a stage's steps make one layer together.
    pub fn one_layer(&self) -> bool {
        self.request.cache == Cache::Off
    }

    /// What a RUN is told besides its command.
    pub fn run_request(&self, run: &Run) -> Result<RunRequest, Error> {
        use crate::build::{RunNetwork, RunSecurity};
        use crate::types::request::Network;
        let mut request = self.request.run.clone();
        if run.security == RunSecurity::Insecure {
            // Only the command line could allow it, and it has no word for that (S-97).
            return Err(Error::new(
                "RUN --security=insecure: a Containerfile cannot switch the sandbox off",
            ));
        }
        match run.network {
            RunNetwork::Default => {}
            RunNetwork::None => request.network = Network::None,
            RunNetwork::Host if request.network == Network::Host => {}
            RunNetwork::Host => {
                return Err(Error::new(
                    "RUN --network=host: a Containerfile alone cannot have the host's network",
                )
                .hint("allow it with --network host"));
            }
        }
        Ok(request)
    }
}

impl<'b> Working<'_, 'b> {
    /// Makes the container of the next step; where a stage has one layer, it goes on with what the
    /// last one wrote.
    pub fn next_workplace(&mut self, request: RunRequest) -> Result<Workplace<'b>, Error> {
        let work = self.build.workplace(&self.config, request)?;
        if let Some(before) = self.carried.take() {
            let [from, to] = [&before, &work].map(|one| one.container.directory.join("upper"));
            move_tree(&from, &to).map_err(|error| Error::file("moving", &from, error))?;
        }
        Ok(work)
    }

    /// Makes a layer of a step, or keeps what it wrote for the next one.
    pub fn packed(&mut self, work: Workplace<'b>, unless_empty: bool) -> Result<Outcome, Error> {
        if self.build.one_layer() {
            self.left_out.extend(mounted_files(&work.container));
            self.carried = Some(work);
            return Ok(Outcome::Plain);
        }
        let left_out = mounted_files(&work.container);
        let below = &self.config.rootfs.diff_ids;
        let layer = self.build.layer(&work, below, left_out, &mut self.lease)?;
        Ok(match unless_empty && layer.empty {
            true => Outcome::Plain,
            false => Outcome::Layer(layer.diff_id),
        })
    }

    /// Makes the one layer of a stage; false where no step wrote anything.
    pub fn pack_carried(&mut self) -> Result<bool, Error> {
        let Some(work) = self.carried.take() else {
            return Ok(false);
        };
        let left_out = std::mem::take(&mut self.left_out);
        let below = &self.config.rootfs.diff_ids;
        let layer = self.build.layer(&work, below, left_out, &mut self.lease)?;
        self.config.rootfs.diff_ids.push(layer.diff_id);
        Ok(true)
    }
}

/// Moves a directory over an empty one; rename(2) wants to write its `..`, whatever its mode is.
fn move_tree(from: &Path, to: &Path) -> std::io::Result<()> {
    let mode = std::fs::metadata(from)?.permissions().mode();
    std::fs::set_permissions(from, Permissions::from_mode(mode | 0o700))?;
    std::fs::rename(from, to)?;
    std::fs::set_permissions(to, Permissions::from_mode(mode))
}

impl Drop for Workplace<'_> {
    fn drop(&mut self) {
        let request = RemoveRequest {
            force: true,
            volumes: true,
            timeout: Some(0),
        };
        if let Err(error) = self
            .engine
            .remove(self.container.record.id.as_str(), &request)
        {
            // The next command that looks at containers tries again.
            tracing::debug!("{error}");
        }
    }
}

/// What a stage is by now, as a container is made of it.
fn standing(config: &ImageConfig) -> Image {
    let nothing = Digest::of(b"");
    Image {
        id: ImageId(nothing),
        names: Vec::new(),
        manifest_digest: nothing,
        manifest_type: String::new(),
        manifest: Manifest {
            schema_version: 2,
            media_type: None,
            config: Descriptor {
                media_type: String::new(),
                digest: nothing,
                size: 0,
                platform: None,
                annotations: BTreeMap::new(),
                urls: Vec::new(),
            },
            layers: Vec::new(),
            annotations: BTreeMap::new(),
        },
        config: ImageConfig {
            config: ContainerConfig {
                user: config.config.user.clone(),
                env: config.config.env.clone(),
                working_dir: config.config.working_dir.clone(),
                ..ContainerConfig::default()
            },
            ..config.clone()
        },
        raw_config: Vec::new(),
        size: 0,
        documents: 0,
        pulled: Timestamp::now(),
        top_layer: ChainId::chain(&config.rootfs.diff_ids)
            .last()
            .map(ChainId::hex),
        read_only: None,
        listed: false,
    }
}
