//! `network ls` and `network inspect`.

use clap::Args;
use serde_json::{Map, Value, json};

use crate::cli::error::Error;
use crate::cli::exit::{self, Convention};
use crate::cli::inspect::kinds;
use crate::cli::network::filter::Filter;
use crate::cli::output::{self, template};
use crate::engine::{Container, Engine};
use crate::types::Status;
use crate::types::network::NetworkRecord;

/// Podman's indentation of inspected documents.
const INDENT: usize = 5;

/// List networks
#[derive(Debug, Clone, Args)]
pub struct LsArgs {
    /// List only networks that match: dangling, driver, id, label, label!, name, until =VALUE
    #[arg(long, short, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Print json, a Go template, or a table of one ("table …")
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Shorten no id
    #[arg(long)]
    pub no_trunc: bool,
    /// Print no heading
    #[arg(long, short)]
    pub noheading: bool,
    /// Print only names
    #[arg(long, short)]
    pub quiet: bool,
}

const HEADINGS: &[(&str, &str)] = &[
    ("Created", "CREATED"),
    ("DNSEnabled", "DNS ENABLED"),
    ("Driver", "DRIVER"),
    ("ID", "NETWORK ID"),
    ("IPAMOptions", "IPAM OPTIONS"),
    ("IPv6Enabled", "IPV6 ENABLED"),
    ("Internal", "INTERNAL"),
    ("Labels", "LABELS"),
    ("Name", "NAME"),
    ("NetworkDNSServers", "NETWORK DNS SERVERS"),
    ("NetworkInterface", "NETWORK INTERFACE"),
    ("Options", "OPTIONS"),
    ("Routes", "ROUTES"),
    ("Subnets", "SUBNETS"),
];

/// `network ls`
pub fn ls(engine: &Engine, args: &LsArgs) -> Result<u8, Error> {
    let filter = Filter::parse(&args.filter)?;
    let mut networks = engine.networks()?;
    networks.retain(|network| filter.passes(engine, network));
    if args.format.as_deref().is_some_and(template::is_json) {
        let all: Value = networks.iter().map(document).collect();
        output::text(&template::pretty_json(&all, INDENT))?;
        return Ok(exit::SUCCESS);
    }
    if args.quiet {
        for network in &networks {
            output::line(&network.name)?;
        }
        return Ok(exit::SUCCESS);
    }
    let rows: Vec<Value> = networks.iter().map(|n| fields(n, args.no_trunc)).collect();
    let default = "table {{.ID}}\\t{{.Name}}\\t{{.Driver}}";
    let format = args.format.as_deref();
    template::print_rows(format, default, HEADINGS, !args.noheading, &rows)?;
    Ok(exit::SUCCESS)
}

/// Show everything known about networks
#[derive(Debug, Clone, Args)]
pub struct InspectArgs {
    /// Print json or a Go template
    #[arg(long, short, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Names or ids of networks
    #[arg(required = true, value_name = "NETWORK", add = crate::cli::complete::networks())]
    pub names: Vec<String>,
}

/// `network inspect`
pub fn inspect(engine: &Engine, args: &InspectArgs) -> Result<u8, Error> {
    let (mut found, mut missed) = (Vec::new(), Vec::new());
    for name in &args.names {
        match engine.network(name) {
            Ok(network) => found.push(network),
            Err(error) => missed.push(Error::from(error)),
        }
    }
    let format = args.format.as_deref();
    match format.filter(|text| !text.is_empty() && !template::is_json(text)) {
        None => {
            let mut all = Vec::new();
            for network in &found {
                all.push(with_containers(engine, network)?);
            }
            output::text(&template::pretty_json(&Value::Array(all), INDENT))?;
        }
        Some(format) => {
            for network in &found {
                let one = renamed(&with_containers(engine, network)?);
                let text = template::one(format, &one, kinds::NETWORK)?;
                output::line(text.trim_end_matches('\n'))?;
            }
        }
    }
    let mut code = exit::SUCCESS;
    for error in missed {
        output::failure(&error);
        code = exit::worse(code, exit::of_error(&error, Convention::Usual));
    }
    Ok(code)
}

/// The object of `ls --format json`, in Podman's words.
fn document(network: &NetworkRecord) -> Value {
    let mut value = serde_json::to_value(network).expect("a record has string keys only");
    value["created"] = json!(network.created.local());
    value
}

/// With the running containers on it.
fn with_containers(engine: &Engine, network: &NetworkRecord) -> Result<Value, Error> {
    let mut containers = Map::new();
    for container in engine.containers()? {
        let Some(run) = container.run.as_ref().filter(|_| alive(&container)) else {
            continue;
        };
        for one in run
            .network
            .joined
            .iter()
            .filter(|one| one.network == network.name)
        {
            let subnet = |net: &ipnet::IpNet| {
                let gateway = one.gateways.iter().find(|g| net.contains(*g));
                json!({ "ipnet": net.to_string(), "gateway": gateway })
            };
            let subnets: Vec<Value> = one.addresses.iter().map(subnet).collect();
            let shown = json!({
                "name": container.record.name.as_str(),
                "interfaces": { &one.interface: { "subnets": subnets, "mac_address": one.mac } },
            });
            containers.insert(container.record.id.to_string(), shown);
        }
    }
    let mut value = document(network);
    value["containers"] = Value::Object(containers);
    Ok(value)
}

fn alive(container: &Container) -> bool {
    matches!(
        container.status,
        Status::Running | Status::Paused | Status::Stopping
    )
}

/// The field names of templates: Go's, of the same values.
fn renamed(value: &Value) -> Value {
    let names = [
        ("name", "Name"),
        ("id", "ID"),
        ("driver", "Driver"),
        ("network_interface", "NetworkInterface"),
        ("created", "Created"),
        ("subnets", "Subnets"),
        ("routes", "Routes"),
        ("ipv6_enabled", "IPv6Enabled"),
        ("internal", "Internal"),
        ("dns_enabled", "DNSEnabled"),
        ("network_dns_servers", "NetworkDNSServers"),
        ("labels", "Labels"),
        ("options", "Options"),
        ("ipam_options", "IPAMOptions"),
        ("containers", "Containers"),
    ];
    let mut map = Map::new();
    for (from, to) in names {
        let empty = || match from {
            "labels" | "options" => json!({}),
            _ => json!([]),
        };
        map.insert(
            to.to_owned(),
            value.get(from).cloned().unwrap_or_else(empty),
        );
    }
    let subnets = map["Subnets"].as_array().cloned().unwrap_or_default();
    let subnet = |one: &Value| {
        let range = &one["lease_range"];
        json!({
            "Subnet": one["subnet"],
            "Gateway": one.get("gateway").cloned().unwrap_or_default(),
            "LeaseRange": { "StartIP": range["start_ip"], "EndIP": range["end_ip"] },
        })
    };
    map["Subnets"] = subnets.iter().map(subnet).collect();
    Value::Object(map)
}

/// Returns the fields a template of `ls` may name.
fn fields(network: &NetworkRecord, whole: bool) -> Value {
    let mut value = renamed(&document(network));
    if !whole {
        value["ID"] = json!(network.id.get(..12).unwrap_or(&network.id));
    }
    let labels = network.labels.iter().map(|(k, v)| format!("{k}={v}"));
    value["Labels"] = json!(labels.collect::<Vec<_>>().join(","));
    value
}
