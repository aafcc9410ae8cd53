//! Stored credentials: `auth.json`, Docker's `config.json`, credential helpers.
//!
//! containers-auth.json(5). The most specific entry of the first file that has one wins. Docker's
//! `credsStore` is followed too, which Podman does not do.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use serde::Deserialize;

use crate::config::environment::Environment;
use crate::config::error::Error;
use crate::config::file::read;
use crate::config::helper;
use crate::types::reference::DOCKER_HUB;
use crate::types::registry::Credentials;
use crate::types::strict;

/// How Docker's tools name the Hub in their files.
pub const HUB_KEY: &str = "https://index.docker.io/v1/";

/// One file of credentials.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct File {
    auths: BTreeMap<String, Entry>,
    cred_helpers: BTreeMap<String, String>,
    creds_store: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Entry {
    auth: Option<String>,
    username: Option<String>,
    password: Option<String>,
    identitytoken: Option<String>,
}

/// The name by which `credential-helpers` of registries.conf means the files themselves.
pub const FILES: &str = "containers-auth.json";

/// Finds the credentials for a repository where registries.conf says, else in the files.
///
/// The first that knows some wins; one that fails is not passed over (S-42).
pub fn find(
    environment: &Environment,
    registry: &str,
    repository: &str,
    named: Option<&Path>,
    config_dir: Option<&Path>,
    keepers: &[String],
) -> Result<Option<Credentials>, Error> {
    let files = || in_files(environment, registry, repository, named, config_dir);
    if keepers.is_empty() {
        return files();
    }
    for keeper in keepers {
        let found = match keeper.as_str() {
            FILES => files()?,
            name => helper::ask(name, registry)?,
        };
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Finds the credentials for a repository in the files.
///
/// `named` is `--authfile`; it or `REGISTRY_AUTH_FILE` replaces all other files and must exist.
fn in_files(
    environment: &Environment,
    registry: &str,
    repository: &str,
    named: Option<&Path>,
    config_dir: Option<&Path>,
) -> Result<Option<Credentials>, Error> {
    let named = named.map(Path::to_owned);
    let named = named.or_else(|| environment.path("REGISTRY_AUTH_FILE"));
    if let Some(path) = named {
        let Some(bytes) = read(&path)? else {
            let source = std::io::Error::from(ErrorKind::NotFound);
            return Err(Error::Read { path, source });
        };
        return look_up(&path, &bytes, registry, repository);
    }
    for path in places(environment, config_dir) {
        let bytes = match read(&path) {
            // Somebody else's, such as /run/containers without a login session, or what `sudo`
            // left in the home: not a file that the user meant.
            Err(Error::Read { path, source }) if source.kind() == ErrorKind::PermissionDenied => {
                tracing::warn!("{} cannot be read and is passed over", path.display());
                None
            }
            other => other?,
        };
        let found = match bytes {
            Some(bytes) => look_up(&path, &bytes, registry, repository)?,
            None => None,
        };
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

fn places(environment: &Environment, config_dir: Option<&Path>) -> Vec<PathBuf> {
    let home = environment.home();
    let docker = environment.absolute("DOCKER_CONFIG");
    let docker = docker.or_else(|| Some(home.as_ref()?.join(".docker")));
    let runtime = match environment.absolute("XDG_RUNTIME_DIR") {
        Some(dir) => dir.join("containers"),
        None => environment.system_path(&format!("run/containers/{}", environment.uid())),
    };
    [
        config_dir.map(|dir| dir.join("config.json")),
        Some(runtime.join("auth.json")),
        environment.user_config().map(|dir| dir.join("auth.json")),
        docker.map(|dir| dir.join("config.json")),
        home.map(|dir| dir.join(".dockercfg")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn look_up(
    path: &Path,
    bytes: &[u8],
    registry: &str,
    repository: &str,
) -> Result<Option<Credentials>, Error> {
    let bad = |reason: String| Error::content(path, reason);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(None);
    }
    let file = if path.file_name().is_some_and(|name| name == ".dockercfg") {
        File {
            auths: strict::parse(bytes).map_err(bad)?,
            ..File::default()
        }
    } else {
        strict::parse::<File>(bytes).map_err(bad)?
    };
    let server = if registry == DOCKER_HUB {
        HUB_KEY
    } else {
        registry
    };
    let own_helper = file
        .cred_helpers
        .iter()
        .find(|(key, _)| canonical(key) == canonical(registry));
    if let Some((_, name)) = own_helper {
        return helper::ask(name, server);
    }
    if let Some(name) = &file.creds_store
        && let Some(found) = helper::ask(name, server)?
    {
        return Ok(Some(found));
    }
    for wanted in keys(registry, repository) {
        let entry = file.auths.iter().find(|(key, _)| canonical(key) == wanted);
        if let Some((key, entry)) = entry
            && let Some(found) = credentials(entry).map_err(|why| bad(format!("{key}: {why}")))?
        {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The keys that may hold a repository's credentials, most specific first.
fn keys(registry: &str, repository: &str) -> Vec<String> {
    let host = canonical(registry);
    let mut path = format!("{host}/{repository}");
    let mut found = vec![path.clone()];
    while let Some(at) = path.rfind('/') {
        path.truncate(at);
        found.push(path.clone());
    }
    found
}

/// A key without scheme and API path; all names of the Hub as one.
pub fn canonical(key: &str) -> String {
    let bare = key
        .strip_prefix("https://")
        .or_else(|| key.strip_prefix("http://"));
    // A key with a scheme is one of Docker's: its path is the API's, not a repository.
    let key = match bare {
        Some(bare) => bare.split('/').next().unwrap_or_default(),
        None => key.trim_end_matches('/'),
    };
    let (host, path) = key
        .split_once('/')
        .map_or((key, None), |(h, p)| (h, Some(p)));
    let host = match host {
        "index.docker.io" | "registry-1.docker.io" => DOCKER_HUB,
        other => other,
    };
    match path {
        Some(path) => format!("{host}/{path}"),
        None => host.to_owned(),
    }
}

fn credentials(entry: &Entry) -> Result<Option<Credentials>, &'static str> {
    let token = entry.identitytoken.as_deref().unwrap_or_default();
    if !token.is_empty() {
        return Ok(Some(Credentials::IdentityToken(token.to_owned())));
    }
    let auth = entry.auth.as_deref().unwrap_or_default().trim();
    if auth.is_empty() {
        return Ok(match (&entry.username, &entry.password) {
            (Some(user), Some(password)) => Some(Credentials::Password {
                user: user.clone(),
                password: password.clone(),
            }),
            _ => None,
        });
    }
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(auth)
        .map_err(|_| "its auth is not base64")?;
    let text = String::from_utf8(bytes).map_err(|_| "its auth is not UTF-8")?;
    let (user, password) = text
        .split_once(':')
        .ok_or("its auth holds no user:password")?;
    Ok(Some(Credentials::Password {
        user: user.to_owned(),
        // Old Docker versions padded with NUL bytes.
        password: password.trim_end_matches('\0').to_owned(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, registry: &str, repository: &str) -> Result<Option<String>, Error> {
        let path = Path::new("/auth.json");
        let found = look_up(path, text.as_bytes(), registry, repository)?;
        Ok(found.map(|credentials| match credentials {
            Credentials::Password { user, password } => format!("{user}:{password}"),
            Credentials::IdentityToken(token) => format!("<{token}>"),
        }))
    }

    #[test]
    fn the_most_specific_entry_wins() {
        // dTpw is u:p, djpx v:q, dzpy w:r, eDpz x:s
        let text = r#"{"auths":{
            "a.example":{"auth":"dTpw"},
            "a.example/n":{"auth":"djpx"},
            "a.example/n/i":{"auth":"dzpy"},
            "https://index.docker.io/v1/":{"auth":"eDpz"},
            "https://b.example/v2/":{"username":"y","password":"t"},
            "c.example":{"identitytoken":"tok","auth":"dTpw"},
            "d.example":{},
            "e.example:5000":{"auth":"dTpw"}}}"#;
        for (registry, repository, expected) in [
            ("a.example", "x", Some("u:p")),
            ("a.example", "n/x", Some("v:q")),
            ("a.example", "n/i", Some("w:r")),
            ("a.example", "n/i/j", Some("w:r")),
            ("a.example", "ni", Some("u:p")),
            ("docker.io", "library/debian", Some("x:s")),
            ("b.example", "x", Some("y:t")),
            ("c.example", "x", Some("<tok>")),
            ("d.example", "x", None),
            ("e.example:5000", "x", Some("u:p")),
            ("e.example", "x", None),
            ("e.example:5001", "x", None),
            ("xa.example", "x", None),
        ] {
            let got = found(text, registry, repository).expect("readable");
            assert_eq!(got.as_deref(), expected, "{registry}/{repository}");
        }
    }

    #[test]
    fn wrong_files_are_refused_without_their_secrets() {
        for text in [
            r#"{"auths":{"a":{"auth":"!!!"}}}"#,
            r#"{"auths":{"a":{"auth":"c2VjcmV0"}}}"#,
            r#"{"auths":{"a":{"auth":"dTpw"}},"auths":{}}"#,
            "3",
            "{",
        ] {
            let error = found(text, "a", "x").expect_err(text).to_string();
            assert!(!error.contains("secret"), "{error}");
        }
        assert_eq!(found(" \n", "a", "x").expect("empty"), None);
        assert_eq!(found("{}", "a", "x").expect("empty"), None);
    }
}
