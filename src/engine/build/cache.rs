//! Which steps were made before.
//!
//! A key ([`crate::build::key`]) names everything a step's result depends on; gathered here is what
//! it reads from outside: content it copies or mounts, what the command line tells every RUN. The
//! stage's own layers are compared too: what was made upon another result of the same parent is
//! another thing (S-96).

use crate::engine::Error;
use crate::engine::build::stage::Working;
use crate::engine::build::{Cache, Stamps};
use crate::store::BuiltStep;
use crate::types::digest::Hasher;
use crate::types::{ChainId, Digest, Timestamp};

/// A key in the making: parts with their lengths, so that none runs into the next.
pub(super) struct Key(Hasher);

impl Key {
    pub fn new() -> Self {
        Self(Hasher::default())
    }

    pub fn upon(parent: &Digest) -> Self {
        let mut key = Self::new();
        key.add(&parent.bytes());
        key
    }

    pub fn add(&mut self, part: &[u8]) {
        self.0.update(&(part.len() as u64).to_le_bytes());
        self.0.update(part);
    }

    pub fn finish(self) -> Digest {
        self.0.finish()
    }
}

impl Working<'_, '_> {
    /// Returns what a step gave, if it was made before upon the very same layers.
    pub fn recall(&mut self, key: &Digest) -> Result<Option<BuiltStep>, Error> {
        if self.build.request.cache != Cache::Used {
            return Ok(None);
        }
        let store = self.build.engine.store()?;
        let Some(step) = store.built_step(key)? else {
            return Ok(None);
        };
        let below = step.layers.len() - usize::from(step.own_layer && !step.layers.is_empty());
        if step.layers[..below] != self.config.rootfs.diff_ids {
            return Ok(None);
        }
        for chain in ChainId::chain(&step.layers) {
            self.lease.layer(&chain)?;
            if store.layer(&chain)?.is_none() {
                return Ok(None);
            }
        }
        Ok(Some(step))
    }

    /// Keeps what a step gave.
    pub fn remember(&self, key: &Digest, created: Timestamp, own_layer: bool) -> Result<(), Error> {
        if self.build.request.cache == Cache::Off {
            return Ok(());
        }
        let step = BuiltStep {
            layers: self.config.rootfs.diff_ids.clone(),
            created,
            own_layer,
        };
        let store = self.build.engine.store()?;
        Ok(store.keep_built_step(key, &step)?)
    }

    /// What the command line tells every step, as far as it changes results.
    pub fn told(&self) -> Vec<u8> {
        let request = self.build.request;
        let mut run = request.run.clone();
        run.credentials = None;
        run.authfile = None;
        run.cert_dir = None;
        run.tls_verify = None;
        run.retries = None;
        run.retry_delay = None;
        run.pull = Default::default();
        run.create_command = Vec::new();
        let stamps = match request.times {
            Stamps::Now => String::new(),
            times => format!("{times:?}"),
        };
        let run = serde_json::to_vec(&run).unwrap_or_default();
        [run, stamps.into_bytes()].concat()
    }
}

impl crate::engine::Engine {
    /// Forgets what steps gave and what RUN steps keep in caches; their space is freed.
    pub fn prune_builds(&self) -> Result<usize, Error> {
        let store = self.store()?;
        let count = store.forget_built_steps()?;
        store.forget_caches()?;
        store.collect()?;
        self.tidy_up()?;
        Ok(count)
    }
}
