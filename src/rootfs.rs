//! TODO rootfs
