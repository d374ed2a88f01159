//! `whereabouts keys`: the key that signs checkpoints, the one that opens backups, and the one that seals addresses and secrets in the database.

use crate::failure::{Failure, Outcome};
use crate::print::line;
use crate::running::{block_on, empty_app, existing};
use crate::safety_args::{Keys, On};
use safe::{Signing, Token, new_identity};

pub fn run(command: &Keys) -> Outcome {
    match command {
        Keys::New { to } => {
            let key = Signing::create(to).map_err(Failure::File)?;
            line(format!("The key is in {}. Keep a copy of it elsewhere.", to.display()));
            line("Give this public key to whoever checks your checkpoints:");
            line(key.public().to_string());
        }
        Keys::Lost(on) => block_on(lost(on))?,
        Keys::Sealing { to, renew: false } if to.exists() => {
            let shown = to.display();
            return Err(Failure::File(format!(
                "`{shown}` is there already: a key is never written over; `--renew` puts a new one before it"
            )));
        }
        Keys::Sealing { to, renew } => {
            if *renew { safe::renew_sealing_key(to) } else { safe::new_sealing_key(to) }.map_err(Failure::File)?;
            line(format!("The key is in {}. Keep a copy of it elsewhere, and not with the backups.", to.display()));
            line(
                "Without it the addresses that it seals are lost, and people with a second factor have to be let back in.",
            );
            line("What was sealed with older keys needs them: leave their lines in the file.");
        }
        Keys::Follower { to } => {
            Token::create(to).map_err(Failure::File)?;
            line(format!("The token is in {}. Copy that file to the second machine, by a safe way.", to.display()));
            line(
                "Whoever has it, and reaches the server's address for followers, can read every record but for what is sealed.",
            );
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

/// Goes on without a key that is lost.
async fn lost(on: &On) -> Outcome {
    existing(&on.database)?;
    let app = empty_app(&on.place(), None).await?;
    let app = actions::secrets::indexed(app).await.map_err(|e| Failure::File(e.to_string()))?;
    if app.has_sealing() && actions::secrets::wrong_key(&app).await.map_err(|e| Failure::File(e.to_string()))?.is_none()
    {
        app.store().close().await;
        line("Nothing is lost: the key that the addresses of this database are sealed with is here.");
        return Ok(());
    }
    let noted = actions::secrets::lost(&app).await;
    app.store().close().await;
    if noted.map_err(|e| Failure::File(e.to_string()))? {
        line(
            "Noted. What was sealed with the lost key stays as it is, unreadable, and says so on its pages; everything else is there.",
        );
        line("Now make the lists anew: `whereabouts rebuild`.");
        return Ok(());
    }
    Err(Failure::Usage(
        "there is no key to go on with: name its file with `--sealing-key`, and make one with `whereabouts keys sealing` first".into(),
    ))
}
