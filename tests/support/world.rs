//! A world: a home, storage, runtime and temporary directory of its own, in which one test drives the real binary.
//!
//! When it is dropped it removes its containers, then everything below its root — files of subordinate ids
//! included — and looks for processes and mounts that were left over.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::{Pty, Registry, images, leak};

/// What one command may take before the test gives up on it.
const LIMIT: Duration = Duration::from_secs(240);

/// How long the output may stay open after the command ended: whoever holds it then is a leak.
const OUTPUT_LIMIT: Duration = super::PATIENCE;

pub struct World {
    root: PathBuf,
    env: BTreeMap<OsString, OsString>,
    binary: PathBuf,
}

impl World {
    /// Makes an empty world.
    pub fn new() -> Self {
        let root = own_folder();
        for folder in ["home/.config", "data", "run", "tmp"] {
            std::fs::create_dir_all(root.join(folder)).expect("a private directory");
        }
        for folder in ["", "run"] {
            set_mode(&root.join(folder), 0o700);
        }
        let user = std::env::var_os("USER").unwrap_or_else(|| "root".into());
        let env = [
            ("HOME", root.join("home").into_os_string()),
            ("XDG_DATA_HOME", root.join("data").into()),
            ("XDG_CONFIG_HOME", root.join("home/.config").into()),
            ("XDG_RUNTIME_DIR", root.join("run").into()),
            ("TMPDIR", root.join("tmp").into()),
            ("PATH", super::search_path().into()),
            ("LANG", "C.UTF-8".into()),
            ("TERM", "xterm".into()),
            ("RUST_BACKTRACE", "1".into()),
            ("USER", user.clone()),
            ("LOGNAME", user),
        ]
        .into_iter()
        .map(|(key, value)| (key.into(), value))
        .collect();
        Self {
            root,
            env,
            binary: super::binary(),
        }
    }

    /// Makes a world whose store holds one of the images of `images`, loaded from an archive.
    pub fn with_image(name: &str) -> Self {
        let world = Self::new();
        world.load(name);
        world
    }

    /// Loads one of the images of `images` by name: `tiny`, or `deep` with its 120 layers.
    pub fn load(&self, name: &str) {
        let made;
        let archive = match name {
            "tiny" => images::tiny(),
            "deep" => {
                made = images::deep(120);
                &made
            }
            other => panic!("no test image is called {other}"),
        };
        let file = self.write(&format!("{name}.tar"), archive);
        self.ok([OsStr::new("load"), "-i".as_ref(), file.as_os_str()]);
        std::fs::remove_file(file).expect("our own file");
    }

