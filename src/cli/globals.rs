//! The options in front of a command, and the settings they make.
//!
//! Options of Podman that choose another engine (`--remote`, `--url`, `CONTAINER_HOST`, …) are
//! refused: there is no remote engine. What a storage, cgroup or event option may say is
//! limited to what is true here.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;

use crate::cli::error::Error;
use crate::cli::logging::{self, LEVELS};
use crate::engine;
use crate::types::Settings;

/// Options every command takes, in front of its name or behind it.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Global options")]
pub struct Globals {
    /// Keep images and containers in this directory
    #[arg(long, global = true, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub root: Option<PathBuf>,
    /// Keep sockets and other state of running containers in this directory
    #[arg(long, global = true, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub runroot: Option<PathBuf>,
    /// The same, where --runroot does not say
    #[arg(long, global = true, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub tmpdir: Option<PathBuf>,
    /// Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way
    #[arg(long, global = true, value_name = "DRIVER", value_parser = ["overlay", "vfs"], hide_possible_values = true)]
    pub storage_driver: Option<String>,
    /// Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs
    #[arg(long, global = true, value_name = "KEY=VALUE", value_parser = storage_option)]
    pub storage_opt: Vec<String>,
    /// Log messages of this level and above on standard error
    #[arg(long, global = true, value_name = "LEVEL", value_parser = LEVELS, hide_possible_values = true)]
    pub log_level: Option<String>,
    /// Log as --log-level debug does
    #[arg(long, short = 'D', global = true)]
    pub debug: bool,
    /// Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"
    #[arg(long, global = true, value_name = "PATH", value_hint = clap::ValueHint::ExecutablePath)]
    pub runtime: Option<String>,
    /// Give that runtime an option of its own, without the hyphens
    #[arg(long, global = true, value_name = "FLAG")]
    pub runtime_flag: Vec<String>,
    /// Choose who makes control groups: systemd or cgroupfs
    #[arg(long, global = true, value_name = "NAME", value_parser = ["systemd", "cgroupfs"], hide_possible_values = true)]
    pub cgroup_manager: Option<String>,
    /// Choose where events are kept: file, journald or none
    #[arg(long, global = true, value_name = "NAME", value_parser = ["file", "journald", "none"], hide_possible_values = true)]
    pub events_backend: Option<String>,
    /// Find the files of CDI devices in this directory
    #[arg(long, global = true, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub cdi_spec_dir: Vec<PathBuf>,
    /// Give every container the directories that this file lists, instead of mounts.conf's
    #[arg(long, global = true, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub default_mounts_file: Option<PathBuf>,
    /// Read credentials and the like from this directory
    #[arg(long, global = true, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub config: Option<PathBuf>,
    /// Write what would go to standard output to this file
    #[arg(long, global = true, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    /// Print nothing on standard output
    #[arg(long, global = true, conflicts_with = "out")]
    pub noout: bool,
}

impl Globals {
    /// Turns standard output to where `--out` and `--noout` want it, for this whole process.
    pub fn redirect(&self) -> Result<(), Error> {
        let path = match (&self.out, self.noout) {
            (Some(path), _) => path.clone(),
            (None, true) => PathBuf::from("/dev/null"),
            (None, false) => return Ok(()),
        };
        let file = std::fs::File::create(&path).map_err(|source| Error::File {
            doing: "opening --out",
            path,
            source,
        })?;
        engine::replace_output(file).map_err(|error| Error::Engine(error.into()))
    }

    /// Turns what was typed into settings; defaults are left to whoever reads the user's files.
    pub fn settings(&self) -> Result<Settings, Error> {
        refuse_remote(|name| std::env::var_os(name))?;
        Ok(Settings {
            root: match &self.root {
                Some(path) => absolute("--root", path)?,
                // Empty is open: the user's files decide.
                None => PathBuf::new(),
            },
            runroot: match (&self.runroot, &self.tmpdir) {
                (Some(path), _) => Some(absolute("--runroot", path)?),
                (None, Some(path)) => Some(absolute("--tmpdir", path)?),
                (None, None) => None,
            },
            storage_options: self.storage_opt.clone(),
            runtime: self.runtime.clone(),
            runtime_flags: self.runtime_flag.clone(),
            cgroup_manager: self.cgroup_manager.clone(),
            events_backend: self.events_backend.clone(),
            config_dir: self.config.clone(),
            cdi_spec_dirs: self.cdi_spec_dir.clone(),
            log_level: logging::level(self.log_level.as_deref(), self.debug)?,
            default_mounts_file: self.default_mounts_file.clone(),
            ..Settings::default()
        })
    }
}

/// What the store of ours understands (`engine/limits.rs`, `engine/ids.rs`).
const OUR_STORAGE_OPTIONS: [&str; 4] = [
    "coracle.free_space",
    "coracle.layer_entries",
    "coracle.layer_size",
    "coracle.userns_copy",
];

/// The empty word passes too: scripts use it to clear what storage.conf says.
fn storage_option(text: &str) -> Result<String, String> {
    let key = text.split_once('=').map_or(text, |(key, _)| key);
    if text.is_empty() || OUR_STORAGE_OPTIONS.contains(&key) {
        return Ok(text.to_owned());
    }
    // Podman's words, with or without the driver's name: `engine/server.rs`, `image_stores.rs`.
    let bare = key.strip_prefix("overlay").or(key.strip_prefix("vfs"));
    let bare = bare.unwrap_or(key).strip_prefix('.').unwrap_or(key);
    if [
        "mount_program",
        "imagestore",
        "additionalimagestore",
        "force_mask",
    ]
    .contains(&bare)
    {
        return Ok(text.to_owned());
    }
    Err("options of the storage driver are not supported yet".to_owned())
}

/// Refuses an environment that asks Podman for another machine's engine.
fn refuse_remote(variable: impl Fn(&str) -> Option<OsString>) -> Result<(), Error> {
    for name in ["CONTAINER_HOST", "CONTAINER_CONNECTION"] {
        if variable(name).is_some_and(|value| !value.is_empty()) {
            return Err(Error::usage(name, "remote engines are not supported")
                .hint(format!("unset {name}")));
        }
    }
    Ok(())
}

/// Returns a path that stays the same when the working directory changes.
pub fn absolute(option: &str, path: &std::path::Path) -> Result<PathBuf, Error> {
    std::path::absolute(path)
        .map_err(|_| Error::usage(option, format!("\"{}\" is not a path", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remote_engine_is_refused() {
        let error = refuse_remote(|name| (name == "CONTAINER_HOST").then(|| "ssh://x".into()));
        assert_eq!(
            error.expect_err("refused").to_string(),
            "CONTAINER_HOST: remote engines are not supported"
        );
        assert!(refuse_remote(|_| None).is_ok());
    }
}
