//! The embedded image `localhost/hello`, made of the guest program that this executable carries.
//!
//! Its bytes are always the same for one build: one layer with `/hello` in it, a config and a
//! manifest after the OCI image-spec. They enter the store by the same road as a loaded
//! archive, and from then on it is an image like any other; only the lookup knows its name.

use crate::engine::space::of_layer;
use crate::engine::{Engine, Error};
use crate::guest;
use crate::layer::{self, Limits};
use crate::store::{LayerFacts, Store};
use crate::types::image::{
    Compression, ContainerConfig, Descriptor, History, ImageConfig, Manifest, OCI_CONFIG,
    OCI_LAYER, OCI_MANIFEST, RootFs,
};
use crate::types::{ChainId, DiffId, Digest, Reference, Timestamp};
use crate::userns;

/// Says when the image was made; a fixed day keeps its digests the same on every machine.
const CREATED: &str = "2026-11-21T00:00:00Z";

/// The name it gets in the store.
const NAME: &str = "localhost/hello:latest";

/// A block of a tar archive.
const BLOCK: usize = 512;

/// The documents of an image and its only layer.
#[derive(Debug)]
struct Embedded {
    manifest: Vec<u8>,
    config: Vec<u8>,
    /// An uncompressed tar archive.
    layer: Vec<u8>,
    diff_id: DiffId,
}

/// Whether a name means the embedded image when the store has none of that name.
fn is_embedded(name: &Reference) -> bool {
    let tag = name.tag.as_deref().unwrap_or("latest");
    let place = (name.registry.as_str(), name.repository.as_str());
    // What a user types as `hello` is `docker.io/library/hello` in full.
    let known = matches!(
        place,
        ("localhost", "hello") | ("docker.io", "library/hello")
    );
    known && tag == "latest" && name.digest.is_none()
}

impl Engine {
    /// Puts the embedded image into the store when the word means it; true when it is there.
    pub(crate) fn add_embedded(&self, word: &str) -> Result<bool, Error> {
        if !Reference::parse(word).is_ok_and(|name| is_embedded(&name)) {
            return Ok(false);
        }
        let image = make()?;
        self.with_space(|| self.bring_embedded(&image))?;
        Ok(true)
    }

    fn bring_embedded(&self, image: &Embedded) -> Result<(), Error> {
        let store = self.store()?;
        let mut lease = store.lease()?;
        lease.blob(&Digest::of(&image.config))?;
        for chain in ChainId::chain(&[image.diff_id]) {
            lease.layer(&chain)?;
            // Of several first users one unpacks and the others wait.
            let _claim = store.claim(&Digest::of(&image.layer), &mut |_| true)?;
            if store.layer(&chain)?.is_none() {
                unpack(store, &chain, image)?;
            }
        }
        let manifest = store.add_image(&image.manifest, OCI_MANIFEST, &image.config)?;
        let name = Reference::parse(NAME).map_err(|error| Error::new(error.to_string()))?;
        store.set_name(&name, &manifest)?;
        Ok(())
    }
}

/// A confined worker unpacks the layer, as it does with every other.
fn unpack(store: &Store, chain: &ChainId, image: &Embedded) -> Result<(), Error> {
    let base = userns::base(store.root())?;
    let staged = store.stage()?;
    let unpacked = layer::unpack(
        &mut image.layer.as_slice(),
        Some(Compression::Plain),
        staged.fd(),
        &Limits::default(),
        Some(&base),
    )
    .map_err(|error| of_layer(store, error).while_doing(format!("unpacking {NAME}")))?;
    let facts = LayerFacts {
        diff_id: unpacked.diff_id,
        parent: None,
        size: unpacked.size,
        entries: unpacked.entries,
        created: Timestamp::now(),
        bare_root: unpacked.bare_root,
    };
    let stored = staged.commit_layer(store, chain, &facts)?;
    store.add_layer_blob(&stored.chain, &Digest::of(&image.layer))?;
    Ok(())
}

/// Makes the image of this build.
fn make() -> Result<Embedded, Error> {
    let layer = archive("hello", guest::HELLO);
    let diff_id = DiffId(Digest::of(&layer));
    let config = config(diff_id);
    let config = json(&config)?;
    let manifest = json(&Manifest {
        schema_version: 2,
        media_type: Some(OCI_MANIFEST.to_owned()),
        config: descriptor(OCI_CONFIG, &config),
        layers: vec![descriptor(OCI_LAYER, &layer)],
        annotations: Default::default(),
    })?;
    Ok(Embedded {
        manifest,
        config,
        layer,
        diff_id,
    })
}