    /// The directory everything of this world is in.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path below the world's temporary directory.
    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.root.join("tmp").join(name)
    }

    /// Writes a file below the world's temporary directory.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).expect("a directory for the file");
        }
        std::fs::write(&path, content).expect("the file is written");
        path
    }

    pub fn home(&self) -> PathBuf {
        self.root.join("home")
    }

    /// Where coracle keeps this world's store.
    pub fn store(&self) -> PathBuf {
        let data = self.env.get(OsStr::new("XDG_DATA_HOME"));
        data.map_or_else(|| self.home().join(".local/share"), PathBuf::from)
            .join("coracle")
    }

    /// Where users keep their own registry settings.
    pub fn config(&self) -> PathBuf {
        self.home().join(".config/containers")
    }

    /// Sets a variable for every later command.
    pub fn set_env(&mut self, key: &str, value: impl AsRef<OsStr>) {
        self.env.insert(key.into(), value.as_ref().to_owned());
    }

    pub fn unset_env(&mut self, key: &str) {
        self.env.remove(OsStr::new(key));
    }

    pub fn env(&self) -> impl Iterator<Item = (&OsString, &OsString)> {
        self.env.iter()
    }

    /// Has this world's commands trust a registry's throw-away CA.
    pub fn trust(&self, registry: &Registry) {
        let folder = self.config().join("certs.d").join(registry.address());
        std::fs::create_dir_all(&folder).expect("certs.d");
        std::fs::copy(registry.ca(), folder.join("ca.crt")).expect("the CA");
    }

    /// Stores a registry's user and password as `login` would.
    pub fn log_in(&self, registry: &Registry) {
        let word = images::base64(
            format!("{}:{}", super::registry::USER, super::registry::PASSWORD).as_bytes(),
        );
        let json = format!(
            r#"{{"auths": {{"{}": {{"auth": "{word}"}}}}}}"#,
            registry.address()
        );
        std::fs::create_dir_all(self.config()).expect("the configuration directory");
        let file = self.config().join("auth.json");
        std::fs::write(&file, json).expect("auth.json");
        set_mode(&file, 0o600);
        // Podman's default place is in the runtime directory.
        let runtime = self.root.join("run/containers");
        std::fs::create_dir_all(&runtime).expect("the runtime directory");
        std::fs::copy(&file, runtime.join("auth.json")).expect("auth.json");
    }

    /// A command of the binary under test, in this world's environment.
    pub fn command<I, S>(&self, args: I) -> Command
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        let mut command = self.other(&self.binary);
        command.args(args);
        command
    }

    /// Another program in this world's environment.
    pub fn other(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .envs(&self.env)
            .current_dir(self.root.join("tmp"))
            .stdin(Stdio::null());
        command
    }

    /// Runs coracle with these arguments, to its end.
    pub fn coracle<I, S>(&self, args: I) -> Done
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        finish(self.command(args))
    }

    /// Runs coracle, which must succeed; returns what it printed, without the last newline.
    pub fn ok<I, S>(&self, args: I) -> String
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        let done = self.coracle(args);
        assert_eq!(done.code, 0, "{done}");
        done.stdout.trim_end_matches('\n').to_owned()
    }

    /// Has a shell in a new container without a network run a script; how that went.
    pub fn try_sh(&self, options: &[&str], image: &str, script: &str) -> Done {
        let run = ["run", "--rm", "--network=none"];
        let shell = [image, "sh", "-c", script];
        self.coracle(run.iter().chain(options).chain(&shell))
    }

    /// The same of a script that must succeed; returns what it printed, without the last newline.
    pub fn sh(&self, options: &[&str], image: &str, script: &str) -> String {
        let done = self.try_sh(options, image, script);
        assert_eq!(done.code, 0, "{done}");
        done.stdout.trim_end_matches('\n').to_owned()
    }

    /// Runs coracle with something on its standard input.
    pub fn coracle_fed<I, S>(&self, args: I, input: impl Into<Vec<u8>>) -> Done
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        let mut running = Running::start_with_input(self.command(args));
        let mut stdin = running.child.stdin.take().expect("a pipe");
        let input = input.into();
        let writer = std::thread::spawn(move || {
            let _ = stdin.write_all(&input);
        });
        let done = running.wait(LIMIT);
        writer.join().expect("the writer ends");
        done
    }

    /// Starts coracle and goes on; the result may be waited for, fed, and killed.
    pub fn start<I, S>(&self, args: I) -> Running
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        Running::start(self.command(args))
    }

    /// Starts coracle on a terminal of its own.
    pub fn coracle_pty<I, S>(&self, args: I) -> Pty
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        Pty::start(self, args)
    }

    /// `inspect --format`, for one value of one container.
    pub fn inspect(&self, container: &str, format: &str) -> String {
        self.ok(["inspect", "--format", format, container])
    }

    /// The status of a container, in Podman's word.
    pub fn status(&self, container: &str) -> String {
        self.inspect(container, "{{.State.Status}}")
    }

    /// Names of all containers, sorted.
    pub fn container_names(&self) -> Vec<String> {
        let mut names: Vec<_> = self
            .ok(["ps", "-a", "--format", "{{.Names}}"])
            .lines()
            .map(str::to_owned)
            .collect();
        names.sort();
        names
    }

    /// Waits until a container's log has this text, and returns the log.
    pub fn wait_for_log(&self, container: &str, text: &str) -> String {
        let end = Instant::now() + super::PATIENCE;
        loop {
            let done = self.coracle(["logs", container]);
            let log = done.stdout.clone() + &done.stderr;
            if log.contains(text) {
                return log;
            }
            assert!(
                Instant::now() < end,
                "{container} never said {text:?}: {log}"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Paths in the store's `tmp`, where everything unfinished is: empty once nothing runs.
    pub fn unfinished(&self) -> Vec<PathBuf> {
        let Ok(entries) = std::fs::read_dir(self.store().join("tmp")) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for entry in entries.flatten() {
            // The trash folder itself may stay; what is in it may not.
            if entry.file_name() == "trash" {
                let trash = std::fs::read_dir(entry.path());
                found.extend(trash.into_iter().flatten().flatten().map(|e| e.path()));
            } else {
                found.push(entry.path());
            }
        }
        found
    }

    /// Demands that within some seconds, while commands pass by, nothing unfinished is left.
    #[track_caller]
    pub fn expect_nothing_unfinished(&self) {
        let end = Instant::now() + super::PATIENCE;
        loop {
            self.ok(["ps", "-a"]);
            let left = self.unfinished();
            if left.is_empty() {
                return;
            }
            assert!(Instant::now() < end, "unfinished: {left:?}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Ends and removes all containers; says what did not work.
    fn remove_containers(&self) -> Result<(), String> {
        if !self.store().join("containers").exists() {
            return Ok(());
        }
        let ids = finish(self.command(["ps", "-a", "-q", "--no-trunc"]));
        if ids.code != 0 {
            return Err(ids.to_string());
        }
        let ids: Vec<_> = ids.stdout.split_whitespace().collect();
        if ids.is_empty() {
            return Ok(());
        }
        let done = finish(self.command(["rm", "-f", "-v", "-t", "0"].iter().chain(&ids)));
        if done.code == 0 {
            Ok(())
        } else {
            Err(done.to_string())
        }
    }

    /// Removes the world's directory; as root of a user namespace where others' files are in it.
    fn remove_files(&self) -> Result<(), String> {
        if std::env::var_os("CORACLE_TEST_KEEP").is_some()
            || std::fs::remove_dir_all(&self.root).is_ok()
        {
            return Ok(());
        }
        let mut command = Command::new("unshare");
        command
            .args(["--user", "--map-root-user", "--map-auto", "--", "rm", "-rf"])
            .arg("--one-file-system")
            .arg(&self.root)
            .stdin(Stdio::null());
        let mut done = finish(command);
        // A sweeper that was still at work may have made a file behind rm's back.
        for _ in 0..20 {
            if !self.root.exists() || std::fs::remove_dir_all(&self.root).is_ok() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
            let mut again = Command::new("unshare");
            again
                .args(["--user", "--map-root-user", "--map-auto", "--", "rm", "-rf"])
                .arg("--one-file-system")
                .arg(&self.root)
                .stdin(Stdio::null());
            done = finish(again);
        }
        Err(format!("{} cannot be removed: {done}", self.root.display()))
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // A second panic would abort the whole executable; a failed test only tidies up.
        let failing = std::thread::panicking();
        let mut complaints = Vec::new();
        if let Err(complaint) = self.remove_containers() {
            complaints.push(complaint);
        }
        let left = leak::processes_after_grace(&self.root);
        for process in &left {
            complaints.push(format!("left over: {process}"));
            process.kill();
        }
        for mount in leak::mounts(&self.root) {
            complaints.push(format!("left over: mount on {}", mount.display()));
        }
        if let Err(complaint) = self.remove_files() {
            complaints.push(complaint);
        }
        if !complaints.is_empty() {
            let text = complaints.join("\n");
            println!("after the test:\n{text}");
            assert!(failing, "after the test: {text}");
        }
    }
}

/// How a command ended and what it said.
#[derive(Debug, Clone)]
pub struct Done {
    /// The exit code; 128+n when signal n ended it.
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
    /// Standard output as it came, where it is not text.
    pub raw: Vec<u8>,
    pub took: Duration,
    pub what: String,
}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} ended with {} after {:?}\n--- stdout\n{}--- stderr\n{}---",
            self.what, self.code, self.took, self.stdout, self.stderr
        )
    }
}

impl Done {
    /// Demands this exit code; returns itself for more.
    #[track_caller]
    pub fn expect_code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self}");
        self
    }

    /// Demands a failure of the engine's own: 125, one line `Error: …` with this in it, and no backtrace.
    #[track_caller]
    pub fn expect_refusal(self, part: &str) -> Self {
        assert_eq!(self.code, 125, "{self}");
        let errors = self.stderr.lines().filter(|l| l.starts_with("Error: "));
        assert_eq!(errors.count(), 1, "{self}");
        assert!(self.stderr.contains(part), "no {part:?} in {self}");
        assert!(!self.stderr.contains("panicked"), "{self}");
        self
    }

    /// Standard output without surrounding white space.
    pub fn text(&self) -> &str {
        self.stdout.trim()
    }
}

