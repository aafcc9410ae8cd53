//! `history`: the steps of an image's making, the last one first.

use std::collections::HashMap;

use crate::engine::{Engine, Error};
use crate::types::image::History;
use crate::types::{ChainId, ImageId};

/// One step.
#[derive(Debug, Clone)]
pub struct Step {
    /// The image that ends with this step, if it is here.
    pub id: Option<ImageId>,
    pub names: Vec<String>,
    /// Bytes of the layer it made.
    pub size: u64,
    pub step: History,
}

impl Engine {
    pub fn history(&self, name: &str) -> Result<Vec<Step>, Error> {
        let image = self.image(name)?;
        let store = self.store()?;
        let mut ending: HashMap<ChainId, (ImageId, Vec<String>)> = HashMap::new();
        for other in self.images()? {
            if let Some(top) = ChainId::chain(&other.config.rootfs.diff_ids).last() {
                ending.insert(*top, (other.id, other.names));
            }
        }
        let chains = ChainId::chain(&image.config.rootfs.diff_ids);
        if let Some(top) = chains.last() {
            ending.insert(*top, (image.id, image.names.clone()));
        }
        let mut layers = chains.iter().rev();
        let mut layer = layers.next();
        let mut steps = Vec::new();
        for step in image.config.history.iter().rev() {
            let mut found = Step {
                id: None,
                names: Vec::new(),
                size: 0,
                step: step.clone(),
            };
            if let Some(chain) = layer {
                // Once: what lies below an empty step is the same layer.
                if let Some((id, names)) = ending.remove(chain) {
                    found.id = Some(id);
                    found.names = names;
                }
                if !step.empty_layer {
                    found.size = store.layer(chain)?.map_or(0, |layer| layer.facts.size);
                    layer = layers.next();
                }
            }
            steps.push(found);
        }
        if let Some(first) = steps.first_mut().filter(|first| first.id.is_none()) {
            first.id = Some(image.id);
            first.names = image.names;
        }
        Ok(steps)
    }
}
