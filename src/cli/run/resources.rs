//! Limits on the command line: what `run`, `create` and `update` share, and what only a new
//! container is told.

use std::os::unix::fs::{FileTypeExt, MetadataExt};

use clap::Args;

use crate::cli::error::Error;
use crate::cli::words::size;
use crate::types::resources::{Cgroups, DeviceRate, Resources, SystemdMode};

/// The limits themselves.
#[derive(Debug, Clone, Default, Args)]
pub struct ResourceArgs {
    /// Weigh the container's block input and output (10 to 1000)
    #[arg(long, value_name = "WEIGHT")]
    pub blkio_weight: Option<String>,
    /// Weigh it for one device (DEVICE:WEIGHT)
    #[arg(long, value_name = "DEVICE:WEIGHT")]
    pub blkio_weight_device: Vec<String>,
    /// Set the period of --cpu-quota, in microseconds
    #[arg(long, value_name = "MICROSECONDS")]
    pub cpu_period: Option<u64>,
    /// Let the container compute so many microseconds of every period
    #[arg(long, value_name = "MICROSECONDS", allow_hyphen_values = true)]
    pub cpu_quota: Option<i64>,
    /// Weigh the container's computing (2 to 262144; 1024 is usual)
    #[arg(long, short = 'c', value_name = "WEIGHT")]
    pub cpu_shares: Option<u64>,
    /// Let the container use so many CPUs, such as 1.5
    #[arg(long, value_name = "NUMBER", value_parser = cpus)]
    pub cpus: Option<f64>,
    /// Let the container use these CPUs (0-3,5)
    #[arg(long, value_name = "LIST")]
    pub cpuset_cpus: Option<String>,
    /// Let the container use memory of these NUMA nodes (0-3,5)
    #[arg(long, value_name = "LIST")]
    pub cpuset_mems: Option<String>,
    /// Limit reading from a device (DEVICE:BYTES per second)
    #[arg(long, value_name = "DEVICE:RATE")]
    pub device_read_bps: Vec<String>,
    /// Limit reading from a device (DEVICE:OPERATIONS per second)
    #[arg(long, value_name = "DEVICE:RATE")]
    pub device_read_iops: Vec<String>,
    /// Limit writing to a device (DEVICE:BYTES per second)
    #[arg(long, value_name = "DEVICE:RATE")]
    pub device_write_bps: Vec<String>,
    /// Limit writing to a device (DEVICE:OPERATIONS per second)
    #[arg(long, value_name = "DEVICE:RATE")]
    pub device_write_iops: Vec<String>,
    /// Limit memory (a number and b, k, m or g)
    #[arg(long, short, value_name = "SIZE")]
    pub memory: Option<String>,
    /// Keep so much memory from being reclaimed
    #[arg(long, value_name = "SIZE")]
    pub memory_reservation: Option<String>,
    /// Limit memory and swap together; -1 is without limit
    #[arg(long, value_name = "SIZE", allow_hyphen_values = true)]
    pub memory_swap: Option<String>,
    /// Limit the number of processes and threads; -1 is without limit
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    pub pids_limit: Option<i64>,
}

/// What a container is told once, about its control group.
#[derive(Debug, Clone, Default, Args)]
pub struct CgroupArgs {
    /// Write to a file of the container's control group (FILE=VALUE)
    #[arg(long, value_name = "FILE=VALUE")]
    pub cgroup_conf: Vec<String>,
    /// Make the container's control group here: a slice for systemd, else a path
    #[arg(long, value_name = "PARENT")]
    pub cgroup_parent: Option<String>,
    /// Give the container a control group: enabled, disabled, no-conmon or split
    #[arg(long, value_name = "MODE", value_parser = cgroups)]
    pub cgroups: Option<Cgroups>,
    /// Prepare the container for systemd: true (when it is the command), false or always
    #[arg(long, value_name = "MODE", value_parser = systemd)]
    pub systemd: Option<SystemdMode>,
}

fn cpus(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok();
    number
        .filter(|number| number.is_finite() && *number >= 0.0 && *number < 1e6)
        .ok_or_else(|| "is not a number of CPUs".to_owned())
}

