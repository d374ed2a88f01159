//! Secrets that whoever holds a copy of the database must not read: sealed under a key outside it, moved when the key is renewed, and
//! said plainly when it is lost.

use crate::databases::{Database, on_both};
use crate::world::{PASSWORD, World, sealing};
use actions::keeping::By;
use actions::oidc::{NewProvider, operate};
use actions::secrets::{settle, standing};
use actions::sign_in::{self, Knock, SignInRefused};
use actions::{Sealing, proposal, totp};
use store::{Provider, Totp};

/// A secret as an earlier version kept it.
const OLD: &str = "KRUGKIDROVUWG2ZAMJZG653OEBTG66BA";
const CANARY: &str = "the canary in the mine";

/// Does this text stand anywhere in the database?
async fn stands(database: &Database, text: &str) -> bool {
    database.bytes().await.windows(text.len()).any(|bytes| bytes == text.as_bytes())
}

fn provider() -> NewProvider {
    NewProvider {
        agency: "team".into(),
        name: "The county".into(),
        issuer: "https://accounts.example".into(),
        client_id: "whereabouts".into(),
        client_secret: CANARY.into(),
        ..NewProvider::default()
    }
}

async fn half(world: &World, username: &str) -> String {
    match sign_in::sign_in(&world.app, username, PASSWORD, "a").await {
        Err(SignInRefused::Code(half)) => half,
        other => panic!("{other:?}"),
    }
}

#[test]
fn no_secret_stands_in_the_database_or_its_log() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        let dana = sign_in::sign_in(app, "dana", PASSWORD, "a").await.unwrap();
        let beginning = totp::begin(app, &dana).await.unwrap();
        assert_eq!(totp::begin(app, &dana).await.unwrap(), beginning, "the same until the app has shown a code");
        operate(app, &provider()).await.unwrap();
        for secret in [beginning.secret.as_str(), CANARY] {
            assert!(!stands(&world.database, secret).await, "{secret}");
        }
        // That it would be found, if it stood there.
        assert!(stands(&world.database, "accounts.example").await);
        let totp = app.store().totp("dana").await.unwrap().unwrap();
        assert!(totp.secret.starts_with("sealed-1:"), "{}", totp.secret);
        // A sealed secret opens in its own row alone.
        app.store().totp_put(&Totp { person: "mel".into(), confirmed_us: Some(1), ..totp }).await.unwrap();
        let code = totp::shown(&beginning.secret, app.now()).unwrap();
        let other = sign_in::with_code(app, &half(&world, "mel").await, &code, &Knock::default()).await;
        assert_eq!(other, Err(SignInRefused::NoKey));
    });
}

#[test]
fn what_stood_in_the_open_is_sealed_when_the_service_starts_and_what_was_is_gone() {
    on_both(|database| async {
        let world = World::new(database).await;
        let (app, store) = (&world.app, world.app.store());
        let old = Totp { person: "dana".into(), secret: OLD.into(), confirmed_us: Some(1), ..Totp::default() };
        store.totp_put(&old).await.unwrap();
        let kept = Provider {
            id: "county".into(),
            agency: "team".into(),
            name: "The county".into(),
            issuer: "https://accounts.example".into(),
            client_id: "whereabouts".into(),
            client_secret: CANARY.into(),
            rules: "[]".into(),
            active: true,
            version: 1,
            ..Provider::default()
        };
        store.provider_put(&kept).await.unwrap();
        assert!(stands(&world.database, OLD).await && stands(&world.database, CANARY).await);
        assert_eq!(standing(app).await.unwrap().sealed, 2);
        assert_eq!(settle(app).await.unwrap().sealed, 2);
        assert!(!stands(&world.database, OLD).await && !stands(&world.database, CANARY).await);
        assert_eq!(settle(app).await.unwrap().sealed, 0);
        let code = totp::shown(OLD, app.now()).unwrap();
        sign_in::with_code(app, &half(&world, "dana").await, &code, &Knock::default()).await.unwrap();

        // A renewed key: what the older one sealed is sealed anew, and opens still.
        let before = store.totp("dana").await.unwrap().unwrap().secret;
        let renewed = app.clone().with_sealing(Sealing::of(&[[9; 32], [7; 32]]));
        assert_eq!(settle(&renewed).await.unwrap().sealed, 2);
        assert_ne!(store.totp("dana").await.unwrap().unwrap().secret, before);
        world.pass(2);
        let code = totp::shown(OLD, app.now()).unwrap();
        let half = half(&world, "dana").await;
        assert_eq!(sign_in::with_code(app, &half, &code, &Knock::default()).await, Err(SignInRefused::NoKey));
        sign_in::with_code(&renewed, &half, &code, &Knock::default()).await.unwrap();
    });
}

#[test]
fn a_lost_key_is_said_plainly_and_two_people_let_somebody_back_in() {
    on_both(|database| async {
        let mut world = World::new(database).await;
        let dana = sign_in::sign_in(&world.app, "dana", PASSWORD, "a").await.unwrap();
        let beginning = totp::begin(&world.app, &dana).await.unwrap();
        let code = totp::shown(&beginning.secret, world.app.now()).unwrap();
        totp::finish(&world.app, &dana, &code).await.unwrap();
        operate(&world.app, &provider()).await.unwrap();
        world.pass(2);
        for lost in [Sealing::of(&[[8; 32]]), None] {
            world.app = world.app.clone().with_sealing(lost);
            let stands = settle(&world.app).await.unwrap();
            assert_eq!((stands.sealed, stands.apps_lost, stands.providers_lost), (0, 1, 1));
            let says = stands.says().unwrap();
            assert!(
                says.contains("authenticator apps of 1 person") && says.contains("let each of them back in"),
                "{says}"
            );
            let code = totp::shown(&beginning.secret, world.app.now()).unwrap();
            let refused = sign_in::with_code(&world.app, &half(&world, "dana").await, &code, &Knock::default()).await;
            assert_eq!(refused, Err(SignInRefused::NoKey), "it is not said that the code is wrong");
            assert!(totp::words(&refused.unwrap_err()).contains("has lost its key"));
        }
        // Nothing was written over: with its key, all opens again.
        world.app = world.app.clone().with_sealing(sealing());
        assert_eq!(standing(&world.app).await.unwrap(), actions::secrets::Standing::default());
        world.app = world.app.clone().with_sealing(Sealing::of(&[[8; 32]]));
        let link = proposal::let_back_in(&world.app, By::Operator, "dana", "the key is lost; Dana rang").await.unwrap();
        let entering = actions::door::Entering { password: "five other random words".into(), ..Default::default() };
        let dana = actions::door::enter(&world.app, &link, &entering, "Firefox").await.unwrap();
        let beginning = totp::begin(&world.app, &dana).await.unwrap();
        let code = totp::shown(&beginning.secret, world.app.now()).unwrap();
        totp::finish(&world.app, &dana, &code).await.unwrap();
        assert_eq!(standing(&world.app).await.unwrap().apps_lost, 0);
    });
}
