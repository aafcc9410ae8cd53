//! Credential helpers: programs named `docker-credential-NAME` that keep secrets.
//!
//! The protocol of the docker-credential-helpers project: `get`, the registry on standard input,
//! a JSON object on standard output; `store` and `erase`. A helper may open a keyring and ask;
//! it has a minute.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde::Deserialize;

use crate::config::error::Error;
use crate::types::escape::visible;
use crate::types::registry::Credentials;
use crate::types::strict;

const PATIENCE: Duration = Duration::from_secs(60);
const MAX_ANSWER: u64 = 64 << 10;
const POLL: Duration = Duration::from_millis(10);

/// Asks a helper; `None` if it knows nothing of that registry.
pub fn ask(name: &str, registry: &str) -> Result<Option<Credentials>, Error> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Answer {
        #[serde(default)]
        username: String,
        #[serde(default)]
        secret: String,
    }
    let failed = |reason: String| failed(name, registry, reason);
    let Some(output) = call(name, "get", registry, registry.as_bytes())? else {
        return Ok(None);
    };
    let answer: Answer =
        strict::parse(&output).map_err(|why| failed(format!("its answer {why}")))?;
    Ok(match (answer.username.as_str(), answer.secret) {
        (_, secret) if secret.is_empty() => None,
        ("<token>", secret) => Some(Credentials::IdentityToken(secret)),
        (user, password) => Some(Credentials::Password {
            user: user.to_owned(),
            password,
        }),
    })
}

/// Has a helper keep a secret.
pub fn store(name: &str, registry: &str, user: &str, secret: &str) -> Result<(), Error> {
    let document = serde_json::json!({
        "ServerURL": registry, "Username": user, "Secret": secret,
    });
    call(name, "store", registry, document.to_string().as_bytes()).map(drop)
}

/// Has a helper forget a secret; that it knows none is fine.
pub fn erase(name: &str, registry: &str) -> Result<(), Error> {
    call(name, "erase", registry, registry.as_bytes()).map(drop)
}

fn failed(name: &str, registry: &str, reason: String) -> Error {
    Error::Helper {
        program: format!("docker-credential-{name}"),
        registry: registry.to_owned(),
        reason,
    }
}

/// Calls a helper with one of the protocol's words; `None` if it does not know the registry.
fn call(name: &str, word: &str, registry: &str, input: &[u8]) -> Result<Option<Vec<u8>>, Error> {
    let failed = |reason: String| failed(name, registry, reason);
    let is_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    if name.is_empty() || !name.bytes().all(is_name) {
        return Err(failed("this is not the name of a helper".to_owned()));
    }
    let program = find(&format!("docker-credential-{name}"))
        .ok_or_else(|| failed("no such program".to_owned()))?;
    let (success, output) = run(&program, &[word], None, input, MAX_ANSWER)
        .map_err(|error| failed(error.to_string().to_lowercase()))?;
    if output.len() as u64 >= MAX_ANSWER {
        return Err(failed("its answer is without end".to_owned()));
    }
    if success {
        return Ok(Some(output));
    }
    let text = String::from_utf8_lossy(&output);
    if text.contains("credentials not found") {
        return Ok(None);
    }
    let words: String = visible(text.trim()).chars().take(200).collect();
    Err(failed(words))
}

/// Finds a program as execvp(3) would, but never below the current directory (S-42).
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(program))
        .find(|path| path.is_file())
}

/// Runs a program of the user's to its end, or for as long as we wait; returns whether it
/// succeeded, and at most `limit` bytes of what it wrote.
#[allow(
    clippy::disallowed_methods,
    reason = "a program the user named, which needs his environment for its keyring"
)]
pub fn run(
    program: &Path,
    words: &[&str],
    variable: Option<(&str, &str)>,
    input: &[u8],
    limit: u64,
) -> std::io::Result<(bool, Vec<u8>)> {
    let mut child = Command::new(program)
        .args(words)
        .envs(variable)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        let input = input.to_owned();
        // A helper that does not read is judged by what it answers, and holds nobody up.
        std::thread::spawn(move || {
            let _ = stdin.write_all(&input);
        });
    }
    let stdout = child.stdout.take();
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = stdout.map(|out| out.take(limit).read_to_end(&mut bytes));
        let _ = send.send(read.transpose().map(|_| bytes));
    });
    let deadline = Instant::now() + PATIENCE;
    let success = match wait(&mut child, deadline)? {
        Some(success) => success,
        None => {
            let _ = child.kill();
            let _ = child.wait();
            return Err(std::io::Error::new(
                std::io::ErrorKind::TimedOut,
                "no answer within a minute",
            ));
        }
    };
    let left = deadline.saturating_duration_since(Instant::now());
    let output = receive
        .recv_timeout(left)
        .map_err(|_| std::io::Error::from(std::io::ErrorKind::TimedOut))??;
    Ok((success, output))
}

fn wait(child: &mut Child, deadline: Instant) -> std::io::Result<Option<bool>> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status.success()));
        }
        if Instant::now() > deadline {
            return Ok(None);
        }
        std::thread::sleep(POLL);
    }
}
