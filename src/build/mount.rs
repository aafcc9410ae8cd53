//! `RUN --mount=type=…,key=value,…`.
//!
//! Dockerfile reference, "RUN --mount". Values may hold variables, all but that of `from`: which
//! stages are needed is known before anything is built.

use crate::build::Fault;
use crate::types::nearest::nearest;
use crate::types::size;

/// One `--mount` as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MountWord {
    /// Keys in lower case, and their values.
    fields: Vec<(String, Option<String>)>,
}

/// One `--mount`, understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mount {
    pub kind: MountType,
    /// Where it appears; empty: the type's own place.
    pub target: String,
    /// Below what it is taken from; empty is its root.
    pub source: String,
    /// A stage, a named context or an image; `None`: the build context, for a cache an empty directory.
    pub from: Option<String>,
    pub read_only: bool,
    /// Of a cache, a secret or an agent's socket; hashed before it becomes a file's name (S-92).
    pub id: Option<String>,
    pub sharing: Sharing,
    /// A secret or an agent that is not given is an error.
    pub required: bool,
    /// A secret becomes this variable.
    pub env: Option<String>,
    pub mode: Option<u32>,
    pub uid: Option<u32>,
    pub gid: Option<u32>,
    /// Bytes a tmpfs may have.
    pub size: Option<u64>,
}

/// `type=`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MountType {
    #[default]
    Bind,
    Cache,
    Tmpfs,
    Secret,
    Ssh,
}

/// `sharing=` of a cache.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sharing {
    #[default]
    Shared,
    /// Another one for each that is used at the same time.
    Private,
    /// One after the other.
    Locked,
}

const KEYS: &[&str] = &[
    "type",
    "from",
    "source",
    "src",
    "target",
    "dst",
    "destination",
    "readonly",
    "ro",
    "readwrite",
    "rw",
    "id",
    "sharing",
    "required",
    "size",
    "mode",
    "uid",
    "gid",
    "env",
];

impl MountType {
    /// Returns the word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bind => "bind",
            Self::Cache => "cache",
            Self::Tmpfs => "tmpfs",
            Self::Secret => "secret",
            Self::Ssh => "ssh",
        }
    }

    const ALL: [Self; 5] = [
        Self::Bind,
        Self::Cache,
        Self::Tmpfs,
        Self::Secret,
        Self::Ssh,
    ];
}

impl Sharing {
    /// Returns the word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::Private => "private",
            Self::Locked => "locked",
        }
    }

    const ALL: [Self; 3] = [Self::Shared, Self::Private, Self::Locked];
}

fn bad(reason: impl Into<String>) -> Fault {
    Fault::Mount {
        reason: reason.into(),
        near: None,
    }
}

fn unknown(reason: String, word: &str, known: impl Iterator<Item = &'static str>) -> Fault {
    Fault::Mount {
        reason,
        near: nearest(word, known.map(str::to_owned)),
    }
}

impl MountWord {
    /// Reads the value of a `--mount` flag.
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        let mut fields = Vec::new();
        for field in comma_separated(text)? {
            let (key, value) = match field.split_once('=') {
                Some((key, value)) => (key.to_ascii_lowercase(), Some(value.to_owned())),
                None => (field.to_ascii_lowercase(), None),
            };
            if !KEYS.contains(&&*key) {
                let reason = format!("unexpected key '{key}' in '{field}'");
                return Err(unknown(reason, &key, KEYS.iter().copied()));
            }
            if key == "from" && value.as_deref().is_some_and(has_variable) {
                return Err(bad(
                    "'from' doesn't support variables: define a stage with FROM instead",
                ));
            }
            fields.push((key, value));
        }
        let word = Self { fields };
        // What holds no variable is checked before anything is built.
        if !word.values().any(has_variable) {
            word.resolve()?;
        }
        Ok(word)
    }

    /// Returns what `from=` names.
    pub fn from(&self) -> Option<&str> {
        let mut fields = self.fields.iter().rev();
        let (_, value) = fields.find(|(key, _)| key == "from")?;
        value.as_deref().filter(|value| !value.is_empty())
    }

    fn values(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().filter_map(|(_, value)| value.as_deref())
    }

    /// Returns the same with other values.
    pub(super) fn map(
        &self,
        mut change: impl FnMut(&str) -> Result<String, Fault>,
    ) -> Result<Self, Fault> {
        let mut fields = Vec::new();
        for (key, value) in &self.fields {
            let value = value.as_deref().map(&mut change).transpose()?;
            fields.push((key.clone(), value));
        }
        Ok(Self { fields })
    }

    /// Understands the values.
    pub(super) fn resolve(&self) -> Result<Mount, Fault> {
        let mut mount = Mount::default();
        let mut access = None;
        let mut sharing = None;
        for (key, value) in &self.fields {
            match value {
                None => mount.mark(key, &mut access)?,
                Some(value) => mount.set(key, value, &mut access, &mut sharing)?,
            }
        }
        let writable = matches!(mount.kind, MountType::Cache | MountType::Tmpfs);
        mount.read_only = access.unwrap_or(!writable);
        mount.sharing = sharing.unwrap_or_default();
        mount.check(sharing.is_some())?;
        Ok(mount)
    }
}

impl Mount {
    /// A key without a value.
    fn mark(&mut self, key: &str, access: &mut Option<bool>) -> Result<(), Fault> {
        match key {
            "readonly" | "ro" => *access = Some(true),
            "readwrite" | "rw" => *access = Some(false),
            "required" => {
                self.only(key, &[MountType::Secret, MountType::Ssh])?;
                self.required = true;
            }
            key => return Err(bad(format!("'{key}' needs a value"))),
        }
        Ok(())
    }

