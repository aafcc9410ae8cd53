//! Why a registry did not give what was asked, in words for users.

use std::fmt;
use std::path::PathBuf;

use crate::types::Platform;
use crate::types::digest::Mismatch;
use crate::types::escape::{quoted, visible};

/// Why nobody answers where nobody listens.
pub const REFUSED: &str = "connection refused";

/// A failed exchange with a registry.
///
/// `what` is the object in the user's words, such as `manifest 12` or `blob sha256:…`.
#[derive(Debug, Clone)]
pub enum Error {
    /// Nobody answers, or the connection broke.
    Connection { host: String, reason: String },
    /// It answered, but it could not prove who it is, or spoke no TLS.
    Tls { host: String, reason: String },
    /// Nothing came for so many seconds.
    Stalled { host: String, seconds: u64 },
    /// Something came, but at a rate at which it would never end.
    Dripping {
        host: String,
        bytes: u64,
        seconds: u64,
    },
    /// 401: credentials are missing or wrong.
    Unauthorized {
        registry: String,
        had_credentials: bool,
        detail: String,
    },
    /// 403
    Denied { what: String, detail: String },
    /// 404
    NotFound { what: String, detail: String },
    /// Any other status, retried where that made sense.
    Status {
        what: String,
        code: u16,
        detail: String,
    },
    /// A redirect that is not followed.
    Redirect {
        host: String,
        to: String,
        reason: &'static str,
    },
    /// The registry's word leads to an address that is not ours to ask.
    Forbidden { host: String, address: String },
    /// A token server that is not asked.
    Realm {
        registry: String,
        realm: String,
        reason: &'static str,
    },
    /// The token server's answer is of no use.
    Token { host: String, reason: String },
    /// Larger than anything honest.
    TooLarge { what: String, limit: u64 },
    /// Not the bytes that were promised.
    Mismatch { what: String, mismatch: Mismatch },
    /// Parts of a blob are not to be had.
    NoRanges { what: String },
    /// A document that says no single thing, or nothing we know.
    Document { what: String, reason: String },
    /// The index has nothing for this machine.
    NoPlatform {
        wanted: Platform,
        existing: Vec<String>,
    },
    /// A certificate or key file is of no use.
    Certificate { path: PathBuf, reason: String },
    /// Neither the system nor certs.d names anybody to trust.
    NoAuthorities,
    /// The proxy of the environment is of no use.
    Proxy { proxy: String },
}

impl Error {
    /// Returns whether the same request may succeed a moment later.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Connection { reason, .. } => !self.is_refused() && reason != "no such host",
            Self::Stalled { .. } | Self::Dripping { .. } => true,
            Self::Status { code, .. } => crate::registry::transport::is_passing(*code),
            _ => false,
        }
    }

    /// Returns whether nobody listens there.
    pub fn is_refused(&self) -> bool {
        matches!(self, Self::Connection { reason, .. } if reason == REFUSED)
    }

    /// Returns what the user can do, where we know it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Tls { host, reason } if reason.contains("not speak TLS") => Some(format!(
                "if {host} is meant to be reached without encryption, use --tls-verify=false or \
                 mark it insecure in registries.conf"
            )),
            Self::Tls { host, reason } if reason.contains("issuer") => Some(format!(
                "put the certificate of the authority that signed it into \
                 ~/.config/containers/certs.d/{host}/ca.crt"
            )),
            Self::Unauthorized {
                had_credentials: false,
                ..
            } => Some("give --creds USER:PASSWORD, or an --authfile that names it".to_owned()),
            Self::Unauthorized { registry, .. } => Some(format!(
                "those of coracle login {registry} are kept; --creds gives others for once"
            )),
            Self::NoPlatform { existing, .. } if !existing.is_empty() => {
                Some("choose one of these with --platform".to_owned())
            }
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connection { host, reason } => write!(f, "cannot reach {host}: {reason}"),
            Self::Tls { host, reason } => write!(f, "cannot trust {host}: {reason}"),
            Self::Stalled { host, seconds } => {
                write!(f, "{host} sent nothing for {seconds} seconds")
            }
            Self::Dripping {
                host,
                bytes,
                seconds,
            } => write!(f, "{host} sent only {bytes} bytes in {seconds} seconds"),
            Self::Unauthorized {
                registry,
                had_credentials,
                detail,
            } => {
                match had_credentials {
                    true => write!(f, "{registry} does not accept the user name and password")?,
                    false => write!(f, "{registry} wants a user name and password")?,
                }
                detailed(f, detail)
            }
            Self::Denied { what, detail } => {
                write!(f, "{what}: access denied")?;
                detailed(f, detail)
            }
            Self::NotFound { what, detail } => {
                write!(f, "{what}: not found")?;
                detailed(f, detail)
            }
            Self::Status { what, code, detail } => {
                write!(f, "{what}: the registry answered {code}")?;
                detailed(f, detail)
            }
            Self::Redirect { host, to, reason } => {
                write!(f, "{host} redirects to {}: {reason}", visible(to))
            }
            Self::Forbidden { host, address } => {
                write!(
                    f,
                    "the registry leads to {host}: address {address} is not asked"
                )
            }
            Self::Realm {
                registry,
                realm,
                reason,
            } => write!(
                f,
                "{registry} names the token server {}: {reason}",
                quoted(realm)
            ),
            Self::Token { host, reason } => write!(f, "token server {host}: {reason}"),
            Self::TooLarge { what, limit } => write!(f, "{what}: larger than {limit} bytes"),
            Self::Mismatch { what, mismatch } => write!(f, "{what}: {mismatch}"),
            Self::NoRanges { what } => write!(f, "{what}: the registry does not send parts of it"),
            Self::Document { what, reason } => write!(f, "{what}: {reason}"),
            Self::NoPlatform { wanted, existing } if existing.is_empty() => {
                write!(f, "the image has nothing for {wanted}")
            }
            Self::NoPlatform { wanted, existing } => {
                let list = visible(&existing.join(", "));
                write!(f, "the image has nothing for {wanted}, only for {list}")
            }
            Self::Certificate { path, reason } => write!(f, "{}: {reason}", path.display()),
            Self::NoAuthorities => f.write_str(
                "no certificate can be trusted: the system has no certificates of authorities",
            ),
            Self::Proxy { proxy } => write!(f, "proxy {}: not a usable address", quoted(proxy)),
        }
    }
}

fn detailed(f: &mut fmt::Formatter<'_>, detail: &str) -> fmt::Result {
    if detail.is_empty() {
        return Ok(());
    }
    write!(f, " ({})", visible(detail))
}

impl std::error::Error for Error {}
