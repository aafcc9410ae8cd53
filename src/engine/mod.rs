//! The verbs, in the order things happen; one file per verb.
//!
//! `engine` alone walks the whole road. It takes requests and gives back values of
//! `types` or of `views`; it never prints.

mod access;
mod accounts;
mod archive;
mod artifact;
mod attach;
mod binfmt;
mod build;
mod bundle;
mod capabilities;
pub mod cgroup;
mod check;
mod commit;
mod contact;
mod cp;
mod create;
mod damaged;
mod dedupe;
mod deliver;
mod devices;
mod diff;
mod directory;
pub mod egress;
pub mod error;
pub mod events;
mod exec;
mod export;
mod fetch;
mod filter;
mod find;
pub mod follow;
mod foreign;
mod gpg;
pub mod health;
mod hello;
mod history;
pub mod ids;
mod image;
mod image_stores;
mod import;
mod info;
mod init;
mod intake;
mod kernel;
mod lifecycle;
mod limits;
mod list;
mod load;
mod login;
mod logs;
mod lookaside;
mod manifest;
mod mount;
mod names;
pub mod network;
mod notify;
pub mod oci;
mod offer;
mod orders;
mod pause;
mod place;
mod press;
mod prune;
mod pull;
mod push;
mod push_files;
mod rename;
mod reset;
pub mod resolve;
mod restart;
mod rlimits;
mod root_directory;
mod runtime_dir;
mod save;
mod scp;
mod search;
pub mod secret;
mod send;
mod server;
mod settings;
pub(crate) mod shared;
mod size;
pub mod sources;
mod space;
mod sqv;
mod start;
mod stats;
mod strays;
mod time_zone;
pub mod top;
mod tree;
mod trust;
mod unshare;
mod update;
mod usage;
pub mod views;
pub mod volume;
mod vouch;
mod wait;
mod write;

pub use crate::layer::tree::Change;
pub use crate::store::SecretRecord;
pub use crate::store::{Fault, Suspect, Unused};
pub use crate::sys::inherited::mend as mend_inherited_state;
pub use crate::sys::inherited::{replace_error_output, replace_output};
pub use crate::sys::pty::read_secret;
pub use crate::types::image::Family;
pub use artifact::Artifact;
pub use artifact::add::{Adding, ArtifactRequest};
pub use artifact::extract::Part as ArtifactPart;
pub use build::{
    Agent, BuildRequest, BuildSecret, Cache, ContextWord, FileWord, Histories, NamedContext,
    Narrator, Squash, StageNumber, Stamps, Told,
};
pub use capabilities::CapabilityNames;
pub use cgroup::DEFAULT_PIDS;
pub use check::{CheckReport, CheckRequest, Repair};
pub use commit::{CommitRequest, ImageFormat, Pausing};
pub use cp::{CopyRequest, End};
pub use diff::DiffOf;
pub use error::{Error, Kind};
pub use events::EventsRequest;
pub use gpg::GpgKey;
pub use history::Step;
pub use import::{ImportRequest, ImportSource};
pub use login::LoginRequest;
pub use manifest::{
    AddArtifactRequest, AddRequest, AnnotateRequest, CreateListRequest, ListPushRequest, Overrides,
};
pub use mount::Mounted;
pub use network::{Insist, NetworkRequest};
pub use scp::{ScpEnd, ScpRequest};
pub use search::{Hit, SearchRequest};
pub use secret::{Earlier, SecretRequest};
pub use settings::settings_here;
pub use size::Size;
pub use stats::Sample;
pub use trust::{TrustEntry, TrustRequest};
pub use update::{CheckChange, HealthChange, UpdateRequest};
pub use usage::{Area, ContainerUse, DiskUsage, ImageUse, VolumeUse};
pub use views::*;
pub use volume::{Volume, VolumeRequest};
pub use vouch::{Signing, SigstoreKey, signing_parameters};

use std::cell::{OnceCell, RefCell};
use std::path::PathBuf;
use std::sync::Arc;

use crate::store::{NewContainer, Store};
use crate::types::Settings;
use crate::userns;
use crate::userns::machine;

