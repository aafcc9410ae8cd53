//! `system check`: is everything in the store as it should be, and what becomes of what is not.
//!
//! Other commands go on meanwhile. Records and documents are looked at by the store; the content
//! of a layer is seen by writing its tar again, whose digest is the layer's name, and unpacking
//! that beside it: both trees must be the same.

use std::collections::{BTreeSet, HashMap};
use std::io::BufReader;

use crate::engine::space::of_layer;
use crate::engine::views::RemoveRequest;
use crate::engine::{Engine, Error, Kind};
use crate::layer::pack::write_tar;
use crate::layer::tree::{Change, Compared, Job, View, read_changes};
use crate::layer::{self, adopt};
use crate::store::{Depth, Fault, Faults, Staged, StoredLayer, Suspect};
use crate::types::image::Compression;
use crate::types::{ChainId, ContainerId, Digest, ImageId};

/// How many differences of a layer are told.
const TOLD: usize = 3;
/// Above this a layer's second tree is deleted before the next one is made.
const LARGE: u64 = 64 << 20;

/// What is to be done with what is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repair {
    Nothing,
    /// Images and layers that no container needs go.
    Images,
    /// Containers that need them go, too.
    Containers,
}

/// `system check`
#[derive(Debug, Clone, Copy)]
pub struct CheckRequest {
    pub quick: bool,
    /// The age from which a layer that nobody refers to is damage, in nanoseconds.
    pub max_age: i128,
    pub repair: Repair,
}

/// What was found and removed.
#[derive(Debug, Default)]
pub struct CheckReport {
    pub faults: Vec<Fault>,
    pub removed_layers: Vec<ChainId>,
    pub removed_images: Vec<ImageId>,
    pub removed_containers: Vec<ContainerId>,
    /// What lies in the store and is not ours.
    pub strange: Vec<std::path::PathBuf>,
}

impl Engine {
    /// Looks at everything in the store; removes what is damaged if that is asked for.
    pub fn check_store(&self, request: &CheckRequest) -> Result<CheckReport, Error> {
        let store = self.store()?;
        // What a killed command has left is no damage: any other command would do this, too.
        self.tidy_up()?;
        let depth = match request.quick {
            true => Depth::Quick,
            false => Depth::Whole,
        };
        let mut faults = store.check(depth, request.max_age)?;
        if !request.quick {
            self.check_trees(&mut faults)?;
        }
        let mut report = CheckReport {
            strange: store.strange_names()?,
            ..CheckReport::default()
        };
        if request.repair != Repair::Nothing && !faults.0.is_empty() {
            self.repair(&faults, request.repair, &mut report)?;
            self.tidy_up()?;
        }
        report.faults = faults.0;
        Ok(report)
    }

    /// Compares the tree of every layer with the tar it came from.
    fn check_trees(&self, faults: &mut Faults) -> Result<(), Error> {
        let store = self.store()?;
        let mut lease = store.lease()?;
        for layer in store.layers_in_use(&mut lease)? {
            let chain = layer.chain;
            match self.fault_of_tree(&layer) {
                Ok(None) => {}
                Ok(Some(why)) => faults.add(Suspect::Layer(chain), why),
                Err(error) if error.full => {
                    let hex = chain.hex();
                    self.warn(&format!(
                        "layer {hex} was not compared with its tar: {error}"
                    ));
                }
                Err(error) => return Err(error),
            }
            if layer.facts.size > LARGE {
                self.tidy_up()?;
            }
        }
        drop(lease);
        self.tidy_up()
    }

    fn fault_of_tree(&self, layer: &StoredLayer) -> Result<Option<String>, Error> {
        let again = match self.unpack_again(layer)? {
            Ok(staged) => staged,
            Err(why) => return Ok(Some(why)),
        };
        let single = |path: std::path::PathBuf| View {
            layers: vec![path],
            ..View::default()
        };
        let trees = vec![
            single(layer.diff.clone()),
            single(again.path().join("diff")),
        ];
        let mut visit = self.visit(trees, Job::Changes(Compared::Whole))?;
        let changes = read_changes(&mut visit.task);
        visit.finish()?;
        let changes = changes?;
        Ok((!changes.is_empty()).then(|| told(&changes)))
    }