    fn set(
        &mut self,
        key: &str,
        value: &str,
        access: &mut Option<bool>,
        sharing: &mut Option<Sharing>,
    ) -> Result<(), Fault> {
        let invalid = || bad(format!("invalid value for {key}: {value}"));
        let number = || value.parse::<u32>().map_err(|_| invalid());
        match key {
            "type" => {
                let word = value.to_ascii_lowercase();
                let found = MountType::ALL.into_iter().find(|kind| kind.name() == word);
                self.kind = found.ok_or_else(|| {
                    let known = MountType::ALL.iter().map(|kind| kind.name());
                    unknown(format!("unsupported mount type \"{value}\""), &word, known)
                })?;
            }
            "from" => self.from = Some(value.to_owned()).filter(|from| !from.is_empty()),
            "source" | "src" => self.source = value.to_owned(),
            "target" | "dst" | "destination" => self.target = value.to_owned(),
            "readonly" | "ro" => *access = Some(truth(value).ok_or_else(invalid)?),
            "readwrite" | "rw" => *access = Some(!truth(value).ok_or_else(invalid)?),
            "required" => {
                self.only(key, &[MountType::Secret, MountType::Ssh])?;
                self.required = truth(value).ok_or_else(invalid)?;
            }
            "size" => {
                self.only(key, &[MountType::Tmpfs])?;
                self.size = Some(size::parse(value).map_err(|_| invalid())?);
            }
            "id" => self.id = Some(value.to_owned()).filter(|id| !id.is_empty()),
            "sharing" => {
                let word = value.to_ascii_lowercase();
                let found = Sharing::ALL.into_iter().find(|one| one.name() == word);
                *sharing = Some(found.ok_or_else(|| {
                    let known = Sharing::ALL.iter().map(|one| one.name());
                    unknown(
                        format!("unsupported sharing value \"{value}\""),
                        &word,
                        known,
                    )
                })?);
            }
            "mode" => self.mode = Some(u32::from_str_radix(value, 8).map_err(|_| invalid())?),
            "uid" => self.uid = Some(number()?),
            "gid" => self.gid = Some(number()?),
            _ => self.env = Some(value.to_owned()),
        }
        Ok(())
    }

    fn only(&self, key: &str, kinds: &[MountType]) -> Result<(), Fault> {
        match kinds.contains(&self.kind) {
            true => Ok(()),
            false => Err(bad(format!(
                "unexpected key '{key}' for mount type '{}'",
                self.kind.name()
            ))),
        }
    }

    /// Checks what only the whole can tell.
    fn check(&self, sharing: bool) -> Result<(), Fault> {
        let owned = [MountType::Secret, MountType::Ssh, MountType::Cache];
        for (key, given) in [
            ("mode", self.mode.is_some()),
            ("uid", self.uid.is_some()),
            ("gid", self.gid.is_some()),
        ] {
            if given {
                self.only(key, &owned)?;
            }
        }
        if self.mode.is_some_and(|mode| mode > 0o7777) {
            return Err(bad("mode is at most 7777"));
        }
        if sharing {
            self.only("sharing", &[MountType::Cache])?;
        }
        if self.env.is_some() {
            self.only("env", &[MountType::Secret])?;
        }
        match self.kind {
            MountType::Secret if self.from.is_some() => Err(bad("a secret has no 'from'")),
            MountType::Secret
                if self.source.is_empty() && self.target.is_empty() && self.id.is_none() =>
            {
                Err(bad("a secret needs an 'id' or a 'target'"))
            }
            MountType::Secret if !self.source.is_empty() && self.id.is_some() => {
                Err(bad("a secret has either a 'source' or an 'id'"))
            }
            MountType::Bind | MountType::Cache | MountType::Tmpfs if self.target.is_empty() => {
                Err(bad(format!("type {} needs a 'target'", self.kind.name())))
            }
            _ => Ok(()),
        }
    }
}

/// Go's strconv.ParseBool.
fn truth(value: &str) -> Option<bool> {
    match value {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

fn has_variable(value: &str) -> bool {
    value.find('$').is_some_and(|at| at + 1 < value.len())
}

/// One record of RFC 4180: a field with commas stands in double quotes.
fn comma_separated(text: &str) -> Result<Vec<String>, Fault> {
    let mut fields = Vec::new();
    let mut rest = text;
    loop {
        let (field, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_field(quoted)?,
            None => {
                let end = rest.find(',').unwrap_or(rest.len());
                let (field, after) = rest.split_at(end);
                if field.contains('"') {
                    return Err(bad(format!("a quote inside of '{field}'")));
                }
                (field.to_owned(), after)
            }
        };
        fields.push(field);
        match after.strip_prefix(',') {
            Some(after) => rest = after,
            None if after.is_empty() => return Ok(fields),
            None => return Err(bad("text follows a closing quote")),
        }
    }
}

fn quoted_field(text: &str) -> Result<(String, &str), Fault> {
    let mut field = String::new();
    let mut rest = text;
    loop {
        let end = rest.find('"').ok_or_else(|| bad("a quote is not closed"))?;
        field.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('"') {
            Some(after) => {
                field.push('"');
                rest = after;
            }
            None => return Ok((field, rest)),
        }
    }
}
