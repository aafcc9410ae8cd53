//! What the container reaches, and what reaches it.
//!
//! ```text
//! Request ─▶ prepare ─▶ ports tried ─▶ helper chosen ─▶ its command line, resolv.conf, hosts
//! ```
//!
//! Nothing is started here: the monitor runs the helper once the container's first process
//! exists. Which helper:
//!
//! - pasta, if it is in PATH;
//! - slirp4netns instead of a pasta from before August 2024 when ports are published and no
//!   network was asked for by name: that one loses UDP datagrams sent to 127.0.0.1 and leaves
//!   a remote client waiting when the server is to speak first (SSH, SMTP, MySQL);
//! - slirp4netns also where the machine has no default route, which such a pasta refuses;
//! - without either: no network, said aloud; an error if ports are published.
//!
//! Named networks are bridges (`bridge`): the engine gives a container its addresses before, and has
//! it joined once its first process exists.

pub mod bridge;
pub mod egress;
pub mod error;
pub mod forward;
pub mod helper;
mod holder;
mod host;
mod hosts;
pub mod names;
mod pasta;
pub mod ports;
mod probe;
mod resolv;
mod slirp;
mod words;

use std::ffi::OsStr;
use std::io::Read;
use std::net::{IpAddr, Ipv4Addr};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

use crate::sys::fs::own_uid;
use crate::sys::net::is_network_namespace;
use crate::types::container::NetworkState;
use crate::types::network::Joined;
use crate::types::request::{Network, PortMapping};
use crate::types::settings::NetworkDefaults;

pub use error::{Error, Holder};
pub use helper::{Api, EXIT_FD, HelperCommand, HelperKind, PID_MARK, READY_FD, Ready};
pub use ports::Published;
pub use slirp::remove_socket;

use host::HostNetwork;
use names::Names;
use pasta::Pasta;
use resolv::{Dns, Reach};

/// What a container's network is made from.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    pub network: &'a Network,
    pub ports: &'a [PortMapping],
    pub dns: &'a [String],
    pub dns_search: &'a [String],
    pub dns_options: &'a [String],
    pub add_hosts: &'a [(String, String)],
    pub no_hosts: bool,
    /// What /etc/hosts takes its further entries from; `None` is the host's own file.
    pub hosts_base: Option<&'a str>,
    pub hostname: &'a str,
    pub name: &'a str,
    /// The container's own directory on the runtime tmpfs: pid file, API socket.
    pub run_dir: &'a Path,
    /// Where what was found out about programs is noted; lasts until the next boot.
    pub cache_dir: Option<&'a Path>,
    /// Ports of our other running containers, to name them when one is taken.
    pub others: &'a [Published],
    /// The caller's PATH.
    pub search_path: Option<&'a OsStr>,
    /// What containers.conf says.
    pub defaults: &'a NetworkDefaults,
    /// Names are asked for where a filter hears the answers.
    pub filtered: bool,
    /// What the engine has found for the named networks.
    pub bridged: Option<&'a Bridged>,
}

/// A container's place on its named networks.
#[derive(Debug, Clone, Default)]
pub struct Bridged {
    pub joined: Vec<Joined>,
    /// Who answers for the names of containers; empty where no network has names.
    pub servers: Vec<IpAddr>,
    /// Nothing outside is reached.
    pub internal: bool,
}

/// Which network namespace the container gets.
#[derive(Debug)]
pub enum Namespace {
    /// A new one; the helper, if any, connects it.
    Private,
    Host,
    /// Of the container with this id or name.
    Container(String),
    /// A namespace file, opened and looked at.
    Path {
        path: PathBuf,
        file: OwnedFd,
    },
}

/// A file below /etc that the engine supplies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EtcFile {
    Text(String),
    /// The image's own stays (`--no-hosts`, `--dns none`).
    Image,
    /// The one of the container whose network is shared.
    Shared,
}

/// A network, ready to be made.
#[derive(Debug)]
pub struct Prepared {
    /// With every `0` replaced by the port that was chosen.
    pub ports: Vec<PortMapping>,
    pub helper: Option<HelperCommand>,
    pub namespace: Namespace,
    pub resolv_conf: EtcFile,
    /// What `resolv_conf` is made from, where it is a text.
    pub names: Option<Names>,
    pub hosts: EtcFile,
    pub state: NetworkState,
    /// What was lost, one line each for standard error.
    pub warnings: Vec<String>,
}

