//! The configuration of a committed image: the base image's, changed by what the container was
//! told and by `--config` and `--change`, in this order.

use serde_json::{Map, Value, json};

use crate::engine::Error;
use crate::engine::commit::{CommitRequest, ImageFormat};
use crate::engine::views::Container;
use crate::types::image::{ContainerConfig, History};
use crate::types::request::MountSource;
use crate::types::{DiffId, ImageConfig, Timestamp};

/// What a container was handed of the host's network; none of the image's business.
const PROXIES: &[&str] = &["http_proxy", "https_proxy", "ftp_proxy", "no_proxy"];

/// Everything but the layers.
pub struct Draft {
    pub config: ImageConfig,
    pub comment: Option<String>,
    pub container: String,
}

/// Makes the configuration of a container's image.
pub fn of_container(
    container: &Container,
    base: &ImageConfig,
    request: &CommitRequest,
) -> Result<Draft, Error> {
    let record = &container.record;
    let mut config = merged(container, base, request)?;
    for change in &request.changes {
        change.apply(&mut config);
    }
    let now = Timestamp::now().to_string();
    let mut history = base.history.clone();
    if request.squash {
        history.iter_mut().for_each(|step| step.empty_layer = true);
    }
    history.push(History {
        created: Some(now.clone()),
        created_by: Some("/bin/sh".to_owned()),
        author: request.author.clone(),
        comment: Some(format!("FROM {}", record.image_name)),
        empty_layer: false,
    });
    Ok(Draft {
        config: ImageConfig {
            created: Some(now),
            author: request.author.clone(),
            config,
            history,
            ..base.clone()
        },
        comment: request.message.clone(),
        container: record.id.to_string(),
    })
}

/// What the container ran with is what containers of the image will run with.
fn merged(
    container: &Container,
    base: &ImageConfig,
    request: &CommitRequest,
) -> Result<ContainerConfig, Error> {
    let (record, run) = (&container.record, &container.record.request);
    let mut config = base.config.clone();
    let is_proxy = |entry: &&String| {
        let key = entry.split('=').next().unwrap_or_default();
        PROXIES.contains(&key.to_ascii_lowercase().as_str())
    };
    let in_base = |entry: &&String| config.env.iter().flatten().any(|other| &other == entry);
    let env = record.env.iter().filter(|e| !is_proxy(e) || in_base(e));
    config.env = Some(env.cloned().collect());
    if let Some(entrypoint) = &run.entrypoint {
        config.entrypoint = Some(entrypoint.clone()).filter(|words| !words.is_empty());
        config.cmd = None;
    }
    if !run.command.is_empty() {
        config.cmd = Some(run.command.clone());
    }
    config.working_dir = Some(record.workdir.clone());
    config.user = Some(record.user.clone()).filter(|user| !user.is_empty());
    config.labels = Some(record.labels.clone()).filter(|labels| !labels.is_empty());
    if let Some(signal) = run.stop_signal {
        config.stop_signal = Some(signal.to_string());
    }
    if request.include_volumes {
        let volumes = config.volumes.get_or_insert_default();
        for mount in &run.mounts {
            if !matches!(mount.source, MountSource::Tmpfs { .. }) {
                volumes.insert(mount.target.clone(), Value::Object(Map::new()));
            }
        }
    }
    match &request.config {
        None => Ok(config),
        Some(text) => overlaid(&config, text),
    }
}

/// Lays `--config` over a configuration: what it says counts, key by key.
fn overlaid(config: &ContainerConfig, text: &[u8]) -> Result<ContainerConfig, Error> {
    let wrong = |error: serde_json::Error| Error::new(format!("--config: {error}"));
    let mut document = serde_json::to_value(config).map_err(wrong)?;
    let over: Map<String, Value> = serde_json::from_slice(text).map_err(wrong)?;
    for (key, value) in over {
        match (&mut document[&key], value) {
            (_, Value::Null) => {}
            (Value::Object(there), Value::Object(more)) => there.extend(more),
            (place, value) => *place = value,
        }
    }
    serde_json::from_value(document).map_err(wrong)
}

/// Writes the document, as the format wants it.
pub fn with_layers(draft: Draft, diff_ids: &[DiffId], format: ImageFormat) -> Vec<u8> {
    let mut config = draft.config;
    config.rootfs.kind = "layers".to_owned();
    config.rootfs.diff_ids = diff_ids.to_vec();
    let mut document = json!(config);
    if let (ImageFormat::Docker, Some(fields)) = (format, document.as_object_mut()) {
        fields.insert("container".to_owned(), draft.container.into());
        fields.insert("container_config".to_owned(), json!(config.config));
        if let Some(comment) = draft.comment {
            fields.insert("comment".to_owned(), comment.into());
        }
    }
    serde_json::to_vec(&document).expect("a config has string keys only")
}
