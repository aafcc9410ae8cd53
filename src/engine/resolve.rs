//! A running container's resolv.conf follows the machine's.
//!
//! The monitor looks at the machine's files and runs [`followed`] when they have changed
//! (`guest/monitor/names.rs`); the container's file is its standard input, because that may belong
//! to an id which only the start could give it to.

use std::fs::{self, File};
use std::io::Read;
use std::os::fd::AsFd;
use std::os::unix::fs::FileExt;
use std::path::Path;

use crate::engine::bundle::Bundle;
use crate::engine::{Engine, Error, follow};
use crate::network::bridge::holder::{Action, Order};
use crate::network::bridge::netavark::Programs;
use crate::network::bridge::shared::{self, Shared};
use crate::network::names::{Names, SOURCES};
use crate::runtime::launch;
use crate::runtime::launch::Passed;
use crate::types::{ContainerId, ContainerRecord};

/// Beside the container's file: what it was made from.
pub(super) const SOURCE: &str = "resolv.conf.json";

/// How often the machine's files are looked at, in milliseconds: twice as long as the C libraries
/// wait for an answer.
const PERIOD: u64 = 10_000;

/// The most that is read of either file.
const LIMIT: u64 = 256 << 10;

impl Engine {
    /// What the monitor is told about names; nothing where the machine's files have no part.
    pub(super) fn names_orders(
        &self,
        record: &ContainerRecord,
        bundle: &Bundle,
        passed: &mut Passed,
    ) -> Result<Option<launch::Names>, Error> {
        let names = bundle.network.names.as_ref();
        let Some(names) = names.filter(|names| names.follow_the_machine()) else {
            return Ok(None);
        };
        write_source(&bundle.directory, names)?;
        let path = bundle.directory.join("resolv.conf");
        let file = File::options().read(true).write(true).open(&path);
        let file = file.map_err(|error| Error::file("opening", &path, error))?;
        Ok(Some(launch::Names {
            file: passed.add(file.into()),
            period: PERIOD,
            paths: SOURCES,
            argv: self.follow_words("coracle:names", &record.id),
        }))
    }
}

impl Engine {
    /// Has the programs of the bridges ask the machine's present resolvers. Of all the containers'
    /// commands the first does it.
    fn follow_on_bridges(&self) -> Result<(), Error> {
        let runtime = self.runtime_dir()?;
        let _lock = self.store()?.lock_networks()?;
        let (Some(shared), Some(mut names)) = (Shared::find(runtime)?, shared::names(runtime))
        else {
            return Ok(());
        };
        let text = names.again()?;
        if text == names.text {
            return Ok(());
        }
        let path = std::env::var_os("PATH");
        let order = Order {
            programs: Programs::find(path.as_deref())?,
            container: String::new(),
            action: Action::Resolver,
            documents: vec![serde_json::json!([names.text, text])],
            files: Vec::new(),
        };
        shared.carry_out(self.base()?, &order)?;
        names.text = text;
        Ok(shared::remember_names(runtime, &names)?)
    }
}

/// Replaces the file as one: a command that is killed leaves the old one.
fn write_source(directory: &Path, names: &Names) -> Result<(), Error> {
    let path = directory.join(SOURCE);
    let beside = directory.join("resolv.conf.new");
    let text = serde_json::to_vec(names).expect("strings and addresses serialise");
    fs::write(&beside, text)
        .and_then(|()| fs::rename(&beside, &path))
        .map_err(|error| Error::file("writing", &path, error))
}

/// The role `names`: writes a running container's file anew, unless the container has changed it.
pub fn followed() -> Result<(), Error> {
    let (engine, id) = follow::engine_of_words()?;
    let id = ContainerId::try_from(id).map_err(|error| Error::new(error.to_string()))?;
    let Some(run) = engine.container(id.as_str())?.run else {
        return Ok(());
    };
    let own = follow_in(&run.runtime_dir, &id);
    let shared = match run.network.joined.is_empty() {
        true => Ok(()),
        false => engine.follow_on_bridges(),
    };
    own.and(shared)
}

fn follow_in(runtime_dir: &Path, id: &ContainerId) -> Result<(), Error> {
    let path = runtime_dir.join(SOURCE);
    let mut names = read_source(&path)?;
    let text = names.again()?;
    let bad = |error| Error::file("writing the resolv.conf of", Path::new(id.as_str()), error);
    let file = std::io::stdin().as_fd().try_clone_to_owned().map_err(bad)?;
    let file = File::from(file);
    let mut now = vec![0; LIMIT as usize];
    let count = file.read_at(&mut now, 0).map_err(bad)?;
    let own = now[..count] != *names.text.as_bytes() && now[..count] != *text.as_bytes();
    if own || text == names.text {
        return Ok(());
    }
    // One that reads at this moment finds a whole file: the new one is put over the old.
    file.write_all_at(text.as_bytes(), 0).map_err(bad)?;
    file.set_len(text.len() as u64).map_err(bad)?;
    names.text = text;
    write_source(runtime_dir, &names)
}

fn read_source(path: &Path) -> Result<Names, Error> {
    let bad = |error| Error::file("reading", path, error);
    let mut text = Vec::new();
    let file = File::open(path).map_err(bad)?;
    file.take(LIMIT).read_to_end(&mut text).map_err(bad)?;
    serde_json::from_slice(&text)
        .map_err(|error| Error::new(format!("{}: {error}", path.display())))
}
