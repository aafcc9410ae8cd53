//! What `config` knows about a registry and `registry` needs to speak with it.

use std::fmt;

/// Where an image's content is really fetched: after aliases, mirrors and rewriting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Host and optional port.
    pub registry: String,
    pub repository: String,
    /// Certificates are not checked, and plain http is tried when https finds nobody.
    pub insecure: bool,
    /// A mirror stands in for the registry that was named; its failure is not the last word.
    pub mirror: bool,
}

/// As the user would name the repository, or the registry alone.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.registry)?;
        match self.repository.as_str() {
            "" => Ok(()),
            repository => write!(f, "/{repository}"),
        }
    }
}

/// What proves who the user is to one registry.
#[derive(Clone, PartialEq, Eq)]
pub enum Credentials {
    Password {
        user: String,
        password: String,
    },
    /// An OAuth2 refresh token, as credential helpers give for the user `<token>`.
    IdentityToken(String),
}

/// Never shows the secret: settings end up in logs.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Password { user, .. } => write!(f, "Password({user:?}, …)"),
            Self::IdentityToken(_) => f.write_str("IdentityToken(…)"),
        }
    }
}

/// Certificates for one registry, as PEM text; from `certs.d` (containers-certs.d(5)).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Certificates {
    /// Added to the system's authorities, each with the file it came from.
    pub authorities: Vec<PemFile>,
    /// Certificate chain and key shown to the registry.
    pub client: Option<(PemFile, PemFile)>,
}

#[derive(Clone, PartialEq, Eq)]
pub struct PemFile {
    pub path: std::path::PathBuf,
    pub text: Vec<u8>,
}

impl fmt::Debug for PemFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PemFile({})", self.path.display())
    }
}

/// Proxies of the environment, chosen by the request's scheme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies {
    pub http: Option<String>,
    pub https: Option<String>,
    /// Hosts that are reached directly, as in `NO_PROXY`.
    pub none: Vec<String>,
}

impl Proxies {
    /// Returns the proxy for a request; loopback is always reached directly.
    pub fn for_host(&self, https: bool, host: &str) -> Option<&str> {
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let loopback = match host.parse::<std::net::IpAddr>() {
            Ok(address) => address.is_loopback(),
            Err(_) => host == "localhost",
        };
        let spared = self.none.iter().any(|pattern| {
            let domain = pattern.trim_start_matches('*').trim_start_matches('.');
            pattern == "*"
                || (!domain.is_empty()
                    && (host.eq_ignore_ascii_case(domain)
                        || host
                            .to_ascii_lowercase()
                            .ends_with(&format!(".{}", domain.to_ascii_lowercase()))))
        });
        if loopback || spared {
            return None;
        }
        let proxy = if https { &self.https } else { &self.http };
        proxy.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_spare_whom_they_should() {
        let proxies = Proxies {
            http: Some("http://p:1".into()),
            https: Some("http://s:1".into()),
            none: vec!["example.com".into(), ".corp".into(), "10.0.0.1".into()],
        };
        for (https, host, proxy) in [
            (true, "quay.io", Some("http://s:1")),
            (false, "quay.io", Some("http://p:1")),
            (true, "localhost", None),
            (true, "127.0.0.1", None),
            (true, "[::1]", None),
            (true, "example.com", None),
            (true, "EXAMPLE.com", None),
            (true, "a.example.com", None),
            (true, "anexample.com", Some("http://s:1")),
            (true, "x.corp", None),
            (true, "10.0.0.1", None),
        ] {
            assert_eq!(proxies.for_host(https, host), proxy, "{host}");
        }
        let all = Proxies {
            none: vec!["*".into()],
            ..proxies
        };
        assert_eq!(all.for_host(true, "quay.io"), None);
    }

    #[test]
    fn secrets_are_not_shown() {
        let secret = Credentials::Password {
            user: "u".into(),
            password: "hidden".into(),
        };
        assert!(!format!("{secret:?}").contains("hidden"));
    }
}
