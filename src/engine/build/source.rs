//! Where a stage begins, and what `--from` means: a stage, a named context, an image.

use crate::build::{Origin, Scope};
use crate::engine::Error;
use crate::engine::build::cache::Key;
use crate::engine::build::stage::Named;
use crate::engine::build::{Build, NamedContext};
use crate::engine::views::Image;
use crate::store::Lease;
use crate::types::image::RootFs;
use crate::types::{ChainId, DiffId, Digest, ImageConfig, Platform, RunRequest};

/// What a stage begins with.
pub(super) struct Base {
    pub config: ImageConfig,
    pub key: Digest,
    pub scope: Scope,
    pub image: Option<Image>,
    pub named: Option<Named>,
    pub lease: Lease,
}

/// What `--from` leads to.
pub(super) enum From {
    /// Layers, lowest first.
    Tree(Vec<DiffId>, Lease),
    Directory(super::context::Context),
}

impl<'b> Build<'b> {
    /// The stages that are needed, each after those it needs.
    pub fn order(&self) -> Vec<usize> {
        let graph = &self.graph;
        match self.request.every_stage {
            true => (0..=graph.target).collect(),
            false => graph.needed(),
        }
    }

    /// Finds what a stage begins with; an image is pulled as the policy says.
    pub fn base(&self, index: usize) -> Result<Base, Error> {
        let node = &self.graph.nodes[index];
        let platform = node.platform.clone();
        let name = match &node.base {
            Origin::Stage(earlier) => {
                let made = self.made.get(earlier).expect("stages come in order");
                return Ok(Base {
                    config: made.config.clone(),
                    key: made.key,
                    scope: made.scope.clone(),
                    image: None,
                    named: made.base.clone(),
                    lease: self.lease_of(&made.config.rootfs.diff_ids)?,
                });
            }
            Origin::Scratch => return self.scratch(platform),
            Origin::Image(name) => name.clone(),
            Origin::Context(name) => match self.request.contexts.get(name) {
                Some(NamedContext::Image(name)) => name.clone(),
                _ => {
                    return Err(Error::new(format!(
                        "{name}: a stage cannot begin with a directory; COPY --from={name} takes \
                         files of it"
                    )));
                }
            },
        };
        let (image, lease) = self
            .image(&name, platform)
            .map_err(|error| error.while_doing("creating build container"))?;
        let mut key = Key::upon(&image.id.0);
        key.add(b"FROM");
        let mut config = image.config.clone();
        let env = config.config.env.clone().unwrap_or_default();
        config.config.env = Some(env.clone()).filter(|env| !env.is_empty());
        let scope = Scope::of_image(&self.arguments, &env);
        let named = Named {
            name: image.names.first().cloned().unwrap_or(name),
            manifest: image.manifest_digest,
        };
        Ok(Base {
            config,
            key: key.finish(),
            scope,
            named: Some(named),
            image: Some(image),
            lease,
        })
    }

    fn scratch(&self, platform: Option<Platform>) -> Result<Base, Error> {
        let target = self.request.platform.clone();
        let platform = platform.or(target).unwrap_or_else(Platform::host);
        let mut key = Key::upon(&Digest::of(b"scratch"));
        key.add(platform.to_string().as_bytes());
        // A default path, as every engine's images from nothing have.
        let env = vec![crate::spec::merge::DEFAULT_PATH.to_owned()];
        let scope = Scope::of_image(&self.arguments, &env);
        let config = ImageConfig {
            architecture: platform.architecture,
            os: platform.os,
            variant: platform.variant,
            created: Some(self.now().to_string()),
            config: crate::types::image::ContainerConfig {
                env: Some(env),
                ..Default::default()
            },
            rootfs: RootFs {
                kind: "layers".to_owned(),
                diff_ids: Vec::new(),
            },
            ..ImageConfig::default()
        };
        Ok(Base {
            config,
            key: key.finish(),
            scope,
            image: None,
            named: None,
            lease: self.engine.store()?.lease()?,
        })
    }

    /// An image, and what keeps it.
    pub fn image(&self, name: &str, platform: Option<Platform>) -> Result<(Image, Lease), Error> {
        let wanted = platform.or_else(|| self.request.platform.clone());
        let request = RunRequest {
            image: name.to_owned(),
            platform: wanted,
            ..self.request.run.clone()
        };
        self.engine.leased_image(&request, self.progress)
    }

    /// What `--from` of an instruction in a stage leads to.
    pub fn from(&self, stage: usize, word: &str) -> Result<From, Error> {
        let origin = self.graph.origin(stage, word);
        let name = match origin.map_err(|fault| Error::new(fault.to_string()))? {
            Origin::Stage(earlier) => {
                let made = self.made.get(&earlier).ok_or_else(|| {
                    let word = crate::types::escape::quoted(word);
                    Error::new(format!("stage {word} is used before it is built"))
                })?;
                let layers = made.config.rootfs.diff_ids.clone();
                let lease = self.lease_of(&layers)?;
                return Ok(From::Tree(layers, lease));
            }
            Origin::Scratch => {
                return Ok(From::Tree(Vec::new(), self.engine.store()?.lease()?));
            }
            Origin::Context(name) => match self.request.contexts.get(&name) {
                Some(NamedContext::Image(name)) => name.clone(),
                Some(NamedContext::Directory(path)) => {
                    return super::context::Context::open(path).map(From::Directory);
                }
                None => name,
            },
            Origin::Image(name) => name,
        };
        let (image, lease) = self.image(&name, None)?;
        Ok(From::Tree(image.config.rootfs.diff_ids, lease))
    }

    fn lease_of(&self, layers: &[DiffId]) -> Result<Lease, Error> {
        let store = self.engine.store()?;
        let mut lease = store.lease()?;
        for chain in ChainId::chain(layers) {
            lease.layer(&chain)?;
            store.needed_layer(&chain)?;
        }
        Ok(lease)
    }
}
