//! Which health check a container has: the command line's, over the image's `Healthcheck`.
//!
//! The image's is Docker's extension of the image config (image-spec has none); like every field
//! of an image it is checked, and what makes no sense counts as absent (S-33).

use crate::types::health::{
    DEFAULT_INTERVAL, DEFAULT_RETRIES, DEFAULT_TIMEOUT, HealthCheck, HealthRequest,
};
use crate::types::image::ContainerConfig;

/// Returns the check; `None` when there is nothing to run.
pub fn check(request: &HealthRequest, image: &ContainerConfig) -> Option<HealthCheck> {
    if request.disabled {
        return None;
    }
    let image = image.healthcheck.as_ref();
    let number = |key: &str| {
        let value = image.filter(|_| request.test.is_none())?.get(key)?;
        value.as_u64().filter(|number| *number > 0)
    };
    let test = match &request.test {
        Some(test) => test.clone(),
        None => words(image?.get("Test")?)?,
    };
    HealthCheck::command(&test)?;
    let retries = number("Retries").and_then(|number| u32::try_from(number).ok());
    Some(HealthCheck {
        test,
        interval: request
            .interval
            .unwrap_or_else(|| number("Interval").unwrap_or(DEFAULT_INTERVAL)),
        timeout: request
            .timeout
            .unwrap_or_else(|| number("Timeout").unwrap_or(DEFAULT_TIMEOUT)),
        start_period: request
            .start_period
            .unwrap_or_else(|| number("StartPeriod").unwrap_or(0)),
        retries: request.retries.or(retries).unwrap_or(DEFAULT_RETRIES),
    })
}

fn words(value: &serde_json::Value) -> Option<Vec<String>> {
    let words = value.as_array()?.iter();
    words.map(|word| word.as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_command_line_goes_before_the_image() {
        let image = ContainerConfig {
            healthcheck: Some(json!({"Test": ["CMD", "true"], "Interval": 5, "Retries": 2})),
            ..ContainerConfig::default()
        };
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let plain = check(&HealthRequest::default(), &image).expect("a check");
        assert_eq!((plain.interval, plain.retries), (5, 2));
        assert_eq!(
            (plain.test, plain.timeout),
            (words("CMD true"), DEFAULT_TIMEOUT)
        );
        let over = HealthRequest {
            interval: Some(7),
            ..HealthRequest::default()
        };
        assert_eq!(check(&over, &image).map(|check| check.interval), Some(7));
        let own = HealthRequest {
            test: Some(words("CMD-SHELL exit 1")),
            ..HealthRequest::default()
        };
        let own = check(&own, &image).expect("a check");
        assert_eq!(
            (own.interval, own.retries),
            (DEFAULT_INTERVAL, DEFAULT_RETRIES)
        );
        for none in [
            HealthRequest {
                disabled: true,
                ..HealthRequest::default()
            },
            HealthRequest {
                test: Some(words("NONE")),
                ..HealthRequest::default()
            },
        ] {
            assert_eq!(check(&none, &image), None);
        }
        for bad in [
            json!({}),
            json!({"Test": 5}),
            json!({"Test": ["CMD"]}),
            json!([]),
        ] {
            let image = ContainerConfig {
                healthcheck: Some(bad),
                ..ContainerConfig::default()
            };
            assert_eq!(check(&HealthRequest::default(), &image), None);
        }
    }
}
