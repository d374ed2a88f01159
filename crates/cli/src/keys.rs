//! `whereabouts keys`: the key that signs checkpoints, and the one that opens backups.

use crate::failure::{Failure, Outcome};
use crate::print::line;
use crate::safety_args::Keys;
use safe::{Signing, new_identity};

pub fn run(command: &Keys) -> Outcome {
    match command {
        Keys::New { to } => {
            let key = Signing::create(to).map_err(Failure::File)?;
            line(format!("The key is in {}. Keep a copy of it elsewhere.", to.display()));
            line("Give this public key to whoever checks your checkpoints:");
            line(key.public().to_string());
        }
        Keys::Backup { to } => {
            let recipient = new_identity(to).map_err(Failure::File)?;
            line(format!("The key is in {}. Take it off this machine: only restoring needs it.", to.display()));
            line("Backups are made for this recipient:");
            line(recipient);
        }
    }
    Ok(())
}