/// Also read from containers.conf.
pub fn cgroups(text: &str) -> Result<Cgroups, String> {
    match text {
        "enabled" => Ok(Cgroups::Enabled),
        "disabled" => Ok(Cgroups::Disabled),
        "no-conmon" => Ok(Cgroups::NoConmon),
        "split" => Ok(Cgroups::Split),
        _ => Err("is none of enabled, disabled, no-conmon and split".to_owned()),
    }
}

fn systemd(text: &str) -> Result<SystemdMode, String> {
    match text.to_ascii_lowercase().as_str() {
        "always" => Ok(SystemdMode::Always),
        word => match crate::cli::words::boolean::parse(word) {
            Ok(true) => Ok(SystemdMode::Detect),
            Ok(false) => Ok(SystemdMode::Never),
            Err(_) => Err("is none of true, false and always".to_owned()),
        },
    }
}

/// Converts the limits; the first wrong one is named.
pub fn resources(args: &ResourceArgs) -> Result<Resources, Error> {
    let memory = bytes("--memory", args.memory.as_deref())?;
    let memory_swap = bytes("--memory-swap", args.memory_swap.as_deref())?;
    if let (Some(memory), Some(swap)) = (memory, memory_swap)
        && swap >= 0
        && swap < memory
    {
        let reason = "minimum memoryswap limit should be larger than memory limit";
        return Err(Error::usage("--memory-swap", reason));
    }
    let (cpu_period, cpu_quota) = cpu(args)?;
    let devices = |option: &str, words: &[String], parse: fn(&str) -> Option<u64>| {
        let each = words.iter().map(|word| device(word, parse));
        each.collect::<Result<Vec<_>, _>>()
            .map_err(|why| Error::usage(option, why))
    };
    Ok(Resources {
        memory,
        memory_reservation: bytes("--memory-reservation", args.memory_reservation.as_deref())?,
        memory_swap,
        cpu_period,
        cpu_quota,
        cpu_shares: args.cpu_shares,
        cpuset_cpus: args.cpuset_cpus.clone(),
        cpuset_mems: args.cpuset_mems.clone(),
        pids: args.pids_limit,
        blkio_weight: args.blkio_weight.as_deref().map(weight).transpose()?,
        blkio_weight_devices: devices(
            "--blkio-weight-device",
            &args.blkio_weight_device,
            |word| word.parse().ok().filter(|n| (10..=1000).contains(n)),
        )?,
        read_bps: devices("--device-read-bps", &args.device_read_bps, rate)?,
        write_bps: devices("--device-write-bps", &args.device_write_bps, rate)?,
        read_iops: devices("--device-read-iops", &args.device_read_iops, count)?,
        write_iops: devices("--device-write-iops", &args.device_write_iops, count)?,
        files: std::collections::BTreeMap::new(),
    })
}

/// As [`resources`]; 0 is no limit where nothing is to be taken away: podman-run(1), "--memory".
pub fn for_a_new_one(args: &ResourceArgs) -> Result<Resources, Error> {
    let said = resources(args)?;
    Ok(Resources {
        memory: said.memory.filter(|bytes| *bytes != 0),
        memory_reservation: said.memory_reservation.filter(|bytes| *bytes != 0),
        memory_swap: said.memory_swap.filter(|bytes| *bytes != 0),
        cpu_period: said.cpu_period.filter(|period| *period != 0),
        cpu_quota: said.cpu_quota.filter(|quota| *quota != 0),
        cpu_shares: said.cpu_shares.filter(|shares| *shares != 0),
        ..said
    })
}

fn rate(word: &str) -> Option<u64> {
    size::parse(word).ok()
}

fn count(word: &str) -> Option<u64> {
    word.parse().ok()
}

/// -1 is without limit.
fn bytes(option: &str, word: Option<&str>) -> Result<Option<i64>, Error> {
    let Some(word) = word.filter(|word| !word.is_empty()) else {
        return Ok(None);
    };
    if word == "-1" {
        return Ok(Some(-1));
    }
    let parsed = size::parse(word)
        .and_then(|bytes| i64::try_from(bytes).map_err(|_| "is too much".to_owned()));
    parsed
        .map(Some)
        .map_err(|why| Error::usage(format!("{option} \"{word}\""), why))
}

fn weight(word: &str) -> Result<u16, Error> {
    let number = word.parse().ok().filter(|n| (10..=1000).contains(n));
    number.ok_or_else(|| {
        let what = format!("--blkio-weight \"{word}\"");
        Error::usage(what, "is not a weight from 10 to 1000")
    })
}

