//! `image tree`: the layers of an image, and what else is made of them.
//!
//! Drawn as Podman draws it, with the names of the images that end at a layer.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output::{self, human};
use crate::engine::{Engine, Image};
use crate::types::ChainId;

/// Show the layers of an image
#[derive(Debug, Clone, Args)]
pub struct TreeArgs {
    /// Show everything that is made of the image's last layer, too
    #[arg(long)]
    pub whatrequires: bool,
    /// Name or id of the image
    #[arg(value_name = "IMAGE", add = crate::cli::complete::images())]
    pub name: String,
}

/// `image tree`
pub fn tree(engine: &Engine, args: &TreeArgs) -> Result<u8, Error> {
    let image = engine.image(&args.name)?;
    let chains = ChainId::chain(&image.config.rootfs.diff_ids);
    let layers = Layers::of(engine, &image)?;
    let mut node = Node::new(heading(&image, chains.is_empty()));
    match (args.whatrequires, chains.last()) {
        (true, Some(top)) => {
            let below = chains.len().checked_sub(2).map(|at| chains[at]);
            layers.draw_down(below, *top, &mut node);
        }
        _ => {
            for chain in &chains {
                node.inside.push(Node::new(layers.line(chain)));
            }
        }
    }
    let mut text = format!("{}\n", node.text);
    node.print("", &mut text);
    // Podman ends the tree with an empty line.
    output::line(&text)?;
    Ok(exit::SUCCESS)
}

fn heading(image: &Image, bare: bool) -> String {
    let layers = if bare {
        "No Image Layers"
    } else {
        "Image Layers"
    };
    format!(
        "Image ID: {}\nTags:     [{}]\nSize:     {}\n{layers}",
        &image.id.hex()[..12],
        tags(&image.names).join(" "),
        human::size(image.size, 4),
    )
}

/// Names with a tag; one by digest is no tag.
fn tags(names: &[String]) -> Vec<String> {
    let tags = names.iter().filter(|name| !name.contains('@'));
    tags.cloned().collect()
}

/// All layers that images are made of.
struct Layers {
    /// By chain; the lowest layers are below `None`.
    upon: BTreeMap<Option<ChainId>, BTreeSet<ChainId>>,
    /// Which images end here.
    ending: BTreeMap<ChainId, Vec<String>>,
    sizes: BTreeMap<ChainId, u64>,
}

impl Layers {
    fn of(engine: &Engine, image: &Image) -> Result<Self, Error> {
        let mut all = Self {
            upon: BTreeMap::new(),
            ending: BTreeMap::new(),
            sizes: BTreeMap::new(),
        };
        for other in engine.images()? {
            all.add(engine, &other)?;
        }
        // It may have been removed since it was found.
        all.add(engine, image)?;
        for names in all.ending.values_mut() {
            names.sort();
            names.dedup();
        }
        Ok(all)
    }

    fn add(&mut self, engine: &Engine, image: &Image) -> Result<(), Error> {
        let mut below = None;
        for chain in ChainId::chain(&image.config.rootfs.diff_ids) {
            self.upon.entry(below).or_default().insert(chain);
            if let Entry::Vacant(place) = self.sizes.entry(chain) {
                place.insert(engine.layer_size(&chain)?);
            }
            below = Some(chain);
        }
        if let Some(top) = below {
            self.ending
                .entry(top)
                .or_default()
                .extend(tags(&image.names));
        }
        Ok(())
    }

    fn line(&self, chain: &ChainId) -> String {
        let size = self.sizes.get(chain).copied().unwrap_or_default();
        let names = self.ending.get(chain).filter(|names| !names.is_empty());
        let names = names.map(|names| format!(" Top Layer of: [{}]", names.join(" ")));
        format!(
            "ID: {} Size: {:>7}{}",
            &chain.hex()[..12],
            human::size(size, 4),
            names.unwrap_or_default()
        )
    }

    /// A layer and all upon it: in one line down, and to the right where several share one.
    fn draw_down(&self, below: Option<ChainId>, chain: ChainId, node: &mut Node) {
        let alone = self.upon.get(&below).is_none_or(|all| all.len() <= 1);
        let line = Node::new(self.line(&chain));
        let above: Vec<ChainId> = self
            .upon
            .get(&Some(chain))
            .into_iter()
            .flatten()
            .copied()
            .collect();
        if below.is_none() || alone {
            node.inside.push(line);
            above
                .iter()
                .for_each(|next| self.draw_down(Some(chain), *next, node));
            return;
        }
        let mut line = line;
        above
            .iter()
            .for_each(|next| self.draw_down(Some(chain), *next, &mut line));
        node.inside.push(line);
    }
}

struct Node {
    text: String,
    inside: Vec<Node>,
}

impl Node {
    fn new(text: String) -> Self {
        Self {
            text,
            inside: Vec::new(),
        }
    }

    fn print(&self, before: &str, text: &mut String) {
        let last = self.inside.len().saturating_sub(1);
        for (at, node) in self.inside.iter().enumerate() {
            let (branch, below) = match at == last {
                true => ("└── ", "    "),
                false => ("├── ", "│   "),
            };
            *text += &format!("{before}{branch}{}\n", node.text);
            node.print(&format!("{before}{below}"), text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_are_drawn() {
        let leaf = |text: &str| Node::new(text.to_owned());
        let mut first = leaf("a");
        first.inside = vec![leaf("b"), leaf("c")];
        let mut root = leaf("root");
        root.inside = vec![first, leaf("d")];
        let mut text = String::new();
        root.print("", &mut text);
        assert_eq!(text, "├── a\n│   ├── b\n│   └── c\n└── d\n");
    }
}
