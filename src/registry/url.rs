//! Addresses a registry hands out, and what "the same origin" means for secrets (S-38).
//!
//! RFC 3986 as far as http needs it: no fragments, and user names in an address are refused.

use std::fmt;

/// The longest address that is followed, in bytes.
const MAX_URL: usize = 8 << 10;

/// `scheme://host:port/path?query`, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url {
    pub origin: Origin,
    /// Starts with a slash; holds the query too.
    pub target: String,
}

/// Who answers: secrets never leave it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    pub https: bool,
    /// Lower case; IPv6 in brackets.
    pub host: String,
    pub port: u16,
}

impl Origin {
    /// Makes the origin of a registry, `host[:port]`, whose grammar `Reference` has checked.
    pub fn of_registry(registry: &str, https: bool) -> Option<Self> {
        let (host, port) = split_port(registry)?;
        Some(Self {
            https,
            host,
            port: port.unwrap_or(if https { 443 } else { 80 }),
        })
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.https { "https" } else { "http" };
        write!(f, "{scheme}://{}", self.host)?;
        match (self.https, self.port) {
            (true, 443) | (false, 80) => Ok(()),
            (_, port) => write!(f, ":{port}"),
        }
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.target)
    }
}

impl Url {
    /// Parses an absolute address; the error says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        if text.len() > MAX_URL {
            return Err("the address is too long");
        }
        if text.bytes().any(|b| b <= b' ' || b >= 0x7f) {
            return Err("the address holds blanks or control characters");
        }
        let (scheme, rest) = text.split_once("://").ok_or("the address has no scheme")?;
        let https = match scheme.to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return Err("the scheme is neither https nor http"),
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at(end);
        if authority.contains('@') {
            return Err("the address carries a user name");
        }
        if authority.contains('\\') {
            return Err("the host is malformed");
        }
        let (host, port) = split_port(authority).ok_or("the host is malformed")?;
        let tail = tail.split('#').next().unwrap_or_default();
        let target = if tail.starts_with('/') {
            tail.to_owned()
        } else {
            format!("/{tail}")
        };
        let port = port.unwrap_or(if https { 443 } else { 80 });
        Ok(Self {
            origin: Origin { https, host, port },
            target,
        })
    }

    /// The address without its query, which may hold a signature that opens the door (S-43).
    pub fn shown(&self) -> String {
        let path = self.target.split('?').next().unwrap_or_default();
        let query = if path.len() < self.target.len() {
            "?…"
        } else {
            ""
        };
        format!("{}{path}{query}", self.origin)
    }

    /// The address with one parameter more in its query.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        let joint = if self.target.contains('?') { '&' } else { '?' };
        self.target = format!("{}{joint}{name}={value}", self.target);
        self
    }

    /// Resolves what a `Location` or `Link` header says against this address.
    pub fn join(&self, location: &str) -> Result<Self, &'static str> {
        let scheme_end = location.find("://");
        let path_starts = location.find(['/', '?', '#']).unwrap_or(location.len());
        if scheme_end.is_some_and(|at| at < path_starts) {
            return Self::parse(location);
        }
        if location[..path_starts].contains(':') {
            return Err("the scheme is neither https nor http");
        }
        let scheme = if self.origin.https { "https" } else { "http" };
        if location.starts_with("//") {
            return Self::parse(&format!("{scheme}:{location}"));
        }
        let path = self.target.split('?').next().unwrap_or("/");
        let target = match location.as_bytes().first() {
            Some(b'/') => location.to_owned(),
            Some(b'?') => format!("{path}{location}"),
            _ => {
                let folder = &path[..path.rfind('/').map_or(0, |at| at + 1)];
                format!("{folder}{location}")
            }
        };
        Self::parse(&format!("{}{target}", self.origin))
    }
}

/// Splits `host[:port]`, in lower case; `None` if it is neither a name nor an address.
fn split_port(authority: &str) -> Option<(String, Option<u16>)> {
    crate::types::reference::check_registry(authority).ok()?;
    let host_end = authority.rfind(']').map_or(0, |at| at + 1);
    let (host, port) = match authority[host_end..].find(':') {
        Some(at) => {
            let (host, port) = authority.split_at(host_end + at);
            (host, Some(port[1..].parse().ok()?))
        }
        None => (authority, None),
    };
    Some((host.to_ascii_lowercase(), port))
}

