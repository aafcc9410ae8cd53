//! The options of every command that signs what it sends.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::error::Error;
use crate::cli::login::secret;
use crate::engine::{GpgKey, Signing, SigstoreKey, signing_parameters};

/// Who signs what is sent.
#[derive(Debug, Clone, Args)]
pub struct SigningArgs {
    /// Sign with this key of GPG's keyring; the signature goes where registries.d says
    #[arg(long, value_name = "KEY")]
    pub sign_by: Option<String>,
    /// Sign as this file of sigstore parameters says
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub sign_by_sigstore: Option<PathBuf>,
    /// Sign with this private key; the signature lies beside the image in the registry
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub sign_by_sigstore_private_key: Option<PathBuf>,
    /// Read the key's passphrase from this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub sign_passphrase_file: Option<PathBuf>,
}

/// The most of a passphrase's file that is read, in bytes.
const MAX_PASSPHRASE: u64 = 64 << 10;

impl SigningArgs {
    /// Returns what was typed as the engine wants it; a passphrase is asked for at a terminal.
    pub fn signing(&self) -> Result<Signing, Error> {
        let key = self.sign_by_sigstore_private_key.as_ref();
        if self.sign_passphrase_file.is_some() && key.is_some() && self.sign_by.is_some() {
            let why = "only one of --sign-by and --sign-by-sigstore-private-key can be used \
                       with --sign-passphrase-file";
            return Err(Error::usage("", why));
        }
        if self.sign_by_sigstore.is_some() && key.is_some() {
            let why = "--sign-by-sigstore and --sign-by-sigstore-private-key exclude each other";
            return Err(Error::usage("", why));
        }
        let passphrase = self.sign_passphrase_file.as_deref().map(first_line);
        let passphrase = passphrase.transpose()?;
        let sigstore = match (&self.sign_by_sigstore, key) {
            (Some(file), _) => Some(by_parameters(file)?),
            (None, Some(path)) => Some(SigstoreKey {
                path: path.clone(),
                passphrase: match &passphrase {
                    Some(passphrase) => passphrase.clone(),
                    None => asked(path)?,
                },
            }),
            (None, None) => None,
        };
        Ok(Signing {
            gpg: self.sign_by.as_ref().map(|name| GpgKey {
                name: name.clone(),
                passphrase: passphrase.clone(),
            }),
            sigstore,
        })
    }
}

/// Reads a file of parameters: containers-sigstore-signing-params.yaml(5).
fn by_parameters(path: &Path) -> Result<SigstoreKey, Error> {
    let parameters = signing_parameters(path)?;
    let passphrase = match &parameters.passphrase_file {
        Some(file) => first_line(file)?,
        None => asked(&parameters.key)?,
    };
    Ok(SigstoreKey {
        path: parameters.key,
        passphrase,
    })
}

fn first_line(path: &Path) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MAX_PASSPHRASE).read_to_end(&mut bytes));
    read.map_err(|source| Error::File {
        doing: "reading the passphrase",
        path: path.to_owned(),
        source,
    })?;
    let end = bytes.iter().position(|byte| *byte == b'\n');
    bytes.truncate(end.unwrap_or(bytes.len()));
    Ok(bytes)
}

/// Asks for a key's passphrase; a script never hangs.
fn asked(key: &Path) -> Result<Vec<u8>, Error> {
    let name = crate::types::escape::visible(&key.to_string_lossy());
    let typed = secret(
        &format!("Passphrase for {name}: "),
        "--sign-passphrase-file FILE",
    )?;
    Ok(typed.unwrap_or_default().into_bytes())
}
