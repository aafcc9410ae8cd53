//! `secret create`, `inspect`, `ls`, `rm`; what containers are given of them is beside.

mod driver;
mod grant;

pub(crate) use grant::Granted;

use std::collections::BTreeMap;

use crate::engine::secret::driver::Driver;
use crate::engine::{Engine, Error, Kind};
use crate::store::{self, SecretRecord, Store};
use crate::types::secret::LIMIT;
use crate::types::{Event, Timestamp};

/// What becomes of a secret of that name that is there already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Earlier {
    #[default]
    Refuses,
    /// `--replace`
    IsReplaced,
    /// `--ignore`
    Stays,
}

/// `secret create`
#[derive(Default)]
pub struct SecretRequest {
    pub name: String,
    pub value: Vec<u8>,
    /// `None`: as containers.conf has it, else `file`.
    pub driver: Option<String>,
    pub options: BTreeMap<String, String>,
    pub labels: BTreeMap<String, String>,
    pub earlier: Earlier,
}

impl Engine {
    /// Keeps a secret; returns its id.
    pub fn create_secret(&self, request: &SecretRequest) -> Result<String, Error> {
        check_name(&request.name)?;
        if request.value.is_empty() || request.value.len() >= LIMIT {
            return Err(Error::new(
                "secret data must be larger than 0 and less than 512000 bytes",
            ));
        }
        let (name, options) = self.secret_driver(request);
        let driver = Driver::of(&name, &options)?;
        let store = self.store()?;
        let earlier = store.named_secret(&request.name)?.map(|found| found.0);
        let earlier = match (earlier, request.earlier) {
            (Some(earlier), Earlier::Stays) => return Ok(earlier.id),
            (Some(earlier), Earlier::Refuses) => {
                let name = earlier.name;
                return Err(store::Error::SecretExists { name }.into());
            }
            (earlier, _) => earlier,
        };
        let now = Timestamp::now();
        let record = SecretRecord {
            id: Store::new_secret_id()?,
            name: request.name.clone(),
            created: earlier.as_ref().map_or(now, |earlier| earlier.created),
            updated: now,
            labels: request.labels.clone(),
            driver: name,
            options,
        };
        driver.store(&record.id, &request.value)?;
        let value = driver.is_store().then_some(request.value.as_slice());
        let kept = self.with_space(|| {
            let done = match &earlier {
                Some(_) => store.replace_secret(&record, value),
                None => store.add_secret(&record, value),
            };
            Ok(done?)
        });
        if let Err(error) = kept {
            let _ = driver.delete(&record.id);
            return Err(error);
        }
        // What the earlier one's driver keeps of it is of no use to anybody now.
        if let Some(earlier) = earlier
            && let Ok(driver) = Driver::of(&earlier.driver, &earlier.options)
        {
            let _ = driver.delete(&earlier.id);
        }
        self.record(Event::of("secret", "create", &record.id, ""));
        Ok(record.id)
    }

    /// The driver of a new secret; options of containers.conf are its own driver's.
    fn secret_driver(&self, request: &SecretRequest) -> (String, BTreeMap<String, String>) {
        let conf = &self.settings.secrets;
        let default = conf.driver.as_deref().unwrap_or(driver::FILE);
        let name = request.driver.as_deref().filter(|word| !word.is_empty());
        let name = name.unwrap_or(default);
        let options = match request.options.is_empty() && name == default {
            true => conf.options.clone(),
            false => request.options.clone(),
        };
        (name.to_owned(), options)
    }

    /// Lists all secrets, the oldest first.
    pub fn secrets(&self) -> Result<Vec<SecretRecord>, Error> {
        let mut all = self.store()?.secrets()?;
        for record in &mut all {
            self.say_place(record)?;
        }
        Ok(all)
    }

    /// Finds a secret by id, name or the beginning of an id.
    pub fn secret(&self, word: &str) -> Result<SecretRecord, Error> {
        let mut record = self.store()?.find_secret(word)?;
        self.say_place(&mut record)?;
        Ok(record)
    }

    /// `inspect` names the place of what is kept in the store, too.
    fn say_place(&self, record: &mut SecretRecord) -> Result<(), Error> {
        if record.driver == driver::FILE && !record.options.contains_key(driver::PATH) {
            let place = self.store()?.root().join("secrets");
            let place = place.to_string_lossy().into_owned();
            record.options.insert(driver::PATH.to_owned(), place);
        }
        Ok(())
    }

    /// Returns what a secret is.
    pub fn secret_value(&self, word: &str) -> Result<Vec<u8>, Error> {
        let record = self.store()?.find_secret(word)?;
        self.value_of(&record)
    }

    fn value_of(&self, record: &SecretRecord) -> Result<Vec<u8>, Error> {
        let driver = Driver::of(&record.driver, &record.options)?;
        if !driver.is_store() {
            return driver.look_up(&record.id);
        }
        match self.store()?.named_secret(&record.name)? {
            Some((found, value)) if found.id == record.id => Ok(value),
            _ => Err(store::Error::Unknown {
                object: store::Object::Secret,
                word: record.name.clone(),
            }
            .into()),
        }
    }

    /// Removes a secret; containers that have it keep it. Returns its id.
    pub fn remove_secret(&self, word: &str) -> Result<String, Error> {
        let record = self.store()?.find_secret(word)?;
        Driver::of(&record.driver, &record.options)?
            .delete(&record.id)
            .map_err(|error| error.while_doing(format!("deleting secret {}", record.name)))?;
        self.store()?.remove_secret(&record)?;
        self.record(Event::of("secret", "remove", &record.id, ""));
        Ok(record.id)
    }

    /// Whether there is a secret.
    pub fn has_secret(&self, word: &str) -> Result<bool, Error> {
        match self.secret(word) {
            Ok(_) => Ok(true),
            Err(error) if error.kind == Kind::NoSuchObject => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// Podman's rule for names.
fn check_name(name: &str) -> Result<(), Error> {
    if !name.is_empty() && name.len() <= 253 && !name.contains([',', '/', '=', '\0']) {
        return Ok(());
    }
    Err(Error::new(format!(
        "secret name {} can not include '=', '/', ',', or the '\\0' (NULL) and be between 1 and \
         253 characters: invalid secret name",
        crate::types::escape::quoted(name)
    )))
}
