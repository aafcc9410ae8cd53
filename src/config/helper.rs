//! Credential helpers: programs named `docker-credential-NAME` that keep secrets.
//!
//! The protocol of the docker-credential-helpers project: `get`, the registry on standard input,
//! a JSON object on standard output. A helper may open a keyring and ask; it has a minute.

use std::io::{Read, Write};
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
    let program = format!("docker-credential-{name}");
    let failed = |reason: String| Error::Helper {
        program: program.clone(),
        registry: registry.to_owned(),
        reason,
    };
    let is_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    if name.is_empty() || !name.bytes().all(is_name) {
        return Err(failed("this is not the name of a helper".to_owned()));
    }
    let (success, output) = run(&program, registry).map_err(|error| {
        failed(match error.kind() {
            std::io::ErrorKind::NotFound => "no such program".to_owned(),
            _ => error.to_string().to_lowercase(),
        })
    })?;
    if !success {
        let text = String::from_utf8_lossy(&output);
        if text.contains("credentials not found") {
            return Ok(None);
        }
        let words: String = visible(text.trim()).chars().take(200).collect();
        return Err(failed(words));
    }
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

/// Runs the program to its end, or for as long as we wait.
fn run(program: &str, registry: &str) -> std::io::Result<(bool, Vec<u8>)> {
    let mut child = Command::new(program)
        .arg("get")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // A helper that does not read is judged by what it answers.
        let _ = stdin.write_all(registry.as_bytes());
    }
    let stdout = child.stdout.take();
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = stdout.map(|out| out.take(MAX_ANSWER).read_to_end(&mut bytes));
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
