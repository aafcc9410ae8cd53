//! GPG's programs: gpgv says who signed, gpg signs.
//!
//! gpgv(1), gpg(1), and GnuPG's doc/DETAILS for the lines of `--status-fd`. A document counts as
//! signed when gpgv is content, exactly one signature is good, and what it prints is exactly what
//! was signed. Keys that are expired or revoked vouch for nothing.

use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::config::helper;
use crate::engine::sqv;
use crate::engine::{Error, Kind};
use crate::store::Store;
use crate::sys::open::open_plain;
use crate::types::strict::MAX_SMALL;
use crate::types::trust::Signers;

/// The most that is read of what they say, in bytes.
const MAX_STATUS: u64 = 64 << 10;

/// Who signs: a key of the user's own keyring.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GpgKey {
    /// Fingerprint, id or address.
    pub name: String,
    /// `None` leaves the question to gpg's agent.
    pub passphrase: Option<Vec<u8>>,
}

/// Returns what was signed by one of these keys.
///
/// The inner error says why the signature is worth nothing; the outer one, why nobody knows.
pub fn verified(
    store: &Store,
    signers: &Signers,
    signature: &[u8],
) -> Result<Result<Vec<u8>, String>, Error> {
    let program = match (helper::find("gpgv"), helper::find("sqv")) {
        (Some(gpgv), _) => gpgv,
        (None, Some(sqv)) => return sqv::verified(&sqv, store, signers, signature),
        (None, None) => needed("gpgv", "gpgv")?,
    };
    let stage = store.stage()?;
    let place = |name: &str| stage.path().join(name);
    let (keys, signed, document) = (place("keys"), place("signature"), place("document"));
    write(&keys, &keyring(signers))?;
    write(&signed, signature)?;
    let (good, status) = run(
        &program,
        &[
            "--quiet".as_ref(),
            "--homedir".as_ref(),
            stage.path().as_os_str(),
            "--keyring".as_ref(),
            keys.as_os_str(),
            "--status-fd".as_ref(),
            "1".as_ref(),
            "--output".as_ref(),
            document.as_os_str(),
            "--".as_ref(),
            signed.as_os_str(),
        ],
        b"",
    )?;
    let status = String::from_utf8_lossy(&status).into_owned();
    Ok(match judged(good, &status) {
        Ok(()) => read(&document).ok_or_else(|| "it does not hold what was signed".to_owned()),
        Err(why) => Err(why),
    })
}

/// All keys of the policy in one.
pub(super) fn keyring(signers: &Signers) -> Vec<u8> {
    let keys = signers.keys.iter();
    keys.flat_map(|key| key.text.clone()).collect()
}

/// Decides by what gpgv has said.
fn judged(good: bool, status: &str) -> Result<(), String> {
    let count = |word: &str| {
        let lines = status.lines();
        let words = lines.filter_map(|line| line.strip_prefix("[GNUPG:] "));
        words
            .filter(|line| line.split(' ').next() == Some(word))
            .count()
    };
    for (word, why) in [
        ("NO_PUBKEY", "no key of the policy made a signature"),
        ("BADSIG", "a signature is wrong"),
        ("EXPSIG", "a signature has expired"),
        ("EXPKEYSIG", "the key of a signature has expired"),
        ("REVKEYSIG", "the key of a signature was revoked"),
        ("NODATA", "a signature is none"),
    ] {
        if count(word) > 0 {
            return Err(why.to_owned());
        }
    }
    let once = ["GOODSIG", "VALIDSIG", "PLAINTEXT", "NEWSIG"];
    match good && once.iter().all(|word| count(word) == 1) {
        true => Ok(()),
        false => Err("a signature is not good".to_owned()),
    }
}

/// Signs a document.
pub fn signed(store: &Store, key: &GpgKey, document: &[u8]) -> Result<Vec<u8>, Error> {
    let program = needed("gpg", "gpg")?;
    let stage = store.stage()?;
    let (text, signature) = (
        stage.path().join("document"),
        stage.path().join("signature"),
    );
    write(&text, document)?;
    let mut args: Vec<&OsStr> = vec!["--batch".as_ref(), "--no-tty".as_ref(), "--quiet".as_ref()];
    if key.passphrase.is_some() {
        let words = ["--pinentry-mode", "loopback", "--passphrase-fd", "0"];
        args.extend(words.map(OsStr::new));
    }
    args.extend(["--local-user", &key.name, "--output"].map(OsStr::new));
    args.extend([
        signature.as_os_str(),
        "--sign".as_ref(),
        "--".as_ref(),
        text.as_os_str(),
    ]);
    let input = key.passphrase.clone().unwrap_or_default();
    let (good, _) = run(&program, &args, &input)?;
    read(&signature).filter(|_| good).ok_or_else(|| {
        let name = crate::types::escape::quoted(&key.name);
        Error::new(format!("gpg does not sign with the key {name}"))
            .hint("gpg --list-secret-keys shows the keys there are")
    })
}

fn needed(name: &str, package: &str) -> Result<PathBuf, Error> {
    helper::find(name).ok_or_else(|| {
        Error::of(
            Kind::Failure,
            format!("the program {name} is not installed"),
        )
        .hint(format!("apt install {package}"))
    })
}

pub(super) fn run(program: &Path, args: &[&OsStr], input: &[u8]) -> Result<(bool, Vec<u8>), Error> {
    let failed = |why: String| Error::new(format!("{}: {why}", program.display()));
    let words: Option<Vec<&str>> = args.iter().map(|word| word.to_str()).collect();
    let words = words.ok_or_else(|| failed("the store's path is not UTF-8".to_owned()))?;
    helper::run(program, &words, None, input, MAX_STATUS).map_err(|error| failed(error.to_string()))
}

pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    std::fs::write(path, bytes).map_err(|error| Error::file("writing", path, error))
}

/// Reads what a program has written; `None` when there is none, or too much.
fn read(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = open_plain(path).ok()?;
    file.take(MAX_SMALL + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= MAX_SMALL).then_some(bytes)
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_one_good_signature_will_do() {
        let good = "[GNUPG:] PLAINTEXT 62 1 x\n[GNUPG:] NEWSIG\n[GNUPG:] GOODSIG AB me\n\
                    [GNUPG:] VALIDSIG AB 1\n";
        for (content, status, accepted) in [
            (true, good.to_owned(), true),
            (false, good.to_owned(), false),
            (true, format!("{good}{good}"), false),
            (true, format!("{good}[GNUPG:] EXPKEYSIG AB me\n"), false),
            (true, format!("{good}[GNUPG:] NO_PUBKEY AB\n"), false),
            (true, good.replace("PLAINTEXT", "OTHER"), false),
            (true, String::new(), false),
        ] {
            assert_eq!(
                super::judged(content, &status).is_ok(),
                accepted,
                "{status}"
            );
        }
    }
}
