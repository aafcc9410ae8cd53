//! `system df`: what images, containers and volumes take, and where in the store it lies.
//!
//! Sizes of images are those of their layers' tars and documents, as `images` has them; what
//! lies on the disk is measured in U0, as du(1) does, and told by area.

use std::collections::{HashMap, HashSet};

use crate::engine::lifecycle::is_alive;
use crate::engine::views::{Container, Image};
use crate::engine::{Engine, Error, Volume};
use crate::layer::tree::{Job, Taken, View, read_measured};
use crate::types::{ChainId, ImageId};

/// Everything `system df` shows.
#[derive(Debug, Clone, Default)]
pub struct DiskUsage {
    pub images: Vec<ImageUse>,
    /// Bytes of all layers and documents, each counted once.
    pub images_size: u64,
    pub containers: Vec<ContainerUse>,
    pub volumes: Vec<VolumeUse>,
    /// Where on the disk it lies; empty unless it was asked for.
    pub areas: Vec<Area>,
}

/// An image and what it takes.
#[derive(Debug, Clone)]
pub struct ImageUse {
    pub image: Image,
    /// Bytes of layers that other images have, too.
    pub shared: u64,
    /// How many containers are made of it.
    pub containers: usize,
}

impl ImageUse {
    /// Bytes that would go with it.
    pub fn unique(&self) -> u64 {
        self.image.size - self.shared
    }
}

/// A container and the bytes of the files it has written.
#[derive(Debug, Clone)]
pub struct ContainerUse {
    pub container: Container,
    pub size: u64,
}

/// A volume and the bytes of its files.
#[derive(Debug, Clone)]
pub struct VolumeUse {
    pub volume: Volume,
    pub size: u64,
}

/// One part of the store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Area {
    pub name: &'static str,
    pub count: usize,
    /// Bytes of regular files.
    pub bytes: u64,
    /// Bytes of the blocks on the disk, as du(1) counts them.
    pub disk: u64,
    /// How many of those `system prune --all --volumes` would free.
    pub reclaimable: u64,
}

/// Where things lie: the first names of a path, what that is called, and whether the name below
/// is one object.
const AREAS: &[(&str, &str)] = &[
    ("layers", "Layers"),
    ("shifted", "Shifted trees"),
    ("blobs", "Documents"),
    ("images", "Image records"),
    ("artifacts", "Artifact records"),
    ("containers", "Containers"),
    ("volumes", "Volumes"),
    ("tmp/trash", "Trash"),
    ("tmp", "Unfinished"),
];
const OTHER: &str = "Other";
const TOTAL: &str = "Total";
/// Files that layers have in common: what they would take, were they not kept once.
const SAVED: &str = "Saved by sharing";

/// Folders of names and levels between a folder and its objects.
const NO_OBJECTS: &[&str] = &[
    "blobs/sha256",
    "images/names",
    "containers/names",
    "tmp/trash",
];

impl Engine {
    /// Measures the store; `areas` also where it lies, which looks at every file.
    pub fn disk_usage(&self, areas: bool) -> Result<DiskUsage, Error> {
        let containers = self.containers()?;
        let volumes = self.volumes()?;
        let mut images = self.images()?;
        // What is in an additional store takes nothing here.
        images.retain(|image| image.read_only.is_none());
        let within: &[&str] = match areas {
            true => &[],
            false => &["containers", "volumes"],
        };
        let nothing = !areas && containers.is_empty() && volumes.is_empty();
        let taken = match nothing {
            true => Vec::new(),
            false => self.measure(within)?,
        };
        let bytes: HashMap<&str, u64> = taken.iter().map(|t| (t.part.as_str(), t.bytes)).collect();
        let bytes_of = |part: String| bytes.get(part.as_str()).copied().unwrap_or(0);
        let areas = match areas {
            true => {
                let mut areas = by_area(&taken, &Needed::of(&containers, &volumes));
                let saved = self.store()?.saved()?;
                areas.push(Area {
                    name: SAVED,
                    count: saved.files as usize,
                    bytes: saved.bytes,
                    ..Area::default()
                });
                areas
            }
            false => Vec::new(),
        };
        let (images, images_size) = self.image_uses(images, &containers)?;
        let volumes = volumes.into_iter().map(|volume| VolumeUse {
            size: bytes_of(format!("volumes/{}/_data", volume.record.name)),
            volume,
        });
        let volumes = volumes.collect();
        let containers = containers.into_iter().map(|container| ContainerUse {
            size: bytes_of(format!("containers/{}/upper", container.record.id)),
            container,
        });
        Ok(DiskUsage {
            images,
            images_size,
            containers: containers.collect(),
            volumes,
            areas,
        })
    }

    fn measure(&self, within: &[&str]) -> Result<Vec<Taken>, Error> {
        let root = View {
            layers: vec![self.store()?.root().to_owned()],
            ..View::default()
        };
        let within = within.iter().map(|name| (*name).to_owned()).collect();
        let mut visit = self.visit(vec![root], Job::Measure(within))?;
        let taken = read_measured(&mut visit.task);
        // What the worker says comes first: the stream only ended.
        visit.finish()?;
        Ok(taken?)
    }

