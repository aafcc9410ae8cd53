//! Which stores there are besides ours, and how ours is made: containers-storage.conf(5),
//! `additionalimagestores` and `force_mask`, as options of the overlay driver.

use std::path::PathBuf;

use crate::engine::{Engine, Error};
use crate::store::{Owners, Store};
use crate::types::escape;

/// Podman's names, with or without the driver's in front.
const STORES: [&str; 2] = ["imagestore", "additionalimagestore"];
const MASK: &str = "force_mask";

impl Engine {
    /// Opens the store as the storage options want it.
    pub(super) fn open_store(&self) -> Result<Store, Error> {
        let options = &self.settings.storage_options;
        let store = Store::open_as(&self.settings.root, owners(options)?)?;
        Ok(store.beside(stores(options)?))
    }

    /// The additional image stores, as `info` shows them.
    pub(super) fn image_stores(&self) -> Vec<PathBuf> {
        stores(&self.settings.storage_options).unwrap_or_default()
    }
}

fn values<'a>(options: &'a [String], names: &'static [&str]) -> impl Iterator<Item = &'a str> {
    options
        .iter()
        .filter_map(|option| option.split_once('='))
        .filter(|(key, _)| {
            let bare = key.strip_prefix("overlay").or(key.strip_prefix("vfs"));
            let bare = bare.unwrap_or(key).strip_prefix('.').unwrap_or(key);
            names.contains(&bare)
        })
        .map(|(_, value)| value)
}

fn stores(options: &[String]) -> Result<Vec<PathBuf>, Error> {
    let mut paths: Vec<PathBuf> = Vec::new();
    let words = values(options, &STORES).flat_map(|value| value.split(','));
    for word in words.filter(|word| !word.is_empty()) {
        let path = PathBuf::from(word);
        if !path.is_absolute() {
            let shown = escape::quoted(word);
            return Err(Error::new(format!(
                "the additional image store {shown} is not an absolute path"
            )));
        }
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    Ok(paths)
}

fn owners(options: &[String]) -> Result<Option<Owners>, Error> {
    match values(options, &[MASK]).last() {
        None | Some("") => Ok(None),
        Some("shared" | "0755" | "755") => Ok(Some(Owners::Noted)),
        Some(other) => {
            let shown = escape::quoted(other);
            Err(Error::new(format!(
                "storage option force_mask={shown}: only \"shared\" is known"
            )))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn podmans_names_of_the_options_are_known() {
        let of = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            stores(&words).map_err(|error| error.message)
        };
        for name in ["imagestore", "additionalimagestore"] {
            for driver in ["", ".", "overlay.", "vfs."] {
                let word = format!("{driver}{name}=/a,/b");
                assert_eq!(of(&[&word]), Ok(vec!["/a".into(), "/b".into()]), "{word}");
            }
        }
        assert_eq!(of(&["overlay.mount_program=/x", "imagestore="]), Ok(vec![]));
        assert!(of(&["imagestore=relative"]).is_err());
        let mask = |word: &str| owners(&[word.to_owned()]).ok();
        assert_eq!(mask("overlay.force_mask=shared"), Some(Some(Owners::Noted)));
        assert_eq!(mask("force_mask=0700"), None);
        assert_eq!(mask("other=1"), Some(None));
    }
}
