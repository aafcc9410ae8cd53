//! Private keys as cosign and skopeo write them: PEM around JSON around an encrypted PKCS #8.
//!
//! The JSON is that of go-securesystemslib's `encrypted`: scrypt (RFC 7914) makes a key of the
//! passphrase, NaCl's secretbox (XSalsa20 and Poly1305) holds the private key. Of its kinds of
//! keys the ones on P-256 are known.

use base64::Engine as _;
use poly1305::Poly1305;
use poly1305::universal_hash::KeyInit;
use rustls::SignatureScheme;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use salsa20::XSalsa20;
use salsa20::cipher::{KeyIvInit, StreamCipher};
use serde::Deserialize;

use crate::types::strict;

const KINDS: [&str; 2] = [
    "ENCRYPTED SIGSTORE PRIVATE KEY",
    "ENCRYPTED COSIGN PRIVATE KEY",
];
/// The bytes of a Poly1305 tag, and of a key.
const TAG: usize = 16;
const KEY: usize = 32;
/// The most memory that a key file may ask for, in bytes: cosign's asks for 64 MiB.
const MAX_MEMORY: u64 = 1 << 30;

/// A key that signs.
pub struct SigningKey(std::sync::Arc<dyn rustls::sign::SigningKey>);

#[derive(Deserialize)]
struct Sealed {
    kdf: Derivation,
    cipher: Cipher,
    ciphertext: String,
}

#[derive(Deserialize)]
struct Derivation {
    name: String,
    params: Costs,
    salt: String,
}

#[derive(Deserialize)]
struct Costs {
    #[serde(rename = "N")]
    n: u64,
    r: u32,
    p: u32,
}

#[derive(Deserialize)]
struct Cipher {
    name: String,
    nonce: String,
}

impl SigningKey {
    /// Opens a key; the error says why it cannot be used.
    pub fn open(pem: &[u8], passphrase: &[u8]) -> Result<Self, String> {
        let json = body(pem).ok_or("it is not a private key of cosign or skopeo in PEM")?;
        let sealed: Sealed = strict::parse(&json).map_err(|why| format!("the key {why}"))?;
        if sealed.kdf.name != "scrypt" || sealed.cipher.name != "nacl/secretbox" {
            return Err("the key is encrypted in a way that is not known".to_owned());
        }
        let secret = derived(&sealed.kdf, passphrase)?;
        let nonce = decoded(&sealed.cipher.nonce)?;
        let der = opened(&secret, &nonce, &decoded(&sealed.ciphertext)?)?;
        let der = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(der));
        let key = rustls::crypto::ring::sign::any_ecdsa_type(&der);
        let key = Self(key.map_err(|_| "the key is not one of ECDSA on P-256")?);
        key.sign(b"")?; // P-384 is known to ring, but not with SHA-256
        Ok(key)
    }

    /// Signs a document with SHA-256.
    pub fn sign(&self, document: &[u8]) -> Result<Vec<u8>, String> {
        let scheme = [SignatureScheme::ECDSA_NISTP256_SHA256];
        let signer = self.0.choose_scheme(&scheme);
        let signer = signer.ok_or("the key is not one of ECDSA on P-256")?;
        let signature = signer.sign(document);
        signature.map_err(|_| "the key does not sign".to_owned())
    }
}

/// The bytes between the lines of PEM.
fn body(pem: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(pem).ok()?;
    let between = KINDS.iter().find_map(|kind| {
        let (_, after) = text.split_once(&format!("-----BEGIN {kind}-----"))?;
        let (between, _) = after.split_once(&format!("-----END {kind}-----"))?;
        Some(between)
    })?;
    let joined: String = between.split_whitespace().collect();
    decoded(&joined).ok()
}

fn decoded(text: &str) -> Result<Vec<u8>, String> {
    let bytes = base64::engine::general_purpose::STANDARD.decode(text);
    bytes.map_err(|_| "the key is not base64".to_owned())
}

fn derived(how: &Derivation, passphrase: &[u8]) -> Result<[u8; KEY], String> {
    let Costs { n, r, p } = how.params;
    let memory = u64::from(r).saturating_mul(n).saturating_mul(128);
    if !n.is_power_of_two() || memory > MAX_MEMORY || !(1..=16).contains(&p) || r == 0 {
        return Err("the key names costs that make no sense".to_owned());
    }
    let costs = scrypt::Params::new(n.ilog2() as u8, r, p);
    let costs = costs.map_err(|_| "the key names costs that make no sense")?;
    let mut key = [0; KEY];
    scrypt::scrypt(passphrase, &decoded(&how.salt)?, &costs, &mut key)
        .map_err(|_| "the key names costs that make no sense")?;
    Ok(key)
}

/// Opens a secretbox: the tag, then what is encrypted; the stream's first bytes are the tag's key.
fn opened(key: &[u8; KEY], nonce: &[u8], boxed: &[u8]) -> Result<Vec<u8>, String> {
    let nonce: [u8; 24] = nonce.try_into().map_err(|_| "the key has a wrong nonce")?;
    let (tag, inside) = boxed.split_at_checked(TAG).ok_or("the key is cut off")?;
    let mut stream = [vec![0; KEY], inside.to_vec()].concat();
    XSalsa20::new(&(*key).into(), &nonce.into()).apply_keystream(&mut stream);
    let one_time: [u8; KEY] = stream[..KEY]
        .try_into()
        .expect("as long as was put in front");
    let computed = Poly1305::new(&one_time.into()).compute_unpadded(inside);
    let differing = computed
        .iter()
        .zip(tag)
        .fold(0, |all, (a, b)| all | (a ^ b));
    match differing {
        0 => Ok(stream.split_off(KEY)),
        _ => Err("the passphrase is wrong".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_of_nacl_is_opened() {
        let key = [7; KEY];
        let nonce = [9; 24];
        let mut stream = vec![0; KEY + 4];
        XSalsa20::new(&key.into(), &nonce.into()).apply_keystream(&mut stream);
        let one_time: [u8; KEY] = stream[..KEY].try_into().expect("32 bytes");
        let mut boxed: Vec<u8> = b"ship"
            .iter()
            .zip(&stream[KEY..])
            .map(|(a, b)| a ^ b)
            .collect();
        let tag = Poly1305::new(&one_time.into()).compute_unpadded(&boxed);
        boxed.splice(..0, tag.iter().copied());
        assert_eq!(opened(&key, &nonce, &boxed).as_deref(), Ok(&b"ship"[..]));
        boxed[TAG] ^= 1;
        assert!(opened(&key, &nonce, &boxed).is_err());
        assert!(opened(&key, &nonce, &boxed[..3]).is_err());
        assert!(opened(&key, &nonce[1..], &boxed).is_err());
    }

    #[test]
    fn costs_have_a_bound() {
        let how = |n, r, p| Derivation {
            name: String::new(),
            params: Costs { n, r, p },
            salt: String::new(),
        };
        for (n, r, p, good) in [
            (16, 1, 1, true),
            (15, 1, 1, false),
            (1 << 40, 8, 1, false),
            (16, 0, 1, false),
            (16, u32::MAX, 1, false),
            (16, 1, 17, false),
            (0, 1, 1, false),
        ] {
            assert_eq!(derived(&how(n, r, p), b"x").is_ok(), good, "{n} {r} {p}");
        }
    }
}
