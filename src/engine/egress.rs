//! `--egress`: the filter around a start, and what it wrote down.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::OpenOptionsExt;

use crate::engine::{Engine, Error};
use crate::network::egress::{self, Guard};
use crate::network::{Namespace, Prepared};
use crate::runtime::cgroup::place::set_apart;
use crate::types::egress::Noted;
use crate::types::{ContainerId, ContainerRecord};
use crate::userns::Base;

/// What was refused, beside the container's record; of the last run.
const LOG: &str = "egress.log";

/// More than the filter ever writes.
const MAX_LOG: u64 = 8 << 20;

impl Engine {
    /// Puts the filter into a network that reaches something.
    pub(crate) fn guard_egress(
        &self,
        record: &ContainerRecord,
        base: &Base,
        network: &mut Prepared,
    ) -> Result<Option<Guard>, Error> {
        let Some(egress) = &record.request.egress else {
            return Ok(None);
        };
        if record.runtime.is_some() {
            return Err(Error::new(
                "--egress is kept for the built-in runtime only, and --runtime names another one",
            ));
        }
        let connected = network.helper.is_some();
        if !connected || !matches!(network.namespace, Namespace::Private) {
            return Ok(None); // nothing is reached, as was said aloud
        }
        let path = self.store()?.container_dir(&record.id).join(LOG);
        let _ = std::fs::remove_file(&path);
        let log = File::options()
            .append(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .map_err(|error| Error::file("making", &path, error))?;
        let search_path = std::env::var_os("PATH");
        let mut dns = self.settings.network.dns_servers.clone();
        dns.extend_from_slice(&record.request.dns);
        let guard = egress::guard(
            base,
            network,
            egress,
            &dns,
            log.into(),
            search_path.as_deref(),
        )?;
        // Or the session or unit that began it would end it.
        let scope = format!("coracle-egress-{}.scope", guard.warden);
        if let Err(error) = set_apart(&scope, guard.warden) {
            tracing::debug!("process {} stays where it is: {error}", guard.warden);
        }
        Ok(Some(guard))
    }

    /// What a container tried in its last run and its list does not name.
    pub fn egress_log(&self, id: &ContainerId) -> Result<Vec<Noted>, Error> {
        let path = self.store()?.container_dir(id).join(LOG);
        let Ok(file) = File::open(&path) else {
            return Ok(Vec::new());
        };
        let lines = BufReader::new(file.take(MAX_LOG)).lines();
        let noted = lines.map_while(Result::ok);
        // The last line may be in the writing.
        Ok(noted
            .filter_map(|line| serde_json::from_str(&line).ok())
            .collect())
    }
}

/// `coracle:egress`
pub fn keep() -> Result<(), Error> {
    Ok(egress::keep()?)
}
