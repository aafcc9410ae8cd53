//! `stats`: a table of what containers use, again and again.

use std::collections::HashMap;
use std::time::Duration;

use clap::Args;
use serde_json::{Value, json};

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::names;
use crate::cli::output::{self, human, template};
use crate::engine::{Engine, Sample};
use crate::types::Status;

/// Show what running containers use
#[derive(Debug, Clone, Args)]
pub struct StatsArgs {
    /// Show all containers
    #[arg(long, short)]
    pub all: bool,
    /// Print by this template, or json
    #[arg(long, value_name = "TEMPLATE")]
    pub format: Option<String>,
    /// Look so often, in seconds
    #[arg(long, short, value_name = "SECONDS", default_value = "5", hide_default_value = true,
          value_parser = clap::value_parser!(u64).range(1..))]
    pub interval: u64,
    /// Show the container that was created last
    #[arg(long, short)]
    pub latest: bool,
    /// Do not clear the screen between two looks
    #[arg(long)]
    pub no_reset: bool,
    /// Look once
    #[arg(long)]
    pub no_stream: bool,
    /// Print whole ids
    #[arg(long)]
    pub no_trunc: bool,
    /// Names or ids of containers
    #[arg(value_name = "CONTAINER", add = crate::cli::complete::containers())]
    pub names: Vec<String>,
}

const HEADINGS: &[(&str, &str)] = &[
    ("AvgCPU", "AVG CPU %"),
    ("BlockIO", "BLOCK IO"),
    ("BlockInput", "BLOCKINPUT"),
    ("BlockOutput", "BLOCKOUTPUT"),
    ("CPU", "CPU"),
    ("CPUNano", "CPUNANO"),
    ("CPUPerc", "CPU %"),
    ("ContainerID", "CONTAINER ID"),
    ("Duration", "DURATION"),
    ("ID", "ID"),
    ("MemLimit", "MEM LIMIT"),
    ("MemPerc", "MEM %"),
    ("MemUsage", "MEM USAGE / LIMIT"),
    ("MemUsageBytes", "MEM USAGE / LIMIT"),
    ("Name", "NAME"),
    ("NetIO", "NET IO"),
    ("PIDS", "PIDS"),
    ("PIDs", "PIDS"),
    ("UpTime", "CPU TIME"),
];

const DEFAULT: &str = "table {{.ID}}\\t{{.Name}}\\t{{.CPUPerc}}\\t{{.MemUsage}}\\t{{.MemPerc}}\\t\
                       {{.NetIO}}\\t{{.BlockIO}}\\t{{.PIDS}}\\t{{.UpTime}}\\t{{.AvgCPU}}";

/// `stats`
pub fn stats(engine: &Engine, args: &StatsArgs) -> Result<u8, Error> {
    let chosen = [args.all, args.latest, !args.names.is_empty()];
    if chosen.iter().filter(|chosen| **chosen).count() > 1 {
        let reason = "--all, --latest and containers cannot be used together";
        return Err(Error::usage("", reason));
    }
    let mut before = HashMap::new();
    loop {
        let samples = look(engine, args)?;
        let rows: Vec<Row<'_>> = samples
            .iter()
            .map(|sample| Row::of(sample, before.get(sample.container.record.id.as_str())))
            .collect();
        show(args, &rows)?;
        if args.no_stream {
            return Ok(exit::SUCCESS);
        }
        before = samples
            .into_iter()
            .map(|sample| (sample.container.record.id.to_string(), sample))
            .collect();
        std::thread::sleep(Duration::from_secs(args.interval));
    }
}

/// Looks at what is meant; what has gone since, or cannot be looked into, is left out unless it
/// was named.
fn look(engine: &Engine, args: &StatsArgs) -> Result<Vec<Sample>, Error> {
    let named = match (args.latest, args.names.is_empty()) {
        (true, _) => vec![names::latest(engine)?],
        (false, false) => args.names.clone(),
        (false, true) => Vec::new(),
    };
    let mut samples = Vec::new();
    for name in &named {
        match engine.sample(name)? {
            Some(sample) => samples.push(sample),
            None => {
                let reason = "it has no control group of its own: nothing is counted";
                let hint = "coracle info tells what is missing";
                return Err(Error::usage(format!("cannot show {name}"), reason).hint(hint));
            }
        }
    }
    if named.is_empty() {
        for container in engine.containers()? {
            let lives = matches!(container.status, Status::Running | Status::Paused);
            if args.all || lives {
                let sample = engine.sample(container.record.id.as_str());
                samples.extend(sample.ok().flatten());
            }
        }
    }
    Ok(samples)
}

