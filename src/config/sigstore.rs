//! A file of parameters for signing: containers-sigstore-signing-params.yaml(5).
//!
//! Keys in files are known. What would want a service on the network is refused by name.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::config::error::Error;
use crate::config::file::read;
use crate::types::escape::visible;

/// What to sign with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameters {
    pub key: PathBuf,
    pub passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Document {
    private_key_file: Option<PathBuf>,
    private_key_passphrase_file: Option<PathBuf>,
    fulcio: Option<serde::de::IgnoredAny>,
    #[serde(rename = "rekorURL")]
    rekor: Option<serde::de::IgnoredAny>,
}

/// Reads a file of parameters.
pub fn parameters(path: &Path) -> Result<Parameters, Error> {
    let Some(bytes) = read(path)? else {
        return Err(Error::Read {
            path: path.to_owned(),
            source: std::io::ErrorKind::NotFound.into(),
        });
    };
    let text = String::from_utf8(bytes).map_err(|_| Error::content(path, "is not UTF-8"))?;
    let document: Document = serde_saphyr::from_str(&text).map_err(|error| {
        let line = visible(&error.to_string());
        Error::content(path, line.chars().take(300).collect::<String>())
    })?;
    for (there, word) in [
        (document.fulcio.is_some(), "fulcio"),
        (document.rekor.is_some(), "rekorURL"),
    ] {
        if there {
            return Err(Error::content(path, format!("{word} is not supported yet")));
        }
    }
    let key = document
        .private_key_file
        .ok_or_else(|| Error::content(path, "names no privateKeyFile"))?;
    Ok(Parameters {
        key,
        passphrase_file: document.private_key_passphrase_file,
    })
}
