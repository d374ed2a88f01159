//! `whereabouts keys`: the key that signs checkpoints, the one that opens backups, and the one that seals secrets in the database.

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
        Keys::Sealing { to, renew: false } if to.exists() => {
            let shown = to.display();
            return Err(Failure::File(format!(
                "`{shown}` is there already: a key is never written over; `--renew` puts a new one before it"
            )));
        }
        Keys::Sealing { to, renew } => {
            if *renew { safe::renew_sealing_key(to) } else { safe::new_sealing_key(to) }.map_err(Failure::File)?;
            line(format!("The key is in {}. Keep a copy of it elsewhere, and not with the backups.", to.display()));
            line("Without it the secrets that it seals are lost, and those people have to be let back in.");
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