fn show(args: &StatsArgs, rows: &[Row<'_>]) -> Result<(), Error> {
    if args.format.as_deref().is_some_and(template::is_json) {
        let all: Value = rows.iter().map(Row::json).collect();
        return output::text(&template::pretty_json(&all, 1));
    }
    let format = match args.format.as_deref() {
        None | Some("table") => DEFAULT,
        Some(format) => format,
    };
    let values: Vec<Value> = rows.iter().map(|row| row.fields(!args.no_trunc)).collect();
    let text = template::rows(format, HEADINGS, true, &values)?;
    if !args.no_reset && !args.no_stream {
        output::clear_screen()?;
    }
    output::text(&text)
}

/// One line, as numbers.
struct Row<'a> {
    sample: &'a Sample,
    /// Of one CPU, since the look before or the start.
    cpu: f64,
    /// … since the start.
    average: f64,
    memory: f64,
}

impl<'a> Row<'a> {
    fn of(sample: &'a Sample, before: Option<&Sample>) -> Self {
        let started = sample.container.run.as_ref().map(|run| run.started);
        let since = |then: Option<i128>, used: u64| -> f64 {
            let passed = then.map_or(0, |then| sample.at.0 - then);
            match passed {
                ..=0 => 0.0,
                _ => used as f64 / passed as f64 * 100.0,
            }
        };
        let average = since(started.map(|started| started.0), sample.usage.cpu);
        // A new start counts from nothing again.
        let before = before.filter(|before| before.usage.cpu <= sample.usage.cpu);
        let cpu = match before {
            Some(before) => since(Some(before.at.0), sample.usage.cpu - before.usage.cpu),
            None => average,
        };
        let memory = match sample.memory_limit {
            0 => 0.0,
            limit => sample.usage.memory as f64 / limit as f64 * 100.0,
        };
        Self {
            sample,
            cpu,
            average,
            memory,
        }
    }

    fn json(&self) -> Value {
        let fields = self.fields(true);
        json!({
            "id": fields["ID"],
            "name": fields["Name"],
            "cpu_time": fields["UpTime"],
            "cpu_percent": fields["CPUPerc"],
            "avg_cpu": fields["AvgCPU"],
            "mem_usage": fields["MemUsage"],
            "mem_percent": fields["MemPerc"],
            "net_io": fields["NetIO"],
            "block_io": fields["BlockIO"],
            "pids": fields["PIDS"],
        })
    }

    fn fields(&self, shorten: bool) -> Value {
        let (sample, usage) = (self.sample, &self.sample.usage);
        let record = &sample.container.record;
        let id = match shorten {
            true => record.id.short(),
            false => record.id.as_str(),
        };
        let started = sample.container.run.as_ref().map(|run| run.started);
        json!({
            "ID": id,
            "ContainerID": record.id.as_str(),
            "Name": record.name.as_str(),
            "CPU": self.cpu,
            "CPUNano": usage.cpu,
            "CPUPerc": format!("{:.2}%", self.cpu),
            "AvgCPU": format!("{:.2}%", self.average),
            "MemUsage": pair(usage.memory, sample.memory_limit, decimal),
            "MemUsageBytes": pair(usage.memory, sample.memory_limit, binary),
            "MemLimit": sample.memory_limit,
            "MemPerc": format!("{:.2}%", self.memory),
            "NetIO": pair(sample.net_in, sample.net_out, decimal),
            "BlockIO": pair(usage.block_in, usage.block_out, decimal),
            "BlockInput": usage.block_in,
            "BlockOutput": usage.block_out,
            "PIDS": match usage.pids {
                0 => "--".to_owned(),
                count => count.to_string(),
            },
            "PIDs": usage.pids,
            "Duration": usage.cpu,
            "UpTime": human::go_duration(usage.cpu),
            "SystemNano": sample.at.0 as i64,
            "Up": started.map_or(0, |started| (sample.at.0 - started.0) as i64),
        })
    }
}

fn decimal(bytes: u64) -> String {
    human::size(bytes, 4)
}

fn binary(bytes: u64) -> String {
    human::binary_size(bytes, 4)
}

fn pair(one: u64, other: u64, shown: fn(u64) -> String) -> String {
    match (one, other) {
        (0, 0) => "-- / --".to_owned(),
        _ => format!("{} / {}", shown(one), shown(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_shown_as_dashes() {
        assert_eq!(pair(0, 0, decimal), "-- / --");
        assert_eq!(pair(1_500_000, 64_000_000, decimal), "1.5MB / 64MB");
        assert_eq!(pair(1 << 20, 1 << 26, binary), "1MiB / 64MiB");
    }
}
