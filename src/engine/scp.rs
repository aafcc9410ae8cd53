//! `image scp`: an image goes from machine to machine, by the ssh program.
//!
//! ```text
//! save ─ pipe ─▶ ssh HOST coracle load            ssh HOST coracle save ─ pipe ─▶ load
//!            ssh ONE coracle save ─ pipe ─▶ ssh OTHER coracle load
//! ```
//!
//! No archive is written on the way, and no service has to run anywhere: ssh asks for passwords,
//! knows the host and ends when the other side no longer answers. Between accounts of one machine
//! Podman uses sudo; that is refused, with the pipe that does the same.

use std::io::Read;
use std::process::{Child, Command, Stdio};

use crate::engine::deliver::{Delivery, To};
use crate::engine::find::{match_name, named_here};
use crate::engine::write::Chosen;
use crate::engine::{Engine, Error};
use crate::types::event::Event as Happened;
use crate::types::image::Family;
use crate::types::transport::Form;
use crate::types::{Progress, escape};

/// What the other side may answer, in bytes.
const MAX_ANSWER: u64 = 1 << 20;
/// Dead connections are noticed within two minutes: ssh_config(5).
const ALIVE: [&str; 4] = [
    "-o",
    "ServerAliveInterval=30",
    "-o",
    "ServerAliveCountMax=4",
];

/// `image scp`
#[derive(Debug, Clone)]
pub struct ScpRequest {
    pub source: ScpEnd,
    pub destination: Option<ScpEnd>,
    /// A Docker archive or an OCI archive.
    pub form: Form,
    /// The other side shows no progress either.
    pub quiet: bool,
}

/// An image and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScpEnd {
    Here(String),
    There {
        /// As ssh takes it.
        host: String,
        image: Option<String>,
    },
}

impl ScpEnd {
    /// Reads `IMAGE` or `[USER@]HOST::[IMAGE]`; the reason is for the user.
    pub fn parse(word: &str) -> Result<Self, String> {
        let Some((host, image)) = word.split_once("::") else {
            return match word {
                "" => Err("an image's name is missing".to_owned()),
                name => Ok(Self::Here(name.to_owned())),
            };
        };
        let shown = escape::quoted(host);
        let (user, machine) = host.rsplit_once('@').unwrap_or(("USER", host));
        if machine == "localhost" {
            let user = escape::visible(user);
            return Err(format!(
                "{shown}: another account of this machine is reached with sudo, which is not \
                 called: coracle save IMAGE | sudo -i -u {user} coracle load"
            ));
        }
        // What begins with a hyphen would be an option of ssh.
        let bad = |byte: u8| byte <= b' ' || byte >= 0x7f;
        if host.is_empty() || host.starts_with('-') || host.bytes().any(bad) {
            return Err(format!("{shown} is not a host"));
        }
        Ok(Self::There {
            host: host.to_owned(),
            image: Some(image.to_owned()).filter(|image| !image.is_empty()),
        })
    }
}

impl Engine {
    /// Copies an image; returns what it is called where it went.
    pub fn scp(&self, request: &ScpRequest, progress: &dyn Progress) -> Result<Vec<String>, Error> {
        match (&request.source, &request.destination) {
            (ScpEnd::Here(image), Some(ScpEnd::There { host, image: name })) => {
                self.scp_to(image, host, name.as_deref(), request, progress)
            }
            (ScpEnd::Here(_), _) => Err(Error::new("must specify a destination")
                .hint("coracle image scp IMAGE [USER@]HOST::")),
            (ScpEnd::There { host, image: None }, _) => {
                let host = escape::visible(host);
                Err(Error::new(format!("no image of {host} is named"))
                    .hint(format!("coracle image scp {host}::IMAGE")))
            }
            (
                ScpEnd::There {
                    host,
                    image: Some(image),
                },
                destination,
            ) => match destination {
                None => self.scp_from(host, image, None, request, progress),
                Some(ScpEnd::Here(name)) => {
                    self.scp_from(host, image, Some(name), request, progress)
                }
                Some(ScpEnd::There {
                    host: to,
                    image: name,
                }) => relay(host, image, to, name.as_deref(), request),
            },
        }
    }

    fn scp_to(
        &self,
        image: &str,
        host: &str,
        name: Option<&str>,
        request: &ScpRequest,
        progress: &dyn Progress,
    ) -> Result<Vec<String>, Error> {
        let found = self.image(image)?;
        let name = match name {
            Some(name) => Some(named_here(name)?.to_string()),
            None => match_name(&found.names, image).filter(|name| !name.contains('@')),
        };
        let id = found.id;
        let chosen = [Chosen {
            image: found,
            names: name.into_iter().collect(),
        }];
        let mut remote = Remote::start(host, LOAD, Stdio::piped())?;
        let pipe = remote.input()?;
        let delivery = Delivery {
            form: request.form,
            to: To::Stream(pipe),
            how: None,
            family: Family::Oci,
            doing: "Copying blob",
        };
        let sent = self.deliver(&chosen, delivery, progress);
        let answer = remote.finish()?;
        sent?;
        self.record(Happened::image("save", id.hex(), host));
        Ok(loaded(&answer))
    }

