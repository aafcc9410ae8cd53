//! One file from the web, such as an archive of images that `load` was given the address of.
//!
//! The same rules as for registries: certificates are checked, nothing secret goes along, and
//! from https nobody is led to http.

use std::io::{self, Read};

use ureq::BodyReader;
use ureq::http::Method;

use crate::registry::address::Reach;
use crate::registry::error::Error;
use crate::registry::patience::Patience;
use crate::registry::transport::{Payload, Request, Transport, explain_io};
use crate::registry::url::{Origin, Url};
use crate::types::registry::{Certificates, Proxies};

/// Opens the file; what ends early is an error.
pub fn download(address: &str, proxies: Proxies) -> Result<impl Read + use<>, Error> {
    let url = Url::parse(address).map_err(|reason| Error::Document {
        what: crate::types::escape::visible(address),
        reason: reason.to_owned(),
    })?;
    let patience = Patience::default();
    let host = url.origin.host.clone();
    let transport = Transport::new(
        &host,
        Certificates::default(),
        false,
        proxies,
        patience.clone(),
    );
    let what = url.shown();
    let answer = transport.send(&Request {
        what: &what,
        method: Method::GET,
        url,
        accept: &[],
        authorization: None,
        range: None,
        payload: Payload::Nothing,
        reach: Reach::Anywhere,
    })?;
    if answer.status != 200 {
        return Err(answer.into_error(&what, &patience));
    }
    Ok(Body {
        origin: answer.origin.clone(),
        left: answer.length(),
        reader: answer.body.into_reader(),
        patience,
    })
}

struct Body {
    origin: Origin,
    /// Bytes still to come, where the server said how many.
    left: Option<u64>,
    reader: BodyReader<'static>,
    patience: Patience,
}

impl Read for Body {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buf).map_err(|error| {
            io::Error::other(explain_io(&error, &self.origin, self.patience.stall))
        })?;
        if let Some(left) = &mut self.left {
            if count == 0 && *left > 0 && !buf.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            *left = left.saturating_sub(count as u64);
        }
        Ok(count)
    }
}