/// `--cpus` is another way to say quota and period.
fn cpu(args: &ResourceArgs) -> Result<(Option<u64>, Option<i64>), Error> {
    /// The kernel's own.
    const PERIOD: u32 = 100_000;
    let Some(cpus) = args.cpus else {
        return Ok((args.cpu_period, args.cpu_quota));
    };
    for (option, given) in [
        ("--cpu-period", args.cpu_period.is_some()),
        ("--cpu-quota", args.cpu_quota.is_some()),
    ] {
        if given {
            let reason = format!("{option} and --cpus cannot be set together");
            return Err(Error::usage("", reason));
        }
    }
    let quota = (cpus * f64::from(PERIOD)) as i64;
    Ok((Some(PERIOD.into()), Some(quota)))
}

/// Parses `DEVICE:NUMBER` and looks the device up.
fn device(text: &str, parse: fn(&str) -> Option<u64>) -> Result<DeviceRate, String> {
    let shown = crate::types::escape::quoted(text);
    let (path, number) = text
        .rsplit_once(':')
        .filter(|(path, _)| path.starts_with("/dev/"))
        .ok_or_else(|| format!("{shown} is not of the form /dev/NAME:NUMBER"))?;
    let rate = parse(number).ok_or_else(|| format!("{shown} has no valid number"))?;
    let path = crate::types::escape::visible(path);
    let found = std::fs::metadata(&path).map_err(|_| format!("{path}: no such device"))?;
    if !found.file_type().is_block_device() {
        return Err(format!("{path}: not a block device"));
    }
    let (major, minor) = numbers(found.rdev());
    Ok(DeviceRate {
        path,
        major,
        minor,
        rate,
    })
}

/// makedev(3), as Linux packs them.
fn numbers(device: u64) -> (u32, u32) {
    let major = (device >> 8) & 0xfff | (device >> 32) & 0xffff_f000;
    let minor = device & 0xff | (device >> 12) & 0xffff_ff00;
    (major as u32, minor as u32)
}

/// A slice or a path, which may not climb (S-60).
pub fn parent(text: &str) -> Result<String, String> {
    let climbs = text.split('/').any(|part| part == ".." || part == ".");
    match climbs || text.is_empty() || text.contains(char::is_control) {
        true => Err("leads out of the hierarchy".to_owned()),
        false => Ok(text.to_owned()),
    }
}

/// `--cgroup-conf` words.
pub fn files(words: &[String]) -> Result<std::collections::BTreeMap<String, String>, Error> {
    let each = words.iter().map(|word| match word.split_once('=') {
        Some((file, value)) if !file.is_empty() => Ok((file.to_owned(), value.to_owned())),
        _ => Err(Error::usage(
            format!("--cgroup-conf \"{word}\""),
            "is not of the form file=value",
        )),
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cpus_are_a_quota() {
        let said = |cpus, quota| ResourceArgs {
            cpus,
            cpu_quota: quota,
            ..ResourceArgs::default()
        };
        let made = resources(&said(Some(1.5), None)).expect("fine");
        assert_eq!(
            (made.cpu_period, made.cpu_quota),
            (Some(100_000), Some(150_000))
        );
        assert!(resources(&said(Some(1.5), Some(5))).is_err());
        assert!(cpus("-1").is_err());
        assert!(cpus("nan").is_err());
    }

    #[test]
    fn memory_has_units_and_an_end() {
        for (memory, swap, wanted) in [
            ("64m", None, Some((Some(67_108_864), None))),
            ("64m", Some("-1"), Some((Some(67_108_864), Some(-1)))),
            ("64m", Some("32m"), None),
            ("x", None, None),
        ] {
            let args = ResourceArgs {
                memory: Some(memory.to_owned()),
                memory_swap: swap.map(str::to_owned),
                ..ResourceArgs::default()
            };
            let made = resources(&args).ok();
            assert_eq!(
                made.map(|r| (r.memory, r.memory_swap)),
                wanted,
                "{memory} {swap:?}"
            );
        }
    }

    #[test]
    fn devices_must_be_block_devices() {
        assert!(device("/dev/null:10", count).is_err_and(|why| why.contains("not a block device")));
        assert!(device("/etc/passwd:10", count).is_err());
        assert!(device("/dev/null", count).is_err());
        assert_eq!(numbers(0x801), (8, 1));
    }
}