    fn scp_from(
        &self,
        host: &str,
        image: &str,
        name: Option<&str>,
        request: &ScpRequest,
        progress: &dyn Progress,
    ) -> Result<Vec<String>, Error> {
        let name = name.map(named_here).transpose()?;
        let mut remote = Remote::start(host, &save(image, request), Stdio::null())?;
        let stream = remote.output()?;
        let mut names = self.load_stream(stream, host, progress, || remote.finish().map(drop))?;
        if let (Some(name), Some(first)) = (name, names.first()) {
            let name = name.to_string();
            self.tag(first, &name)?;
            names.push(name);
        }
        Ok(names)
    }
}

const LOAD: &str = "coracle load -q";

fn save(image: &str, request: &ScpRequest) -> String {
    let quiet = if request.quiet { " -q" } else { "" };
    let format = request.form.name();
    format!("coracle save{quiet} --format {format} {}", quoted(image))
}

/// Copies from one machine to another; nothing is kept here.
fn relay(
    from: &str,
    image: &str,
    to: &str,
    name: Option<&str>,
    request: &ScpRequest,
) -> Result<Vec<String>, Error> {
    let name = name.map(named_here).transpose()?;
    let mut source = Remote::start(from, &save(image, request), Stdio::null())?;
    let target = Remote::start(to, LOAD, source.output()?.into())?;
    let (sent, answer) = (source.finish(), target.finish());
    sent?;
    let mut names = loaded(&answer?);
    if let (Some(name), Some(first)) = (name, names.first()) {
        let name = name.to_string();
        let command = format!("coracle tag {} {}", quoted(first), quoted(&name));
        Remote::start(to, &command, Stdio::null())?.finish()?;
        names.push(name);
    }
    Ok(names)
}

/// The names in what `load` prints.
fn loaded(answer: &str) -> Vec<String> {
    let names = answer
        .lines()
        .filter_map(|line| line.strip_prefix("Loaded image: "));
    names.map(escape::visible).collect()
}

/// A word for a POSIX shell: ssh hands the other side's shell one line.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// A command on another machine.
struct Remote {
    host: String,
    command: String,
    ssh: Child,
}

impl Remote {
    #[allow(
        clippy::disallowed_methods,
        reason = "the user's own ssh, which needs the user's environment for keys and agents"
    )]
    fn start(host: &str, command: &str, input: Stdio) -> Result<Self, Error> {
        let ssh = Command::new("ssh")
            .args(ALIVE)
            .args(["--", host, command])
            .stdin(input)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound => {
                    Error::new("ssh is not installed").hint("images go to other machines by ssh")
                }
                _ => Error::new(format!("running ssh: {error}")),
            })?;
        Ok(Self {
            host: escape::visible(host),
            command: escape::visible(command),
            ssh,
        })
    }

    /// What the command reads.
    fn input(&mut self) -> Result<std::fs::File, Error> {
        let pipe = self.ssh.stdin.take().map(std::os::fd::OwnedFd::from);
        pipe.map(std::fs::File::from)
            .ok_or_else(|| Error::new("ssh has no standard input"))
    }

    /// What the command prints.
    fn output(&mut self) -> Result<std::process::ChildStdout, Error> {
        let pipe = self.ssh.stdout.take();
        pipe.ok_or_else(|| Error::new("ssh has no standard output"))
    }

    /// Waits for its end, which ssh bounds; returns what it printed to nobody else.
    fn finish(mut self) -> Result<String, Error> {
        let mut bytes = Vec::new();
        if let Some(output) = self.ssh.stdout.take() {
            // What is not read is said by the exit code.
            let _ = output.take(MAX_ANSWER).read_to_end(&mut bytes);
        }
        let ended = self.ssh.wait();
        let ended = ended.map_err(|error| Error::new(format!("waiting for ssh: {error}")))?;
        if ended.success() {
            return Ok(String::from_utf8_lossy(&bytes).into_owned());
        }
        let (host, command) = (&self.host, &self.command);
        Err(Error::new(format!("{host}: {command}: {ended}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_read() {
        let there = |host: &str, image: Option<&str>| {
            Some(ScpEnd::There {
                host: host.to_owned(),
                image: image.map(str::to_owned),
            })
        };
        for (word, wanted) in [
            ("debian:12", Some(ScpEnd::Here("debian:12".to_owned()))),
            ("host::", there("host", None)),
            ("me@host::debian:12", there("me@host", Some("debian:12"))),
            ("ssh://me@host:22::x", there("ssh://me@host:22", Some("x"))),
            ("root@localhost::x", None),
            ("localhost::x", None),
            ("-oProxyCommand=x::x", None),
            ("a b::x", None),
            ("::x", None),
            ("", None),
        ] {
            assert_eq!(ScpEnd::parse(word).ok(), wanted, "{word}");
        }
        assert_eq!(quoted("it's"), "'it'\\''s'");
    }
}