    /// Which part of every image is its own; and the sum of all, each part once.
    fn image_uses(
        &self,
        images: Vec<Image>,
        containers: &[Container],
    ) -> Result<(Vec<ImageUse>, u64), Error> {
        let store = self.store()?;
        let mut sizes: HashMap<ChainId, u64> = HashMap::new();
        let mut having: HashMap<ChainId, usize> = HashMap::new();
        let chains = |image: &Image| ChainId::chain(&image.config.rootfs.diff_ids);
        for image in &images {
            for chain in chains(image) {
                *having.entry(chain).or_default() += 1;
                if let std::collections::hash_map::Entry::Vacant(entry) = sizes.entry(chain) {
                    let layer = store.layer(&chain)?;
                    entry.insert(layer.map_or(0, |layer| layer.facts.size));
                }
            }
        }
        let mut users: HashMap<ImageId, usize> = HashMap::new();
        for id in containers.iter().filter_map(|c| c.record.image_id) {
            *users.entry(id).or_default() += 1;
        }
        let documents: u64 = images.iter().map(|image| image.documents).sum();
        let uses = images.into_iter().map(|image| {
            let shared = chains(&image);
            let shared = shared.iter().filter(|chain| having[*chain] > 1);
            ImageUse {
                shared: shared
                    .map(|chain| sizes[chain])
                    .sum::<u64>()
                    .min(image.size),
                containers: users.get(&image.id).copied().unwrap_or(0),
                image,
            }
        });
        Ok((uses.collect(), documents + sizes.values().sum::<u64>()))
    }
}

/// What pruning everything would leave.
struct Needed {
    /// Hex chain ids of layers that containers stand on.
    layers: HashSet<String>,
    containers: HashSet<String>,
    volumes: HashSet<String>,
}

impl Needed {
    fn of(containers: &[Container], volumes: &[Volume]) -> Self {
        let alive = containers.iter().filter(|c| is_alive(c.status));
        let used = volumes.iter().filter(|volume| volume.running > 0);
        Self {
            layers: alive
                .clone()
                .flat_map(|c| c.record.layers.iter().cloned())
                .collect(),
            containers: alive.map(|c| c.record.id.to_string()).collect(),
            volumes: used.map(|v| v.record.name.to_string()).collect(),
        }
    }

    /// Whether an object of the store stays.
    fn keeps(&self, area: &str, name: &str) -> bool {
        match area {
            "layers" => self.layers.contains(name),
            "shifted" => name
                .split('-')
                .next()
                .is_some_and(|chain| self.layers.contains(chain)),
            "containers" => self.containers.contains(name),
            "volumes" => self.volumes.contains(name),
            "tmp/trash" => false,
            _ => true,
        }
    }
}

/// Sums the parts up by area, with what pruning would free.
fn by_area(taken: &[Taken], needed: &Needed) -> Vec<Area> {
    let mut areas: Vec<Area> = AREAS
        .iter()
        .map(|(_, name)| *name)
        .chain([OTHER, TOTAL])
        .map(|name| Area {
            name,
            ..Area::default()
        })
        .collect();
    let total = areas.len() - 1;
    let mut objects: HashSet<(usize, &str)> = HashSet::new();
    for one in taken {
        let below = |folder: &str| {
            let rest = one.part.strip_prefix(folder)?;
            (rest.is_empty() || rest.starts_with('/')).then(|| rest.trim_start_matches('/'))
        };
        let found = AREAS.iter().position(|(folder, _)| below(folder).is_some());
        let at = found.unwrap_or(total - 1);
        let mut reclaimable = 0;
        if let Some((folder, _)) = found.map(|at| AREAS[at]) {
            let object = object_in(folder, &one.part);
            if let Some(object) = object {
                objects.insert((at, object));
                if !needed.keeps(folder, object) {
                    reclaimable = one.disk;
                }
            }
        }
        for area in [at, total] {
            areas[area].bytes += one.bytes;
            areas[area].disk += one.disk;
            areas[area].reclaimable += reclaimable;
        }
    }
    for (at, _) in objects {
        areas[at].count += 1;
        areas[total].count += 1;
    }
    areas
}

/// The name of the object that a part belongs to; `None` for folders between.
fn object_in<'a>(folder: &str, part: &'a str) -> Option<&'a str> {
    if part == folder || NO_OBJECTS.contains(&part) {
        return None;
    }
    let between = NO_OBJECTS.iter().find_map(|between| {
        let rest = part.strip_prefix(between)?;
        rest.strip_prefix('/')
    });
    let rest = match between {
        Some(_) if part.contains("/names/") => return None,
        Some(rest) => rest,
        None => part.strip_prefix(folder)?.trim_start_matches('/'),
    };
    rest.split('/').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_summed_up_by_area() {
        let part = |part: &str, disk| Taken {
            part: part.to_owned(),
            bytes: disk / 2,
            disk,
            entries: 1,
        };
        let taken = [
            part("", 1),
            part("blobs", 2),
            part("blobs/sha256", 4),
            part("blobs/sha256/aa", 8),
            part("layers/aa/diff", 16),
            part("layers/aa/tar", 32),
            part("layers/bb/diff", 64),
            part("containers/names/web", 128),
            part("tmp/trash", 256),
            part("tmp/trash/x", 512),
            part("tmp/lease-1", 1024),
            part("version", 2048),
        ];
        let needed = Needed {
            layers: ["aa".to_owned()].into(),
            containers: HashSet::new(),
            volumes: HashSet::new(),
        };
        let areas = by_area(&taken, &needed);
        let facts = |name: &str| {
            let area = areas.iter().find(|area| area.name == name).expect("it");
            (area.count, area.disk, area.reclaimable)
        };
        assert_eq!(facts("Layers"), (2, 112, 64));
        assert_eq!(facts("Documents"), (1, 14, 0));
        assert_eq!(facts("Containers"), (0, 128, 0));
        assert_eq!(facts("Trash"), (1, 768, 512));
        assert_eq!(facts("Unfinished"), (1, 1024, 0));
        assert_eq!(facts("Other"), (0, 2049, 0));
        assert_eq!(facts("Total"), (5, 4095, 576));
    }
}
