//! `system check`: what is not as it should be, found without stopping anybody.
//!
//! What is looked at is named in a lease before and looked up again afterwards: nobody collects
//! it meanwhile, and what somebody removes is no damage. The content of layers is not looked at
//! here, see `engine/check.rs`.

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::store::file::names_in;
use crate::store::{Error, Lease, Store, StoredLayer};
use crate::sys::open::open_plain;
use crate::types::digest::Hasher;
use crate::types::request::MountSource;
use crate::types::{ChainId, ContainerId, ContainerName, ContainerRecord, Digest, Timestamp};

const BUFFER: usize = 256 << 10;

/// What a fault is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Suspect {
    Layer(ChainId),
    /// By its manifest.
    Image(Digest),
    /// A record or a name of an image that cannot be read.
    ImageFile(PathBuf),
    Artifact(String),
    ArtifactFile(PathBuf),
    Container(ContainerId),
    Volume(ContainerName),
    /// Something in tmp/ whose owner is dead and that nobody reclaims.
    Lost(PathBuf),
}

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub suspect: Suspect,
    pub why: String,
}

/// How closely is looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Records and documents.
    Quick,
    /// Large blobs too.
    Whole,
}

/// What was found so far.
#[derive(Debug, Default)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    pub fn add(&mut self, suspect: Suspect, why: impl Into<String>) {
        let why = why.into();
        self.0.push(Fault { suspect, why });
    }
}

impl Store {
    /// Looks at every record, name and document; `unreferenced` is the age from which a layer
    /// that nobody refers to is a fault, in nanoseconds.
    pub fn check(&self, depth: Depth, unreferenced: i128) -> Result<Faults, Error> {
        let mut faults = Faults::default();
        self.check_images(&mut faults)?;
        self.check_artifacts(depth, &mut faults)?;
        self.check_containers(&mut faults)?;
        self.check_layers(unreferenced, &mut faults)?;
        self.check_volumes(&mut faults)?;
        self.check_unfinished(&mut faults)?;
        Ok(faults)
    }

    fn check_images(&self, faults: &mut Faults) -> Result<(), Error> {
        let images = self.readable_images(&mut |error| {
            if let Error::Damaged { path, reason } = error {
                faults.add(Suspect::ImageFile(path), reason);
            }
        })?;
        self.readable_lists(&mut |error| {
            if let Error::Damaged { path, reason } = error {
                faults.add(Suspect::ImageFile(path), reason);
            }
        })?;
        for image in images {
            let record = image.record;
            let mut lease = self.lease()?;
            for blob in [record.manifest, record.id.0] {
                lease.blob(&blob)?;
            }
            for chain in &record.layers {
                lease.layer(chain)?;
            }
            let mut found = Vec::new();
            for (name, blob) in [("manifest", record.manifest), ("config", record.id.0)] {
                if self.find_blob(&blob)?.is_none() {
                    found.push(format!(
                        "{name} {blob} is missing or damaged: checksum failed"
                    ));
                }
            }
            for chain in &record.layers {
                if self.layer(chain)?.is_none() && !self.layer_path(chain).exists() {
                    found.push(format!("image layer is missing: {}", chain.hex()));
                }
            }
            if self.has_image(&record.manifest)? {
                for why in found {
                    faults.add(Suspect::Image(record.manifest), why);
                }
            }
        }
        Ok(())
    }

    fn check_artifacts(&self, depth: Depth, faults: &mut Faults) -> Result<(), Error> {
        let artifacts = self.readable_artifacts(&mut |error| {
            if let Error::Damaged { path, reason } = error {
                faults.add(Suspect::ArtifactFile(path), reason);
            }
        })?;
        for record in artifacts {
            let mut lease = self.lease()?;
            let mut found = Vec::new();
            for blob in record.blobs.iter().chain([&record.manifest]) {
                lease.blob(blob)?;
                found.extend(self.fault_of_blob(blob, depth)?);
            }
            if self.artifact(&record.name)?.as_ref() == Some(&record) {
                for why in found {
                    faults.add(Suspect::Artifact(record.name.clone()), why);
                }
            }
        }
        Ok(())
    }

    /// Reads a blob of any size.
    fn fault_of_blob(&self, digest: &Digest, depth: Depth) -> Result<Option<String>, Error> {
        let path = self.root.join("blobs/sha256").join(digest.hex());
        let Ok(mut file) = open_plain(&path) else {
            return Ok(Some(format!("blob {digest} is missing")));
        };
        if depth == Depth::Quick {
            return Ok(None);
        }
        let (mut hasher, mut buffer) = (Hasher::default(), vec![0; BUFFER]);
        loop {
            let count = file
                .read(&mut buffer)
                .map_err(|error| Error::io("reading", &path, error))?;
            if count == 0 {
                break;
            }
            hasher.update(&buffer[..count]);
        }
        let right = hasher.finish() == *digest;
        Ok((!right).then(|| format!("blob {digest} is damaged: checksum failed")))
    }

