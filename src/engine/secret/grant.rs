//! What containers are given of secrets: looked up when a container is made, kept beside its
//! record, shown to each run.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::engine::bundle::write_new;
use crate::engine::{Engine, Error};
use crate::types::ids;
use crate::types::secret::{GrantedSecret, SecretForm};
use crate::types::{ContainerRecord, RunRequest};
use crate::userns;

/// The secrets of a new container, and what they are.
#[derive(Default)]
pub(crate) struct Granted {
    pub secrets: Vec<GrantedSecret>,
    pub values: Vec<Vec<u8>>,
}

/// The files with secrets of one run.
pub(crate) struct SecretFiles {
    /// Where each is in the container, and its own path.
    pub places: Vec<(String, PathBuf)>,
    /// Those that are the container's root's.
    pub of_root: Vec<PathBuf>,
}

impl Engine {
    /// Looks up what a new container is to have.
    pub(crate) fn grant(&self, request: &RunRequest) -> Result<Granted, Error> {
        let mut granted = Granted::default();
        for wish in &request.secrets {
            let record = self.store()?.find_secret(&wish.source)?;
            let value = self.value_of(&record)?;
            let secret = GrantedSecret {
                id: record.id,
                name: record.name,
                form: wish.form.clone(),
            };
            if let Some(variable) = secret.variable() {
                check_variable(variable, &secret.name, &value)?;
            }
            granted.secrets.push(secret);
            granted.values.push(value);
        }
        Ok(granted)
    }

    /// The variables that hold secrets; they are in no record and in no spec that is kept.
    pub(crate) fn secret_variables(
        &self,
        record: &ContainerRecord,
    ) -> Result<Vec<(String, String)>, Error> {
        let mut found = Vec::new();
        for (place, secret) in record.secrets.iter().enumerate() {
            if let Some(name) = secret.variable() {
                let value = self.store()?.granted_value(&record.id, place)?;
                found.push((
                    name.to_owned(),
                    String::from_utf8_lossy(&value).into_owned(),
                ));
            }
        }
        Ok(found)
    }

    /// Writes the files of one run into its bundle, with owner and mode.
    pub(crate) fn write_secrets(
        &self,
        record: &ContainerRecord,
        base: &userns::Base,
        bundle: &Path,
    ) -> Result<SecretFiles, Error> {
        let mut files = SecretFiles {
            places: Vec::new(),
            of_root: Vec::new(),
        };
        for (place, secret) in record.secrets.iter().enumerate() {
            let SecretForm::File(file) = &secret.form else {
                continue;
            };
            let path = bundle.join(format!("secret-{place}"));
            write_new(&path, &self.store()?.granted_value(&record.id, place)?)?;
            let mode = fs::Permissions::from_mode(file.mode & 0o777);
            fs::set_permissions(&path, mode)
                .map_err(|error| Error::file("setting the mode of", &path, error))?;
            match (file.uid, file.gid) {
                (0, 0) => files.of_root.push(path.clone()),
                // All ids are one there.
                _ if base.single => {}
                (uid, gid) => {
                    check_mapped(record, &secret.name, uid, gid)?;
                    self.give(record, base, &path, uid, gid).map_err(|error| {
                        error.while_doing(format!("giving secret {} its owner", secret.name))
                    })?;
                }
            }
            files.places.push((file.path(&secret.name), path));
        }
        Ok(files)
    }
}

fn check_variable(variable: &str, name: &str, value: &[u8]) -> Result<(), Error> {
    let text = std::str::from_utf8(value).is_ok_and(|text| !text.contains('\0'));
    let sound = !variable.is_empty() && !variable.contains(['=', '\0']);
    match (sound, text) {
        (true, true) => Ok(()),
        (false, _) => Err(Error::new(format!(
            "secret {name}: {} is not the name of a variable",
            crate::types::escape::quoted(variable)
        ))),
        (true, false) => Err(Error::new(format!(
            "secret {name}: what is no text cannot be a variable"
        ))
        .hint("type=mount gives the container a file of it")),
    }
}

fn check_mapped(record: &ContainerRecord, name: &str, uid: u32, gid: u32) -> Result<(), Error> {
    let Some(maps) = &record.ids else {
        return Ok(());
    };
    let has = |extents: &[ids::IdExtent], id| ids::to_outside(extents, id).is_some();
    if has(&maps.uid, uid) && has(&maps.gid, gid) {
        return Ok(());
    }
    Err(Error::new(format!(
        "secret {name}: the container has no user {uid} or no group {gid}"
    )))
}
