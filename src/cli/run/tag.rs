//! `--log-opt tag=` and `label=`: Go templates over what `inspect` shows of the new container.

use crate::cli::error::Error;
use crate::cli::inspect::{container, kinds};
use crate::cli::output::template;
use crate::engine::{CapabilityNames, Engine, RemoveRequest};
use crate::types::ContainerId;
use crate::types::request::Log;

/// Fills templates in; a container whose templates do not work is not kept.
pub fn fill(engine: &Engine, id: &ContainerId, log: &Log) -> Result<(), Error> {
    let is_template = |text: &String| text.contains("{{");
    if !log.tag.iter().chain(log.labels.values()).any(is_template) {
        return Ok(());
    }
    filled(engine, id, log).inspect_err(|_| {
        let request = RemoveRequest {
            volumes: true,
            ..RemoveRequest::default()
        };
        let _ = engine.remove(id.as_str(), &request);
    })
}

fn filled(engine: &Engine, id: &ContainerId, log: &Log) -> Result<(), Error> {
    let found = engine.container(id.as_str())?;
    let image = engine.image_of(&found);
    let none = CapabilityNames::default();
    let document = container::document(&found, image.as_ref(), &none);
    let text = |typed: &String| -> Result<String, Error> {
        let text = template::one(typed, &document, kinds::CONTAINER)?;
        Ok(text.trim_end_matches('\n').to_owned())
    };
    let mut log = log.clone();
    log.tag = log.tag.as_ref().map(text).transpose()?;
    for value in log.labels.values_mut() {
        *value = text(value)?;
    }
    Ok(engine.set_log(id, log)?)
}
