//! Whom to trust: the system's authorities, `certs.d`, and our own certificate.
//!
//! containers-certs.d(5). The system's store is read only when the first https connection is
//! made: parsing its 145 roots takes longer than a whole request over loopback.

use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};

use crate::registry::error::Error;
use crate::registry::verify::{Anyone, Verifier};
use crate::types::registry::{Certificates, PemFile};

/// Makes the TLS side of one agent.
///
/// The client certificate is for the registry itself alone, never for whom it names (S-38).
pub fn config(
    certificates: &Certificates,
    insecure: bool,
    show_ours: bool,
) -> Result<Arc<ClientConfig>, Error> {
    let verifier: Arc<dyn ServerCertVerifier> = match insecure {
        true => Arc::new(Anyone(provider())),
        false => verifier(certificates)?,
    };
    let builder = ClientConfig::builder_with_provider(provider())
        .with_protocol_versions(rustls::ALL_VERSIONS)
        .expect("the provider has both versions")
        .dangerous()
        .with_custom_certificate_verifier(verifier);
    let config = match (show_ours, &certificates.client) {
        (true, Some((chain, key))) => {
            let (chain, private) = client(chain, key)?;
            let made = builder.with_client_auth_cert(chain, private);
            made.map_err(|error| Error::Certificate {
                path: key.path.clone(),
                reason: format!("cannot be used: {}", error.to_string().to_lowercase()),
            })?
        }
        _ => builder.with_no_client_auth(),
    };
    Ok(Arc::new(config))
}

fn verifier(certificates: &Certificates) -> Result<Arc<dyn ServerCertVerifier>, Error> {
    let mut trusted = system_roots().to_vec();
    for file in &certificates.authorities {
        trusted.extend(authorities(file)?);
    }
    let mut roots = RootCertStore::empty();
    // The system's store may hold what rustls cannot read; it trusts the others all the same.
    roots.add_parsable_certificates(trusted.iter().cloned());
    let built = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider()).build();
    // The only reason left is that there is not one root.
    let inner = built.map_err(|_| Error::NoAuthorities)?;
    Ok(Arc::new(Verifier { inner, trusted }))
}

fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    static PROVIDER: OnceLock<Arc<rustls::crypto::CryptoProvider>> = OnceLock::new();
    PROVIDER
        .get_or_init(|| Arc::new(rustls::crypto::ring::default_provider()))
        .clone()
}

/// The system's store; a file there that cannot be read is not our business.
fn system_roots() -> &'static [CertificateDer<'static>] {
    static ROOTS: OnceLock<Vec<CertificateDer<'static>>> = OnceLock::new();
    ROOTS.get_or_init(|| {
        let found = rustls_native_certs::load_native_certs();
        for error in &found.errors {
            tracing::debug!("system certificates: {error}");
        }
        found.certs
    })
}

fn authorities(file: &PemFile) -> Result<Vec<CertificateDer<'static>>, Error> {
    let bad = |reason: &str| Error::Certificate {
        path: file.path.clone(),
        reason: reason.to_owned(),
    };
    let mut found = Vec::new();
    for item in CertificateDer::pem_slice_iter(&file.text) {
        found.push(item.map_err(|_| bad("is not PEM"))?);
    }
    if found.is_empty() {
        return Err(bad("holds no certificate"));
    }
    Ok(found)
}

fn client(
    chain: &PemFile,
    key: &PemFile,
) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), Error> {
    let private = PrivateKeyDer::from_pem_slice(&key.text).map_err(|_| Error::Certificate {
        path: key.path.clone(),
        reason: "holds no private key in PEM".to_owned(),
    });
    Ok((authorities(chain)?, private?))
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
