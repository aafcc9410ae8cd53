//! `coracle runtime exec`: the process from a file, or the container's own with other words.

use std::path::PathBuf;

use clap::Args;
use oci_spec::runtime::{Capability, Process};

use crate::engine::oci::{self, Error, Exec, Outcome, Preserved, Runtime};

#[derive(Debug, Args)]
pub struct ExecArgs {
    /// Read the whole process from this file
    #[arg(long, short, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    process: Option<PathBuf>,
    /// Return when the process runs
    #[arg(long, short)]
    detach: bool,
    /// Give it a terminal
    #[arg(long, short)]
    tty: bool,
    /// Run it in this directory of the container
    #[arg(long, value_name = "DIR")]
    cwd: Option<PathBuf>,
    /// Set an environment variable
    #[arg(long, short, value_name = "NAME=VALUE")]
    env: Vec<String>,
    /// Run it as this user, in numbers
    #[arg(long, short, value_name = "UID[:GID]")]
    user: Option<String>,
    /// Add a capability
    #[arg(long, short, value_name = "CAP")]
    cap: Vec<String>,
    /// Forbid it to gain privileges
    #[arg(long)]
    no_new_privs: bool,
    /// Set its AppArmor profile
    #[arg(long, value_name = "PROFILE")]
    apparmor: Option<String>,
    /// Set its SELinux label
    #[arg(long, value_name = "LABEL")]
    process_label: Option<String>,
    /// Put it into this cgroup below the container's
    #[arg(long, value_name = "PATH")]
    cgroup: Option<String>,
    /// Send the terminal to whoever listens at this socket
    #[arg(long, value_name = "PATH", value_hint = clap::ValueHint::FilePath)]
    console_socket: Option<PathBuf>,
    /// Write its pid to this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pid_file: Option<PathBuf>,
    /// Pass so many more descriptors on, from 3 up
    #[arg(long, value_name = "N", default_value = "0", hide_default_value = true)]
    preserve_fds: u32,
    #[arg(value_name = "CONTAINER")]
    id: String,
    #[arg(
        value_name = "COMMAND",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    command: Vec<String>,
}

impl ExecArgs {
    pub fn run(&self, runtime: &Runtime) -> Result<Outcome, Error> {
        let preserve = Preserved::take(self.preserve_fds)?;
        let process = match &self.process {
            Some(path) => oci::read_process(path)?,
            None => self.made_of(runtime)?,
        };
        let request = Exec {
            id: self.id.clone(),
            process: self.changed(process)?,
            console_socket: self.console_socket.clone(),
            pid_file: self.pid_file.clone(),
            preserve,
            cgroup: self.cgroup.clone(),
        };
        runtime.exec(&request, self.detach)
    }

    /// The container's own process with the command given.
    fn made_of(&self, runtime: &Runtime) -> Result<Process, Error> {
        let spec = runtime.container(&self.id)?.spec()?;
        let mut process = spec.process().clone().unwrap_or_default();
        process.set_terminal(Some(false));
        process.set_args(Some(self.command.clone()));
        Ok(process)
    }

    fn changed(&self, mut process: Process) -> Result<Process, Error> {
        if self.tty {
            process.set_terminal(Some(true));
        }
        if let Some(cwd) = &self.cwd {
            process.set_cwd(cwd.clone());
        }
        let mut env = process.env().clone().unwrap_or_default();
        for entry in &self.env {
            let name = entry.split('=').next().unwrap_or_default();
            env.retain(|old| old.split('=').next() != Some(name));
            env.push(entry.clone());
        }
        process.set_env(Some(env));
        if let Some(word) = &self.user {
            let user = process.user().clone();
            process.set_user(with_ids(user, word)?);
        }
        if self.no_new_privs {
            process.set_no_new_privileges(Some(true));
        }
        if self.apparmor.is_some() {
            process.set_apparmor_profile(self.apparmor.clone());
        }
        if self.process_label.is_some() {
            process.set_selinux_label(self.process_label.clone());
        }
        self.add_capabilities(&mut process)?;
        Ok(process)
    }

    fn add_capabilities(&self, process: &mut Process) -> Result<(), Error> {
        if self.cap.is_empty() {
            return Ok(());
        }
        let mut all = process.capabilities().clone().unwrap_or_default();
        for word in &self.cap {
            let name = word.to_uppercase();
            let name = name.strip_prefix("CAP_").unwrap_or(&name);
            let capability: Capability = name
                .parse()
                .map_err(|_| Error::invalid("--cap", format!("{word:?} is no capability")))?;
            let with = |set: &Option<std::collections::HashSet<Capability>>| {
                let mut set = set.clone().unwrap_or_default();
                set.insert(capability);
                Some(set)
            };
            all.set_bounding(with(all.bounding()));
            all.set_effective(with(all.effective()));
            all.set_permitted(with(all.permitted()));
            all.set_inheritable(with(all.inheritable()));
            all.set_ambient(with(all.ambient()));
        }
        process.set_capabilities(Some(all));
        Ok(())
    }
}

/// `UID[:GID]`; a name is none (CVE-2026-30892: what is not understood is not root).
fn with_ids(
    mut user: oci_spec::runtime::User,
    word: &str,
) -> Result<oci_spec::runtime::User, Error> {
    let number = |text: &str| {
        text.parse::<u32>()
            .ok()
            .filter(|id| *id != u32::MAX && text.bytes().all(|b| b.is_ascii_digit()))
            .ok_or_else(|| Error::invalid("--user", format!("{word:?} is not UID[:GID]")))
    };
    let (uid, gid) = match word.split_once(':') {
        Some((uid, gid)) => (number(uid)?, Some(number(gid)?)),
        None => (number(word)?, None),
    };
    user.set_uid(uid);
    if let Some(gid) = gid {
        user.set_gid(gid);
    }
    Ok(user)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_numbers_or_refused() {
        let user = |word: &str| with_ids(Default::default(), word).map(|u| (u.uid(), u.gid()));
        assert_eq!(user("1").expect("uid"), (1, 0));
        assert_eq!(user("1:2").expect("both"), (1, 2));
        for bad in [
            "",
            "root",
            "1:",
            ":1",
            "-1",
            "+1",
            "4294967295",
            "4294967296",
            "1:2:3",
        ] {
            assert!(user(bad).is_err(), "{bad}");
        }
    }
}