/// A command that runs.
pub struct Running {
    pub child: Child,
    stdout: Collector,
    stderr: Collector,
    began: Instant,
    what: String,
    status: Option<ExitStatus>,
}

/// Reads one pipe to its end, in a thread of its own.
struct Collector {
    bytes: Arc<Mutex<Vec<u8>>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Collector {
    fn new(pipe: Option<impl Read + Send + 'static>) -> Self {
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let thread = pipe.map(|mut pipe| {
            let bytes = Arc::clone(&bytes);
            std::thread::spawn(move || {
                let mut buffer = [0; 8192];
                while let Ok(count) = pipe.read(&mut buffer) {
                    if count == 0 {
                        break;
                    }
                    bytes
                        .lock()
                        .expect("no panic while held")
                        .extend_from_slice(&buffer[..count]);
                }
            })
        });
        Self { bytes, thread }
    }

    fn so_far(&self) -> Vec<u8> {
        self.bytes.lock().expect("no panic while held").clone()
    }

    fn ended(&self) -> bool {
        self.thread.as_ref().is_none_or(|t| t.is_finished())
    }
}

impl Running {
    /// Starts a command; its output is collected meanwhile.
    pub fn start(mut command: Command) -> Self {
        let what = describe(&command);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {what}: {error}"));
        Self {
            stdout: Collector::new(child.stdout.take()),
            stderr: Collector::new(child.stderr.take()),
            child,
            began: Instant::now(),
            what,
            status: None,
        }
    }

