//! `mounts.conf`: directories of the host that every container gets, containers-mounts.conf(5).
//!
//! One line each, `SOURCE[:TARGET]`. The user's file replaces the system's, `--default-mounts-file`
//! replaces both. Podman copies the sources; here they are seen through read-only mounts.

use std::path::{Path, PathBuf};

use crate::config::Environment;
use crate::config::error::Error;
use crate::config::file::read;

/// One directory and where it appears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefaultMount {
    pub source: PathBuf,
    /// Absolute.
    pub target: String,
}

/// Reads the file that counts; a usual one that is not there has no lines.
pub fn load(environment: &Environment, named: Option<&Path>) -> Result<Vec<DefaultMount>, Error> {
    let text = |path: &Path| -> Result<Option<String>, Error> {
        let bytes = read(path)?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    };
    if let Some(path) = named {
        let text = text(path)?.ok_or_else(|| Error::Read {
            path: path.to_owned(),
            source: std::io::ErrorKind::NotFound.into(),
        })?;
        return Ok(parse(&text));
    }
    let usual = [
        environment.user_config().map(|dir| dir.join("mounts.conf")),
        Some(environment.system_config().join("mounts.conf")),
        Some(environment.system_path("usr/share/containers/mounts.conf")),
    ];
    for path in usual.into_iter().flatten() {
        if let Some(text) = text(&path)? {
            return Ok(parse(&text));
        }
    }
    Ok(Vec::new())
}

/// Lines that do not begin with a slash are comments or nothing we know.
fn parse(text: &str) -> Vec<DefaultMount> {
    let lines = text
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with('/'));
    let mounts = lines.map(|line| line.split_once(':').unwrap_or((line, line)));
    mounts
        .filter(|(_, target)| target.starts_with('/'))
        .map(|(source, target)| DefaultMount {
            source: PathBuf::from(source),
            target: target.to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_source_and_target() {
        let text = "# comment\n\n/usr/share/rhel/secrets:/run/secrets\n /etc/pki \n/a:b\n";
        let found: Vec<_> = parse(text)
            .into_iter()
            .map(|mount| (mount.source.display().to_string(), mount.target))
            .collect();
        let wanted = [
            ("/usr/share/rhel/secrets", "/run/secrets"),
            ("/etc/pki", "/etc/pki"),
        ];
        assert_eq!(found, wanted.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }
}
