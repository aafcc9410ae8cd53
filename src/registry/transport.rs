//! HTTP as registries speak it: one agent per host, timeouts, retries, redirects, limits.
//!
//! distribution-spec, "Redirects"; RFC 9110. Redirects are followed here and not by ureq, because
//! secrets must stay with the origin they are meant for (S-38), and because the plain http that
//! ureq would follow is a downgrade (S-40).

use std::collections::HashMap;
use std::io::Read;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ureq::http::{self, HeaderMap, Method};
use ureq::unversioned::transport::{
    ConnectProxyConnector, Connector as _, DefaultConnector, TcpConnector,
};
use ureq::{Agent, Body, SendBody};

use crate::registry::address::{Forbidden, Guard, Reach};
use crate::registry::error::{Error, REFUSED};
use crate::registry::patience::Patience;
use crate::registry::tls;
use crate::registry::url::{Origin, Url};
use crate::registry::verify::Wrap;
use crate::types::escape::visible;
use crate::types::registry::{Certificates, Proxies};
use crate::types::strict::MAX_SMALL;

const MAX_REDIRECTS: usize = 10;
const CONNECT: Duration = Duration::from_secs(20);
const RESOLVE: Duration = Duration::from_secs(15);
/// The first byte of an answer may take this long: some registries fetch from elsewhere first.
const FIRST_BYTE: Duration = Duration::from_secs(90);
/// The answer to the end of an upload: some registries move all of it to another place first.
const STORED: Duration = Duration::from_secs(600);
/// However long a registry asks us to wait, this is the longest.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(30);
const FIRST_BACKOFF: Duration = Duration::from_millis(500);

/// What a request asks for.
pub struct Request<'a> {
    /// The object in the user's words, for errors.
    pub what: &'a str,
    pub method: Method,
    pub url: Url,
    pub accept: &'a [&'a str],
    pub authorization: Option<&'a str>,
    /// The bytes wanted, in the words of RFC 9110, 14.1.1, when not all of them.
    pub range: Option<&'a str>,
    pub payload: Payload<'a>,
    /// How far the address itself may lead.
    pub reach: Reach,
}

/// What a request carries; whatever it is, it is never sent on to where a redirect leads.
#[derive(Clone, Copy)]
pub enum Payload<'a> {
    Nothing,
    /// A form, which may hold secrets.
    Form(&'a str),
    /// A document of this media type.
    Document(&'a str, &'a [u8]),
    Part(&'a Part<'a>),
}

/// Something that can be read from any byte on, as often as needed.
pub trait Bytes: Sync {
    fn open(&self, offset: u64) -> std::io::Result<Box<dyn Read + '_>>;
}

/// A document in memory.
pub struct Held<'a>(pub &'a [u8]);

impl Bytes for Held<'_> {
    fn open(&self, offset: u64) -> std::io::Result<Box<dyn Read + '_>> {
        let begin = usize::try_from(offset).unwrap_or(usize::MAX);
        Ok(Box::new(&self.0[begin.min(self.0.len())..]))
    }
}

/// A part of a blob, opened anew for every try.
pub struct Part<'a> {
    pub bytes: &'a dyn Bytes,
    pub offset: u64,
    pub length: u64,
    /// It is all of the blob, or nothing of it.
    pub whole: bool,
}

impl<'a> Payload<'a> {
    fn open(&self) -> std::io::Result<Box<dyn Read + 'a>> {
        Ok(match *self {
            Self::Nothing => Box::new(std::io::empty()),
            Self::Form(text) => Box::new(text.as_bytes()),
            Self::Document(_, bytes) => Box::new(bytes),
            Self::Part(part) => Box::new(part.bytes.open(part.offset)?.take(part.length)),
        })
    }

    /// Returns the media type; `None` where nothing is carried.
    fn media_type(&self) -> Option<&str> {
        match self {
            Self::Nothing => None,
            Self::Form(_) => Some("application/x-www-form-urlencoded"),
            Self::Document(media_type, _) => Some(media_type),
            Self::Part(_) => Some("application/octet-stream"),
        }
    }

    fn length(&self) -> u64 {
        match self {
            Self::Nothing => 0,
            Self::Form(text) => text.len() as u64,
            Self::Document(_, bytes) => bytes.len() as u64,
            Self::Part(part) => part.length,
        }
    }
}