    /// Writes the layer's tar and unpacks it beside; the reason when that is not its tar any more.
    fn unpack_again(&self, layer: &StoredLayer) -> Result<Result<Staged, String>, Error> {
        let store = self.store()?;
        let staged = store.stage()?;
        let (base, limits) = (self.base()?, self.limits()?);
        let (reader, mut writer) =
            std::io::pipe().map_err(|error| Error::new(format!("making a pipe: {error}")))?;
        let (written, unpacked) = std::thread::scope(|scope| {
            let packing = scope.spawn(move || write_tar(&layer.path, &mut writer, Some(base)));
            let mut reader = BufReader::new(reader);
            let plain = Some(Compression::Plain);
            let unpacked = layer::unpack(&mut reader, plain, staged.fd(), &limits, Some(base));
            drop(reader);
            (packing.join(), unpacked)
        });
        let written = written.map_err(|_| Error::new("the packing thread has ended early"))?;
        let written = match (written, &unpacked) {
            // The unpacking worker says more of why the stream ended.
            (Err(layer::Error::Stream(_)), Err(_)) => None,
            (Ok((diff_id, _)), _) => Some(diff_id),
            (Err(error), _) => return Ok(Err(format!("content modified: {error}"))),
        };
        if written.is_some_and(|diff_id| diff_id != layer.facts.diff_id) {
            return Ok(Err("layer content checksum failed".to_owned()));
        }
        let unpacked = unpacked.map_err(|error| of_layer(store, error))?;
        if unpacked.needs_adoption {
            let below = self.trees_below(layer)?;
            adopt::adopt(staged.fd(), &below, Some(base)).map_err(|e| of_layer(store, e))?;
        }
        Ok(Ok(staged))
    }

    /// The trees of the layers below one, topmost first.
    fn trees_below(&self, layer: &StoredLayer) -> Result<Vec<std::path::PathBuf>, Error> {
        let store = self.store()?;
        let (mut below, mut parent) = (Vec::new(), layer.facts.parent);
        while let Some(chain) = parent {
            let layer = store.needed_layer(&chain)?;
            parent = layer.facts.parent;
            below.push(layer.diff);
        }
        Ok(below)
    }

    fn repair(
        &self,
        faults: &Faults,
        repair: Repair,
        report: &mut CheckReport,
    ) -> Result<(), Error> {
        let store = self.store()?;
        let of = |pick: fn(&Suspect) -> Option<ChainId>| -> BTreeSet<ChainId> {
            faults.0.iter().filter_map(|f| pick(&f.suspect)).collect()
        };
        let layers = of(|suspect| match suspect {
            Suspect::Layer(chain) => Some(*chain),
            _ => None,
        });
        for fault in &faults.0 {
            match &fault.suspect {
                Suspect::ImageFile(path) | Suspect::Lost(path) => {
                    store.remove_damaged_file(path)?
                }
                Suspect::Volume(name) => store.repair_volume(name)?,
                Suspect::Container(id) if repair == Repair::Containers => {
                    self.condemn_container(id, report)?;
                }
                Suspect::Artifact(name) if repair == Repair::Containers => {
                    store.remove_artifact(name)?;
                }
                Suspect::ArtifactFile(path) if repair == Repair::Containers => {
                    store.remove_damaged_file(path)?;
                }
                _ => {}
            }
        }
        if repair == Repair::Containers {
            for entry in store.containers()? {
                let Ok(record) = entry.record() else { continue };
                let damaged = |hex: &String| {
                    Digest::parse_hex(hex).is_ok_and(|hex| layers.contains(&ChainId(hex)))
                };
                if record.layers.iter().any(damaged) {
                    self.condemn_container(&entry.id, report)?;
                }
            }
        }
        self.condemn_images(faults, &layers, report)?;
        for chain in layers {
            if store.remove_damaged_layer(&chain)? {
                report.removed_layers.push(chain);
            }
        }
        Ok(())
    }

    /// Removes images that are damaged or stand on such layers, unless a container needs them.
    fn condemn_images(
        &self,
        faults: &Faults,
        layers: &BTreeSet<ChainId>,
        report: &mut CheckReport,
    ) -> Result<(), Error> {
        let store = self.store()?;
        let mut doomed: HashMap<ImageId, ()> = HashMap::new();
        for image in store.readable_images(&mut |_| {})? {
            let record = &image.record;
            let itself = faults
                .0
                .iter()
                .any(|fault| fault.suspect == Suspect::Image(record.manifest));
            if itself || record.layers.iter().any(|chain| layers.contains(chain)) {
                doomed.insert(record.id, ());
            }
        }
        for id in doomed.into_keys() {
            if let Some(names) = store.remove_unused_image(&id, crate::store::Unused::Any)? {
                self.record_removed(&id, &names);
                report.removed_images.push(id);
            }
        }
        Ok(())
    }

    fn condemn_container(&self, id: &ContainerId, report: &mut CheckReport) -> Result<(), Error> {
        let request = RemoveRequest {
            force: true,
            ..RemoveRequest::default()
        };
        match self.remove(id.as_str(), &request) {
            Err(error) if error.kind == Kind::NoSuchObject => Ok(()),
            Err(error) => Err(error),
            Ok(_) => {
                report.removed_containers.push(id.clone());
                Ok(())
            }
        }
    }
}

/// The first differences, in one line.
fn told(changes: &[Change]) -> String {
    let shown = changes.iter().take(TOLD).map(|change| {
        let what = match change {
            Change::Added(_) => "added",
            Change::Changed(_) => "changed",
            Change::Deleted(_) => "deleted",
        };
        format!("{what} {}", change.path().escape_ascii())
    });
    let mut line = format!("content modified: {}", shown.collect::<Vec<_>>().join(", "));
    if changes.len() > TOLD {
        line.push_str(&format!(" and {} more", changes.len() - TOLD));
    }
    line
}