    /// The same with a pipe for its standard input, in `child.stdin`.
    pub fn start_with_input(mut command: Command) -> Self {
        command.stdin(Stdio::piped());
        Self::start(command)
    }

    pub fn pid(&self) -> i32 {
        i32::try_from(self.child.id()).expect("a pid")
    }

    pub fn stdout_so_far(&self) -> String {
        String::from_utf8_lossy(&self.stdout.so_far()).into_owned()
    }

    pub fn stderr_so_far(&self) -> String {
        String::from_utf8_lossy(&self.stderr.so_far()).into_owned()
    }

    /// Waits until its standard output has this text.
    #[track_caller]
    pub fn expect_stdout(&mut self, text: &str) {
        let end = Instant::now() + super::PATIENCE;
        while !self.stdout_so_far().contains(text) {
            assert!(
                Instant::now() < end && (self.is_running() || self.stdout_so_far().contains(text)),
                "{} did not print {text:?}:\n{}{}",
                self.what,
                self.stdout_so_far(),
                self.stderr_so_far()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    pub fn is_running(&mut self) -> bool {
        if self.status.is_none() {
            self.status = self.child.try_wait().expect("our child");
        }
        self.status.is_none()
    }

    pub fn signal(&self, signal: rustix::process::Signal) {
        let pid = rustix::process::Pid::from_raw(self.pid()).expect("a pid");
        rustix::process::kill_process(pid, signal).expect("our child can be signalled");
    }

    /// Waits for its end; kills it and panics when it takes longer than `limit`, and than any
    /// command may.
    #[track_caller]
    pub fn wait(mut self, limit: Duration) -> Done {
        let limit = limit.max(LIMIT);
        let end = Instant::now() + limit;
        while self.is_running() {
            if Instant::now() > end {
                let _ = self.child.kill();
                let _ = self.child.wait();
                panic!(
                    "{} did not end within {limit:?}\n--- stdout\n{}--- stderr\n{}---",
                    self.what,
                    self.stdout_so_far(),
                    self.stderr_so_far()
                );
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        let took = self.began.elapsed();
        let end = Instant::now() + OUTPUT_LIMIT;
        while !(self.stdout.ended() && self.stderr.ended()) {
            assert!(
                Instant::now() < end,
                "{}: somebody still holds its output open",
                self.what
            );
            std::thread::sleep(Duration::from_millis(2));
        }
        let status = self.status.expect("it has ended");
        let raw = self.stdout.so_far();
        Done {
            code: status
                .code()
                .unwrap_or_else(|| 128 + status.signal().unwrap_or(0)),
            stdout: String::from_utf8_lossy(&raw).into_owned(),
            stderr: self.stderr_so_far(),
            raw,
            took,
            what: std::mem::take(&mut self.what),
        }
    }

    /// SIGKILL, at once.
    pub fn kill(mut self) -> Done {
        let _ = self.child.kill();
        self.wait(LIMIT)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.status.is_none() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// Runs any command to its end, within the limit of all tests.
#[track_caller]
pub fn finish(command: Command) -> Done {
    Running::start(command).wait(LIMIT)
}

fn describe(command: &Command) -> String {
    let mut words = vec![
        Path::new(command.get_program())
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
    ];
    words.extend(command.get_args().map(|a| a.to_string_lossy().into_owned()));
    words.join(" ")
}

/// Where worlds are made: a file system that can hold an overlay's upper directory.
fn temp_root() -> PathBuf {
    std::env::var_os("TMPDIR").map_or_else(|| "/var/tmp".into(), PathBuf::from)
}

/// Makes a directory that nobody else has, with a short name: sockets lie below it, and their paths may have 107
/// bytes.
///
/// No number is used twice: who removes a world might otherwise find the next one under its name.
fn own_folder() -> PathBuf {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let parent = temp_root();
    std::fs::create_dir_all(&parent).expect("the temporary directory");
    loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = parent.join(format!("w{number}"));
        match std::fs::create_dir(&path) {
            Ok(()) => return path,
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => panic!("{}: {error}", path.display()),
        }
    }
}

pub fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("our own file");
}