/// What a mode decides; the files follow from it.
struct Link {
    helper: Option<HelperCommand>,
    namespace: Namespace,
    state: NetworkState,
    addresses: Vec<IpAddr>,
    /// Under which address the host is reached.
    host: Option<IpAddr>,
    reach: Reach,
    /// Asked before what `reach` means.
    servers: Vec<IpAddr>,
    warnings: Vec<String>,
}

/// Decides everything about a container's network and checks what can be checked.
pub fn prepare(request: &Request<'_>) -> Result<Prepared, Error> {
    let portless = without_ports(request.network).filter(|_| !request.ports.is_empty());
    let wanted = if portless.is_some() {
        &[]
    } else {
        request.ports
    };
    let ports = ports::settle(wanted, request.others)?;
    let mut link = link(request, &ports)?;
    if let Some(mode) = portless {
        link.warnings.push(format!(
            "Port mappings have been discarded because \"{mode}\" network namespace mode does \
                 not support them"
        ));
    }
    let shares = matches!(link.namespace, Namespace::Container(_));
    let names = match shares {
        true => None,
        false => names(request, &link)?,
    };
    let resolv_conf = match &names {
        _ if shares => EtcFile::Shared,
        Some(names) => EtcFile::Text(names.text.clone()),
        None => EtcFile::Image,
    };
    let hosts = match shares {
        true => EtcFile::Shared,
        false => hosts(request, &link)?,
    };
    let dns = [request.dns, request.dns_search, request.dns_options];
    if shares && dns.iter().any(|words| !words.is_empty()) {
        link.warnings.push(SHARED_NAMES.to_owned());
    }
    if knows_no_server(request, &link) {
        link.warnings.push(NO_SERVER.to_owned());
    }
    Ok(Prepared {
        ports,
        helper: link.helper,
        namespace: link.namespace,
        resolv_conf,
        names,
        hosts,
        state: link.state,
        warnings: link.warnings,
    })
}

/// resolv.conf(5): a machine that names no server asks itself, which a container cannot.
const NO_SERVER: &str = "names are not resolved in the container: /etc/resolv.conf names no name \
                         server (--dns SERVER gives one)";

const SHARED_NAMES: &str = "--dns, --dns-search and --dns-option have no effect: the name servers \
                            are those of the container whose network is shared";

fn knows_no_server(request: &Request<'_>, link: &Link) -> bool {
    let asked = [request.dns, &request.defaults.dns_servers];
    matches!(link.reach, Reach::Forwarded { .. })
        && link.servers.is_empty()
        && asked.iter().all(|servers| servers.is_empty())
        && resolv::of_host().is_empty()
}

/// The networks that are not ours to open ports into; Podman and Docker warn likewise.
fn without_ports(network: &Network) -> Option<&'static str> {
    match network {
        Network::None => Some("none"),
        Network::Host => Some("host"),
        Network::Container(_) => Some("container"),
        Network::Path(_) => Some("ns"),
        Network::Default | Network::Pasta(_) | Network::Slirp4netns(_) | Network::Bridge(_) => None,
    }
}

fn link(request: &Request<'_>, ports: &[PortMapping]) -> Result<Link, Error> {
    match request.network {
        Network::Default => default_link(request, ports),
        Network::None => Ok(plain("none", Namespace::Private, Reach::Nothing)),
        Network::Host => {
            let mut link = plain("host", Namespace::Host, Reach::Host);
            link.host = Some(Ipv4Addr::LOCALHOST.into());
            Ok(link)
        }
        Network::Container(name) => {
            let shared = Namespace::Container(name.clone());
            Ok(plain("container", shared, Reach::Nothing))
        }
        Network::Path(path) => {
            let file = open_namespace(path)?;
            let path = path.clone();
            Ok(plain("ns", Namespace::Path { path, file }, Reach::Host))
        }
        Network::Bridge(_) => bridge_link(request),
        Network::Pasta(words) => {
            let program = helper::find("pasta", request.search_path);
            let pasta = Pasta::inspect(program.ok_or(Error::Missing("pasta"))?, request.cache_dir);
            tun_is_open("pasta")?;
            pasta_link(request, ports, &pasta, Some(words))
        }
        Network::Slirp4netns(words) => {
            let program = helper::find("slirp4netns", request.search_path);
            let program = program.ok_or(Error::Missing("slirp4netns"))?;
            tun_is_open("slirp4netns")?;
            slirp_link(request, ports, &program, &slirp::Words::parse(words)?)
        }
    }
}

