//! From a challenge to the `Authorization` header.
//!
//! distribution's token and OAuth2 specifications; RFC 7617 for Basic. The scope asked for is our
//! own, never the challenge's, so a registry cannot widen it. Which token server may be told a
//! stored secret is decided by `url::may_share_secrets` (S-39).

use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use serde::Deserialize;
use ureq::http::Method;

use crate::registry::error::Error;
use crate::registry::transport::{Answer, Payload, Request, Transport, header};
use crate::registry::url::{Url, may_share_secrets};
use crate::types::registry::Credentials;
use crate::types::strict::{self, MAX_SMALL};

/// The longest challenge that is read; honest ones have some 200 bytes.
const MAX_CHALLENGE: usize = 8 << 10;
const MAX_TOKEN: usize = 64 << 10;

/// Who we are to one registry, and what it has given us so far.
pub struct Auth {
    registry: String,
    /// What tokens are to open, such as `repository:x:pull`.
    scopes: Vec<String>,
    credentials: Option<Credentials>,
    header: Mutex<Option<String>>,
}

/// One way a registry offers to be convinced.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Challenge {
    Basic,
    Bearer {
        realm: String,
        service: Option<String>,
    },
}

impl Auth {
    pub fn new(registry: &str, scopes: Vec<String>, credentials: Option<Credentials>) -> Self {
        Self {
            registry: registry.to_owned(),
            scopes,
            credentials,
            header: Mutex::default(),
        }
    }

    /// Asks for this from now on.
    pub fn for_scopes(&mut self, scopes: Vec<String>) {
        self.scopes = scopes;
    }

