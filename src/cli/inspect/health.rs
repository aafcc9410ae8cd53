//! Health checks as `inspect` shows them: Docker's and Podman's keys.

use serde_json::{Value, json};

use crate::types::health::{Destination, HealthCheck, HealthRequest, HealthState, StartupCheck};

/// `Config.Healthcheck`, times in nanoseconds.
pub fn config(check: &HealthCheck) -> Value {
    json!({
        "Test": check.test,
        "StartPeriod": check.start_period,
        "Interval": check.interval,
        "Timeout": check.timeout,
        "Retries": check.retries,
    })
}

/// `Config.StartupHealthCheck`.
pub fn startup(check: &StartupCheck) -> Value {
    json!({
        "Test": check.test,
        "Interval": check.interval,
        "Timeout": check.timeout,
        "Retries": check.retries,
        "Successes": check.successes,
    })
}

/// `Config.HealthLogDestination`.
pub fn destination(request: &HealthRequest) -> String {
    match &request.destination {
        Destination::Local => "local".to_owned(),
        Destination::Events => "events_logger".to_owned(),
        Destination::Directory(path) => path.to_string_lossy().into_owned(),
    }
}

/// `State.Health`; a container without a check has an empty one.
pub fn state(state: Option<&HealthState>) -> Value {
    let Some(state) = state else {
        return json!({"Status": "", "FailingStreak": 0, "Log": null});
    };
    let log = state.log.iter().map(|result| {
        json!({
            "Start": result.start.local(),
            "End": result.end.local(),
            "ExitCode": result.exit_code,
            "Output": result.output,
        })
    });
    json!({
        "Status": state.status,
        "FailingStreak": state.failing_streak,
        "Log": log.collect::<Vec<_>>(),
    })
}
