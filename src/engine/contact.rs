//! From a source of `registries.conf` to a client that may speak with it.
//!
//! One place makes clients, so that credentials, certificates and proxies are the same on every
//! road to a registry (S-41).

use crate::config;
use crate::config::Environment;
use crate::engine::{Access, Error};
use crate::registry::{Client, Listener, Options, Patience};
use crate::types::Settings;
use crate::types::registry::{Certificates, Credentials, Source};

/// Whatever decides how registries are spoken with.
pub struct Contact<'a> {
    pub settings: &'a Settings,
    pub environment: &'a Environment,
    pub access: &'a Access,
    /// `credential-helpers` of registries.conf.
    pub keepers: &'a [String],
    /// Who hears of failures after which it is tried again.
    pub listener: Listener,
}

impl Contact<'_> {
    /// Makes a client with the credentials that were given or are stored.
    pub fn client(&self, source: &Source) -> Result<Client, Error> {
        let credentials = self.credentials(source)?;
        self.client_as(source, credentials)
    }

    /// Makes a client with these credentials.
    pub fn client_as(
        &self,
        source: &Source,
        credentials: Option<Credentials>,
    ) -> Result<Client, Error> {
        let insecure = match self.access.tls_verify {
            Some(verify) => !verify,
            None => source.insecure,
        };
        let retries = self.access.retries.or(self.settings.retries);
        let delay = self.access.retry_delay.or(self.settings.retry_delay);
        let patience = Patience::default();
        Ok(Client::new(Options {
            credentials,
            certificates: self.certificates(source)?,
            proxies: self.environment.proxies(),
            patience: Patience {
                retries: retries.unwrap_or(patience.retries),
                delay,
                insists: retries.is_some(),
                opening: Some(format!("initializing source docker://{source}")),
                listener: self.listener.clone(),
                ..patience
            },
            source: Source {
                insecure,
                ..source.clone()
            },
        }))
    }

    /// `--creds` is meant for the registry that was named, not for its mirrors.
    fn credentials(&self, source: &Source) -> Result<Option<Credentials>, Error> {
        if let (Some((user, password)), false) = (&self.access.credentials, source.mirror) {
            return Ok(Some(Credentials::Password {
                user: user.clone(),
                password: password.clone(),
            }));
        }
        let found = config::auth::find(
            self.environment,
            &source.registry,
            &source.repository,
            self.access.authfile.as_deref(),
            self.settings.config_dir.as_deref(),
            self.keepers,
        );
        Ok(found?)
    }

    fn certificates(&self, source: &Source) -> Result<Certificates, Error> {
        let cert_dir = self.access.cert_dir.as_deref();
        let found = config::certs::load(self.environment, &source.registry, cert_dir);
        Ok(found?)
    }
}