    /// Returns the header to send now, if a challenge was answered before.
    pub fn header(&self) -> Option<String> {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<String>> {
        self.header.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a 401; `sent` is the header that was not enough. Leaves the new header in place.
    ///
    /// One thread at a time: another that was refused meanwhile takes what the first one got.
    pub fn answer(
        &self,
        transport: &Transport,
        refused: Answer,
        sent: Option<&str>,
    ) -> Result<(), Error> {
        let mut current = self.lock();
        if current.as_deref() != sent {
            return Ok(());
        }
        let https = refused.origin.https;
        let host = refused.origin.host.clone();
        let challenge = choose(&refused.headers);
        match challenge {
            Some(Challenge::Bearer { realm, service }) => {
                let token = self.token(transport, &realm, service.as_deref(), https, &host)?;
                *current = Some(format!("Bearer {token}"));
                Ok(())
            }
            Some(Challenge::Basic) if sent.is_none() => match &self.credentials {
                Some(Credentials::Password { user, password }) => {
                    *current = Some(basic(user, password));
                    Ok(())
                }
                _ => Err(self.unauthorized(refused, transport)),
            },
            _ => Err(self.unauthorized(refused, transport)),
        }
    }

    /// Returns the error of a 401 that nothing answers.
    pub fn unauthorized(&self, refused: Answer, transport: &Transport) -> Error {
        let detail = match refused.read("answer", MAX_SMALL, &transport.patience) {
            Ok(body) => crate::registry::transport::detail(&body),
            Err(_) => String::new(),
        };
        Error::Unauthorized {
            registry: self.registry.clone(),
            had_credentials: self.credentials.is_some(),
            detail,
        }
    }

    fn token(
        &self,
        transport: &Transport,
        realm: &str,
        service: Option<&str>,
        registry_is_https: bool,
        registry_host: &str,
    ) -> Result<String, Error> {
        let refuse = |reason| Error::Realm {
            registry: self.registry.clone(),
            realm: realm.to_owned(),
            reason,
        };
        let mut url = Url::parse(realm).map_err(refuse)?;
        if registry_is_https && !url.origin.https {
            return Err(refuse("it is not https"));
        }
        if self.credentials.is_some() && !may_share_secrets(registry_host, &url.origin.host) {
            return Err(refuse(
                "it is another host's, so the stored user name and password are not sent there",
            ));
        }
        let mut query: Vec<(&str, &str)> = Vec::new();
        // A form names all scopes in one word (RFC 6749, 3.3), a query each by itself.
        let together = self.scopes.join(" ");
        match &self.credentials {
            Some(Credentials::IdentityToken(_)) if !together.is_empty() => {
                query.push(("scope", &together));
            }
            _ => query.extend(self.scopes.iter().map(|scope| ("scope", scope.as_str()))),
        }
        query.extend(service.map(|service| ("service", service)));
        let mut authorization = None;
        let mut form = None;
        match &self.credentials {
            Some(Credentials::IdentityToken(token)) => {
                query.push(("grant_type", "refresh_token"));
                query.push(("client_id", "coracle"));
                query.push(("refresh_token", token));
                form = Some(encode(&query));
            }
            Some(Credentials::Password { user, password }) => {
                query.push(("account", user));
                authorization = Some(basic(user, password));
            }
            None => {}
        }
        if form.is_none() {
            let joint = if url.target.contains('?') { '&' } else { '?' };
            url.target = format!("{}{joint}{}", url.target, encode(&query));
        }
        let host = url.origin.to_string();
        let same = url.origin.host == registry_host;
        let answer = transport.send(&Request {
            what: "token",
            method: match form {
                Some(_) => Method::POST,
                None => Method::GET,
            },
            url,
            accept: &["application/json"],
            authorization: authorization.as_deref(),
            range: None,
            payload: form.as_deref().map_or(Payload::Nothing, Payload::Form),
            reach: if same {
                crate::registry::address::Reach::Anywhere
            } else {
                transport.reach_of_its_word()
            },
        })?;
        if matches!(answer.status, 400 | 401 | 403) && self.credentials.is_some() {
            return Err(self.unauthorized(answer, transport));
        }
        if answer.status != 200 {
            return Err(Error::Token {
                host,
                reason: format!("it answered {}", answer.status),
            });
        }
        let body = answer.read("token", MAX_SMALL, &transport.patience)?;
        read_token(&body).map_err(|reason| Error::Token { host, reason })
    }
}

fn read_token(body: &[u8]) -> Result<String, String> {
    #[derive(Deserialize)]
    struct Answer {
        token: Option<String>,
        access_token: Option<String>,
    }
    let answer: Answer = strict::parse(body).map_err(|why| format!("its answer {why}"))?;
    let token = [answer.token, answer.access_token]
        .into_iter()
        .flatten()
        .find(|token| !token.is_empty())
        .ok_or("it gave no token")?;
    // RFC 6750 b64token, generously: whatever fits into a header without starting another.
    if token.len() > MAX_TOKEN || !token.bytes().all(|b| b.is_ascii_graphic()) {
        return Err("its token is malformed".to_owned());
    }
    Ok(token)
}

fn basic(user: &str, password: &str) -> String {
    let plain = format!("{user}:{password}");
    format!(
        "Basic {}",
        base64::engine::general_purpose::STANDARD.encode(plain)
    )
}

/// application/x-www-form-urlencoded, which also serves as a query.
pub fn encode(pairs: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(name);
        out.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
                out.push(char::from(byte));
            } else {
                let _ = std::fmt::Write::write_fmt(&mut out, format_args!("%{byte:02X}"));
            }
        }
    }
    out
}

/// Picks Bearer before Basic from all `WWW-Authenticate` headers.
fn choose(headers: &ureq::http::HeaderMap) -> Option<Challenge> {
    let mut found = Vec::new();
    for value in headers.get_all("www-authenticate") {
        if let Ok(text) = value.to_str()
            && text.len() <= MAX_CHALLENGE
        {
            found.extend(challenges(text));
        }
    }
    let bearer = |c: &Challenge| matches!(c, Challenge::Bearer { .. });
    let at = found.iter().position(bearer).unwrap_or(0);
    found.into_iter().nth(at)
}