/// The head of an answer, and its body still to come.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Body,
    pub origin: Origin,
}

/// Connections to one registry and to whom it sends us.
pub struct Transport {
    registry: String,
    certificates: Certificates,
    insecure: bool,
    proxies: Proxies,
    pub patience: Patience,
    /// The registry is on loopback or in a private network.
    home: Arc<AtomicBool>,
    /// Somebody has answered: who refuses connections now may be back soon.
    answered: AtomicBool,
    agents: Mutex<HashMap<(Origin, Reach), Agent>>,
}

impl Transport {
    pub fn new(
        registry: &str,
        certificates: Certificates,
        insecure: bool,
        proxies: Proxies,
        patience: Patience,
    ) -> Self {
        Self {
            registry: registry.to_owned(),
            certificates,
            insecure,
            proxies,
            patience,
            home: Arc::default(),
            answered: AtomicBool::default(),
            agents: Mutex::default(),
        }
    }

    /// Returns how far the registry's own word may send us.
    pub fn reach_of_its_word(&self) -> Reach {
        if self.home.load(Ordering::Relaxed) {
            Reach::Home
        } else {
            Reach::Public
        }
    }

    /// Sends a request, again after passing failures, and returns whatever status came.
    pub fn send(&self, request: &Request<'_>) -> Result<Answer, Error> {
        self.send_by(request.what, &|| self.follow(request))
    }

    /// The same, where every try is made in a way of its own.
    pub fn send_by(
        &self,
        what: &str,
        attempt: &dyn Fn() -> Result<Answer, Error>,
    ) -> Result<Answer, Error> {
        let mut tries = 0;
        loop {
            let outcome = attempt();
            let wait = match &outcome {
                Ok(answer) if is_passing(answer.status) => retry_after(&answer.headers),
                Err(error) if self.may_pass(error) => None,
                _ => return outcome,
            };
            if tries == self.patience.retries {
                return outcome;
            }
            let wait = wait.unwrap_or_else(|| self.backoff(tries));
            let why = match outcome {
                Ok(answer) => answer.into_error(what, &self.patience),
                Err(error) => error,
            };
            self.pause(what, &why, tries, wait);
            tries += 1;
        }
    }

    /// A server that was there a moment ago is being started again, or its network is.
    fn may_pass(&self, error: &Error) -> bool {
        let expected = self.patience.insists || self.answered.load(Ordering::Relaxed);
        error.is_passing() || (error.is_refused() && expected)
    }

    /// Returns how long to wait before try number `tries + 1`.
    pub fn backoff(&self, tries: u32) -> Duration {
        let grown = FIRST_BACKOFF * 2u32.saturating_pow(tries.min(5));
        self.patience.delay.unwrap_or(grown).min(MAX_RETRY_AFTER)
    }

    /// Tells why another try follows, and waits for it; so many were made before this failure.
    pub fn pause(&self, what: &str, why: &Error, tries: u32, wait: Duration) {
        let opening = match self.answered.load(Ordering::Relaxed) {
            true => None,
            false => self.patience.opening.as_deref(),
        };
        // Most failures name the object themselves.
        let why = why.to_string();
        let object = opening.unwrap_or(if why.starts_with(what) { "" } else { what });
        let line = match object {
            "" => why,
            object => format!("{object}: {why}"),
        };
        let (next, all) = (tries + 1, self.patience.retries);
        self.patience.listener.hear(&format!(
            "Failed, retrying in {wait:?} ... ({next}/{all}). Error: {line}"
        ));
        std::thread::sleep(wait);
    }