/// Returns whether a token server on `realm` may be told a secret stored for `registry` (S-39).
///
/// Both are host names without port. The same host, a host below it, Docker Hub's own pair, or
/// below the same parent domain (`registry.example.org` and `auth.example.org`).
pub fn may_share_secrets(registry: &str, realm: &str) -> bool {
    const PAIRS: &[(&str, &str)] = &[
        ("registry-1.docker.io", "auth.docker.io"),
        ("docker.io", "auth.docker.io"),
    ];
    if registry == realm || PAIRS.contains(&(registry, realm)) {
        return true;
    }
    let address = |host: &str| host.starts_with('[') || host.parse::<std::net::IpAddr>().is_ok();
    if address(registry) || address(realm) {
        return false;
    }
    let below = |host: &str, domain: &str| {
        host.strip_suffix(domain)
            .is_some_and(|rest| rest.ends_with('.'))
    };
    if below(realm, registry) {
        return true;
    }
    match registry.split_once('.') {
        Some((_, parent)) => is_one_owner(parent) && (realm == parent || below(realm, parent)),
        None => false,
    }
}

/// Returns whether a domain surely belongs to one owner, unlike `com` or `co.uk`.
///
/// Without the public suffix list: two labels, and not one of the short pairs under which
/// countries sell names.
fn is_one_owner(domain: &str) -> bool {
    match domain.split('.').collect::<Vec<_>>()[..] {
        [] | [_] => false,
        [second, top] => !(top.len() == 2 && second.len() <= 3),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_or_refused() {
        for (text, shown) in [
            ("https://a.example/x?y=1", Ok("https://a.example/x?y=1")),
            ("HTTPS://A.Example:443/x", Ok("https://a.example/x")),
            ("http://a:80", Ok("http://a/")),
            ("http://a:8080?x", Ok("http://a:8080/?x")),
            ("http://[::1]:5000/x#y", Ok("http://[::1]:5000/x")),
            ("https://u:p@a/x", Err("the address carries a user name")),
            ("https://a@b/", Err("the address carries a user name")),
            (
                "file:///etc/passwd",
                Err("the scheme is neither https nor http"),
            ),
            ("ftp://a/", Err("the scheme is neither https nor http")),
            ("a/b", Err("the address has no scheme")),
            ("https:///x", Err("the host is malformed")),
            ("https://a\\@b/x", Err("the address carries a user name")),
            ("https://a\\b/x", Err("the host is malformed")),
            ("https://a:99999/", Err("the host is malformed")),
            (
                "https://a b/",
                Err("the address holds blanks or control characters"),
            ),
            (
                "https://a/\r\nX: y",
                Err("the address holds blanks or control characters"),
            ),
        ] {
            let parsed = Url::parse(text).map(|url| url.to_string());
            assert_eq!(parsed, shown.map(str::to_owned), "{text}");
        }
    }

    #[test]
    fn locations_resolve_against_the_request() {
        let base = Url::parse("https://a.example:5000/v2/x/blobs/1?q=1").expect("good");
        for (location, whole) in [
            ("https://b/y", "https://b/y"),
            ("http://b/y", "http://b/y"),
            ("//b/y", "https://b/y"),
            ("/y?z", "https://a.example:5000/y?z"),
            ("?z=2", "https://a.example:5000/v2/x/blobs/1?z=2"),
            ("2", "https://a.example:5000/v2/x/blobs/2"),
            ("/y?u=http://c/", "https://a.example:5000/y?u=http://c/"),
        ] {
            assert_eq!(
                base.join(location).map(|u| u.to_string()),
                Ok(whole.to_owned())
            );
        }
        assert!(base.join("file:/etc/passwd").is_err());
        assert!(base.join("//u@b/").is_err());
    }

    #[test]
    fn secrets_stay_in_the_family() {
        for (registry, realm, may) in [
            ("quay.io", "quay.io", true),
            ("registry-1.docker.io", "auth.docker.io", true),
            ("docker.io", "auth.docker.io", true),
            ("registry.gitlab.com", "gitlab.com", true),
            ("registry.example.org", "auth.example.org", true),
            ("example.org", "auth.example.org", true),
            ("registry.example.co.uk", "auth.example.co.uk", true),
            ("quay.io", "auth.docker.io", false),
            ("good.co.uk", "evil.co.uk", false),
            ("good.com", "evil.com", false),
            ("good.com", "com", false),
            ("registry.example.org", "evilexample.org", false),
            ("example.org", "evil-example.org", false),
            ("127.0.0.1", "127.0.0.1", true),
            ("127.0.0.1", "127.0.0.2", false),
            ("10.0.0.1", "1.0.0.1", false),
            ("localhost", "localhost", true),
            ("localhost", "example.org", false),
        ] {
            assert_eq!(
                may_share_secrets(registry, realm),
                may,
                "{registry} {realm}"
            );
        }
    }
}
