//! A store of its own, commands that hold its U0, and what must be left over: nothing.

use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use coracle::sys::{namespace, process};
use coracle::userns;

/// What a machine may take for something that takes a moment on a quiet one.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Why a test cannot be made here, if so.
pub fn lacking(test: &str) -> Option<&'static str> {
    // What root may do differently has tests of its own; the rest is about ordinary users.
    if process::effective_ids().0 == 0 {
        let also = test.contains("worker") || test.contains("keeper");
        return (!also).then_some("wants an unprivileged user");
    }
    let user = Command::new("getsubids").arg(user_name()).output();
    if !user.is_ok_and(|done| done.status.success()) {
        return Some("this user has no subordinate ids, or uidmap is not installed");
    }
    None
}

fn user_name() -> String {
    coracle::sys::user::name_of(process::effective_ids().0).unwrap_or_default()
}

/// A directory that vanishes, with a PATH and an /etc that a test may replace.
pub struct World {
    pub folder: PathBuf,
    pub env: Vec<(&'static str, OsString)>,
    /// A program and its options that run every command.
    pub wrapper: Vec<&'static str>,
}

impl World {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("coracle-userns-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir(&folder).expect("a fresh directory");
        Self {
            folder,
            env: Vec::new(),
            wrapper: Vec::new(),
        }
    }

    pub fn store(&self) -> PathBuf {
        self.folder.join("store")
    }

    pub fn with(mut self, name: &'static str, value: impl Into<OsString>) -> Self {
        self.env.push((name, value.into()));
        self
    }

    /// Runs commands through another program.
    pub fn within(mut self, wrapper: &[&'static str]) -> Self {
        self.wrapper = wrapper.to_vec();
        self
    }

    /// Puts programs of the test's making before the real ones.
    pub fn with_tool(self, name: &str, script: &str) -> Self {
        use std::os::unix::fs::PermissionsExt;
        let bin = self.folder.join("bin");
        fs::create_dir_all(&bin).expect("bin");
        let file = bin.join(name);
        fs::write(&file, format!("#!/bin/sh\n{script}\n")).expect("script");
        // Looks privileged; the kernel ignores the bit on scripts, execve(2).
        fs::set_permissions(&file, fs::Permissions::from_mode(0o4755)).expect("mode");
        let path = format!("{}:/usr/bin:/bin", bin.display());
        self.with("PATH", path)
    }

    /// The process that is said to hold U0.
    pub fn keeper(&self) -> Option<i32> {
        let machine = userns::machine::machine_id();
        let text = fs::read_to_string(self.store().join("u0").join(machine).join("keeper")).ok()?;
        let record: serde_json::Value = serde_json::from_str(&text).ok()?;
        Some(record["pid"].as_i64()? as i32)
    }

    /// Kills the keeper, if the record still means a process of ours.
    pub fn kill_keeper(&self) {
        let Ok(text) = fs::read_to_string(self.record_path()) else {
            return;
        };
        let Ok(record) = serde_json::from_str::<serde_json::Value>(&text) else {
            return; // just being written
        };
        let pid = record["pid"].as_i64().expect("a pid") as i32;
        let Ok(pidfd) = process::Pidfd::open(pid) else {
            return;
        };
        if process::start_time(pid) == record["start_time"].as_u64() {
            let _ = pidfd.signal(9);
            wait_until_gone(pid);
        }
    }

    pub fn record_path(&self) -> PathBuf {
        let machine = userns::machine::machine_id();
        self.store().join("u0").join(machine).join("keeper")
    }

    pub fn command(&self, part: &str) -> Command {
        let us = std::env::current_exe().expect("our path");
        let mut command = match self.wrapper.split_first() {
            Some((program, options)) => {
                let mut command = Command::new(program);
                command.args(options).arg(us);
                command
            }
            None => Command::new(us),
        };
        command.arg(part).arg(self.store());
        // As from cron: no XDG_RUNTIME_DIR, no session.
        command.env_clear().env("PATH", "/usr/bin:/bin");
        command.envs(self.env.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        command
    }

    /// Starts a command that uses U0 until it is dropped.
    pub fn start(&self, part: &str) -> Holder {
        let child = self.command(part).spawn().expect("starts");
        Holder { child, said: None }
    }

    /// Starts it and waits until it has U0, or its error.
    pub fn hold(&self) -> Holder {
        let mut holder = self.start("--hold");
        holder.listen();
        holder
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some(pid) = self.keeper() {
            wait_until_gone(pid);
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A process that has (or failed to get) U0.
pub struct Holder {
    pub child: Child,
    said: Option<String>,
}

impl Holder {
    /// Returns its one line: `ns=… single=… uids=…` or `error=…`.
    pub fn listen(&mut self) -> &str {
        if self.said.is_none() {
            let stdout = self.child.stdout.as_mut().expect("piped");
            let mut line = String::new();
            BufReader::new(stdout).read_line(&mut line).expect("a line");
            self.said = Some(line.trim().to_owned());
        }
        self.said.as_deref().expect("just heard")
    }

    /// Returns U0's inode.
    pub fn ns(&mut self) -> String {
        let line = self.listen();
        let word = line.split(' ').find_map(|word| word.strip_prefix("ns="));
        word.unwrap_or_else(|| panic!("no namespace: {line}"))
            .to_owned()
    }

    pub fn pid(&self) -> i32 {
        self.child.id() as i32
    }

    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// Part `--hold`: gets U0, says so, keeps it until standard input ends.
pub fn hold(store: &Path) -> ExitCode {
    match userns::base(store) {
        Ok(base) => {
            println!("{}", describe(&base));
            wait_for_end();
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("error={error} hint={}", error.hint().unwrap_or("-"));
            ExitCode::FAILURE
        }
    }
}

/// Part `--inhabit`: as a container's first process, lives in a child namespace of U0.
pub fn inhabit(store: &Path) -> ExitCode {
    let base = userns::base(store).expect("a base");
    let line = describe(&base);
    namespace::join(base.ns.as_fd(), namespace::CLONE_NEWUSER).expect("joined");
    namespace::leave(namespace::CLONE_NEWUSER).expect("a child namespace");
    drop(base);
    println!("{line}");
    wait_for_end();
    ExitCode::SUCCESS
}

fn describe(base: &userns::Base) -> String {
    let identity = namespace::identity(base.ns.as_fd()).expect("nsfs");
    let uids: u64 = base
        .ids
        .uid
        .iter()
        .map(|extent| u64::from(extent.count))
        .sum();
    let why = base
        .why_single
        .as_ref()
        .map_or("-".to_owned(), ToString::to_string);
    format!(
        "ns={} single={} uids={uids} why={why}",
        identity.inode, base.single
    )
}

fn wait_for_end() {
    std::io::stdout().flush().expect("stdout");
    let mut rest = Vec::new();
    let _ = std::io::stdin().read_to_end(&mut rest);
}

/// Waits until the process has ended (or is a zombie of somebody else's).
pub fn wait_until_gone(pid: i32) {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        match process::Pidfd::open(pid) {
            Ok(pidfd) if pidfd.alive() => std::thread::sleep(Duration::from_millis(5)),
            _ => return,
        }
    }
    panic!("process {pid} is still there");
}