    /// Sends a request once and follows its redirects.
    pub fn follow(&self, request: &Request<'_>) -> Result<Answer, Error> {
        let mut url = request.url.clone();
        let mut reach = request.reach;
        let mut secret = request.authorization;
        for _ in 0..=MAX_REDIRECTS {
            let answer = self.exchange(request, &url, secret, reach)?;
            self.answered.store(true, Ordering::Relaxed);
            if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
                return Ok(answer);
            }
            let host = url.origin.to_string();
            let location = header(&answer.headers, "location").unwrap_or_default();
            let refuse = |reason| Error::Redirect {
                host,
                to: location.clone(),
                reason,
            };
            match request.payload {
                Payload::Nothing if request.method == Method::POST && !keeps_method(&answer) => {
                    return Err(refuse("what was asked there would be another thing"));
                }
                Payload::Nothing => {}
                Payload::Form(_) => {
                    return Err(refuse("a form with secrets is not sent elsewhere"));
                }
                Payload::Document(..) | Payload::Part(_) => {
                    return Err(refuse("an upload is not sent elsewhere"));
                }
            }
            let next = match url.join(&location) {
                Ok(next) if !location.is_empty() => next,
                Ok(_) => return Err(refuse("no address given")),
                Err(reason) => return Err(refuse(reason)),
            };
            if url.origin.https && !next.origin.https {
                return Err(refuse("from https to http is not followed"));
            }
            if next.origin != url.origin {
                secret = None;
                reach = self.reach_of_its_word().max_with(reach);
            }
            url = next;
        }
        Err(Error::Redirect {
            host: request.url.origin.to_string(),
            to: url.to_string(),
            reason: "more than 10 redirects",
        })
    }

    fn exchange(
        &self,
        request: &Request<'_>,
        url: &Url,
        secret: Option<&str>,
        reach: Reach,
    ) -> Result<Answer, Error> {
        let host = &url.origin;
        let agent = self.agent(host, reach)?;
        let mut head = http::Request::builder()
            .method(request.method.clone())
            .uri(url.to_string());
        for accept in request.accept {
            head = head.header("accept", *accept);
        }
        if let Some(secret) = secret {
            head = head.header("authorization", secret);
        }
        if let Some(range) = request.range {
            head = head.header("range", format!("bytes={range}"));
        }
        if let Some(media_type) = request.payload.media_type() {
            head = head.header("content-type", media_type);
        }
        if !matches!(request.method, Method::GET | Method::HEAD) {
            head = head.header("content-length", request.payload.length());
        }
        if let Payload::Part(part) = request.payload
            && !part.whole
        {
            // Without a unit: distribution-spec, "Pushing a blob in chunks".
            let last = part.offset + part.length - 1;
            head = head.header("content-range", format!("{}-{last}", part.offset));
        }
        let broken = |reason: String| Error::Connection {
            host: host.to_string(),
            reason,
        };
        tracing::debug!("{} {}", request.method, url.shown());
        let unwritten = |error| broken(format!("the request cannot be written: {error}"));
        let response = if matches!(request.method, Method::GET | Method::HEAD) {
            agent.run(head.body(SendBody::none()).map_err(unwritten)?)
        } else {
            let mut content = request.payload.open().map_err(|error| Error::Document {
                what: request.what.to_owned(),
                reason: format!("cannot be read here: {error}"),
            })?;
            let body = SendBody::from_reader(&mut content);
            let message = head.body(body).map_err(unwritten)?;
            let patience = match request.method {
                Method::PUT => STORED,
                _ => FIRST_BYTE,
            };
            agent.run(
                agent
                    .configure_request(message)
                    .timeout_recv_response(Some(patience))
                    .build(),
            )
        };
        let response = response.map_err(|error| self.explain(error, host, reach))?;
        let (parts, body) = response.into_parts();
        Ok(Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body,
            origin: host.clone(),
        })
    }

    /// Returns the agent for an origin, made at its first use.
    fn agent(&self, origin: &Origin, reach: Reach) -> Result<Agent, Error> {
        let mut agents = self.agents.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (origin.clone(), reach);
        if let Some(agent) = agents.get(&key) {
            return Ok(agent.clone());
        }
        // An address written out is checked here too: behind a proxy nothing is resolved.
        let literal = origin.host.trim_matches(['[', ']']).parse::<IpAddr>();
        if let Ok(address) = literal
            && !reach.allows(address)
        {
            return Err(forbidden(origin, address));
        }
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("coracle/", env!("CARGO_PKG_VERSION")))
            .accept("")
            // Bodies must arrive as they are stored: their digest is of those bytes.
            .accept_encoding("identity")
            .timeout_resolve(Some(RESOLVE))
            .timeout_connect(Some(CONNECT))
            .timeout_recv_response(Some(FIRST_BYTE))
            .timeout_per_read(Some(self.patience.stall))
            .timeout_per_write(Some(self.patience.stall))
            .max_response_header_size(64 << 10)
            .input_buffer_size(128 << 10)
            .proxy(self.proxy(origin)?);
        let guard = Guard {
            reach,
            home: self.home.clone(),
        };
        let proxy = self.proxies.for_host(origin.https, &origin.host);
        let agent = if origin.https || proxy.is_some_and(|proxy| proxy.starts_with("https:")) {
            let is_registry = Origin::of_registry(&self.registry, true).as_ref() == Some(origin);
            let tls = tls::config(&self.certificates, self.insecure, is_registry)?;
            let connector =
                ().chain(ConnectProxyConnector::default())
                    .chain(TcpConnector::default())
                    .chain(Wrap(tls));
            Agent::with_parts(config.build(), connector, guard)
        } else {
            Agent::with_parts(config.build(), DefaultConnector::default(), guard)
        };
        agents.insert(key, agent.clone());
        Ok(agent)
    }

    fn proxy(&self, origin: &Origin) -> Result<Option<ureq::Proxy>, Error> {
        let Some(proxy) = self.proxies.for_host(origin.https, &origin.host) else {
            return Ok(None);
        };
        ureq::Proxy::new(proxy).map(Some).map_err(|_| Error::Proxy {
            // Without what stands before an @: that would be a password.
            proxy: proxy.rsplit('@').next().unwrap_or_default().to_owned(),
        })
    }

    fn explain(&self, error: ureq::Error, host: &Origin, reach: Reach) -> Error {
        if let ureq::Error::Other(inner) = &error
            && let Some(Forbidden { address }) = inner.downcast_ref()
        {
            tracing::debug!("{host} is out of reach {reach:?}");
            return forbidden(host, *address);
        }
        explain(error, host, self.patience.stall)
    }
}

