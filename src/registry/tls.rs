//! Whom to trust: the system's authorities, `certs.d`, and our own certificate.
//!
//! containers-certs.d(5). The system's store is read only when the first https connection is
//! made: parsing its 145 roots takes longer than a whole request over loopback.

use std::sync::{Arc, OnceLock};

use ureq::tls::{Certificate, ClientCert, PemItem, PrivateKey, RootCerts, TlsConfig, parse_pem};

use crate::registry::error::Error;
use crate::types::registry::{Certificates, PemFile};

/// Makes the TLS side of one agent.
///
/// The client certificate is for the registry itself alone, never for whom it names (S-38).
pub fn config(
    certificates: &Certificates,
    insecure: bool,
    show_ours: bool,
) -> Result<TlsConfig, Error> {
    let mut builder = TlsConfig::builder()
        .unversioned_rustls_crypto_provider(provider())
        .disable_verification(insecure);
    if insecure {
        // Never looked at; the default would be a set of roots that is not compiled in.
        builder = builder.root_certs(RootCerts::Specific(Arc::new(Vec::new())));
    } else {
        let mut roots = system_roots().to_vec();
        for file in &certificates.authorities {
            roots.extend(authorities(file)?);
        }
        builder = builder.root_certs(RootCerts::Specific(Arc::new(roots)));
    }
    if let (true, Some((chain, key))) = (show_ours, &certificates.client) {
        builder = builder.client_cert(Some(client(chain, key)?));
    }
    Ok(builder.build())
}

fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    static PROVIDER: OnceLock<Arc<rustls::crypto::CryptoProvider>> = OnceLock::new();
    PROVIDER
        .get_or_init(|| Arc::new(rustls::crypto::ring::default_provider()))
        .clone()
}

/// The system's store; a file there that cannot be read is not our business.
fn system_roots() -> &'static [Certificate<'static>] {
    static ROOTS: OnceLock<Vec<Certificate<'static>>> = OnceLock::new();
    ROOTS.get_or_init(|| {
        let found = rustls_native_certs::load_native_certs();
        for error in &found.errors {
            tracing::debug!("system certificates: {error}");
        }
        let own = |der: &rustls::pki_types::CertificateDer| Certificate::from_der(der).to_owned();
        found.certs.iter().map(own).collect()
    })
}

fn authorities(file: &PemFile) -> Result<Vec<Certificate<'static>>, Error> {
    let bad = |reason: &str| Error::Certificate {
        path: file.path.clone(),
        reason: reason.to_owned(),
    };
    let mut found = Vec::new();
    for item in parse_pem(&file.text) {
        if let PemItem::Certificate(certificate) = item.map_err(|_| bad("is not PEM"))? {
            found.push(certificate);
        }
    }
    if found.is_empty() {
        return Err(bad("holds no certificate"));
    }
    Ok(found)
}

/// Reads our certificate and key, and lets rustls judge them first: ureq panics on what rustls
/// refuses, such as an X.509 v1 certificate or a key of another certificate.
fn client(chain: &PemFile, key: &PemFile) -> Result<ClientCert, Error> {
    let certificates = authorities(chain)?;
    let bad = |reason: String| Error::Certificate {
        path: key.path.clone(),
        reason,
    };
    let private = PrivateKey::from_pem(&key.text)
        .map_err(|_| bad("holds no private key in PEM".to_owned()))?;
    let ders = certificates
        .iter()
        .map(|c| rustls::pki_types::CertificateDer::from(c.der().to_vec()))
        .collect();
    let der = rustls::pki_types::PrivateKeyDer::try_from(private.der().to_vec())
        .map_err(|why| bad(why.to_owned()))?;
    rustls::ClientConfig::builder_with_provider(provider())
        .with_protocol_versions(rustls::ALL_VERSIONS)
        .map_err(|error| bad(error.to_string()))?
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_client_auth_cert(ders, der)
        .map_err(|error| {
            bad(format!(
                "cannot be used: {}",
                error.to_string().to_lowercase()
            ))
        })?;
    Ok(ClientCert::new_with_certs(&certificates, private))
}

/// Says in words why a handshake failed.
pub fn reason(error: &rustls::Error) -> String {
    use rustls::CertificateError as Bad;
    let words = match error {
        rustls::Error::InvalidMessage(_) => "it does not speak TLS",
        rustls::Error::InvalidCertificate(bad) => match bad {
            Bad::UnknownIssuer => "the issuer of its certificate is not known here",
            Bad::Expired | Bad::ExpiredContext { .. } => "its certificate has expired",
            Bad::NotValidYet | Bad::NotValidYetContext { .. } => "its certificate is not valid yet",
            Bad::NotValidForName | Bad::NotValidForNameContext { .. } => {
                "its certificate is for another name"
            }
            Bad::Revoked => "its certificate was revoked",
            _ => "its certificate is not valid",
        },
        rustls::Error::AlertReceived(_) => "it refused the TLS handshake",
        _ => "the TLS handshake failed",
    };
    words.to_owned()
}
