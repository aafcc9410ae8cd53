//! What `inspect` shows of an image.

use serde_json::{Value, json};

use crate::cli::images::repo_digests;
use crate::engine::Image;

/// Returns Podman's document of an image.
pub fn document(image: &Image) -> Value {
    let config = &image.config;
    let layers: Vec<String> = config
        .rootfs
        .diff_ids
        .iter()
        .map(ToString::to_string)
        .collect();
    let comment = config.history.last().and_then(|last| last.comment.clone());
    let mut document = json!({
        "Id": image.id.hex(),
        "Digest": image.manifest_digest,
        "RepoTags": image.names,
        "RepoDigests": repo_digests(image),
        "Parent": "",
        "Comment": comment.unwrap_or_default(),
        "Created": config.created,
        "Config": config.config,
        "Version": "",
        "Author": config.author.clone().unwrap_or_default(),
        "Architecture": config.architecture,
        "Os": config.os,
        "Size": image.size,
        "VirtualSize": image.size,
        "GraphDriver": {"Name": "overlay", "Data": {}},
        "RootFS": {"Type": "layers", "Layers": layers},
        "Labels": config.config.labels,
        "Annotations": image.manifest.annotations,
        "ManifestType": image.manifest_type,
        "User": config.config.user.clone().unwrap_or_default(),
        "History": config.history,
        "NamesHistory": image.names,
    });
    if let (Some(variant), Some(object)) = (&config.variant, document.as_object_mut()) {
        object.insert("Variant".to_owned(), variant.as_str().into());
    }
    if let (Some(check), Some(object)) = (&config.config.healthcheck, document.as_object_mut()) {
        object.insert("Healthcheck".to_owned(), check.clone());
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::inspect::kinds;
    use crate::cli::list::sample;
    use crate::cli::output::template;

    #[test]
    fn templates_know_gos_names_too() {
        let document = document(&sample::image());
        for (format, wanted) in [
            ("{{.Os}}/{{.Architecture}}", "linux/amd64\n"),
            ("{{.RepoTags}}", "[localhost/tiny:latest]\n"),
            ("{{.Config.Entrypoint}}", "[/bin/init]\n"),
            ("{{.Config.User}}|", "|\n"),
            ("{{index .Labels \"x\"}}", "y\n"),
            ("{{(index .History 0).CreatedBy}}", "made up\n"),
            ("{{.Comment}}", "for tests\n"),
            ("{{len .RootFS.Layers}}", "1\n"),
        ] {
            assert_eq!(
                template::one(format, &document, kinds::IMAGE)
                    .ok()
                    .as_deref(),
                Some(wanted),
                "{format}"
            );
        }
    }
}
