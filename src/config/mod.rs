//! The user's files and environment as plain values.
//!
//! containers-registries.conf(5), containers-auth.json(5), containers-certs.d(5),
//! containers-policy.json(5), containers.conf(5), containers-storage.conf(5): the files that `containers-common` and Docker
//! users have. Files are read when they are needed; only `login` and its like write them.

mod armor;
pub mod auth;
pub mod cdi;
pub mod certs;
mod environment;
pub mod error;
mod file;
pub mod helper;
pub mod login;
pub mod lookaside;
pub mod mounts;
pub mod policy;
mod proof;
pub mod registries;
pub mod settings;
pub mod sigstore;
pub mod trust;
mod write;

pub use environment::Environment;
pub use error::Error;