impl Reach {
    /// Returns the narrower of two reaches.
    fn max_with(self, other: Self) -> Self {
        if self == Self::Public || other == Self::Public {
            Self::Public
        } else {
            self
        }
    }
}

/// Whether a redirect asks for the same thing at another place (RFC 9110, 15.4.8 and 15.4.9).
fn keeps_method(answer: &Answer) -> bool {
    matches!(answer.status, 307 | 308)
}

fn forbidden(origin: &Origin, address: IpAddr) -> Error {
    Error::Forbidden {
        host: origin.to_string(),
        address: address.to_string(),
    }
}

/// Turns what ureq says into the situation it means.
fn explain(error: ureq::Error, origin: &Origin, stall: Duration) -> Error {
    let host = display_host(origin);
    let connection = |reason: &str| Error::Connection {
        host: display_host(origin),
        reason: reason.to_owned(),
    };
    match error {
        ureq::Error::Rustls(error) => Error::Tls {
            host,
            reason: tls::reason(&error),
        },
        ureq::Error::Io(error) => explain_io(&error, origin, stall),
        ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => {
            connection("no answer in time")
        }
        ureq::Error::Timeout(ureq::Timeout::RecvResponse) => Error::Stalled {
            host,
            seconds: FIRST_BYTE.as_secs(),
        },
        ureq::Error::Timeout(_) => Error::Stalled {
            host,
            seconds: stall.as_secs(),
        },
        ureq::Error::HostNotFound => connection("no such host"),
        ureq::Error::Protocol(_) => connection("what it answers is not HTTP"),
        ureq::Error::LargeResponseHeader(..) => connection("the head of its answer is too large"),
        other => connection(&visible(&other.to_string())),
    }
}

