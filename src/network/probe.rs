//! Which options a helper program knows: read from its help, once per program file.
//!
//! The note is keyed by device, inode, size and times of the file; a package update makes
//! a new one. It lives in the runtime directory and may vanish at any time.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long a program may take to print its help.
const PATIENCE: Duration = Duration::from_secs(10);

/// The most that is read of one of its streams, and of a note.
const LIMIT: u64 = 64 << 10;

/// Returns the long options the program's help names; none if it does not answer.
pub fn options(program: &Path, cache: Option<&Path>) -> BTreeSet<String> {
    let note = cache.and_then(|folder| note_for(program, folder));
    if let Some(known) = note.as_deref().and_then(read_note) {
        return known;
    }
    let known = options_in(&said(program, "--help").unwrap_or_default());
    if let (Some(note), false) = (note, known.is_empty()) {
        write_note(&note, &known);
    }
    known
}

/// The note's name holds everything that changes with the file.
fn note_for(program: &Path, folder: &Path) -> Option<PathBuf> {
    let meta = program.metadata().ok()?;
    let name = program.file_name()?.to_string_lossy().into_owned();
    Some(folder.join(format!(
        "options-{name}-{:x}-{:x}-{:x}-{:x}-{:x}",
        meta.dev(),
        meta.ino(),
        meta.size(),
        meta.mtime(),
        meta.ctime_nsec()
    )))
}

fn read_note(note: &Path) -> Option<BTreeSet<String>> {
    let mut text = String::new();
    let file = std::fs::File::open(note).ok()?;
    file.take(LIMIT).read_to_string(&mut text).ok()?;
    // A note cut short by a full disk has no end line.
    let known = text.strip_suffix("end\n")?;
    Some(known.lines().map(str::to_owned).collect())
}

fn write_note(note: &Path, known: &BTreeSet<String>) {
    let mut text: String = known.iter().map(|option| format!("{option}\n")).collect();
    text.push_str("end\n");
    let mut beside = note.as_os_str().to_owned();
    beside.push(format!(".{}", std::process::id()));
    let beside = PathBuf::from(beside);
    let made = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&beside)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| std::fs::rename(&beside, note));
    if made.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
}

/// Returns the first two numbers of what `program --version` prints.
pub fn version(program: &Path) -> Option<(u32, u32)> {
    version_in(&said(program, "--version")?)
}

fn version_in(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.split_whitespace().find_map(|word| {
        let word = word.strip_prefix('v').unwrap_or(word);
        let starts = word.starts_with(|c: char| c.is_ascii_digit());
        (starts && word.contains('.')).then(|| word.split('.'))
    })?;
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// Runs a program for one word; old pasta prints its help on standard error, others on standard
/// output.
#[allow(
    clippy::disallowed_methods,
    reason = "a helper found by us, without an environment"
)]
fn said(program: &Path, word: &str) -> Option<String> {
    let mut child = Command::new(program)
        .arg(word)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .current_dir("/")
        .spawn()
        .ok()?;
    let streams = [
        child.stdout.take().map(|s| collect(Box::new(s))),
        child.stderr.take().map(|s| collect(Box::new(s))),
    ];
    wait(&mut child);
    let texts = streams.into_iter().flatten().filter_map(|s| s.join().ok());
    Some(texts.collect())
}

fn collect(mut stream: Box<dyn Read + Send>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = stream.by_ref().take(LIMIT).read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn wait(child: &mut Child) {
    let begin = Instant::now();
    while begin.elapsed() < PATIENCE {
        match child.try_wait() {
            Ok(None) => thread::sleep(Duration::from_millis(1)),
            _ => return,
        }
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Collects every `--word` of a help text.
fn options_in(help: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in help.match_indices("--") {
        let rest = &help[at + 2..];
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .unwrap_or(rest.len());
        if rest.starts_with(|c: char| c.is_ascii_lowercase()) && !help[..at].ends_with('-') {
            found.insert(format!("--{}", &rest[..end]));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_found_in_help_texts() {
        let help = "  -t, --tcp-ports SPEC\tx\n  --map-guest-addr=ADDR y; ---no --\n--no-map-gw";
        let found: Vec<String> = options_in(help).into_iter().collect();
        assert_eq!(found, ["--map-guest-addr", "--no-map-gw", "--tcp-ports"]);
    }

    #[test]
    fn versions_are_two_numbers() {
        assert_eq!(version_in("netavark 1.4.0\n"), Some((1, 4)));
        assert_eq!(version_in("netavark v1.14.1-dev"), Some((1, 14)));
        assert_eq!(version_in("no such option"), None);
    }

    #[test]
    fn a_note_reads_back_and_a_torn_one_does_not() {
        let folder = std::env::temp_dir().join(format!("coracle-probe-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let note = folder.join("note");
        let known = BTreeSet::from(["--a".to_owned(), "--b".to_owned()]);
        write_note(&note, &known);
        assert_eq!(read_note(&note), Some(known));
        std::fs::write(&note, "--a\n").expect("written");
        assert_eq!(read_note(&note), None);
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