/// The name servers that aardvark-dns adds names for: its default domain.
const SEARCH: &str = "dns.podman";

fn bridge_link(request: &Request<'_>) -> Result<Link, Error> {
    let bridged = request.bridged.cloned().unwrap_or_default();
    let mut link = plain("bridge", Namespace::Private, Reach::Nothing);
    if !bridged.internal {
        let folder = request.cache_dir.unwrap_or(request.run_dir);
        let uplink = uplink(folder, folder, request.search_path)?;
        (link.host, link.reach) = (uplink.host, uplink.reach);
        link.warnings = uplink.warnings;
    }
    let nets = bridged.joined.iter().flat_map(|one| &one.addresses);
    let addresses: Vec<IpAddr> = nets.map(|net| net.addr()).collect();
    // On no network at all its names mean loopback.
    if !addresses.is_empty() {
        link.addresses = addresses;
    }
    link.servers = bridged.servers;
    link.state.join(bridged.joined);
    Ok(link)
}

/// How the namespace of all bridges is connected.
#[derive(Debug)]
pub struct Uplink {
    /// `None` where nothing can connect it: then containers reach one another only.
    pub helper: Option<HelperCommand>,
    /// What the programs in it resolve names by.
    pub names: Names,
    pub warnings: Vec<String>,
    host: Option<IpAddr>,
    reach: Reach,
}

/// Chooses what connects the namespace of all bridges; only pasta can.
pub fn uplink(
    run_dir: &Path,
    cache_dir: &Path,
    search_path: Option<&OsStr>,
) -> Result<Uplink, Error> {
    let host = HostNetwork::read();
    let program = helper::find("pasta", search_path);
    let pasta = program.map(|program| Pasta::inspect(program, Some(cache_dir)));
    let lost = match &pasta {
        None => Some("pasta is not installed (package passt)".to_owned()),
        Some(pasta) if !pasta.is_recent() && !host.is_connected() => Some(
            "this machine has no default route, and this version of pasta needs one".to_owned(),
        ),
        Some(_) => tun_is_open("pasta").err().map(|error| error.to_string()),
    };
    let none = words::Words::default();
    let nowhere = Dns {
        servers: &[],
        search: &[],
        options: &[],
    };
    let (Some(pasta), None) = (&pasta, &lost) else {
        let lost = lost.unwrap_or_default();
        return Ok(Uplink {
            helper: None,
            names: Names::new(nowhere, Reach::Nothing, None)?,
            warnings: vec![format!(
                "containers on bridges reach one another only: {lost}"
            )],
            host: None,
            reach: Reach::Nothing,
        });
    };
    let made = pasta::connect(
        pasta,
        &host,
        &pasta::Wish {
            may_use_private: true,
            words: &none,
            resolvers: &resolv::of_host(),
            ports: &[],
            pid_file: &run_dir.join("pasta.pid"),
            as_root: own_uid() == 0,
        },
    )?;
    let reach = Reach::Forwarded {
        address: made.dns,
        ipv6: made.ipv6,
    };
    Ok(Uplink {
        helper: Some(made.command),
        names: Names::new(nowhere, reach, Some(resolv::of_host()))?,
        warnings: Vec::new(),
        host: made.host,
        reach,
    })
}

/// The networks that this machine has addresses in.
pub fn host_subnets() -> Vec<ipnet::IpNet> {
    let own = HostNetwork::read().addresses;
    own.iter()
        .filter_map(|one| ipnet::IpNet::new(one.address, one.prefix).ok())
        .map(|net| net.trunc())
        .collect()
}

/// A mode that needs no helper. Its own names mean loopback.
fn plain(mode: &str, namespace: Namespace, reach: Reach) -> Link {
    Link {
        helper: None,
        namespace,
        state: NetworkState {
            mode: mode.to_owned(),
            ..NetworkState::default()
        },
        addresses: vec![Ipv4Addr::LOCALHOST.into()],
        host: None,
        reach,
        servers: Vec::new(),
        warnings: Vec::new(),
    }
}

/// Says what `--network` left open would give: `pasta`, `slirp4netns`, or `none` and why.
pub fn available(search_path: Option<&OsStr>) -> Result<&'static str, Error> {
    let found = ["pasta", "slirp4netns"]
        .into_iter()
        .find(|program| helper::find(program, search_path).is_some());
    let program = found.ok_or(Error::Missing("pasta"))?;
    tun_is_open(program).map(|()| program)
}

