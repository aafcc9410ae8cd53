//! What containers take on the disk: their own files, and the image they share.

use crate::engine::views::Container;
use crate::engine::{Engine, Error};
use crate::layer::Report;
use crate::layer::tree::Job;
use crate::types::{ChainId, Digest};

/// Bytes of one container.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// What it has written itself.
    pub own: u64,
    /// With the layers of its image.
    pub whole: u64,
}

impl Engine {
    /// Measures containers, all in one visit; in their order.
    pub fn sizes(&self, containers: &[Container]) -> Result<Vec<Size>, Error> {
        if containers.is_empty() {
            return Ok(Vec::new());
        }
        let trees = containers.iter().map(|c| self.upper(c));
        let trees = trees.collect::<Result<_, _>>()?;
        let mut visit = self.visit(trees, Job::Sizes)?;
        visit.task.copy_to(&mut std::io::sink())?;
        let Report::Sizes(own) = visit.finish()? else {
            return Err(Error::new("the measuring process gave a strange answer"));
        };
        let mut sizes = Vec::new();
        for (container, own) in containers.iter().zip(own) {
            sizes.push(Size {
                own,
                whole: own + self.below(container)?,
            });
        }
        Ok(sizes)
    }

    /// Bytes of the layers below a container.
    fn below(&self, container: &Container) -> Result<u64, Error> {
        let mut bytes = 0;
        for hex in &container.record.layers {
            let chain = Digest::parse_hex(hex).map_err(|error| Error::new(error.to_string()))?;
            let layer = self.store()?.layer(&ChainId(chain))?;
            bytes += layer.map_or(0, |layer| layer.facts.size);
        }
        Ok(bytes)
    }
}
