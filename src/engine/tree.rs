//! The trees of containers and images, for the verbs that look into them: how a worker gets
//! there, and what keeps the tree still meanwhile.
//!
//! What only reads is given a read-only view, with the upper directory as the topmost layer: one
//! upper directory is never the upper one of two mounts. A container that does not run is locked
//! for the time; `start` takes that lock too.

use std::path::PathBuf;

use crate::engine::views::{Container, Image};
use crate::engine::{Engine, Error};
use crate::layer;
use crate::layer::Report;
use crate::layer::tree::{self, Job, Marks, Orders, Place, Task, View};
use crate::store::{ContainerLock, Staged};
use crate::types::{ChainId, Status};

/// A container that stays as it is while it is looked into, if it does not run.
pub(crate) struct Held {
    pub container: Container,
    _lock: Option<ContainerLock>,
}

/// A worker in a tree, and what must outlive it.
pub(crate) struct Visit {
    pub task: Task,
    _stage: Staged,
}

impl Visit {
    pub fn finish(self) -> Result<Report, layer::Error> {
        self.task.finish()
    }
}

impl Engine {
    /// Sends a worker into read-only views of these trees.
    pub(crate) fn visit(&self, trees: Vec<View>, job: Job) -> Result<Visit, Error> {
        let stage = self.with_space(|| Ok(self.store()?.stage()?))?;
        let orders = Orders {
            place: Place::Views {
                trees,
                staging: stage.path().to_owned(),
            },
            job,
        };
        let task = tree::start(&orders, self.base()?, None)?;
        Ok(Visit {
            task,
            _stage: stage,
        })
    }

    /// The container's own changes.
    pub(crate) fn upper(&self, container: &Container) -> Result<View, Error> {
        let layers = vec![container.directory.join("upper")];
        Ok(match self.served_by(&container.record.id)? {
            None => View {
                layers,
                ids: container.record.ids.clone(),
                ..View::default()
            },
            // The owners are the image's already.
            Some(_) => View {
                layers,
                marks: Marks::FuseOverlayfs,
                ..View::default()
            },
        })
    }

    /// What a container stands on, with the owners it sees.
    pub(crate) fn lowers(&self, container: &Container) -> Result<View, Error> {
        let tree = self.tree(&container.record, self.base()?)?;
        let ids = container.record.ids.clone();
        let server = match container.record.request.rootfs {
            None => self.reading_server(&tree.layers)?,
            Some(_) => None,
        };
        Ok(View {
            server,
            layers: tree.layers,
            data: tree.data,
            ids: ids.filter(|_| tree.server.is_none()),
            ..View::default()
        })
    }

    /// All of a container's tree but its volumes.
    pub(crate) fn whole(&self, container: &Container) -> Result<View, Error> {
        let mut view = self.lowers(container)?;
        view.layers.insert(0, self.upper_of(&container.record)?);
        if let Some(program) = self.served_by(&container.record.id)? {
            view.server = Some(self.server_over(&view.layers, &program)?);
        }
        Ok(view)
    }

    /// An image's layers, topmost first.
    pub(crate) fn image_view(&self, image: &Image) -> Result<View, Error> {
        let store = self.store()?;
        let mut layers: Vec<PathBuf> = Vec::new();
        for chain in ChainId::chain(&image.config.rootfs.diff_ids).iter().rev() {
            layers.push(store.needed_layer(chain)?.diff);
        }
        Ok(View {
            server: self.reading_server(&layers)?,
            layers,
            ..View::default()
        })
    }

    /// Finds a container that may be looked into, and keeps it from starting when it is still.
    pub(crate) fn hold(&self, name: &str) -> Result<Held, Error> {
        let container = self.container(name)?;
        self.refuse_foreign(&container)?;
        if is_in_use(container.status) {
            return Ok(Held {
                container,
                _lock: None,
            });
        }
        let lock = self.store()?.lock_container(&container.record.id)?;
        let container = self.container(container.record.id.as_str())?;
        Ok(Held {
            _lock: (!is_in_use(container.status)).then_some(lock),
            container,
        })
    }
}

/// Whether a container has a mount namespace of its own at this moment.
pub(crate) fn is_in_use(status: Status) -> bool {
    matches!(
        status,
        Status::Running | Status::Stopping | Status::Paused | Status::Initialized
    )
}
