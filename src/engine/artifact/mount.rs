//! `--mount type=artifact`: files of an artifact inside a container, read-only.
//!
//! podman-run(1), "--mount". Which files, and where, is decided when the container is made: what
//! an artifact's name stands for later changes nothing in it. Titles are strangers' words (S-36).

use std::path::PathBuf;

use crate::engine::artifact::extract::{Part, chosen, name};
use crate::engine::artifact::{Artifact, TITLE};
use crate::engine::{Engine, Error};
use crate::rootfs;
use crate::store::Lease;
use crate::types::request::{ArtifactFile, Mount, MountSource};
use crate::types::{ContainerRecord, Descriptor, Digest, escape};

impl Engine {
    /// Puts in place of each artifact that is mounted a mount for each of its files; the lease
    /// keeps them until the container's record does.
    pub(crate) fn place_artifacts(
        &self,
        record: &mut ContainerRecord,
    ) -> Result<Option<Lease>, Error> {
        let is_artifact = |mount: &Mount| matches!(mount.source, MountSource::Artifact(_));
        if !record.mounts.iter().any(is_artifact) {
            return Ok(None);
        }
        let mut lease = self.with_space(|| Ok(self.store()?.lease()?))?;
        let tree = self.union_of(record)?;
        let mut placed = Vec::new();
        for mount in std::mem::take(&mut record.mounts) {
            let MountSource::Artifact(wish) = &mount.source else {
                placed.push(mount);
                continue;
            };
            let artifact = self.artifact(&wish.artifact)?;
            let files = files(&artifact, wish)?;
            for (layer, _) in &files {
                lease.blob(&layer.digest)?;
            }
            // Removed between the two: what is leased now may be gone already.
            self.artifact(&wish.artifact)?;
            let there = tree.kind_of(&mount.target);
            let there = there.map_err(|error| Error::new(format!("{}: {error}", wish.artifact)))?;
            placed.extend(placed_at(&mount, wish, &files, there)?);
        }
        record.mounts = placed;
        Ok(Some(lease))
    }

    /// Where a file of an artifact is, by its digest in hex.
    pub(crate) fn artifact_file(&self, hex: &str) -> Result<PathBuf, Error> {
        let digest = Digest::parse_hex(hex).map_err(|error| Error::new(error.to_string()))?;
        Ok(self.store()?.blob_path(&digest))
    }
}

/// The files that are wanted, with their names in a directory.
fn files<'a>(
    artifact: &'a Artifact,
    wish: &ArtifactFile,
) -> Result<Vec<(&'a Descriptor, String)>, Error> {
    let part = match (&wish.digest, &wish.title) {
        (Some(_), Some(_)) => {
            return Err(Error::new("cannot specify both digest and title"));
        }
        (Some(digest), None) => Part::Digest(digest.clone()),
        (None, Some(title)) => Part::Title(title.clone()),
        (None, None) => Part::All,
    };
    Ok(match &part {
        Part::All => {
            let all = artifact.manifest.layers.iter();
            all.map(|layer| Ok((layer, name(layer.annotations.get(TITLE), layer)?)))
                .collect::<Result<_, Error>>()?
        }
        Part::Digest(_) => {
            let layer = chosen(artifact, &part)?;
            vec![(layer, name(None, layer)?)]
        }
        Part::Title(title) => {
            let layer = chosen(artifact, &part)?;
            vec![(layer, name(Some(title), layer)?)]
        }
    })
}

fn placed_at(
    mount: &Mount,
    wish: &ArtifactFile,
    files: &[(&Descriptor, String)],
    there: Option<rootfs::Kind>,
) -> Result<Vec<Mount>, Error> {
    let onto_itself = match there {
        Some(rootfs::Kind::Directory) => false,
        Some(rootfs::Kind::Other) if files.len() > 1 => {
            return Err(Error::new(format!(
                "artifact {} contains more than one blob and container path {} is a file",
                escape::quoted(&wish.artifact),
                escape::quoted(&mount.target)
            )));
        }
        Some(rootfs::Kind::Other) => true,
        None => files.len() == 1,
    };
    let several = files.len() > 1;
    let one = |(at, (layer, own)): (usize, &(&Descriptor, String))| -> Result<Mount, Error> {
        let target = match (onto_itself, &wish.name) {
            (true, _) => mount.target.clone(),
            (false, None) => below(&mount.target, own),
            (false, Some(given)) => {
                let given = name(Some(given), layer)?;
                let numbered = format!("{given}-{at}");
                below(&mount.target, if several { &numbered } else { &given })
            }
        };
        Ok(Mount {
            source: MountSource::Artifact(ArtifactFile {
                blob: Some(layer.digest.hex()),
                ..wish.clone()
            }),
            target,
            // The file is the store's.
            read_only: true,
            ..mount.clone()
        })
    };
    files.iter().enumerate().map(one).collect()
}

fn below(directory: &str, name: &str) -> String {
    format!("{}/{name}", directory.trim_end_matches('/'))
}
