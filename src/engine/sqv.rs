//! Sequoia's sqv, where gpgv is not installed: newer Debians have one and not the other.
//!
//! sqv(1) checks a document and a detached signature in two files; signatures of images are
//! messages that hold both. Who made the signature and whether the key still vouches for anything
//! is sqv's judgement.

use std::path::Path;

use crate::engine::Error;
use crate::engine::gpg::{keyring, run, write};
use crate::layer::inflate;
use crate::store::Store;
use crate::types::openpgp;
use crate::types::strict::MAX_SMALL;
use crate::types::trust::Signers;

/// Returns what was signed by one of these keys.
///
/// The inner error says why the signature is worth nothing; the outer one, why nobody knows.
pub fn verified(
    program: &Path,
    store: &Store,
    signers: &Signers,
    message: &[u8],
) -> Result<Result<Vec<u8>, String>, Error> {
    let inflate = |how, bytes: &[u8]| inflate::inflate(how, bytes, MAX_SMALL);
    let Some(signed) = openpgp::take_apart(message, &inflate) else {
        return Ok(Err("a signature is none".to_owned()));
    };
    let stage = store.stage()?;
    let place = |name: &str| stage.path().join(name);
    let (keys, signature, document) = (place("keys"), place("signature"), place("document"));
    write(&keys, &keyring(signers))?;
    write(&signature, &signed.signature)?;
    write(&document, &signed.document)?;
    let words = [
        "--keyring".as_ref(),
        keys.as_os_str(),
        "--".as_ref(),
        signature.as_os_str(),
        document.as_os_str(),
    ];
    let (good, says) = run(program, &words, b"")?;
    // It names the keys of the good signatures, one a line.
    let named = says.iter().filter(|byte| **byte == b'\n').count();
    Ok(match good && named == 1 {
        true => Ok(signed.document),
        false => Err("no key of the policy made a good signature".to_owned()),
    })
}