    fn check_containers(&self, faults: &mut Faults) -> Result<(), Error> {
        for entry in self.containers()? {
            let record = match entry.record() {
                Ok(record) => record,
                Err(error @ Error::Damaged { .. }) => {
                    if entry.directory.exists() {
                        faults.add(Suspect::Container(entry.id), error.to_string());
                    }
                    continue;
                }
                // Removed meanwhile.
                Err(_) => continue,
            };
            let mut found = Vec::new();
            if let Some(image) = &record.image_id
                && self.find_blob(&image.0)?.is_none()
            {
                found.push(format!("image missing: {}", image.hex()));
            }
            for hex in stands_on(&record) {
                let chain = Digest::parse_hex(&hex).map(ChainId);
                if !chain.is_ok_and(|chain| self.layer_diff(&chain).is_dir()) {
                    found.push(format!("layer is missing: {hex}"));
                }
            }
            if !entry.directory.join("upper").is_dir() {
                found.push("its own files are missing".to_owned());
            }
            if entry.directory.exists() {
                for why in found {
                    faults.add(Suspect::Container(entry.id.clone()), why);
                }
            }
        }
        Ok(())
    }

    fn check_layers(&self, unreferenced: i128, faults: &mut Faults) -> Result<(), Error> {
        // Unknown while a record cannot be read: then every layer counts as used.
        let used = self.references().ok();
        for chain in self.layers()? {
            let mut lease = self.lease()?;
            lease.layer(&chain)?;
            let path = self.layer_path(&chain);
            let line = format!("layer {}", chain.hex());
            let is_used = used.as_ref().is_none_or(|used| used.contains(&line));
            let why = match self.own_layer(&chain)? {
                None => Some("its record is missing or damaged".to_owned()),
                Some(layer) if !is_used => {
                    let age = Timestamp::now().0 - layer.facts.created.0;
                    drop(lease);
                    // Somebody may be just bringing the image it belongs to.
                    let still = self.references().is_ok_and(|used| !used.contains(&line));
                    (age >= unreferenced && still).then(|| "layer not referenced".to_owned())
                }
                Some(layer) => {
                    let tar = layer.path.join("tar");
                    let here = layer.diff.is_dir() && tar.is_file();
                    (!here).then(|| "layer data item is missing: its tree or record".to_owned())
                }
            };
            if let Some(why) = why.filter(|_| path.exists()) {
                faults.add(Suspect::Layer(chain), why);
            }
        }
        Ok(())
    }

    fn check_volumes(&self, faults: &mut Faults) -> Result<(), Error> {
        for name in names_in(&self.root.join("volumes"))? {
            let Ok(name) = ContainerName::parse(&name) else {
                continue;
            };
            let why = match self.volume(&name) {
                Ok(Some(_)) if self.volume_data(&name).is_dir() => continue,
                Ok(Some(_)) => "its data is missing".to_owned(),
                Ok(None) => "its record is missing".to_owned(),
                Err(error @ Error::Damaged { .. }) => error.to_string(),
                Err(error) => return Err(error),
            };
            if self.root.join("volumes").join(name.as_str()).exists() {
                faults.add(Suspect::Volume(name), why);
            }
        }
        Ok(())
    }

    /// What a sweep, which came before, has left in tmp/ although its owner is dead.
    fn check_unfinished(&self, faults: &mut Faults) -> Result<(), Error> {
        const KNOWN: [&str; 6] = ["stage-", "container-", "lease-", "claim-", "file-", "new-"];
        for name in names_in(&self.tmp())? {
            let path = self.tmp().join(&name);
            let known = KNOWN.iter().any(|kind| name.starts_with(kind));
            // Those are reclaimed by whoever passes by; one may have been left just now.
            if name != "trash" && !known && path.symlink_metadata().is_ok() {
                faults.add(Suspect::Lost(path), "nobody of us has made it");
            }
        }
        Ok(())
    }

    /// The layers of this very store that images and containers stand on and that can be read,
    /// each once; kept while the lease lives.
    pub fn layers_in_use(&self, lease: &mut Lease) -> Result<Vec<StoredLayer>, Error> {
        let mut seen = HashSet::new();
        for image in self.readable_images(&mut |_| {})? {
            seen.extend(image.record.layers);
        }
        for entry in self.containers()? {
            let Ok(record) = entry.record() else { continue };
            let chains = stands_on(&record).into_iter();
            seen.extend(chains.filter_map(|hex| Digest::parse_hex(&hex).ok().map(ChainId)));
        }
        let mut chains: Vec<ChainId> = seen.into_iter().collect();
        chains.sort();
        let mut found = Vec::new();
        for chain in chains {
            lease.layer(&chain)?;
            found.extend(self.own_layer(&chain)?);
        }
        Ok(found)
    }
}

/// The layers of a container and of the images mounted in it, as hex.
pub(crate) fn stands_on(record: &ContainerRecord) -> Vec<String> {
    let mounted = record.mounts.iter().flat_map(|mount| match &mount.source {
        MountSource::Image(tree) => tree.layers.as_slice(),
        _ => &[],
    });
    let all = record.layers.iter().chain(mounted);
    all.map(|chain| chain.strip_prefix("sha256:").unwrap_or(chain).to_owned())
        .collect()
}

/// Whether a path is one of the files that name images.
pub(crate) fn is_name_file(path: &Path) -> bool {
    path.parent()
        .is_some_and(|folder| folder.ends_with("images/names"))
}