/// The best this machine has; see the head of this file.
fn default_link(request: &Request<'_>, ports: &[PortMapping]) -> Result<Link, Error> {
    let wanted = request.defaults.program.as_deref();
    let mut pasta = helper::find("pasta", request.search_path);
    let slirp = helper::find("slirp4netns", request.search_path);
    if wanted == Some("slirp4netns") && slirp.is_some() {
        pasta = None;
    }
    if pasta.is_none() && slirp.is_none() {
        let lost = "no network: neither pasta nor slirp4netns is installed (package passt)";
        return without_network(ports, Error::PortsNeedHelper, lost.to_owned());
    }
    if let Err(error) = tun_is_open("the network helper") {
        let lost = format!("no network: {error}");
        return without_network(ports, error, lost);
    }
    let pasta = pasta.map(|program| Pasta::inspect(program, request.cache_dir));
    let connected = HostNetwork::read().is_connected();
    match (pasta, slirp) {
        (Some(pasta), slirp) if pasta.is_recent() || slirp.is_none() => {
            if !connected && !pasta.is_recent() {
                let lost = "no network: this machine has no default route, and this version of \
                            pasta needs one (package slirp4netns does not)";
                return without_network(ports, Error::PortsNeedHelper, lost.to_owned());
            }
            pasta_link(request, ports, &pasta, None)
        }
        (Some(pasta), Some(_)) if wanted == Some("pasta") && connected => {
            pasta_link(request, ports, &pasta, None)
        }
        (Some(pasta), Some(slirp)) => {
            let only4 = ports
                .iter()
                .all(|p| p.host_ip.is_none_or(|ip| ip.is_ipv4()));
            if !connected || (!ports.is_empty() && only4) {
                slirp_link(request, ports, &slirp, &slirp::Words::default())
            } else {
                pasta_link(request, ports, &pasta, None)
            }
        }
        (_, Some(slirp)) => slirp_link(request, ports, &slirp, &slirp::Words::default()),
        (_, None) => Err(Error::PortsNeedHelper),
    }
}

/// No network, said aloud; published ports cannot be lost silently, so they make it an error.
fn without_network(ports: &[PortMapping], error: Error, lost: String) -> Result<Link, Error> {
    if !ports.is_empty() {
        return Err(error);
    }
    let mut link = plain("none", Namespace::Private, Reach::Nothing);
    link.warnings.push(lost);
    Ok(link)
}

/// Both helpers make their interface through /dev/net/tun.
fn tun_is_open(helper: &'static str) -> Result<(), Error> {
    let path = Path::new("/dev/net/tun");
    let tried = std::fs::OpenOptions::new()
        .read(true)
        .write(true)
        .open(path);
    let bad = |reason: String| Err(Error::Tun { helper, reason });
    match tried {
        Ok(file) => match file.metadata() {
            Ok(meta) if meta.file_type().is_char_device() => Ok(()),
            _ => bad("is not a device".to_owned()),
        },
        Err(error) => bad(crate::sys::reason(error.raw_os_error().unwrap_or(0))),
    }
}

/// `None` is no word at all: nobody asked for pasta by name.
fn pasta_link(
    request: &Request<'_>,
    ports: &[PortMapping],
    pasta: &Pasta,
    asked: Option<&[String]>,
) -> Result<Link, Error> {
    let host = HostNetwork::read();
    let mut all = request.defaults.pasta_options.clone();
    all.extend_from_slice(asked.unwrap_or_default());
    let words = words::Words::parse(&all)?;
    let pid_file = request.run_dir.join("pasta.pid");
    if let Some(wanted) = words.pid_file() {
        // pasta writes through the link. Its command line names our file, by which it is found.
        std::os::unix::fs::symlink(wanted, &pid_file).map_err(|error| Error::PidFile {
            path: wanted.to_owned(),
            error,
        })?;
    }
    let wish = pasta::Wish {
        may_use_private: asked.is_none(),
        words: &words,
        resolvers: &resolv::of_host(),
        ports,
        pid_file: &pid_file,
        as_root: own_uid() == 0,
    };
    let made = pasta::connect(pasta, &host, &wish)?;
    Ok(Link {
        helper: Some(made.command),
        namespace: Namespace::Private,
        state: NetworkState {
            mode: "pasta".to_owned(),
            addresses: made.addresses.iter().map(IpAddr::to_string).collect(),
            gateway: made.gateway.map(|gateway| gateway.to_string()),
            ..NetworkState::default()
        },
        addresses: made.addresses,
        host: made.host,
        reach: Reach::Forwarded {
            address: made.dns,
            ipv6: made.ipv6,
        },
        servers: Vec::new(),
        warnings: Vec::new(),
    })
}

