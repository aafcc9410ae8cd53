//! Places of images by their transport: containers-transports(5).
//!
//! `dir:PATH`, `oci:PATH[:NAME]`, `oci-archive:PATH[:NAME]`, `docker-archive:PATH[:NAME|:@INDEX]`,
//! `containers-storage:NAME` and `docker://NAME`. What begins with one of these words and its
//! colon is such a place, as for Podman; only `docker:` without slashes is the image of that name.

use std::path::PathBuf;

use crate::types::ParseError;

/// A place that names its transport.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transport {
    /// `docker://`: the name of an image in a registry.
    Registry(String),
    /// `containers-storage:`: the name of an image in this engine's own store.
    Store(String),
    Files(Files),
}

/// A file or directory that holds images.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    pub form: Form,
    pub path: PathBuf,
    pub image: Option<Chosen>,
}

/// How images lie in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Directory,
    Oci,
    OciArchive,
    DockerArchive,
}

/// Which image of a place is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    Name(String),
    /// The n-th, from 0.
    Index(usize),
}

const FORMS: &[(&str, Form)] = &[
    ("dir", Form::Directory),
    ("oci", Form::Oci),
    ("oci-archive", Form::OciArchive),
    ("docker-archive", Form::DockerArchive),
];

/// Transports that lead to nothing here, and why.
const NONE: &[(&str, &str)] = &[
    (
        "docker-daemon",
        "Docker's daemon is not asked: docker save and coracle load go between",
    ),
    ("ostree", "OSTree repositories are not read or written"),
    ("sif", "Singularity's files are not read or written"),
    ("tarball", "coracle import makes an image of a tar"),
];

impl Form {
    pub fn name(self) -> &'static str {
        let known = FORMS.iter().find(|(_, form)| *form == self);
        known.map_or("", |(name, _)| *name)
    }
}

impl Transport {
    /// Reads a place; `None` when the text names no transport.
    pub fn parse(text: &str) -> Result<Option<Self>, ParseError> {
        if let Some(name) = text.strip_prefix("docker://") {
            return Ok(Some(Self::Registry(name.to_owned())));
        }
        let Some((word, rest)) = text.split_once(':') else {
            return Ok(None);
        };
        let wrong = |reason: &str| Err(ParseError::new(text, reason));
        if let Some((_, why)) = NONE.iter().find(|(name, _)| *name == word) {
            return wrong(&format!("is not possible: {why}"));
        }
        if word == "containers-storage" {
            return match rest.starts_with('[') {
                true => wrong("names another store; --root chooses the one of a command"),
                false => Ok(Some(Self::Store(rest.to_owned()))),
            };
        }
        let Some((_, form)) = FORMS.iter().find(|(name, _)| *name == word) else {
            return Ok(None);
        };
        match Files::parse(*form, rest) {
            Some(files) => Ok(Some(Self::Files(files))),
            None => wrong("is not of the form TRANSPORT:PATH[:NAME]"),
        }
    }
}

impl Files {
    fn parse(form: Form, rest: &str) -> Option<Self> {
        let (path, image) = match (form, rest.split_once(':')) {
            (Form::Directory, _) | (_, None) => (rest, None),
            (_, Some((path, ""))) => (path, None),
            (Form::DockerArchive, Some((path, name))) if name.starts_with('@') => {
                (path, Some(Chosen::Index(name[1..].parse().ok()?)))
            }
            (_, Some((path, name))) => (path, Some(Chosen::Name(name.to_owned()))),
        };
        (!path.is_empty()).then(|| Self {
            form,
            path: path.into(),
            image,
        })
    }
}

impl std::fmt::Display for Files {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let path = self.path.to_string_lossy();
        write!(f, "{}:{path}", self.form.name())?;
        match &self.image {
            None => Ok(()),
            Some(Chosen::Name(name)) => write!(f, ":{name}"),
            Some(Chosen::Index(index)) => write!(f, ":@{index}"),
        }
    }
}

/// Takes `containers-storage:` away from the name of an image in the store.
pub fn in_store(name: &str) -> &str {
    let rest = name.strip_prefix("containers-storage:");
    rest.filter(|rest| !rest.starts_with('[')).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_from_names() {
        let shown = |text: &str| match Transport::parse(text) {
            Err(_) => "refused".to_owned(),
            Ok(None) => "name".to_owned(),
            Ok(Some(Transport::Registry(name))) => format!("registry {name}"),
            Ok(Some(Transport::Store(name))) => format!("store {name}"),
            Ok(Some(Transport::Files(files))) => {
                format!("{:?} {:?} {:?}", files.form, files.path, files.image)
            }
        };
        for (text, wanted) in [
            ("debian", "name"),
            ("docker:dind", "name"),
            ("localhost:5000/x", "name"),
            ("docker://debian:12", "registry debian:12"),
            ("containers-storage:x:1", "store x:1"),
            ("containers-storage:[overlay@/x]y", "refused"),
            ("dir:/a:b", "Directory \"/a:b\" None"),
            ("dir:", "refused"),
            ("oci:x", "Oci \"x\" None"),
            ("oci:/x:", "Oci \"/x\" None"),
            ("oci:/x:y:z", "Oci \"/x\" Some(Name(\"y:z\"))"),
            ("oci-archive:x.tar", "OciArchive \"x.tar\" None"),
            (
                "docker-archive:x.tar:y:1",
                "DockerArchive \"x.tar\" Some(Name(\"y:1\"))",
            ),
            (
                "docker-archive:x.tar:@2",
                "DockerArchive \"x.tar\" Some(Index(2))",
            ),
            ("docker-archive:x.tar:@b", "refused"),
            ("docker-daemon:x:y", "refused"),
            ("ostree:x", "refused"),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }
}