type Describe = dyn Fn(&Engine, &Container) -> Option<String>;

/// Takes a warning, from any thread.
type Warn = dyn Fn(&str) + Send + Sync;

/// Asks which of these names is meant.
pub type Chooser = Box<dyn Fn(&[String]) -> Option<usize>>;

/// The opened stores and settings every verb works with.
pub struct Engine {
    pub settings: Settings,
    store: OnceCell<Store>,
    runtime_dir: OnceCell<PathBuf>,
    base: OnceCell<userns::Base>,
    warnings: Arc<Warn>,
    /// Has the user choose one of several names; `None` where there is no terminal.
    chooser: Option<Chooser>,
    describe: Box<Describe>,
    /// Who uses whose namespaces.
    users_of: OnceCell<shared::Users>,
    /// The container that `run` has made and not yet started.
    begun: RefCell<Option<NewContainer>>,
    /// What may help where a container fails.
    access_hint: RefCell<Option<String>>,
}

impl Engine {
    /// Remembers the settings; the store is opened by the first verb that needs it.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            store: OnceCell::new(),
            runtime_dir: OnceCell::new(),
            base: OnceCell::new(),
            warnings: Arc::new(|_| {}),
            chooser: None,
            describe: Box::new(|_, _| None),
            users_of: OnceCell::new(),
            begun: RefCell::new(None),
            access_hint: RefCell::new(None),
        }
    }

    /// Says who is asked which of several names is meant; answers with its place among them.
    #[must_use]
    pub fn asking(mut self, chooser: Option<Chooser>) -> Self {
        self.chooser = chooser;
        self
    }

    /// Says where warnings go: one line each, about something lost that the user can mend.
    #[must_use]
    pub fn warning(mut self, sink: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.warnings = Arc::new(sink);
        self
    }

    /// Says what `inspect` shows of a container, as one line of JSON: for events.
    #[must_use]
    pub fn describing(
        mut self,
        describe: impl Fn(&Engine, &Container) -> Option<String> + 'static,
    ) -> Self {
        self.describe = Box::new(describe);
        self
    }

    pub(crate) fn warn(&self, line: &str) {
        (self.warnings)(line);
    }

    /// Opens the store, once.
    pub(crate) fn store(&self) -> Result<&Store, Error> {
        if let Some(store) = self.store.get() {
            return Ok(store);
        }
        kernel::check_floor(&machine::kernel_release())?;
        let store = self.open_store()?;
        Ok(self.store.get_or_init(|| store))
    }

    /// The directory for what may vanish, once.
    pub(crate) fn runtime_dir(&self) -> Result<&PathBuf, Error> {
        if let Some(directory) = self.runtime_dir.get() {
            return Ok(directory);
        }
        let store = self.store()?;
        let xdg = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
        let directory = runtime_dir::runtime_dir(&runtime_dir::Surroundings {
            store: store.root(),
            asked: self.settings.runroot.as_deref(),
            xdg: xdg.as_deref(),
            boot_id: &machine::boot_id(),
        })?;
        Ok(self.runtime_dir.get_or_init(|| directory))
    }

    /// Finds or makes the user's base namespace; says in one line when it holds one id only.
    ///
    /// Kept as long as the command lives: its keeper leaves with the last user, and what a
    /// command does at its end would otherwise make another one.
    pub(crate) fn base(&self) -> Result<&userns::Base, Error> {
        if let Some(base) = self.base.get() {
            return Ok(base);
        }
        let base = self.own_base()?;
        Ok(self.base.get_or_init(|| base))
    }

    /// As [`Engine::base`], for a caller that keeps it itself.
    pub(crate) fn own_base(&self) -> Result<userns::Base, Error> {
        let root = self.store()?.root();
        let base = match self.session()? {
            Some(_) => userns::base_from_inside(root)?,
            None => userns::base(root)?,
        };
        if let Some(why) = &base.why_single {
            self.warn(&format!("{why}; {}", why.hint()));
        }
        Ok(base)
    }
}
