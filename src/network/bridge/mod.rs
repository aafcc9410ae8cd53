//! Bridges between containers: netavark and aardvark-dns in a namespace of all of them.
//!
//! ```text
//! lease.rs     who has which address, until the next boot
//! netavark.rs  what the program that makes bridges is told, and what it answers
//! shared.rs    the namespace that the bridges are in: found, made, given up
//! etc.rs       hosts and resolv.conf of a container whose networks change
//! holder.rs    the process that is that namespace, and the workers that enter it
//! ```
//!
//! The shared namespace belongs to U0, which may configure the network of every namespace below
//! it: facts of network_namespaces(7) and user_namespaces(7). It is reached from the host's by one
//! pasta for all. Whoever changes something here holds the store's lock of networks.

pub mod etc;
pub mod holder;
pub mod lease;
pub mod netavark;
pub mod shared;