/// RFC 9110, 11.6.1: schemes with parameters, both separated by commas.
fn challenges(text: &str) -> Vec<Challenge> {
    let mut found = Vec::new();
    let mut scheme = String::new();
    let mut parameters: Vec<(String, String)> = Vec::new();
    let mut rest = text.trim_start_matches([' ', ',', '\t']);
    while !rest.is_empty() {
        let end = rest.find([' ', '=', ',', '\t']).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if let Some(value) = after.strip_prefix('=') {
            let (value, after) = value_of(value);
            parameters.push((word.to_ascii_lowercase(), value));
            rest = after;
        } else {
            found.extend(finish(&scheme, &parameters));
            scheme = word.to_ascii_lowercase();
            parameters.clear();
            rest = after;
        }
        rest = rest.trim_start_matches([' ', ',', '\t']);
    }
    found.extend(finish(&scheme, &parameters));
    found
}

/// A token or a quoted string, and what follows it.
fn value_of(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([',', ' ', '\t']).unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (value, &quoted[at + 1..]),
            '\\' => value.extend(chars.next().map(|(_, c)| c)),
            c => value.push(c),
        }
    }
    (value, "")
}

fn finish(scheme: &str, parameters: &[(String, String)]) -> Option<Challenge> {
    let get = |name: &str| {
        let found = parameters.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.clone())
    };
    match scheme {
        "basic" => Some(Challenge::Basic),
        "bearer" => Some(Challenge::Bearer {
            realm: get("realm")?,
            service: get("service"),
        }),
        _ => None,
    }
}

/// Returns whether an answer is a challenge at all.
pub fn is_challenge(answer: &Answer) -> bool {
    answer.status == 401 && header(&answer.headers, "www-authenticate").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s_118_headers_of_registries() {
        use crate::types::mutate::{corpus, survives};
        survives("headers", &corpus("headers"), |bytes| {
            let Ok(text) = std::str::from_utf8(bytes) else {
                return;
            };
            let _ = challenges(text);
            let _ = crate::registry::next_page(text);
            let _ = crate::registry::blob::parse_range_start(text);
            let _ = crate::registry::url::Url::parse(text);
        });
    }

    #[test]
    fn challenges_are_read() {
        let bearer = |realm: &str, service: Option<&str>| Challenge::Bearer {
            realm: realm.into(),
            service: service.map(Into::into),
        };
        for (text, expected) in [
            ("Basic realm=\"x\"", vec![Challenge::Basic]),
            ("basic", vec![Challenge::Basic]),
            (
                "Bearer realm=\"https://a/t\",service=\"s\",scope=\"repository:x:pull,push\"",
                vec![bearer("https://a/t", Some("s"))],
            ),
            (
                "Bearer realm=https://a/t",
                vec![bearer("https://a/t", None)],
            ),
            ("Bearer service=\"s\"", vec![]),
            ("Bearer realm=\"a\\\"b", vec![bearer("a\"b", None)]),
            (
                "Negotiate, Basic realm=\"x, y\", Bearer realm=\"r\"",
                vec![Challenge::Basic, bearer("r", None)],
            ),
            ("", vec![]),
            (",,,", vec![]),
            ("=", vec![]),
            ("Digest realm=\"x\"", vec![]),
        ] {
            assert_eq!(challenges(text), expected, "{text}");
        }
    }

    #[test]
    fn tokens_are_checked() {
        for (body, outcome) in [
            (r#"{"token":"a.b-c="}"#, Ok("a.b-c=")),
            (r#"{"access_token":"x","expires_in":60}"#, Ok("x")),
            (r#"{"token":"","access_token":"y"}"#, Ok("y")),
            (r#"{"token":"a\r\nX: y"}"#, Err("malformed")),
            (r#"{"token":"a b"}"#, Err("malformed")),
            (r#"{}"#, Err("no token")),
            (r#"{"token":"a","token":"b"}"#, Err("twice")),
            ("<html>", Err("not valid")),
        ] {
            match (read_token(body.as_bytes()), outcome) {
                (Ok(token), Ok(expected)) => assert_eq!(token, expected),
                (Err(why), Err(part)) => assert!(why.contains(part), "{why}"),
                (got, _) => panic!("{body}: {got:?}"),
            }
        }
    }

    #[test]
    fn queries_are_escaped() {
        let pairs = [("scope", "repository:a/b:pull"), ("account", "ü&x=1")];
        assert_eq!(
            encode(&pairs),
            "scope=repository%3Aa%2Fb%3Apull&account=%C3%BC%26x%3D1"
        );
    }
}
