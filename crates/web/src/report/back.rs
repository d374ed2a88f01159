//! The child is back: from any question of a report.

use crate::flash::Flash;
use crate::frame::{Answer, on_to_saying};
use crate::posted::Posted;
use crate::visit::Member;
use actions::Refused;
use actions::report::{self, Back};
use actions::typed::typed;
use axum::extract::Path;

/// `POST /report/{draft}/{step}/back`. What was typed on the question is kept first, also where something in it is wrong.
pub async fn back(member: Member, Path((draft, step)): Path<(String, String)>, posted: Posted) -> Answer {
    let (app, actor) = (member.app(), &member.actor);
    match report::leave(app, actor, &draft, &step, &typed(app, &posted.answers()), &step).await {
        Ok(_) | Err(Refused::Invalid(_) | Refused::NotAllowed(_)) => {}
        Err(refused) => return Err(refused.into()),
    }
    let key = app.new_key();
    match report::back(app, actor, &draft, &key).await? {
        Back::Recorded(child, done) => {
            let episode = done.episode.map(|episode| format!("/episodes/{episode}")).unwrap_or_default();
            let said = Flash::success("Recorded: the child is back.");
            let said = said.text("If a time is not right, correct it: nothing is lost by that.");
            Ok(on_to_saying(&format!("/children/{child}{episode}"), said))
        }
        Back::Ask(step) => {
            let said = Flash::information("It is kept that the child is back. One thing is asked first.");
            let said = said
                .text("Answer this question, then press “The child is back” again: all of it is recorded together.");
            Ok(on_to_saying(&format!("/report/{draft}/{step}"), said))
        }
    }
}
