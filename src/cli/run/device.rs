//! `--device` and `--gpus`: paths of the host, and names of the Container Device Interface.
//!
//! CDI specification, "Fully-qualified device names": `VENDOR/CLASS=NAME`.

use std::path::PathBuf;

use crate::types::request::Device;

/// Whether a `--device` word is a name of the Container Device Interface.
pub fn is_cdi(text: &str) -> bool {
    !text.starts_with('/')
        && text.split_once('=').is_some_and(|(kind, name)| {
            kind.split_once('/').is_some_and(|(vendor, class)| {
                !vendor.is_empty() && !class.is_empty() && !name.is_empty()
            })
        })
}

/// Parses a `--gpus` word: `all`, or a name; without a vendor the engine finds the one there is.
pub fn gpu(text: &str) -> Result<String, String> {
    // Docker writes lists of keys, such as `device=0`; Podman takes a name.
    if text.is_empty() || text.contains([',', '"']) || text.starts_with("device=") {
        return Err("is none of all and the name of a device".to_owned());
    }
    Ok(match is_cdi(text) {
        true => text.to_owned(),
        false => format!("gpu={text}"),
    })
}

/// Parses `HOST[:CONTAINER][:rwm]`.
pub fn parse(text: &str) -> Result<Device, String> {
    let access_word = |word: &str| {
        !word.is_empty() && word.len() <= 3 && word.bytes().all(|b| b"rwm".contains(&b))
    };
    let parts: Vec<&str> = text.split(':').collect();
    let (host, container, access) = match parts[..] {
        [host] => (host, host, "rwm"),
        [host, access] if access_word(access) => (host, host, access),
        [host, container] => (host, container, "rwm"),
        [host, container, access] if access_word(access) => (host, container, access),
        _ => return Err("is not of the form host[:container][:rwm]".to_owned()),
    };
    if !host.starts_with('/') {
        return Err(format!("\"{host}\" is not an absolute path"));
    }
    if !container.starts_with('/') || container.split('/').any(|part| part == "..") {
        return Err(format!("\"{container}\" is not an absolute path"));
    }
    Ok(Device {
        host: PathBuf::from(host),
        container: container.to_owned(),
        access: access.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_have_a_place_and_an_access() {
        for (text, wanted) in [
            ("/dev/fuse", Some(("/dev/fuse", "rwm"))),
            ("/dev/fuse:rw", Some(("/dev/fuse", "rw"))),
            ("/dev/a:/dev/b", Some(("/dev/b", "rwm"))),
            ("/dev/a:/dev/b:r", Some(("/dev/b", "r"))),
            ("/dev/a:/dev/b:x", None),
            ("/dev/a:/x/../b", None),
            ("vendor.com/gpu=0", None),
            ("dev", None),
        ] {
            let device = parse(text).ok();
            let shown = device
                .as_ref()
                .map(|d| (d.container.as_str(), d.access.as_str()));
            assert_eq!(shown, wanted, "{text}");
        }
    }

    #[test]
    fn names_of_the_device_interface() {
        for (text, cdi) in [
            ("vendor.com/gpu=0", true),
            ("nvidia.com/gpu=all", true),
            ("/dev/a=b", false),
            ("vendor=0", false),
            ("/=x", false),
        ] {
            assert_eq!(is_cdi(text), cdi, "{text}");
        }
        assert_eq!(gpu("all").as_deref(), Ok("gpu=all"));
        assert!(gpu("device=0").is_err());
    }
}
