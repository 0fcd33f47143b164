//! The agent's modules on folders that look like a guest, and on real files and processes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod access;
mod conversation;
mod files;
mod filesystems;
mod fixture;
mod network;
mod processes;
mod program;
mod system;
mod timezone;