/// The same for errors while a body is read.
pub fn explain_io(error: &std::io::Error, origin: &Origin, stall: Duration) -> Error {
    let host = display_host(origin);
    let inner = error.get_ref();
    if let Some(error) = inner.and_then(|e| e.downcast_ref::<rustls::Error>()) {
        let reason = tls::reason(error);
        return Error::Tls { host, reason };
    }
    if let Some(ureq::Error::Timeout(_)) = inner.and_then(|e| e.downcast_ref::<ureq::Error>()) {
        let seconds = stall.as_secs();
        return Error::Stalled { host, seconds };
    }
    let text = error.to_string();
    let reason = match error.kind() {
        std::io::ErrorKind::ConnectionRefused => REFUSED.to_owned(),
        std::io::ErrorKind::UnexpectedEof => "it closed the connection early".to_owned(),
        std::io::ErrorKind::ConnectionReset => "it reset the connection".to_owned(),
        std::io::ErrorKind::TimedOut | std::io::ErrorKind::WouldBlock => {
            "no answer in time".to_owned()
        }
        // EAI_AGAIN is a name server's bad moment; the rest of the resolver's words are final.
        _ if text.contains("Temporary failure") => "no name server answers".to_owned(),
        _ if text.contains("failed to lookup") => "no such host".to_owned(),
        _ => {
            let text = text.split(" (os error").next().unwrap_or_default();
            visible(&text.to_lowercase())
        }
    };
    Error::Connection { host, reason }
}

/// Host and port as the user would write them.
pub fn display_host(origin: &Origin) -> String {
    let whole = origin.to_string();
    whole.split("://").nth(1).unwrap_or(&whole).to_owned()
}

/// Whether a status may be another one a moment later.
pub fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502 | 503 | 504)
}

/// `Retry-After` in seconds, capped; the form with a date is treated as absent.
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds: u64 = header(headers, "retry-after")?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(MAX_RETRY_AFTER))
}

/// Returns a header's value if it is text.
pub fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

impl Answer {
    /// Returns the announced length of the body.
    pub fn length(&self) -> Option<u64> {
        header(&self.headers, "content-length")?.trim().parse().ok()
    }

    /// Reads the whole body, which must not exceed `limit`.
    pub fn read(self, what: &str, limit: u64, patience: &Patience) -> Result<Vec<u8>, Error> {
        let too_large = || Error::TooLarge {
            what: what.to_owned(),
            limit,
        };
        if self.length().is_some_and(|length| length > limit) {
            return Err(too_large());
        }
        let origin = self.origin;
        let mut bytes = Vec::new();
        let mut reader = self.body.into_reader().take(limit + 1);
        // A drip of bytes would never count as a stall; a small body has to come in time.
        let deadline = Instant::now() + FIRST_BYTE;
        let mut piece = [0; 16 << 10];
        loop {
            match reader.read(&mut piece) {
                Ok(0) => break,
                Ok(count) => bytes.extend_from_slice(&piece[..count]),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(explain_io(&error, &origin, patience.stall)),
            }
            if Instant::now() > deadline {
                return Err(Error::Stalled {
                    host: origin.to_string(),
                    seconds: FIRST_BYTE.as_secs(),
                });
            }
        }
        if bytes.len() as u64 > limit {
            return Err(too_large());
        }
        Ok(bytes)
    }

    /// Turns an answer that is not the wanted one into an error, with the registry's own words.
    pub fn into_error(self, what: &str, patience: &Patience) -> Error {
        let what = what.to_owned();
        let code = self.status;
        let detail = match self.read(&what, MAX_SMALL, patience) {
            Ok(body) => detail(&body),
            Err(_) => String::new(),
        };
        match code {
            403 => Error::Denied { what, detail },
            404 => Error::NotFound { what, detail },
            code => Error::Status { what, code, detail },
        }
    }
}

/// The first message of the registry's error document (distribution-spec, "Error Codes").
pub fn detail(body: &[u8]) -> String {
    #[derive(serde::Deserialize)]
    struct Errors {
        errors: Vec<Entry>,
    }
    #[derive(serde::Deserialize)]
    struct Entry {
        #[serde(default)]
        code: String,
        #[serde(default)]
        message: String,
    }
    let Ok(document) = crate::types::strict::parse::<Errors>(body) else {
        return String::new();
    };
    let Some(first) = document.errors.into_iter().next() else {
        return String::new();
    };
    let words = if first.message.is_empty() {
        first.code
    } else {
        first.message
    };
    visible(&words).chars().take(200).collect()
}