fn config(diff_id: DiffId) -> ImageConfig {
    ImageConfig {
        architecture: architecture().to_owned(),
        os: "linux".to_owned(),
        created: Some(CREATED.to_owned()),
        config: ContainerConfig {
            env: Some(vec![
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin".to_owned(),
            ]),
            cmd: Some(vec!["/hello".to_owned()]),
            working_dir: Some("/".to_owned()),
            ..ContainerConfig::default()
        },
        rootfs: RootFs {
            kind: "layers".to_owned(),
            diff_ids: vec![diff_id],
        },
        history: vec![History {
            created: Some(CREATED.to_owned()),
            created_by: Some("the coracle executable".to_owned()),
            ..History::default()
        }],
        ..ImageConfig::default()
    }
}

/// The machine's name in image documents: GOARCH, image-spec config.md.
fn architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}

fn descriptor(media_type: &str, bytes: &[u8]) -> Descriptor {
    Descriptor {
        media_type: media_type.to_owned(),
        digest: Digest::of(bytes),
        size: bytes.len() as u64,
        platform: None,
        urls: Vec::new(),
        annotations: Default::default(),
    }
}

fn json<T: serde::Serialize>(value: &T) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(value)
        .map_err(|error| Error::new(format!("making the image {NAME}: {error}")))
}

/// An archive of one executable file: header, content, two blocks of zeros (pax(1), ustar).
fn archive(name: &str, content: &[u8]) -> Vec<u8> {
    let mut out = header(name, content.len()).to_vec();
    out.extend_from_slice(content);
    out.resize(out.len().next_multiple_of(BLOCK) + 2 * BLOCK, 0);
    out
}

fn header(name: &str, size: usize) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    let mut put =
        |at: usize, text: &str| block[at..at + text.len()].copy_from_slice(text.as_bytes());
    put(0, name);
    put(100, "0000755\0"); // mode
    put(108, "0000000\0"); // owner
    put(116, "0000000\0"); // group
    put(124, &format!("{size:011o}\0"));
    put(136, "00000000000\0"); // modified at the epoch
    put(148, "        "); // the checksum counts as blanks
    put(156, "0"); // an ordinary file
    put(257, "ustar\x0000");
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    let sum = format!("{sum:06o}\0 ");
    block[148..156].copy_from_slice(sum.as_bytes());
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_names_mean_it() {
        for (name, meant) in [
            ("hello", true),
            ("hello:latest", true),
            ("localhost/hello", true),
            ("docker.io/library/hello", true),
            ("hello:2", false),
            ("quay.io/hello", false),
            ("localhost:5000/hello", false),
            ("me/hello", false),
            ("hello-world", false),
        ] {
            let name = Reference::parse(name).expect("a reference");
            assert_eq!(is_embedded(&name), meant, "{name}");
        }
    }

    #[test]
    fn the_documents_fit_together() {
        let image = make().expect("made");
        let manifest: Manifest = serde_json::from_slice(&image.manifest).expect("a manifest");
        let config: ImageConfig = serde_json::from_slice(&image.config).expect("a config");
        assert_eq!(manifest.config.digest, Digest::of(&image.config));
        assert_eq!(manifest.layers[0].digest, Digest::of(&image.layer));
        assert_eq!(config.rootfs.diff_ids, [image.diff_id]);
        assert_eq!(image.manifest, make().expect("made").manifest);
    }

    #[test]
    fn tar_reads_the_layer() {
        let layer = archive("hello", b"content");
        assert_eq!(layer.len(), 4 * BLOCK);
        let folder = std::env::temp_dir().join(format!("coracle-hello-{}", std::process::id()));
        std::fs::write(&folder, &layer).expect("written");
        let listed = std::process::Command::new("tar")
            .args(["--numeric-owner", "-tvf"])
            .arg(&folder)
            .output();
        let _ = std::fs::remove_file(&folder);
        let text = String::from_utf8(listed.expect("tar runs").stdout).expect("text");
        assert!(text.starts_with("-rwxr-xr-x 0/0"), "{text}");
        assert!(text.ends_with("hello\n"), "{text}");
    }
}
