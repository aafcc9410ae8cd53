//! Where a stage begins, and what `--from` means: a stage, a named context, an image.

use crate::build::Scope;
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
    pub fn order(&self) -> Result<Vec<usize>, Error> {
        let last = match self.request.target.as_deref() {
            Some(target) => self.stage_called(target, usize::MAX).ok_or_else(|| {
                Error::new(format!("no stage {}", crate::types::escape::quoted(target)))
            })?,
            None => self.file.stages.len() - 1,
        };
        Ok((0..=last).collect())
    }

    /// Finds what a stage begins with; an image is pulled as the policy says.
    pub fn base(&self, index: usize) -> Result<Base, Error> {
        let stage = &self.file.stages[index];
        let base = self.arguments.base_of(stage).map_err(super::fault)?;
        let platform = self.arguments.platform_of(stage).map_err(super::fault)?;
        if let Some(earlier) = self.stage_called(&base, index) {
            let made = self.made.get(&earlier).expect("stages come in order");
            return Ok(Base {
                config: made.config.clone(),
                key: made.key,
                scope: made.scope.clone(),
                image: None,
                named: made.base.clone(),
                lease: self.lease_of(&made.config.rootfs.diff_ids)?,
            });
        }
        if base == "scratch" {
            return self.scratch(platform);
        }
        let name = match self.request.contexts.get(&base) {
            Some(NamedContext::Image(name)) => name.clone(),
            Some(NamedContext::Directory(_)) => {
                return Err(Error::new(format!(
                    "{base}: a stage cannot begin with a directory; COPY --from={base} takes files \
                     of it"
                )));
            }
            None => base.clone(),
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
    pub fn from(&self, word: &str) -> Result<From, Error> {
        let index = word.parse::<usize>().ok();
        let of_index = index.filter(|index| self.made.contains_key(index));
        if let Some(earlier) = of_index.or_else(|| self.stage_called(word, usize::MAX)) {
            let made = self
                .made
                .get(&earlier)
                .ok_or_else(|| Error::new(format!("stage {word} is used before it is built")))?;
            let layers = made.config.rootfs.diff_ids.clone();
            let lease = self.lease_of(&layers)?;
            return Ok(From::Tree(layers, lease));
        }
        let name = match self.request.contexts.get(word) {
            Some(NamedContext::Directory(path)) => {
                return super::context::Context::open(path).map(From::Directory);
            }
            Some(NamedContext::Image(name)) => name,
            None => word,
        };
        let (image, lease) = self.image(name, None)?;
        Ok(From::Tree(image.config.rootfs.diff_ids, lease))
    }

    /// The last stage of this name before another one.
    fn stage_called(&self, name: &str, before: usize) -> Option<usize> {
        let name = name.to_lowercase();
        let named = self.file.stages.iter().enumerate().take(before);
        let mut fitting = named.filter(|(_, stage)| stage.name.as_deref() == Some(&name));
        fitting.next_back().map(|(index, _)| index)
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
