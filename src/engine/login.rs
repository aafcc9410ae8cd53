//! `login` and `logout`: a registry is asked whether a user and password are right, then they
//! are kept where every tool of the containers family looks.

use std::path::PathBuf;

use crate::config::auth;
use crate::config::login::AuthFile;
use crate::config::registries::Registries;
use crate::config::{self, Environment};
use crate::engine::search::own_source;
use crate::engine::{Access, Engine, Error};
use crate::registry;
use crate::types::escape;
use crate::types::reference::{DOCKER_HUB, Typed, check_registry};
use crate::types::registry::{Credentials, Source};

/// Which registry, and how it is spoken with.
#[derive(Debug, Clone, Default)]
pub struct LoginRequest {
    /// As typed; `None` is the first search registry.
    pub registry: Option<String>,
    pub access: Access,
    /// `--compat-auth-file`: a file as Docker writes it.
    pub docker_file: Option<PathBuf>,
}

/// Where credentials are kept, and for what.
pub struct Login<'a> {
    engine: &'a Engine,
    environment: Environment,
    registries: Registries,
    access: Access,
    /// A registry, or a repository of it.
    key: String,
    source: Source,
    file: AuthFile,
}

impl Engine {
    /// Finds out what a login is about; nothing is asked yet.
    pub fn login(&self, request: &LoginRequest) -> Result<Login<'_>, Error> {
        let environment = Environment::current();
        let registries = Registries::load(&environment)?;
        let typed = request.registry.clone();
        let typed = typed.or_else(|| registries.search().first().cloned());
        let key = key_of(typed.as_deref().unwrap_or(DOCKER_HUB))?;
        let registry = key.split('/').next().unwrap_or(&key);
        let source = own_source(&registries, registry, "login")?;
        let mut access = request.access.clone();
        if request.docker_file.is_some() {
            access.authfile = request.docker_file.clone();
        }
        let file = AuthFile::of(
            &environment,
            request.access.authfile.as_deref(),
            request.docker_file.as_deref(),
            self.settings.config_dir.as_deref(),
        )?;
        Ok(Login {
            engine: self,
            environment,
            registries,
            access,
            key,
            source,
            file,
        })
    }

    /// Forgets every login of the file that applies.
    pub fn logout_all(&self, request: &LoginRequest) -> Result<(), Error> {
        let file = AuthFile::of(
            &Environment::current(),
            request.access.authfile.as_deref(),
            request.docker_file.as_deref(),
            self.settings.config_dir.as_deref(),
        )?;
        Ok(file.forget_all()?)
    }
}

impl Login<'_> {
    /// Returns the registry, or repository, as it is kept.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns what is kept for it.
    fn stored(&self) -> Result<Option<Credentials>, Error> {
        let (registry, repository) = self.key.split_once('/').unwrap_or((&self.key, ""));
        let named = self.access.authfile.as_deref();
        // A file that is to be written need not be there yet.
        let variable = self.environment.path("REGISTRY_AUTH_FILE");
        if named
            .or(variable.as_deref())
            .is_some_and(|path| !path.exists())
        {
            return Ok(None);
        }
        Ok(auth::find(
            &self.environment,
            registry,
            repository,
            named,
            self.engine.settings.config_dir.as_deref(),
            &self.registries.credential_helpers,
        )?)
    }

    /// Returns the name of the user who is logged in.
    pub fn user(&self) -> Result<Option<String>, Error> {
        Ok(self.stored()?.map(|credentials| match credentials {
            Credentials::Password { user, .. } => user,
            Credentials::IdentityToken(_) => "<token>".to_owned(),
        }))
    }

    /// Says whether the registry takes what is kept for it.
    pub fn is_valid(&self) -> Result<bool, Error> {
        match self.stored()? {
            Some(credentials) => Ok(self.check(Some(credentials)).is_ok()),
            None => Ok(false),
        }
    }

    fn check(&self, credentials: Option<Credentials>) -> Result<(), Error> {
        let contact = self
            .engine
            .contact(&self.environment, &self.registries, &self.access);
        let client = contact.client_as(&self.source, credentials)?;
        client.log_in().map_err(|error| {
            let registry = self.key.split('/').next().unwrap_or(&self.key);
            match error {
                // As Podman says it; whoever typed it knows what to do.
                registry::Error::Unauthorized { .. } | registry::Error::Denied { .. } => {
                    Error::new(format!(
                        "logging into \"{registry}\": invalid username/password"
                    ))
                }
                error => Error::from(error)
                    .while_doing(format!("authenticating creds for \"{registry}\"")),
            }
        })
    }

    /// Asks the registry whether these are right and keeps them; returns where.
    pub fn keep(&self, user: &str, password: &str) -> Result<String, Error> {
        if user.contains(':') {
            return Err(Error::new("a user name cannot hold a colon"));
        }
        self.check(Some(Credentials::Password {
            user: user.to_owned(),
            password: password.to_owned(),
        }))?;
        let first = self.registries.credential_helpers.first();
        if let Some(keeper) = first.filter(|keeper| *keeper != auth::FILES) {
            config::helper::store(keeper, &self.key, user, password)?;
            return Ok(format!("docker-credential-{keeper}"));
        }
        Ok(self.file.store(&self.key, user, password)?)
    }

    /// Forgets what is kept.
    pub fn forget(&self) -> Result<(), Error> {
        let mut found = self.file.forget(&self.key)?;
        for keeper in &self.registries.credential_helpers {
            if keeper != auth::FILES {
                found |= config::helper::ask(keeper, &self.key)?.is_some();
                config::helper::erase(keeper, &self.key)?;
            }
        }
        if found {
            return Ok(());
        }
        let key = &self.key;
        let error = Error::new(format!("not logged into {key}"));
        Err(match self.stored()? {
            Some(_) => error.hint(format!(
                "another file has credentials for it: docker logout {key}"
            )),
            None => error,
        })
    }
}

/// Reads what a login is for: a registry, or a repository of it, with or without a scheme.
fn key_of(text: &str) -> Result<String, Error> {
    let bare = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let (registry, rest) = match bare {
        // What Docker's users paste: the path is an API's.
        Some(bare) => (bare.split('/').next().unwrap_or_default(), None),
        None => match text.trim_end_matches('/').split_once('/') {
            Some((registry, rest)) => (registry, Some(rest)),
            None => (text.trim_end_matches('/'), None),
        },
    };
    let bad = |why: String| Error::new(format!("{}: {why}", escape::quoted(text)));
    check_registry(registry).map_err(|why| bad(why.to_string()))?;
    let registry = match registry {
        "index.docker.io" | "registry-1.docker.io" => DOCKER_HUB,
        other => other,
    };
    let Some(rest) = rest else {
        return Ok(registry.to_owned());
    };
    let typed = Typed::parse(&format!("{registry}/{rest}")).map_err(|why| bad(why.to_string()))?;
    if typed.tag.is_some() || typed.digest.is_some() {
        return Err(bad(
            "credentials are for repositories, not for tags".to_owned()
        ));
    }
    Ok(format!("{registry}/{rest}"))
}
