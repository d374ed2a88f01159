//! A person as somebody who acts: in the post that they work in now.

use crate::app::App;
use crate::authorise::Actor;
use crate::refused::Result;
use store::{HeldPost, Person};

/// In which order posts are taken up, where nobody chose one.
const ORDER: [&str; 4] = ["own", "acting", "cover", "on_call"];

/// A person in the post of this id, or, if they do not hold it at this moment, in the first that they hold. Whoever holds none has no role:
/// they see nothing but their own account.
pub(crate) async fn actor(app: &App, person: &Person, chosen: &str) -> Result<Actor> {
    let posts = app.store.posts_of(&person.id).await?;
    Ok(in_post(app, (&person.id, &person.name, person.relation_to_all), posts, chosen))
}

/// As [`actor`], of somebody with this id and name, who may see every child of the area, and has or had these posts.
pub(super) fn in_post(
    app: &App,
    (id, name, sees_all): (&str, &str, bool),
    posts: Vec<HeldPost>,
    chosen: &str,
) -> Actor {
    let now = app.now_us();
    let mut held: Vec<HeldPost> = posts.into_iter().filter(|one| one.post.holds_at(now)).collect();
    held.sort_by_key(|one| ORDER.iter().position(|kind| *kind == one.post.kind));
    let current = held.iter().find(|one| one.post.id == chosen).or(held.first()).cloned().unwrap_or_default();
    let role_name =
        if current.post.role.is_empty() { "nobody with a post".to_owned() } else { app.role(&current.post.role).1 };
    Actor {
        person: id.to_owned(),
        name: name.to_owned(),
        role_name,
        agency: current.post.agency.clone(),
        agency_name: current.agency_name.clone(),
        sees_all,
        sees_children: app.policies.roles().knows(&current.post.role)
            && app.policies.roles().sees_children(&current.post.role),
        role: current.post.role,
        post: current.post.id,
        posts: held,
        ..Actor::default()
    }
}
