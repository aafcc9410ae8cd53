//! `diff`: what a container changed in its image, an image's last layer in those below it, or one
//! tree in another.

use crate::engine::tree::{Held, Visit};
use crate::engine::views::Image;
use crate::engine::{Engine, Error, Kind};
use crate::layer::tree::{Change, Compared, Job, View, read_changes};

/// What a name of `diff` may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiffOf {
    Containers,
    Images,
    /// A container, else an image.
    Either,
}

enum Object {
    Container(Box<Held>),
    Image(Box<Image>),
}

/// What every container has because the engine mounts something there; as Podman's `diff`
/// leaves it out.
const ENGINES: &[&str] = &[
    "/dev",
    "/etc/hostname",
    "/etc/hosts",
    "/etc/mtab",
    "/etc/resolv.conf",
    "/proc",
    "/run",
    "/run/.containerenv",
    "/run/notify",
    "/run/podman-init",
    "/run/secrets",
    "/sys",
];

impl Engine {
    /// Lists what `name` changed; in `other`, or in what it is made from.
    pub fn diff(&self, name: &str, other: Option<&str>, of: DiffOf) -> Result<Vec<Change>, Error> {
        let object = self.object(name, of)?;
        let (trees, compared, _other) = match other {
            None => (self.last_step(&object)?, Compared::Layer, None),
            Some(other) => {
                let other = self.object(other, of)?;
                let trees = vec![self.whole_of(&object)?, self.whole_of(&other)?];
                (trees, Compared::Whole, Some(other))
            }
        };
        let mut visit: Visit = self.visit(trees, Job::Changes(compared))?;
        let changes = read_changes(&mut visit.task);
        let done = visit.finish();
        let mut changes = match (changes, done) {
            (_, Err(error)) | (Err(error), Ok(_)) => {
                return Err(Error::from(error).while_doing(format!("comparing {name}")));
            }
            (Ok(changes), Ok(_)) => changes,
        };
        changes.retain(|change| !ENGINES.iter().any(|path| path.as_bytes() == change.path()));
        Ok(changes)
    }

    fn object(&self, name: &str, of: DiffOf) -> Result<Object, Error> {
        let image = || Ok(Object::Image(Box::new(self.image(name)?)));
        if of == DiffOf::Images {
            return image();
        }
        match self.hold(name) {
            Ok(held) => Ok(Object::Container(Box::new(held))),
            Err(error) if of == DiffOf::Either && error.kind == Kind::NoSuchObject => image()
                .map_err(|error| match error.kind {
                    Kind::NoSuchObject => {
                        let name = crate::types::escape::visible(name);
                        let text = format!("{name} not found: no such container or image");
                        Error::of(Kind::NoSuchObject, text)
                    }
                    _ => error,
                }),
            Err(error) => Err(error),
        }
    }

    /// The changes of an object and the tree below them.
    fn last_step(&self, object: &Object) -> Result<Vec<View>, Error> {
        match object {
            Object::Container(held) => {
                let container = &held.container;
                self.needs_image(&container.record, "compare")?;
                Ok(vec![self.upper(container)?, self.lowers(container)?])
            }
            Object::Image(image) => {
                let mut top = self.image_view(image)?;
                let below = View {
                    layers: top.layers.split_off(1.min(top.layers.len())),
                    ..View::default()
                };
                Ok(vec![top, below])
            }
        }
    }

    fn whole_of(&self, object: &Object) -> Result<View, Error> {
        match object {
            Object::Container(held) => self.whole(&held.container),
            Object::Image(image) => self.image_view(image),
        }
    }
}