fn slirp_link(
    request: &Request<'_>,
    ports: &[PortMapping],
    program: &Path,
    words: &slirp::Words,
) -> Result<Link, Error> {
    let host = HostNetwork::read();
    let made = slirp::connect(
        program,
        &host,
        words,
        ports,
        request.run_dir,
        &resolv::of_host(),
    )?;
    Ok(Link {
        helper: Some(made.command),
        namespace: Namespace::Private,
        state: NetworkState {
            mode: "slirp4netns".to_owned(),
            addresses: vec![made.address.to_string()],
            gateway: Some(made.gateway.to_string()),
            ..NetworkState::default()
        },
        addresses: vec![made.address],
        // The gateway stands for the host's loopback, which is closed; its own address is open.
        host: host.address4().map(|a| a.address),
        reach: Reach::Forwarded {
            address: Some(made.dns),
            ipv6: words.has_ipv6() && host.default6.is_some(),
        },
        servers: Vec::new(),
        warnings: Vec::new(),
    })
}

fn open_namespace(path: &Path) -> Result<OwnedFd, Error> {
    let bad = |reason: String| Error::NotNamespace {
        path: path.to_owned(),
        reason,
    };
    let meta = std::fs::metadata(path)
        .map_err(|error| bad(crate::sys::reason(error.raw_os_error().unwrap_or(0))))?;
    // A fifo or a device would make the opening wait or act.
    if !meta.is_file() {
        return Err(bad("is not a network namespace".to_owned()));
    }
    let file = std::fs::File::open(path)
        .map_err(|error| bad(crate::sys::reason(error.raw_os_error().unwrap_or(0))))?;
    match is_network_namespace(file.as_fd()) {
        Ok(true) => Ok(file.into()),
        _ => Err(bad("is not a network namespace".to_owned())),
    }
}

/// `None` leaves the image's own file.
fn names(request: &Request<'_>, link: &Link) -> Result<Option<Names>, Error> {
    if resolv::is_left_to_image(request.dns) {
        return Ok(None);
    }
    let usual = request.defaults;
    let own = [request.dns, request.dns_search, request.dns_options];
    let all = [&usual.dns_servers, &usual.dns_searches, &usual.dns_options];
    let mut all = all.map(Vec::clone);
    for (all, own) in all.iter_mut().zip(own) {
        all.extend_from_slice(own);
    }
    let mut dns = Dns {
        servers: &all[0],
        search: &all[1],
        options: &all[2],
    };
    let resolver = [egress::RESOLVER.to_string()];
    if request.filtered && link.helper.is_some() {
        dns.servers = &resolver;
        // It reads the machine's file for every question.
        return Names::new(dns, link.reach, None).map(Some);
    }
    // Names of containers are asked for where the bridges are; --dns is what is asked next there.
    let servers: Vec<String> = link.servers.iter().map(IpAddr::to_string).collect();
    let search = [SEARCH.to_owned()];
    if !servers.is_empty() {
        dns.servers = &servers;
        if dns.search.is_empty() {
            dns.search = &search;
        }
    }
    // libslirp reads /etc/resolv.conf again when it has changed.
    let follows = link.state.mode == "slirp4netns";
    let forwarded = (!follows).then(resolv::of_host);
    Names::new(dns, link.reach, forwarded).map(Some)
}

fn hosts(request: &Request<'_>, link: &Link) -> Result<EtcFile, Error> {
    if request.no_hosts {
        return Ok(EtcFile::Image);
    }
    let mut bytes = Vec::new();
    if let Some(text) = request.hosts_base {
        bytes.extend_from_slice(text.as_bytes());
    } else if let Ok(file) = std::fs::File::open("/etc/hosts") {
        let _ = file.take(hosts::LIMIT).read_to_end(&mut bytes);
    }
    hosts::text(&hosts::Names {
        own: [request.hostname, request.name],
        own_addresses: &link.addresses,
        gateway: match request.defaults.host_address.as_deref() {
            None => link.host,
            // "none", as containers.conf(5) has it.
            Some(word) => word.parse().ok(),
        },
        added: request.add_hosts,
        host_file: &String::from_utf8_lossy(&bytes),
    })
    .map(EtcFile::Text)
}
