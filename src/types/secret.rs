//! Secrets as containers get them: `--secret NAME[,type=mount|env,target=…,uid=…,gid=…,mode=…]`,
//! podman-run(1). Their values are in no record.

use serde::{Deserialize, Serialize};

/// Where a file with a secret is, unless its target is an absolute path.
pub const FOLDER: &str = "/run/secrets";

/// A secret is smaller than this, in bytes: podman-secret-create(1).
pub const LIMIT: usize = 512_000;

/// The mode of a file with a secret when none is asked for.
pub const MODE: u32 = 0o444;

/// One `--secret`, as asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretWish {
    /// Name, id or the beginning of an id.
    pub source: String,
    pub form: SecretForm,
}

/// How a container sees a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SecretForm {
    File(SecretFile),
    /// The name of an environment variable; `None` is the secret's own.
    Variable(Option<String>),
}

/// A file that holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretFile {
    /// Absolute, or below [`FOLDER`]; `None` is the secret's name.
    pub target: Option<String>,
    pub uid: u32,
    pub gid: u32,
    pub mode: u32,
}

impl Default for SecretFile {
    fn default() -> Self {
        Self {
            target: None,
            uid: 0,
            gid: 0,
            mode: MODE,
        }
    }
}

impl SecretFile {
    /// Returns the path in the container.
    pub fn path(&self, name: &str) -> String {
        let target = self.target.as_deref().unwrap_or(name);
        match target.starts_with('/') {
            true => target.to_owned(),
            false => format!("{FOLDER}/{target}"),
        }
    }
}

/// A secret that a container has: its value, as it was when the container was made, is in a file
/// beside the container's record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantedSecret {
    pub id: String,
    pub name: String,
    pub form: SecretForm,
}

impl GrantedSecret {
    /// Returns the variable's name, if it is one.
    pub fn variable(&self) -> Option<&str> {
        match &self.form {
            SecretForm::File(_) => None,
            SecretForm::Variable(name) => Some(name.as_deref().unwrap_or(&self.name)),
        }
    }
}
