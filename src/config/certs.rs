//! `certs.d`: a registry's own authorities and our certificate for it.
//!
//! containers-certs.d(5): `*.crt` are authorities, `NAME.cert` with `NAME.key` is shown to the
//! registry. The first directory that exists is the one that counts.

use std::path::{Path, PathBuf};

use crate::config::environment::Environment;
use crate::config::error::Error;
use crate::config::file::read;
use crate::types::registry::{Certificates, PemFile};

const MAX_ENTRIES: usize = 1000;

/// Reads the certificates for a registry, `host[:port]`; `--cert-dir` replaces all else.
pub fn load(
    environment: &Environment,
    registry: &str,
    cert_dir: Option<&Path>,
) -> Result<Certificates, Error> {
    if let Some(folder) = cert_dir {
        return read_folder(folder);
    }
    let user = environment.user_config();
    let places = [
        user.map(|dir| dir.join("certs.d")),
        Some(environment.system_config().join("certs.d")),
        Some(environment.system_path("etc/docker/certs.d")),
    ];
    // `registry` has passed the grammar of references: it names one directory, never a path.
    let mut folders = places.into_iter().flatten().map(|dir| dir.join(registry));
    match folders.find(|folder| folder.is_dir()) {
        Some(folder) => read_folder(&folder),
        None => Ok(Certificates::default()),
    }
}

fn read_folder(folder: &Path) -> Result<Certificates, Error> {
    let failed = |source| Error::Read {
        path: folder.to_owned(),
        source,
    };
    let mut names: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(failed)?
        .take(MAX_ENTRIES)
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    names.sort();
    let mut found = Certificates::default();
    for path in &names {
        let kind = path.extension().and_then(|e| e.to_str());
        match kind {
            Some("crt") => found.authorities.extend(pem(path)?),
            Some("cert") => {
                let key = path.with_extension("key");
                let Some(key) = pem(&key)? else {
                    let reason = format!("its key {} is missing", key.display());
                    return Err(Error::content(path, reason));
                };
                found.client = pem(path)?.map(|certificate| (certificate, key));
            }
            Some("key") if !names.contains(&path.with_extension("cert")) => {
                let certificate = path.with_extension("cert");
                let reason = format!("its certificate {} is missing", certificate.display());
                return Err(Error::content(path, reason));
            }
            _ => {}
        }
    }
    Ok(found)
}

fn pem(path: &Path) -> Result<Option<PemFile>, Error> {
    let text = read(path)?;
    Ok(text.map(|text| PemFile {
        path: path.to_owned(),
        text,
    }))
}
